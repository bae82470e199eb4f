"""What happens at the pool: some are pulled, and what lies there changes."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.session import DeskSession
from agent_app.features.pool.state import PoolState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import pool
from agent_app.store.queries.pool import PoolSheet
from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.messages import TakeReply

AT_ONCE = 5
"""So many customers one asks for: enough for an hour, and the rest stays with the others."""


class PoolPresenter:
    """`take` asks the server, off the main thread; `pulled` is called when it gave any: the rows come by a pull."""

    def __init__(
        self,
        session: DeskSession,
        take: Callable[[int], TakeReply],
        pulled: Callable[[], object],
        render: Callable[[PoolState], object],
    ) -> None:
        self._session = session
        self._take = take
        self._pulled = pulled
        self._render = render
        self._state = PoolState()
        self._minute = 0

    def start(self) -> None:
        """Look at the pool."""
        self._minute = self._session.now() // MINUTE
        self._reload()

    def on_pull(self) -> None:
        """Some of it shall be one's own."""
        if self._state.asking or not self._state.sheet.waiting:
            return
        self._draw(replace(self._state, asking=True, given=None, error=None))
        count = min(AT_ONCE, self._state.sheet.most)
        self._session.load(lambda: self._take(count), self._given, self._failed)

    def on_changed(self, changes: StoreChanges) -> None:
        """Others pull, too."""
        if changes.concerns("task", "setting"):
            self._reload()

    def on_tick(self, now: int) -> None:
        """Leases end and tasks become available with time."""
        if now // MINUTE != self._minute:
            self._minute = now // MINUTE
            self._reload()

    def _given(self, reply: TakeReply) -> None:
        self._draw(replace(self._state, asking=False, given=reply.tasks))
        if reply.tasks:
            self._pulled()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(self._state.failed(error))

    def _reload(self) -> None:
        actor, now = self._session.desk.actor, self._session.now()
        person_id = self._session.desk.person_id
        self._session.read(
            lambda connection: pool.load(connection, person_id, actor.team_id, now),
            lambda sheet: self._loaded(sheet, now),
            key="pool",
        )

    def _loaded(self, sheet: PoolSheet, now: int) -> None:
        # What was given shows until its rows are here.
        arrived = sheet.held > self._state.sheet.held
        given = None if arrived else self._state.given
        self._draw(replace(self._state, sheet=sheet, given=given, read_at=now))

    def _draw(self, state: PoolState) -> None:
        self._state = state
        self._render(state)
