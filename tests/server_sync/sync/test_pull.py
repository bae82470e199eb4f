"""Pages of the feed: who may have what, what comes and what leaves, from which cursor."""

import threading
from itertools import pairwise

import pytest
from sqlalchemy import select

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert, ReassignTask, SetPresence, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TABLES, Scope, activity
from server_sync.domain.wire.messages import PullRequest
from server_sync.store.changes import Delete, write
from server_sync.store.database import Database
from server_sync.store.feed import release_dossiers
from server_sync.store.partitions import desk, device, team
from server_sync.store.tables import partition, server_state
from server_sync.sync.pull import pull
from tests.server_sync.organisation import NOW, CountedIds, Organisation
from tests.server_sync.sync.conftest import NewDesk
from tests.server_sync.sync.desks import NUMBERS, Desk

DOSSIER = [name for name, table in TABLES.items() if table.info["scope"] is Scope.DOSSIER]


def customers_with_work(organisation: Organisation, number: int, assignee: Actor) -> list[Insert]:
    """`number` customers of the assignee's team with a number, an order and a task of his each."""
    rows: list[Insert] = []
    for _ in range(number):
        customer = organisation.customer(assignee.team_id)
        rows += [customer, organisation.contact_point(customer), organisation.order(customer)]
        rows.append(organisation.task(customer, assignee))
    return rows


def ids(rows: list[Insert], table: str) -> set[bytes]:
    return {row.row_id for row in rows if row.table == table}


def test_s2_everybody_gets_what_is_his_and_no_more(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    one, other = organisation.north_agents[:2]
    mine = customers_with_work(organisation, 2, one)
    others = customers_with_work(organisation, 3, other)
    far = customers_with_work(organisation, 4, organisation.south_agents[0])
    with database.write(NOW) as tx:
        write(tx, [*mine, *others, *far])
    assert isinstance(one.person_id, bytes)
    expected = {
        one: (mine, {"ref", desk(one.person_id)}),
        organisation.north_lead: (mine + others, {"ref", team(organisation.north)}),
        organisation.south_lead: (far, {"ref", team(organisation.south)}),
        organisation.administrator: (
            mine + others + far,
            {"ref", team(organisation.north), team(organisation.south)},
        ),
    }
    for actor, (rows, partitions) in expected.items():
        fresh = new_desk(actor)
        [page] = fresh.pull()
        assert {name for name in page.cursor if not name.startswith("desk:") or actor is one} == partitions
        assert page.gained == sorted(page.cursor)
        for table in ("customer", "contact_point", "sales_order", "task"):
            assert fresh.has(table) == ids(rows, table)
        assert len(fresh.has("person")) == 8


def test_l1_a_page_holds_rows_as_the_store_does_with_json_as_text(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north, owner=agent, tags=["老客户"], spent_cents=1 << 40)
    with database.write(NOW) as tx:
        write(tx, [customer, organisation.order(customer, amount="129.696")])
    held = new_desk(agent)
    held.pull()
    row = held.rows["customer", customer.row_id]
    assert (row["tags"], row["spent_cents"], row["extra"], row["rev"]) == ('["老客户"]', 1 << 40, "{}", 1)
    [order] = held.has("sales_order")
    assert held.rows["sales_order", order]["amount"] == "129.696"
    assert not held.rows["sales_order", order]["return_ambiguous"]


def test_l1_pages_by_rows_and_by_bytes_add_up_to_the_whole(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = organisation.north_agents[0]
    rows = customers_with_work(organisation, 300, agent)
    with database.write(NOW) as tx:
        write(tx, rows)
    by_rows, by_bytes = new_desk(agent), new_desk(agent)
    pages = by_rows.pull(page_rows=100)
    assert all(sum(len(part.rows) for part in page.tables.values()) <= 100 for page in pages)
    assert [page.more for page in pages] == [True] * (len(pages) - 1) + [False]
    assert len(pages) == -(-(1200 + 13) // 100)
    assert len(by_bytes.pull(page_bytes=50_000)) > 1
    for held in (by_rows, by_bytes):
        assert held.has("task") == ids(rows, "task")
        assert held.rows == by_rows.rows
    for earlier, later in pairwise(pages):
        assert later.from_cursor == earlier.cursor


def test_l1_in_step_a_page_is_empty(organisation: Organisation, new_desk: NewDesk) -> None:
    held = new_desk(organisation.north_agents[0])
    held.pull()
    cursor = held.cursor
    [page] = held.pull()
    assert (page.tables, page.held, page.removed, page.gained, page.lost) == ({}, [], [], [], [])
    assert page.cursor == cursor


def test_s3_a_reassigned_dossier_leaves_the_one_desk_and_comes_to_the_other(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    one, other = organisation.north_agents[:2]
    rows = customers_with_work(organisation, 2, one)
    with database.write(NOW) as tx:
        write(tx, rows)
    giver, taker, lead = new_desk(one), new_desk(other), new_desk(organisation.north_lead)
    for held in (giver, taker, lead):
        held.pull()
    moved = next(row for row in rows if row.table == "task")
    customer_id = moved.row["customer_id"]
    reassign = ReassignTask(organisation.ids.new(), moved.row_id, customer_id, other.person_id, NOW)
    assert lead.do(reassign) == ["accepted"]
    [page] = giver.pull()
    assert [(gone.partition, gone.customers) for gone in page.removed] == [
        (desk(one.person_id or b""), [customer_id])
    ]
    assert not any(name in page.tables for name in DOSSIER)
    assert giver.has("customer") == ids(rows, "customer") - {customer_id}
    taker.pull()
    assert taker.has("customer") == {customer_id}
    assert {len(taker.has(table)) for table in ("contact_point", "sales_order", "task", "activity")} == {1}
    lead.pull()
    assert lead.has("customer") == ids(rows, "customer")
    assert lead.rows["task", moved.row_id]["assignee_id"] == other.person_id


def test_s3_a_dossier_stays_while_another_partition_of_the_desk_has_it(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    lead = organisation.north_lead
    customer = organisation.customer(organisation.north)
    work = organisation.task(customer, lead)
    with database.write(NOW) as tx:
        write(tx, [customer, work])
    held = new_desk(lead)
    held.pull()
    with database.write(NOW) as tx:
        write(tx, [Update("task", work.row_id, {"state": "cancelled", "done_at": NOW - 2 * DAY})])
    [page] = held.pull()
    assert [gone.customers for gone in page.removed] == [[customer.row_id]]
    assert held.has("customer") == {customer.row_id}


def test_s3_what_was_closed_leaves_the_desk_a_day_later(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer, organisation.task(customer, agent, state="done", done_at=NOW)])
    held = new_desk(agent)
    held.pull()
    assert held.has("customer") == {customer.row_id}
    with database.write(NOW + 24 * HOUR) as tx:
        release_dossiers(tx)
    held.pull()
    assert held.has("customer") == held.has("task") == set()


def test_l2_who_changes_team_loses_the_one_and_gains_the_other(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    north, south = (
        customers_with_work(organisation, 1, agents[0])
        for agents in (organisation.north_agents, organisation.south_agents)
    )
    with database.write(NOW) as tx:
        write(tx, [*north, *south])
    held = new_desk(organisation.north_lead)
    held.pull()
    held.actor = Actor(held.actor.person_id, held.actor.role, organisation.south)
    [page] = held.pull()
    assert (page.lost, page.gained) == ([team(organisation.north)], [team(organisation.south)])
    assert held.has("customer") == ids(south, "customer")


def test_a_removed_row_leaves_and_what_came_and_went_between_is_never_seen(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north, owner=agent)
    kept, undone, brief = (organisation.order(customer) for _ in range(3))
    with database.write(NOW) as tx:
        write(tx, [customer, kept, undone])
    held = new_desk(agent)
    held.pull()
    with database.write(NOW) as tx:
        write(tx, [brief])
    with database.write(NOW) as tx:
        write(tx, [Delete("sales_order", undone.row_id), Delete("sales_order", brief.row_id)])
    [page] = held.pull()
    assert page.tables == {}
    assert held.has("sales_order") == {kept.row_id}


def test_a_row_that_moves_between_two_partitions_of_a_desk_stays(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.south_agents[0])
    person_id = agent.actor.person_id or b""
    watcher = new_desk(organisation.administrator)
    assert agent.do(SetPresence(person_id, "ready", None, NOW)) == ["accepted"]
    watcher.pull()
    with database.write(NOW) as tx:
        write(tx, [Update("presence", person_id, {"team_id": organisation.north})])
    watcher.pull(page_rows=1)
    assert watcher.rows["presence", person_id]["team_id"] == organisation.north
    for actor, sees in (
        (organisation.north_lead, True),
        (organisation.south_lead, False),
        (agent.actor, True),
    ):
        held = new_desk(actor)
        held.pull()
        assert (held.has("presence") == {person_id}) is sees


@pytest.mark.parametrize("cause", ["epoch", "ahead"])
def test_e1_a_cursor_of_another_copy_of_the_data_starts_again(
    database: Database, organisation: Organisation, new_desk: NewDesk, cause: str
) -> None:
    agent = organisation.north_agents[0]
    rows = customers_with_work(organisation, 2, agent)
    with database.write(NOW) as tx:
        write(tx, rows)
    held = new_desk(agent)
    held.pull()
    whole = held.rows
    if cause == "epoch":
        with database.write(NOW) as tx:
            tx.connection.execute(server_state.update().values(value=bytes(16).hex()))
    else:
        held.cursor = {name: seq + 1 for name, seq in held.cursor.items()}
    before = held.cursor
    asked = PullRequest(**NUMBERS, device=held.device, request=1, epoch=held.epoch, cursor=before)
    assert _refusal(held, asked) is ErrorKind.SERVER_RESTORED
    held.protocol = 1
    held.rows["customer", b"from the other copy"] = {"id": b"from the other copy"}
    [page] = held.pull()
    assert page.lost == sorted(before)
    assert page.gained == sorted(page.cursor)
    assert page.from_cursor == before
    assert held.rows == whole


def test_v1_an_unknown_version_is_told_to_upgrade(organisation: Organisation, new_desk: NewDesk) -> None:
    held = new_desk(organisation.north_agents[0])
    for numbers in ({**NUMBERS, "protocol": 99}, {**NUMBERS, "schema": 0}):
        assert _refusal(
            held, PullRequest(**numbers, device=held.device, request=1, epoch=None, cursor={})
        ) == (ErrorKind.UPGRADE_NEEDED)


def test_v1_e3_a_desk_of_protocol_1_below_the_floor_is_told_to_upgrade(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    """It does not know how to start again, and without what left meanwhile it would keep it for ever."""
    held = new_desk(organisation.north_agents[0])
    held.pull()
    with database.write(NOW) as tx:
        write(tx, customers_with_work(organisation, 2, held.actor))
        tx.bumped.add("ref")
    with database.write(NOW) as tx:
        tx.connection.execute(partition.update().values(floor=partition.c.head))
    for protocol, kind in ((1, ErrorKind.UPGRADE_NEEDED), (2, ErrorKind.CURSOR_TOO_OLD)):
        numbers = {**NUMBERS, "protocol": protocol}
        asked = PullRequest(**numbers, device=held.device, request=1, epoch=held.epoch, cursor=held.cursor)
        assert _refusal(held, asked) is kind
    fresh = new_desk(organisation.north_agents[0])
    fresh.protocol = 1
    fresh.pull()
    assert len(fresh.has("customer")) == 2


def test_a_hostile_pull_is_refused_or_gets_nothing(organisation: Organisation, new_desk: NewDesk) -> None:
    held = new_desk(organisation.north_agents[0])
    assert (
        _refusal(held, PullRequest(**NUMBERS, device=bytes(16), request=1, epoch=None, cursor={}))
        is ErrorKind.NOT_PERMITTED
    )
    assert (
        _refusal(held, PullRequest(**NUMBERS, device=held.device, request=1, epoch=None, cursor={"ref": -1}))
        is ErrorKind.MALFORMED
    )
    held.pull()
    other = organisation.south_agents[0].person_id or b""
    for foreign in ("desk:", desk(other), "device:", device(bytes(16))):
        cursor = {**held.cursor, foreign: (1 << 64) - 1}
        asked = PullRequest(**NUMBERS, device=held.device, request=1, epoch=held.epoch, cursor=cursor)
        assert _refusal(held, asked) is ErrorKind.NOT_PERMITTED
    held.cursor |= {team(organisation.south): 0, "'; DROP TABLE feed": 3}
    [page] = held.pull()
    assert page.lost == sorted({team(organisation.south), "'; DROP TABLE feed"})
    assert page.tables == {}
    assert len(page.cursor) == 2


def _refusal(held: Desk, request: PullRequest) -> ErrorKind:
    with held.database.read() as connection, pytest.raises(KnownError) as caught:
        pull(connection, held.actor, held.device, request, NOW)
    return caught.value.kind


def test_s5_a_reader_skips_no_row_of_eight_writers(database: Database, organisation: Organisation) -> None:
    agents = [*organisation.north_agents, *organisation.south_agents]
    customers = [organisation.customer(team_id) for team_id in (organisation.north, organisation.south) * 4]
    work = [organisation.task(customer, agents[place % 5]) for place, customer in enumerate(customers)]
    with database.write(NOW) as tx:
        write(tx, [*customers, *work])
    writers, each = 8, 40

    def write_notes(lane: int) -> None:
        ids = CountedIds(lane + 1)
        for turn in range(each):
            customer = customers[(turn * 3 + lane) % len(customers)]
            with database.write(NOW) as tx:
                fact = {
                    "id": ids.new(),
                    "customer_id": customer.row_id,
                    "kind": "note",
                    "details": {},
                    "happened_at": NOW,
                }
                write(
                    tx,
                    [
                        Insert("activity", fact),
                        Update("customer", customer.row_id, {"note": f"{lane}.{turn}"}),
                    ],
                )

    reader = Desk(database, organisation.administrator, bytes(16))
    threads = [threading.Thread(target=write_notes, args=(lane,)) for lane in range(writers)]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads):
        reader.pull(page_rows=7)
        seen += 1
    for thread in threads:
        thread.join()
    reader.pull()
    assert seen > 1
    with database.read() as connection:
        written = set(connection.scalars(select(activity.c.id)))
    assert len(written) == writers * each
    assert reader.has("activity") == written
