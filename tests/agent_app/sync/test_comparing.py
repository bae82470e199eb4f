"""Rows that are not those of the server (SYNC E2): put right where they differ, under what is unsent, and no more."""

import pytest

from agent_app.store.changes import StoreChanges
from agent_app.sync.rebase import ORIGIN
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import CompareReply, CompareRequest, PullRequest, PushRequest
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit, first_task
from tests.server_sync.organisation import NOW, Organisation

STRAY = b"\xee" * 16
EVERYTHING = ("customer", "contact_point", "task", "sales_order", "person", "team", "held")


@pytest.fixture
def agent(sit: Sit, organisation: Organisation) -> Seat:
    """A desk in step, with three dossiers."""
    seat = sit(organisation.north_agents[0])
    seat.sync()
    return seat


def note(seat: Seat, text: str) -> None:
    seat.do(AddNote(seat.ids.new(), first_task(seat)[1], text, seat.clock.now()))


def write(seat: Seat, sql: str, *values: object) -> None:
    with seat.store.write() as connection:
        connection.exec_driver_sql(sql, values)


def contents(seat: Seat) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(seat.rows(f"SELECT * FROM {name}"), key=repr) for name in EVERYTHING}


def asked(seat: Seat) -> CompareRequest:
    """What the desk asks after it has found that its rows are others."""
    assert seat.compare() != []
    request = seat.ask()
    assert isinstance(request, CompareRequest)
    return request


def answered(seat: Seat, request: CompareRequest) -> CompareReply:
    reply = seat.answer(request)
    assert isinstance(reply, CompareReply)
    return reply


def mend(seat: Seat) -> None:
    """Compare and fetch until nothing differs."""
    for _ in range(4):
        if not seat.compare():
            return
        while (request := seat.ask()) is not None:
            seat.take(seat.answer(request))
    raise AssertionError("still other rows than the server's")


def test_e2_a_dossier_that_was_lost_here_comes_back_and_is_held_again(agent: Seat) -> None:
    whole = contents(agent)
    _, customer = first_task(agent)
    write(agent, "DELETE FROM customer WHERE id = ?", customer)
    for table in ("contact_point", "task", "sales_order", "held"):
        write(agent, f"DELETE FROM {table} WHERE customer_id = ?", customer)
    mend(agent)
    assert contents(agent) == whole


def test_e2_a_dossier_that_is_not_the_desks_leaves_it_whole_and_the_disk_too(agent: Seat) -> None:
    whole = contents(agent)
    desk = f"desk:{(agent.actor.person_id or b'').hex()}"
    write(
        agent,
        "INSERT INTO customer (id, rev, code, kind, name, tier, created_at)"
        " VALUES (?, 1, 'X', 'person', '陌生', 'normal', 1)",
        STRAY,
    )
    write(agent, "INSERT INTO held (customer_id, partition) VALUES (?, ?)", STRAY, desk)
    write(
        agent,
        "INSERT INTO contact_point (id, rev, customer_id, kind, value, position, valid)"
        " VALUES (?, 1, ?, 'mobile', '+8613800000000', 0, 1)",
        bytes(15) + b"\x01",
        STRAY,
    )
    request = asked(agent)
    step = agent.take(answered(agent, request))
    assert step.dossiers_left, "deleted rows must leave the disk, too"
    mend(agent)
    assert contents(agent) == whole


def test_e2_a_single_row_too_many_is_deleted_from_the_disk_too(agent: Seat) -> None:
    _, customer = first_task(agent)
    write(
        agent,
        "INSERT INTO activity (id, rev, customer_id, kind, details, happened_at)"
        " VALUES (?, 1, ?, 'note', '{}', 1)",
        STRAY,
        customer,
    )
    request = asked(agent)
    step = agent.take(answered(agent, request))
    assert step.dossiers_left
    assert step.changes is not None
    assert "activity" in step.changes.tables
    assert agent.rows("SELECT 1 FROM activity") == []
    assert len(agent.rows("SELECT 1 FROM customer")) == 3


def test_e2_a_row_that_was_older_is_told_to_who_shows_it_and_nothing_leaves(agent: Seat) -> None:
    write(agent, "UPDATE customer SET rev = rev - 1, name = '旧名' WHERE id = ?", first_task(agent)[1])
    request = asked(agent)
    step = agent.take(answered(agent, request))
    assert not step.dossiers_left
    assert step.changes is not None
    assert "customer" in step.changes.tables
    assert step.changes == StoreChanges(step.changes.tables, None, ORIGIN)
    assert agent.rows("SELECT name FROM customer WHERE name = '旧名'") == []


def test_e2_a_stray_hold_of_a_dossier_that_another_partition_holds_takes_nothing_away(
    supervisor: Seat,
) -> None:
    whole = contents(supervisor)
    [(customer,)] = supervisor.rows(
        "SELECT customer_id FROM held WHERE partition LIKE 'team:%' ORDER BY 1 LIMIT 1"
    )
    desk = f"desk:{(supervisor.actor.person_id or b'').hex()}"
    write(supervisor, "INSERT INTO held (customer_id, partition) VALUES (?, ?)", customer, desk)
    mend(supervisor)
    assert contents(supervisor) == whole


def test_e2_a_dossier_held_in_the_name_of_an_empty_partition_leaves(supervisor: Seat) -> None:
    whole = contents(supervisor)
    desk = f"desk:{(supervisor.actor.person_id or b'').hex()}"
    write(
        supervisor,
        "INSERT INTO customer (id, rev, code, kind, name, tier, created_at)"
        " VALUES (?, 1, 'X', 'person', '陌生', 'normal', 1)",
        STRAY,
    )
    write(supervisor, "INSERT INTO held (customer_id, partition) VALUES (?, ?)", STRAY, desk)
    mend(supervisor)
    assert contents(supervisor) == whole


def test_e2_a_person_and_a_team_are_put_right_as_dossiers_are(supervisor: Seat) -> None:
    whole = contents(supervisor)
    write(supervisor, "DELETE FROM person WHERE login = 'p03'")
    write(supervisor, "UPDATE team SET rev = rev - 1, name = '旧名'")
    mend(supervisor)
    assert contents(supervisor) == whole


def test_e2_ones_own_row_that_the_server_does_not_have_leaves(
    agent: Seat, organisation: Organisation
) -> None:
    write(
        agent,
        "INSERT INTO presence (id, rev, team_id, state, since_at) VALUES (?, 1, ?, 'ready', 1)",
        agent.actor.person_id,
        organisation.north,
    )
    mend(agent)
    assert agent.rows("SELECT 1 FROM presence") == []


def test_e2_unsent_work_stays_on_top_of_what_is_put_right_and_goes_up_after_it(agent: Seat) -> None:
    write(agent, "UPDATE customer SET rev = rev - 1, name = '旧名' WHERE id = ?", first_task(agent)[1])
    request = asked(agent)
    reply = answered(agent, request)
    note(agent, "未发")
    agent.take(reply)
    assert agent.rows("SELECT text FROM activity") == [("未发",)]
    assert agent.rows("SELECT name FROM customer WHERE name = '旧名'") == []
    assert isinstance(agent.ask(), PushRequest)
    agent.sync()
    assert agent.rows("SELECT text FROM activity") == [("未发",)]
    assert agent.compare() == []


def test_e2_a_partition_that_moved_meanwhile_is_pulled_and_not_mended(agent: Seat, supervisor: Seat) -> None:
    write(agent, "DELETE FROM contact_point")
    request = asked(agent)
    note(supervisor, "后来")
    supervisor.sync()
    reply = answered(agent, request)
    assert reply.moved
    step = agent.take(reply)
    assert step.changes is None
    assert agent.rows("SELECT 1 FROM contact_point") == []
    assert isinstance(agent.ask(), PullRequest)
    agent.sync()
    assert agent.rows("SELECT text FROM activity") == [("后来",)]
    mend(agent)
    assert len(agent.rows("SELECT 1 FROM contact_point")) == 3


def test_e2_what_was_compared_at_another_cursor_changes_nothing(agent: Seat) -> None:
    write(agent, "DELETE FROM contact_point")
    request = asked(agent)
    reply = answered(agent, request)
    write(agent, "UPDATE cursor SET seq = seq + 1 WHERE partition = ?", request.partition)
    assert agent.take(reply).changes is None
    assert agent.rows("SELECT 1 FROM contact_point") == []
    assert agent.ask() is None, "nothing has to be pulled for it"


def test_e2_a_reply_about_another_partition_changes_nothing(agent: Seat) -> None:
    write(agent, "DELETE FROM contact_point")
    request = asked(agent)
    right = answered(agent, request)
    other = CompareReply(
        request=right.request,
        partition="ref",
        moved=False,
        server_now=NOW,
        buckets=right.buckets,
        tables=right.tables,
        customers=right.customers,
    )
    assert agent.take(other).changes is None
    assert agent.rows("SELECT 1 FROM contact_point") == []


def test_e2_a_partition_that_the_desk_has_left_is_not_compared(agent: Seat) -> None:
    agent.engine.compare(["team:" + "ab" * 16])
    assert agent.ask() is None


def test_e2_several_partitions_are_compared_one_after_the_other(supervisor: Seat) -> None:
    whole = contents(supervisor)
    write(supervisor, "DELETE FROM person WHERE login = 'p03'")
    write(supervisor, "DELETE FROM contact_point")
    assert len(supervisor.compare()) > 1
    partitions = set()
    while (request := supervisor.ask()) is not None:
        assert isinstance(request, CompareRequest)
        partitions.add(request.partition)
        supervisor.take(supervisor.answer(request))
    assert "ref" in partitions
    assert f"team:{(supervisor.actor.team_id or b'').hex()}" in partitions
    assert contents(supervisor) == whole


def test_e2_a_comparison_that_fails_is_given_up_and_the_desk_pulls(agent: Seat) -> None:
    write(agent, "DELETE FROM contact_point")
    asked(agent)
    assert not agent.fail(KnownError(ErrorKind.OFFLINE)).recovered
    assert isinstance(agent.ask(), PullRequest)
