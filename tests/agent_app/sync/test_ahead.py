"""The page asked for ahead: whichever comes first, its reply or who wants it, the other goes on with it."""

from agent_app.sync.ahead import Ahead
from agent_app.sync.engine import Reply
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply, PullRequest
from tests.server_sync.organisation import NOW


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
