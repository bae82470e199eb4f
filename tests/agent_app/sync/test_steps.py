"""The single steps of a round, where a program may end or a copy of it begin: what the store says after each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from agent_app.store import cursors, outbox, staging
from agent_app.store.desk_state import recall
from agent_app.sync import rebase
from agent_app.sync.engine import MOST_TRIES, Step
from server_sync.domain import crash
from server_sync.domain.commands import AddNote, CorrectCustomer
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import (
    PullReply,
    PullRequest,
    PushRequest,
    Removed,
    RenewRequest,
)
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit, first_task
from tests.server_sync.organisation import Organisation


@pytest.fixture
def passed() -> Iterator[list[str]]:
    """The moments that were passed at which a program may end, in order."""
    names: list[str] = []
    crash.hook = names.append
    yield names
    crash.hook = None


@pytest.fixture
def agent(sit: Sit, organisation: Organisation) -> Seat:
    """A desk in step, with three dossiers."""
    seat = sit(organisation.north_agents[0])
    seat.sync()
    return seat


def note(seat: Seat, *texts: str) -> None:
    for text in texts:
        seat.do(AddNote(seat.ids.new(), first_task(seat)[1], text, seat.clock.now()))


def kept(seat: Seat, key: str) -> object:
    with seat.store.read() as connection:
        return recall(connection, key)


# ---- the steps of a push and a pull


def test_an_edit_passes_every_moment_at_which_a_program_may_end(agent: Seat, passed: list[str]) -> None:
    note(agent, "一")
    agent.sync()
    assert passed == [
        "server.push_decided",
        "server.push_committed",
        "desk.push_settled",
        "desk.page_applied",
    ]


def test_what_a_push_changed_is_told_to_the_outbox_and_the_conflicts(agent: Seat) -> None:
    note(agent, "一")
    request = agent.ask()
    assert request is not None
    changes = agent.take(agent.answer(request)).changes
    assert changes is not None
    assert changes.tables == {"outbox", "conflict"}
    assert changes.origin == rebase.ORIGIN


def test_e1_after_a_restore_the_desk_begins_again_and_exchanges_its_replica(
    agent: Seat, passed: list[str]
) -> None:
    agent.engine.wake()
    assert isinstance(agent.ask(), PullRequest)
    step = agent.fail(KnownError(ErrorKind.SERVER_RESTORED))
    assert (step.recovered, passed) == (True, ["desk.started_again"])
    assert step.changes is not None
    assert step.changes.tables == {"outbox"}
    with agent.store.read() as connection:
        assert staging.is_open(connection)
        assert cursors.seen(connection) == {}, "what was known of the lost history is forgotten"
    agent.sync()
    assert "desk.staging_exchanged" in passed


def test_e3_a_cursor_that_is_too_old_sends_nothing_again(agent: Seat) -> None:
    note(agent, "一")
    agent.sync()
    agent.engine.wake()
    assert isinstance(agent.ask(), PullRequest)
    assert agent.fail(KnownError(ErrorKind.CURSOR_TOO_OLD)).recovered
    assert agent.rows("SELECT state FROM outbox") == [("kept",)]
    with agent.store.read() as connection:
        assert cursors.seen(connection) != {}, "the history is still the same"


def test_e1_what_helps_not_is_not_tried_for_ever_without_a_wait(agent: Seat) -> None:
    agent.engine.wake()
    steps = []
    for _ in range(10):
        assert agent.ask() is not None
        steps.append(agent.fail(KnownError(ErrorKind.SERVER_RESTORED)).recovered)
    assert steps == [True, True, True, True, False] * 2


def test_e1_one_reply_in_between_and_it_may_be_tried_as_often_again(agent: Seat) -> None:
    agent.engine.wake()
    for _ in range(4):
        agent.ask()
        assert agent.fail(KnownError(ErrorKind.SERVER_RESTORED)).recovered
    request = agent.ask()
    assert request is not None
    agent.take(agent.answer(request))
    agent.engine.wake()
    agent.ask()
    assert agent.fail(KnownError(ErrorKind.SERVER_RESTORED)).recovered


def test_a_failure_that_nobody_asked_for_changes_nothing(agent: Seat) -> None:
    for kind in (ErrorKind.SERVER_RESTORED, ErrorKind.SERVER_FAILED, ErrorKind.DEVICE_CLONED):
        assert agent.fail(KnownError(kind)) == Step()
    with agent.store.read() as connection:
        assert not staging.is_open(connection)


def test_p3_a_server_that_fails_gets_half_as_many_until_the_bad_one_is_alone(agent: Seat) -> None:
    note(agent, *"一二三四五六七")
    sizes = []
    for _ in range(4):
        request = agent.ask()
        assert isinstance(request, PushRequest)
        sizes.append(len(request.mutations))
        assert agent.fail(KnownError(ErrorKind.SERVER_FAILED)) == Step()
    assert sizes == [7, 3, 1, 1]
    assert agent.rows("SELECT max(tries) FROM outbox") == [(2,)]
    request = agent.ask()
    assert request is not None
    agent.take(agent.answer(request))
    request = agent.ask()
    assert isinstance(request, PushRequest)
    assert len(request.mutations) == 6, "what goes well is sent together again"


def test_p3_what_was_set_aside_is_taken_back_alone_and_told_to_who_shows_it(agent: Seat) -> None:
    (one,), (two,) = agent.rows("SELECT id FROM customer ORDER BY id LIMIT 2")
    assert isinstance(one, bytes)
    assert isinstance(two, bytes)
    for customer in (one, two):
        agent.do(CorrectCustomer(agent.ids.new(), customer, "city", None, "杭州", agent.clock.now()))
    step = Step()
    for _ in range(MOST_TRIES + 1):
        agent.ask()
        step = agent.fail(KnownError(ErrorKind.SERVER_FAILED))
    assert agent.rows("SELECT city FROM customer WHERE id IN (?, ?) ORDER BY id", one, two) == [
        (None,),
        ("杭州",),
    ]
    assert step.changes is not None
    assert step.changes.tables >= {"customer", "conflict", "outbox"}
    assert step.changes.origin == rebase.ORIGIN
    assert agent.rows("SELECT row_id FROM base_row WHERE kind = 'customer'") == [(two,)]


def test_e1_what_is_sent_again_is_as_new(agent: Seat) -> None:
    note(agent, "一")
    agent.sync()
    assert agent.rows("SELECT state FROM outbox") == [("kept",)]
    with agent.store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET tries = 5")
        outbox.requeue(connection)
    assert agent.rows("SELECT state, tries, acked_seq, acked_at FROM outbox") == [("pending", 0, None, None)]


# ---- a first sync beside the replica in use


def test_l4_staging_begins_with_the_servers_rows_and_not_with_edits_under_way(agent: Seat) -> None:
    (customer,) = agent.rows("SELECT id FROM customer ORDER BY id LIMIT 1")[0]
    assert isinstance(customer, bytes)
    note(agent, "未发")
    agent.do(CorrectCustomer(agent.ids.new(), customer, "city", None, "杭州", agent.clock.now()))
    with agent.store.write() as connection:
        rebase.begin_staging(connection, agent.actor, agent.clock.now(), from_replica=True)
    assert agent.rows("SELECT city FROM staged_customer WHERE id = ?", customer) == [(None,)]
    assert agent.rows("SELECT count(*) FROM staged_customer") == [(3,)]
    assert agent.rows("SELECT count(*) FROM staged_activity") == [(0,)]
    assert agent.rows("SELECT * FROM staged_cursor ORDER BY 1") == agent.rows(
        "SELECT * FROM cursor ORDER BY 1"
    )
    assert agent.rows("SELECT city FROM customer WHERE id = ?", customer) == [("杭州",)], (
        "nothing is missed here"
    )
    assert agent.rows("SELECT text FROM activity WHERE kind = 'note'") == [("未发",)]
    agent.sync()
    assert agent.rows("SELECT text FROM activity WHERE kind = 'note'") == [("未发",)]
    assert agent.rows("SELECT city FROM customer WHERE id = ?", customer) == [("杭州",)]


def test_l4_staging_that_begins_empty_leaves_the_replica_as_it_is(agent: Seat) -> None:
    note(agent, "未发")
    with agent.store.write() as connection:
        rebase.begin_staging(connection, agent.actor, agent.clock.now(), from_replica=False)
    for table in ("staged_customer", "staged_task", "staged_held", "staged_cursor"):
        assert agent.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert agent.rows("SELECT text FROM activity") == [("未发",)]
    assert len(agent.rows("SELECT 1 FROM customer")) == 3


# ---- a page that would empty the desk


def test_l5_a_person_may_let_the_server_take_most_away_once(agent: Seat) -> None:
    gone = [number.to_bytes(16) for number in range(600)]

    def hold() -> None:
        with agent.store.write() as connection:
            for one in gone:
                connection.exec_driver_sql("INSERT INTO held VALUES (?, 'ref')", (one,))

    def emptying() -> PullReply:
        agent.engine.wake()
        request = agent.ask()
        assert request is not None
        reply = agent.answer(request)
        assert isinstance(reply, PullReply)
        return structs.replace(reply, removed=[Removed(partition="ref", customers=gone, rows={})])

    hold()
    with pytest.raises(KnownError) as stopped:
        agent.take(emptying())
    assert stopped.value.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK
    assert len(agent.rows("SELECT 1 FROM held WHERE partition = 'ref'")) == 600
    agent.engine.allow_emptying()
    agent.take(emptying())
    assert agent.rows("SELECT 1 FROM held WHERE partition = 'ref'") == []
    hold()
    with pytest.raises(KnownError):
        agent.take(emptying())


def test_l5_who_allows_it_gets_it_at_once(agent: Seat) -> None:
    assert agent.ask() is None
    agent.engine.allow_emptying()
    assert isinstance(agent.ask(), PullRequest)


# ---- a copy of a device


@pytest.fixture
def copy(agent: Seat, tmp_path: Path) -> Seat:
    """The desk put back to an image of its profile, after the original has sent something else under its number."""
    agent.store.close()
    image = tmp_path / "image"
    shutil.copytree(agent.folder, image)
    agent.restart()
    note(agent, "the original's")
    agent.sync()
    agent.store.close()
    shutil.rmtree(agent.folder)
    shutil.copytree(image, agent.folder)
    agent.restart()
    note(agent, "the copy's")
    return agent


def renewing(seat: Seat) -> RenewRequest:
    """The desk has found out that it is a copy, and asks for a device of its own."""
    while not isinstance(request := seat.ask(), RenewRequest):
        assert request is not None
        try:
            seat.take(seat.answer(request))
        except KnownError as error:
            if not seat.fail(error).recovered:
                raise
    return request


def test_p2_a_copy_takes_its_new_name_and_token_in_one_step(copy: Seat, passed: list[str]) -> None:
    original = copy.device
    request = renewing(copy)
    assert (request.device, request.new) == (original, bytes.fromhex(str(kept(copy, "next_device"))))
    reply = copy.answer(request)
    step = copy.take(reply)
    assert (step.new_device, step.new_token, step.recovered) == (request.new, kept(copy, "token"), True)
    assert step.new_token
    assert kept(copy, "device") == request.new.hex()
    assert not kept(copy, "next_device")
    assert copy.engine.device == request.new
    assert passed[-1] == "desk.device_renewed"
    assert copy.rows("SELECT 1 FROM cursor WHERE partition = ?", f"device:{original.hex()}") == []
    push = copy.ask()
    assert isinstance(push, PushRequest)
    assert push.device == request.new
    assert [one.mid for one in push.mutations] == [1]


def test_p2_a_copy_that_heard_no_answer_asks_for_the_same_name_again_even_after_a_restart(copy: Seat) -> None:
    first = renewing(copy)
    copy.answer(first)
    copy.fail(KnownError(ErrorKind.OFFLINE))
    again = copy.ask()
    assert isinstance(again, RenewRequest)
    assert again.new == first.new
    copy.restart()
    assert renewing(copy).new == first.new


def test_p2_a_copy_pulls_under_its_new_name_even_when_it_has_nothing_to_send(copy: Seat) -> None:
    copy.take(copy.answer(renewing(copy)))
    with copy.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    request = copy.ask()
    assert isinstance(request, PullRequest)
    assert request.device == copy.engine.device
