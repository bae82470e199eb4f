"""Who gets which row, and what the feed says of it."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert, Update
from server_sync.domain.model import TABLES, task
from server_sync.store.changes import Delete, write
from server_sync.store.database import Database
from server_sync.store.feed import release_dossiers
from server_sync.store.heads import Op
from server_sync.store.partitions import desk, team
from server_sync.store.tables import dossier, feed, partition
from tests.server_sync.organisation import NOW, Organisation, person_row

NAMES = list(TABLES)
Entry = tuple[str, bytes, Op]


def entries(database: Database, name: str, after: int = 0) -> list[Entry]:
    """The feed of a partition in the order of seq."""
    statement = (
        select(feed.c.kind, feed.c.row_id, feed.c.op)
        .join(partition, partition.c.id == feed.c.partition)
        .where(partition.c.name == name, feed.c.seq > after)
        .order_by(feed.c.seq)
    )
    with database.read() as connection:
        return [(NAMES[row.kind], row.row_id, Op(row.op)) for row in connection.execute(statement)]


def head(database: Database, name: str) -> int:
    with database.read() as connection:
        found: int = connection.execute(select(partition.c.head).where(partition.c.name == name)).scalar_one()
        return found


def live(database: Database, name: str) -> set[bytes]:
    return {row_id for _, row_id, op in entries(database, name) if op is Op.LIVE}


def my(actor: Actor) -> str:
    assert actor.person_id is not None
    return desk(actor.person_id)


def test_s2_company_rows_are_in_ref_alone(database: Database, organisation: Organisation) -> None:
    assert Counter(kind for kind, _, _ in entries(database, "ref")) == {
        "team": 2,
        "person": 8,
        "form": 1,
        "form_version": 1,
        "plan": 1,
    }
    with database.read() as connection:
        others = select(func.count()).select_from(feed).join(partition, partition.c.id == feed.c.partition)
        assert connection.scalar(others.where(partition.c.name != "ref")) == 0


def test_s3_a_dossier_is_in_its_team_and_with_its_owner_as_a_whole(
    database: Database, organisation: Organisation
) -> None:
    owner = organisation.north_agents[0]
    customer = organisation.customer(organisation.north, owner=owner)
    rows = [customer, organisation.contact_point(customer), organisation.order(customer)]
    with database.write(NOW) as tx:
        write(tx, rows)
    for name in (my(owner), team(organisation.north)):
        assert live(database, name) == {row.row_id for row in rows}
    assert entries(database, team(organisation.south)) == []
    assert entries(database, my(organisation.north_agents[1])) == []


def test_s3_a_task_brings_the_dossier_to_its_assignee_and_its_team(
    database: Database, organisation: Organisation
) -> None:
    agent = organisation.south_agents[0]
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer, organisation.contact_point(customer)])
    task_row = organisation.task(customer, agent)
    with database.write(NOW) as tx:
        write(tx, [task_row])
    for name in (my(agent), team(organisation.south), team(organisation.north)):
        assert len(live(database, name)) == 3


def test_s3_a_pooled_task_brings_the_dossier_to_everybody_active_in_the_team(
    database: Database, organisation: Organisation
) -> None:
    customer = organisation.customer(organisation.north)
    away = organisation.north_agents[2]
    assert away.person_id is not None
    with database.write(NOW) as tx:
        write(tx, [Update("person", away.person_id, {"active": False})])
        write(tx, [customer, organisation.task(customer, None)])
    holders = [actor for actor in organisation.people() if live(database, my(actor))]
    assert holders == [organisation.north_lead, *organisation.north_agents[:2]]


def test_s3_who_comes_into_a_team_gets_its_pool_and_who_leaves_loses_it(
    database: Database, organisation: Organisation
) -> None:
    customer = organisation.customer(organisation.north)
    pooled = organisation.task(customer, None)
    mover = organisation.north_agents[0]
    assert mover.person_id is not None
    with database.write(NOW) as tx:
        write(tx, [customer, pooled])
    with database.write(NOW) as tx:
        write(tx, [Update("person", mover.person_id, {"team_id": organisation.south})])
    assert entries(database, my(mover)) == [("customer", customer.row_id, Op.GROUP_GONE)]
    with database.write(NOW) as tx:
        write(tx, [Update("person", mover.person_id, {"team_id": organisation.north})])
    assert live(database, my(mover)) == {customer.row_id, pooled.row_id}
    newcomer = Actor(organisation.ids.new(), mover.role, organisation.north)
    with database.write(NOW) as tx:
        write(tx, [Insert("person", person_row(newcomer, 99))])
    assert live(database, my(newcomer)) == {customer.row_id, pooled.row_id}


def test_s3_reassigning_moves_the_dossier_in_one_transaction(
    database: Database, organisation: Organisation
) -> None:
    one, other = organisation.north_agents[:2]
    assert other.person_id is not None
    customer = organisation.customer(organisation.north)
    rows = [customer, organisation.contact_point(customer), organisation.task(customer, one)]
    with database.write(NOW) as tx:
        write(tx, rows)
    before = head(database, my(one))
    with database.write(NOW) as tx:
        write(tx, [Update("task", rows[-1].row_id, {"assignee_id": other.person_id})])
    assert entries(database, my(one)) == [("customer", customer.row_id, Op.GROUP_GONE)]
    assert head(database, my(one)) == before + 1
    assert live(database, my(other)) == {row.row_id for row in rows}
    assert entries(database, team(organisation.north), before)[-1] == ("task", rows[-1].row_id, Op.LIVE)


def test_s3_a_dossier_that_comes_back_has_no_tombstone_left(
    database: Database, organisation: Organisation
) -> None:
    one, other = organisation.north_agents[:2]
    customer = organisation.customer(organisation.north)
    work = organisation.task(customer, one)
    with database.write(NOW) as tx:
        write(tx, [customer, work])
    for actor in (other, one):
        with database.write(NOW) as tx:
            write(tx, [Update("task", work.row_id, {"assignee_id": actor.person_id})])
    assert {op for _, _, op in entries(database, my(one))} == {Op.LIVE}
    assert entries(database, my(other)) == [("customer", customer.row_id, Op.GROUP_GONE)]


def test_s3_a_closed_task_keeps_its_customer_on_the_desk_for_a_day(
    database: Database, organisation: Organisation
) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north)
    work = organisation.task(customer, agent)
    with database.write(NOW) as tx:
        write(tx, [customer, work])
    with database.write(NOW + HOUR) as tx:
        write(tx, [Update("task", work.row_id, {"state": "done", "done_at": NOW + HOUR})])
    for hours, held in ((20, True), (25, False)):
        with database.write(NOW + hours * HOUR) as tx:
            release_dossiers(tx)
        assert bool(live(database, my(agent))) is held
    assert entries(database, my(agent)) == [("customer", customer.row_id, Op.GROUP_GONE)]
    assert customer.row_id in live(database, team(organisation.north))


def test_s3_a_new_task_lifts_the_end_of_a_membership(database: Database, organisation: Organisation) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north)
    done = organisation.task(customer, agent, state="done", done_at=NOW)
    with database.write(NOW) as tx:
        write(tx, [customer, done])
    with database.write(NOW) as tx:
        write(tx, [organisation.task(customer, agent)])
    with database.write(NOW + 2 * DAY) as tx:
        release_dossiers(tx)
    assert customer.row_id in live(database, my(agent))


def test_s4_a_row_has_one_entry_and_touching_moves_it_to_a_new_seq(
    database: Database, organisation: Organisation
) -> None:
    customer = organisation.customer(organisation.north)
    point = organisation.contact_point(customer)
    with database.write(NOW) as tx:
        write(tx, [customer, point])
    name = team(organisation.north)
    assert head(database, name) == 2
    for note in ("一", "二"):
        with database.write(NOW) as tx:
            write(tx, [Update("customer", customer.row_id, {"note": note})])
    assert head(database, name) == 4
    assert entries(database, name) == [
        ("contact_point", point.row_id, Op.LIVE),
        ("customer", customer.row_id, Op.LIVE),
    ]
    with database.read() as connection:
        assert connection.scalar(select(TABLES["customer"].c.rev)) == 3


def test_s4_all_writes_of_a_transaction_make_one_entry_per_row(
    database: Database, organisation: Organisation
) -> None:
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer, Update("customer", customer.row_id, {"note": "一"})])
        write(tx, [Update("customer", customer.row_id, {"note": "二"})])
    assert head(database, team(organisation.north)) == 1
    with database.read() as connection:
        assert connection.scalar(select(TABLES["customer"].c.note)) == "二"


def test_a_deleted_row_leaves_a_tombstone_wherever_it_was(
    database: Database, organisation: Organisation
) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north, owner=agent)
    order = organisation.order(customer)
    with database.write(NOW) as tx:
        write(tx, [customer, order])
    with database.write(NOW) as tx:
        write(tx, [Delete("sales_order", order.row_id)])
    for name in (my(agent), team(organisation.north)):
        assert entries(database, name) == [
            ("customer", customer.row_id, Op.LIVE),
            ("sales_order", order.row_id, Op.GONE),
        ]


def test_a_deleted_customer_leaves_as_a_group(database: Database, organisation: Organisation) -> None:
    agent = organisation.north_agents[0]
    customer = organisation.customer(organisation.north, owner=agent)
    order = organisation.order(customer)
    with database.write(NOW) as tx:
        write(tx, [customer, order])
    with database.write(NOW) as tx:
        write(tx, [Delete("sales_order", order.row_id), Delete("customer", customer.row_id)])
    for name in (my(agent), team(organisation.north)):
        assert ("customer", customer.row_id, Op.GROUP_GONE) in entries(database, name)
        assert live(database, name) == set()
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(dossier)) == 0


def test_presence_is_with_its_person_and_his_lead_and_moves_with_the_team(
    database: Database, organisation: Organisation
) -> None:
    agent = organisation.north_agents[0]
    assert agent.person_id is not None
    row = {"id": agent.person_id, "team_id": organisation.north, "state": "ready", "since_at": NOW}
    with database.write(NOW) as tx:
        write(tx, [Insert("presence", row)])
    assert entries(database, my(agent)) == entries(database, team(organisation.north))
    assert live(database, team(organisation.north)) == {agent.person_id}
    with database.write(NOW) as tx:
        write(tx, [Update("presence", agent.person_id, {"team_id": organisation.south})])
    assert entries(database, team(organisation.north)) == [("presence", agent.person_id, Op.GONE)]
    assert live(database, team(organisation.south)) == {agent.person_id}


def test_whoever_listens_hears_after_the_commit_which_partitions_moved(
    database: Database, organisation: Organisation
) -> None:
    heard: list[frozenset[str]] = []
    database.listen(heard.append)
    customer = organisation.customer(organisation.north)
    work = organisation.task(customer, organisation.north_agents[0])
    with database.write(NOW) as tx:
        write(tx, [customer, work])
        assert heard == []
    assert heard == [frozenset({team(organisation.north), my(organisation.north_agents[0])})]

    def change_and_fail() -> None:
        with database.write(NOW) as tx:
            write(tx, [Update("task", work.row_id, {"priority": 1})])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert len(heard) == 1


def test_a_savepoint_undone_leaves_nothing_in_the_feed(
    database: Database, organisation: Organisation
) -> None:
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer])

        def change_and_fail() -> None:
            with tx.savepoint():
                write(tx, [organisation.order(customer), Update("customer", customer.row_id, {"note": "一"})])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change_and_fail()
    assert entries(database, team(organisation.north)) == [("customer", customer.row_id, Op.LIVE)]


def test_a_column_that_is_not_there_is_refused(database: Database, organisation: Organisation) -> None:
    with pytest.raises(KeyError, match="colour"), database.write(NOW) as tx:
        write(tx, [organisation.customer(organisation.north, colour="红")])
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(task)) == 0
