"""The last exchange of a desk that is admitted no more (SYNC E4): its unsent work reaches the lead, or stays."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select

from agent_app.store import lease, outbox
from agent_app.sync import farewell
from agent_app.sync.engine import Reply, Request
from agent_app.sync.farewell import hand_over
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import team_conflict
from server_sync.domain.wire.messages import PushReply, PushRequest
from server_sync.store.database import Database
from server_sync.store.tables import applied, feed_commit
from server_sync.sync import handing_over
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit, first_task
from tests.server_sync.organisation import Organisation

Exchange = Callable[[Request], Reply]


@pytest.fixture
def agent(sit: Sit, organisation: Organisation) -> Seat:
    """A desk in step, with two notes that have not gone up."""
    seat = sit(organisation.north_agents[0])
    seat.sync()
    for text in ("一", "二"):
        seat.do(AddNote(seat.ids.new(), first_task(seat)[1], text, seat.clock.now()))
    return seat


def refusing(seat: Seat, kind: ErrorKind) -> Exchange:
    """The server that admits this desk no more: it takes what waits, and nothing else is to be had there."""

    def exchange(request: Request) -> Reply:
        if isinstance(request, PushRequest):
            return handing_over.hand_over(
                seat.server, seat.actor, seat.device, request, kind, seat.clock.now()
            )
        raise KnownError(kind)

    return exchange


def waiting(seat: Seat) -> int:
    with seat.store.read() as connection:
        return outbox.waiting(connection).count


def is_over(seat: Seat) -> bool:
    with seat.store.read() as connection:
        return lease.is_over(connection, seat.clock.now())


def with_the_lead(server: Database) -> list[tuple[str, str]]:
    with server.read() as connection:
        found = connection.execute(select(team_conflict.c.command, team_conflict.c.status))
        return [(row.command, row.status) for row in found]


@pytest.mark.parametrize("kind", [ErrorKind.DEVICE_REVOKED, ErrorKind.ACCOUNT_DISABLED])
def test_e4_what_is_unsent_goes_to_the_lead_and_the_time_of_the_desk_is_over(
    agent: Seat, kind: ErrorKind
) -> None:
    assert not is_over(agent)
    assert hand_over(agent.store, agent.engine, refusing(agent, kind), agent.clock) is True
    assert with_the_lead(agent.server) == [("add_note@1", "revoked")] * 2
    assert (waiting(agent), is_over(agent)) == (0, True)
    assert agent.rows("SELECT text FROM activity") == [], "nobody has decided it"


def test_e4_a_farewell_that_breaks_off_loses_nothing_and_is_said_again(agent: Seat) -> None:
    def torn(request: Request) -> Reply:
        raise KnownError(ErrorKind.OFFLINE)

    assert hand_over(agent.store, agent.engine, torn, agent.clock) is False
    assert (waiting(agent), is_over(agent), with_the_lead(agent.server)) == (2, False, [])
    revoked = refusing(agent, ErrorKind.DEVICE_REVOKED)
    assert hand_over(agent.store, agent.engine, revoked, agent.clock) is True
    assert hand_over(agent.store, agent.engine, revoked, agent.clock) is True
    assert len(with_the_lead(agent.server)) == 2


def test_e4_a_reply_that_is_lost_sends_the_same_again_and_the_lead_has_it_once(agent: Seat) -> None:
    revoked = refusing(agent, ErrorKind.DEVICE_REVOKED)

    def lost(request: Request) -> Reply:
        revoked(request)
        raise KnownError(ErrorKind.OFFLINE)

    assert hand_over(agent.store, agent.engine, lost, agent.clock) is False
    assert (waiting(agent), len(with_the_lead(agent.server))) == (2, 2)
    assert hand_over(agent.store, agent.engine, revoked, agent.clock) is True
    assert len(with_the_lead(agent.server)) == 2


def test_e4_a_server_that_takes_nothing_more_leaves_the_work_here_and_the_desk_locked(agent: Seat) -> None:
    def shut(request: Request) -> Reply:
        raise KnownError(ErrorKind.DEVICE_REVOKED)

    assert hand_over(agent.store, agent.engine, shut, agent.clock) is False
    assert (waiting(agent), is_over(agent)) == (2, True)


def test_e4_what_a_restored_server_lost_is_handed_over_too(agent: Seat) -> None:
    agent.sync()
    agent.do(AddNote(agent.ids.new(), first_task(agent)[1], "三", agent.clock.now()))
    revoked = refusing(agent, ErrorKind.DEVICE_REVOKED)
    asked: list[Request] = []

    def restored(request: Request) -> Reply:
        asked.append(request)
        if len(asked) == 1:
            raise KnownError(ErrorKind.SERVER_RESTORED)
        return revoked(request)

    assert hand_over(agent.store, agent.engine, restored, agent.clock) is True
    first, second = (request for request in asked[:2])
    assert isinstance(first, PushRequest)
    assert isinstance(second, PushRequest)
    assert [one.mid for one in first.mutations] == [3]
    assert [one.mid for one in second.mutations] == [1, 2, 3]
    assert (waiting(agent), is_over(agent)) == (0, True)


def test_e4_a_server_set_back_behind_the_answers_of_a_refused_desk_says_so(agent: Seat) -> None:
    agent.sync()
    agent.do(AddNote(agent.ids.new(), first_task(agent)[1], "三", agent.clock.now()))
    with agent.server.write(agent.clock.now()) as tx:  # as a backup from before the first two were taken up
        for table in (applied, feed_commit):
            tx.connection.execute(delete(table))
    assert (
        hand_over(agent.store, agent.engine, refusing(agent, ErrorKind.DEVICE_REVOKED), agent.clock) is True
    )
    assert [status for _, status in with_the_lead(agent.server)] == ["revoked"] * 3
    assert (waiting(agent), is_over(agent)) == (0, True)


def test_e4_a_desk_that_is_admitted_again_goes_on_as_ever(agent: Seat) -> None:
    assert hand_over(agent.store, agent.engine, agent.answer, agent.clock) is False
    assert (waiting(agent), is_over(agent), with_the_lead(agent.server)) == (0, False, [])
    assert sorted(agent.rows("SELECT text FROM activity")) == [("一",), ("二",)]
    assert agent.ask() is None


def test_e4_even_when_nothing_waits_the_server_is_asked_whether_the_desk_is_admitted(agent: Seat) -> None:
    agent.sync()
    asked: list[Request] = []

    def revoked(request: Request) -> Reply:
        asked.append(request)
        raise KnownError(ErrorKind.DEVICE_REVOKED)

    assert hand_over(agent.store, agent.engine, revoked, agent.clock) is True
    assert (len(asked), is_over(agent)) == (1, True)


def test_e4_a_server_that_never_answers_what_was_asked_is_left_at_last(
    agent: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farewell, "_MOST_REQUESTS", 7)
    asked: list[Request] = []

    def late(request: Request) -> Reply:
        asked.append(request)
        return PushReply(request=request.request - 1, results=[], server_now=agent.clock.now())

    assert hand_over(agent.store, agent.engine, late, agent.clock) is False
    assert (len(asked), waiting(agent)) == (7, 2)
