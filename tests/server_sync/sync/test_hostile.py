"""A signed-in person who sends whatever he likes: every mutation gets an answer, a rejection changes nothing, and what
is accepted leaves rows that can be."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from server_sync.doctor.examination import examine
from server_sync.domain.commands import (
    COMMANDS,
    HandOverConflict,
    SetDoNotCall,
    SetPresence,
    WithdrawConflict,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TABLES, team_conflict
from server_sync.domain.wire.messages import Mutation
from server_sync.store.changes import write
from server_sync.store.database import Database, create_schema
from tests.server_sync.organisation import NOW, Organisation, seed
from tests.server_sync.sync.conftest import NewDesk, make_desk
from tests.server_sync.sync.desks import Desk
from tests.server_sync.sync.hostile import Dossier, Hostile, contents, wrongs

ROUNDS = 15
SELDOM = 5
"""After a refusal there is not much to do for a customer."""


@pytest.fixture
def dossiers(database: Database, organisation: Organisation) -> list[Dossier]:
    return at_work(database, organisation)


def at_work(database: Database, organisation: Organisation) -> list[Dossier]:
    """Two teams at work: everybody has a customer with a number and two tasks, and a third lies in the team's pool."""
    made = []
    with database.write(NOW) as tx:
        for actor in [*organisation.north_agents, *organisation.south_agents]:
            customer = organisation.customer(actor.team_id, owner=actor)
            point = organisation.contact_point(customer)
            tasks = [
                organisation.task(customer, actor, purpose=purpose) for purpose in ("service", "marketing")
            ]
            pooled = organisation.task(customer, None)
            write(tx, [customer, point, *tasks, pooled])
            made.append(
                {
                    "customer_id": [customer.row_id],
                    "contact_point_id": [point.row_id],
                    "task_id": [task.row_id for task in (*tasks, pooled)],
                    "person_id": [person.person_id for person in organisation.people() if person.person_id],
                    "form_version_id": [organisation.form_version],
                }
            )
    return made


def drawn(seed: str, dossiers: list[Dossier], organisation: Organisation) -> list[Mutation]:
    """What is sent: every command many times, a refusal now and then."""
    hostile = Hostile(seed, dossiers, organisation.ids.new)
    often = [command for command in COMMANDS.values() if command is not SetDoNotCall]
    commands = ([*often] * SELDOM + [SetDoNotCall]) * (ROUNDS // SELDOM)
    return [hostile.mutation(mid, command) for mid, command in enumerate(commands, 1)]


class Entry(NamedTuple):
    """What is before a lead; a change of any other column changes its version."""

    rev: int
    person_id: bytes
    team_id: bytes
    status: str


ENTRIES = select(team_conflict.c.id, *(team_conflict.c[name] for name in Entry._fields))


def entries(database: Database) -> dict[bytes, Entry]:
    """Everything that is before a lead: asked after every mutation."""
    with database.read() as connection:
        return {row_id: Entry(*row) for row_id, *row in connection.execute(ENTRIES)}


@pytest.mark.parametrize(
    "who",
    ["lead", *(pytest.param(who, marks=pytest.mark.says_the_same) for who in ("agent", "administrator"))],
)
def test_whatever_is_sent_gets_an_answer_and_leaves_rows_that_can_be(
    database: Database, organisation: Organisation, new_desk: NewDesk, dossiers: list[Dossier], who: str
) -> None:
    actors = {
        "agent": organisation.north_agents[0],
        "lead": organisation.north_lead,
        "administrator": organisation.administrator,
    }
    desk = new_desk(actors[who])
    told = []
    before, known = contents(database), entries(database)
    for mutation in drawn(who, dossiers, organisation):
        [result] = desk.push(mutation).results
        assert desk.push(mutation).results == [result]
        after, listed = contents(database), entries(database)
        assert result.kind != ErrorKind.SERVER_FAILED, mutation
        if result.status == "rejected":
            of_disputes = 1 if result.kind == ErrorKind.FIELD_CONFLICT else 0
            count, revs = before["contact_point"]
            changed = after.pop("contact_point")
            before.pop("contact_point")
            assert after == before, mutation
            assert changed in [(count, revs), (count, revs + of_disputes)], (
                "a number in dispute is marked (§5)"
            )
            after["contact_point"] = changed
            made = {row_id: row for row_id, row in listed.items() if known.get(row_id) != row}
            assert [row_id.hex() for row_id in made] == [
                one for one in [result.values.get("conflict")] if one is not None
            ], "its entry before the lead, and no other"
            teams = {organisation.north, actors[who].team_id}
            assert {row.person_id for row in made.values()} <= {actors[who].person_id}
            assert who == "administrator" or {row.team_id for row in made.values()} <= teams
        before, known = after, listed
        told.append(result.kind or result.status)
    assert {"accepted", ErrorKind.MALFORMED, ErrorKind.NOT_FOUND} <= set(told)
    assert wrongs(database) == []
    assert examine(database, NOW).findings == []


@pytest.mark.parametrize("who", ["agent", "lead"])
def test_a_stranger_changes_nothing_of_another_teams(
    database: Database, organisation: Organisation, new_desk: NewDesk, dossiers: list[Dossier], who: str
) -> None:
    desk = new_desk(organisation.south_agents[0] if who == "agent" else organisation.south_lead)
    of_the_north = dossiers[: len(organisation.north_agents)]
    of_ones_own = (SetPresence.name, HandOverConflict.name, WithdrawConflict.name)
    commands = [one for one in drawn(who, of_the_north, organisation) if one.command not in of_ones_own]
    before = contents(database)
    results = desk.push(*commands).results
    assert {result.status for result in results} == {"rejected"}
    assert {result.kind for result in results} >= {ErrorKind.NOT_FOUND, ErrorKind.MALFORMED}
    assert contents(database) == before
    left = entries(database)
    named = [result.values["conflict"] for result in results if "conflict" in result.values]
    assert sorted(named) == sorted(row_id.hex() for row_id in left)
    told = {(row.team_id, row.person_id, row.status) for row in left.values()}
    assert told == {(organisation.south, desk.actor.person_id, "rejected")}, "before the lead of who sent it"
    lead_of_the_north = new_desk(organisation.north_lead)
    lead_of_the_north.pull()
    assert lead_of_the_north.has("team_conflict") == set()


def test_what_eight_send_at_the_same_time_about_the_same_customers_is_all_answered(
    database: Database, organisation: Organisation, new_desk: NewDesk, dossiers: list[Dossier]
) -> None:
    actors = [*organisation.people(), organisation.north_lead][:8]
    desks = [new_desk(actor) for actor in actors]
    outboxes = [drawn(f"writer {place}", dossiers, organisation) for place in range(len(desks))]
    ready = threading.Barrier(len(desks))

    def send(desk: Desk, outbox: list[Mutation]) -> list[str]:
        ready.wait()
        pushes = [outbox[start : start + 20] for start in range(0, len(outbox), 20)]
        return [result.kind or result.status for push in pushes for result in desk.push(*push).results]

    with ThreadPoolExecutor(len(desks)) as threads:
        told = [kind for answers in threads.map(send, desks, outboxes) for kind in answers]
    assert len(told) == sum(len(outbox) for outbox in outboxes)
    assert ErrorKind.SERVER_FAILED not in told
    assert wrongs(database) == []
    assert examine(database, NOW).findings == []


def test_sent_at_once_or_one_by_one_it_comes_to_the_same(tmp_path: Path) -> None:
    told, held = [], []
    for name, at_once in (("together", True), ("alone", False)):
        create_schema(f"sqlite:///{tmp_path / name}")
        database = Database(f"sqlite:///{tmp_path / name}")
        organisation = seed(database)
        mutations = drawn("lead", at_work(database, organisation), organisation)
        pushes = [mutations] if at_once else [[mutation] for mutation in mutations]
        desk = make_desk(database, organisation, organisation.north_lead)
        told.append([result for push in pushes for result in desk.push(*push).results])
        with database.read() as connection:
            held.append(
                {
                    name: [
                        without_rev(row._asdict())
                        for row in connection.execute(select(table).order_by(table.c.id))
                    ]
                    for name, table in TABLES.items()
                }
            )
        database.close()
    assert told[0] == told[1]
    assert held[0] == held[1]


def without_rev(row: dict[str, Any]) -> dict[str, Any]:
    """A row apart from its version, also where a stamp names it: all changes of a row in one push make one."""
    stamps = row.get("field_stamps", {})
    kept = {name: {"at": stamp["at"], "by": stamp["by"]} for name, stamp in stamps.items()}
    return {**row, "rev": None, "field_stamps": kept}
