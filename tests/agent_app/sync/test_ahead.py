"""The page asked for before the one in front of it is applied (SYNC L1, P5)."""

from msgspec import structs

from agent_app.sync.ahead import Ahead
from agent_app.sync.engine import Reply, Step
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply, PullRequest, PushReply
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit
from tests.server_sync.organisation import NOW, Organisation


def request(number: int) -> PullRequest:
    return PullRequest(
        protocol=versions.PROTOCOL,
        schema=versions.SCHEMA,
        device=bytes(16),
        request=number,
        epoch=None,
        cursor={},
    )


def reply(number: int) -> PullReply:
    return PullReply(
        request=number,
        epoch=bytes(16),
        from_cursor={},
        gained=[],
        lost=[],
        removed=[],
        held=[],
        tables={},
        cursor={},
        more=False,
        server_now=NOW,
    )


class Wisher:
    """Who wants the page."""

    def __init__(self) -> None:
        self.taken: list[Reply] = []
        self.failed: list[Exception] = []


def test_a_reply_that_is_there_is_taken_at_once_by_who_comes_to_want_it() -> None:
    ahead, wisher, page = Ahead(request(2)), Wisher(), reply(2)
    ahead.came(page)
    assert wisher.taken == []
    ahead.wanted(wisher.taken.append, wisher.failed.append)
    assert (wisher.taken, wisher.failed) == ([page], [])


def test_a_reply_that_is_still_on_its_way_is_taken_when_it_comes() -> None:
    ahead, wisher, page = Ahead(request(2)), Wisher(), reply(2)
    ahead.wanted(wisher.taken.append, wisher.failed.append)
    assert wisher.taken == []
    ahead.came(page)
    assert (wisher.taken, wisher.failed) == ([page], [])


def test_what_failed_before_or_after_it_was_wanted_is_told() -> None:
    error = KnownError(ErrorKind.OFFLINE)
    for early in (True, False):
        ahead, wisher = Ahead(request(2)), Wisher()
        if early:
            ahead.failed(error)
        ahead.wanted(wisher.taken.append, wisher.failed.append)
        if not early:
            ahead.failed(error)
        assert (wisher.taken, wisher.failed) == ([], [error])


def test_p5_it_counts_only_for_the_very_request_that_it_was_sent_for() -> None:
    one = request(2)
    ahead = Ahead(one)
    assert ahead.is_for(one)
    assert not ahead.is_for(request(2))


# ---- in a round


def begun(seat: Seat) -> tuple[PullRequest, PullReply]:
    """A new desk's first request, and the first of several pages."""
    request = seat.ask()
    assert isinstance(request, PullRequest)
    reply = seat.answer(request, 5)
    assert isinstance(reply, PullReply)
    assert reply.more
    return request, reply


def test_l1_a_desk_that_asks_a_page_ahead_comes_to_the_same_replica(
    sit: Sit, organisation: Organisation
) -> None:
    one, other = sit(organisation.north_lead), sit(organisation.north_lead)
    other.sync()
    request = one.ask()
    taken = 0
    while request is not None:
        reply = one.answer(request, 5)
        ahead = one.engine.ahead(reply)
        one.take(reply)
        request = one.ask()
        assert request is ahead, "the very request that is already on its way"
        taken += ahead is not None
    assert taken > 3
    for table in ("customer", "task", "person", "held"):
        assert sorted(one.rows(f"SELECT * FROM {table}"), key=repr) == sorted(
            other.rows(f"SELECT * FROM {table}"), key=repr
        )


def test_p5_nothing_is_asked_ahead_of_a_page_that_was_not_asked_for_or_is_the_last(
    sit: Sit, organisation: Organisation
) -> None:
    seat = sit(organisation.north_agents[0])
    request, reply = begun(seat)
    assert seat.engine.ahead(structs.replace(reply, request=request.request - 1)) is None
    assert seat.engine.ahead(structs.replace(reply, from_cursor={"ref": 1})) is None
    assert seat.engine.ahead(structs.replace(reply, more=False)) is None
    assert seat.engine.ahead(PushReply(request=request.request, results=[], server_now=NOW)) is None
    ahead = seat.engine.ahead(reply)
    assert ahead is not None
    assert ahead.request == request.request + 1
    assert (ahead.cursor, ahead.epoch) == (
        {name: seq for name, seq in reply.cursor.items() if seq},
        reply.epoch,
    )
    assert ahead.device == request.device


def test_p5_a_page_asked_ahead_is_a_late_one_once_somebody_woke_the_desk(
    sit: Sit, organisation: Organisation
) -> None:
    seat = sit(organisation.north_agents[0])
    _, reply = begun(seat)
    ahead = seat.engine.ahead(reply)
    assert ahead is not None
    late = seat.answer(ahead, 5)
    seat.engine.wake()
    seat.take(reply)
    request = seat.ask()
    assert isinstance(request, PullRequest)
    assert request is not ahead
    before = seat.rows("SELECT * FROM cursor ORDER BY 1")
    assert seat.take(late) == Step()
    assert seat.rows("SELECT * FROM cursor ORDER BY 1") == before
    seat.sync()
    assert len(seat.rows("SELECT 1 FROM customer")) == 3


def test_p5_a_page_asked_ahead_counts_no_more_when_the_one_before_it_failed(
    sit: Sit, organisation: Organisation
) -> None:
    seat = sit(organisation.north_agents[0])
    _, reply = begun(seat)
    ahead = seat.engine.ahead(reply)
    seat.fail(KnownError(ErrorKind.OFFLINE))
    again = seat.ask()
    assert isinstance(again, PullRequest)
    assert again is not ahead
    assert again.cursor == {}
