"""Asking the server for tasks out of the team's pool; they come with the next pull (docs/protocol.md)."""

from collections.abc import Callable

from agent_app.sync.client import Server
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import TakeReply, TakeRequest


class PoolOffice:
    """Asks over a desk's connection; every call waits for the network. `device`: who this desk is by now."""

    def __init__(self, server: Server, device: Callable[[], bytes]) -> None:
        self._server = server
        self._device = device
        self._asked = 0

    def take(self, count: int) -> TakeReply:
        """Pull until this person has `count` tasks that he has not begun. Raises KnownError: OFFLINE and its like,
        NOT_PERMITTED, OUT_OF_RANGE."""
        self._asked += 1
        return self._server.take(
            TakeRequest(
                protocol=versions.PROTOCOL,
                schema=versions.SCHEMA,
                device=self._device(),
                request=self._asked,
                count=count,
            )
        )
