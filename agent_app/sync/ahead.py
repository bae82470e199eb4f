"""The page that was asked for while the one before it was still being applied: whoever comes later, its reply or who
wants it, goes on with it."""

from collections.abc import Callable

from agent_app.sync.engine import Reply, Request
from server_sync.domain.wire.messages import PullRequest

Take = Callable[[Reply], object]
Fail = Callable[[Exception], object]


class Ahead:
    """One request on its way. Main thread. What nobody comes to want is dropped."""

    def __init__(self, request: PullRequest) -> None:
        self._request = request
        self._outcome: Reply | Exception | None = None
        self._wanted: tuple[Take, Fail] | None = None

    def is_for(self, request: Request) -> bool:
        """Whether this is what is to be sent now."""
        return request is self._request

    def wanted(self, take: Take, fail: Fail) -> None:
        """The page before it is applied: go on with what comes of it."""
        self._wanted = take, fail
        self._go_on()

    def came(self, reply: Reply) -> None:
        """The reply is there."""
        self._outcome = reply
        self._go_on()

    def failed(self, error: Exception) -> None:
        """No reply came."""
        self._outcome = error
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted is None or self._outcome is None:
            return
        take, fail = self._wanted
        if isinstance(self._outcome, Exception):
            fail(self._outcome)
        else:
            take(self._outcome)
