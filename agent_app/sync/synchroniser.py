"""Drives the engine: its requests go out on network threads, its steps run on the store's thread, one at a
time; lives on
the main thread and touches no widget."""

from collections.abc import Callable

from agent_app.ports import Lane, Work
from agent_app.store import outbox, search_terms
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from agent_app.store.desk_state import recall
from agent_app.store.queries import conflicts
from agent_app.sync.client import Server
from agent_app.sync.engine import Engine, Reply, Request, Step
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncState, SyncStatus
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import PullReply

# These pass by themselves; with any other a person has to do something before another round can help.
_AWAY = frozenset({ErrorKind.OFFLINE, ErrorKind.SERVER_FAILED, ErrorKind.SERVER_BUSY, ErrorKind.NOT_A_SERVER})


class Synchroniser:
    """Keeps one desk in step. `on_changes` and `on_status` are called on the main thread."""

    def __init__(
        self,
        work: Work,
        store: Store,
        engine: Engine,
        server: Server,
        clock: Clock,
        schedule: Schedule,
        on_changes: Callable[[StoreChanges], object],
        on_status: Callable[[SyncStatus], object],
    ) -> None:
        self._work = work
        self._store = store
        self._engine = engine
        self._server = server
        self._clock = clock
        self._schedule = schedule
        self._on_changes = on_changes
        self._on_status = on_status
        self._running = False
        self._again = False
        self._stopped = False
        self._error: KnownError | None = None
        self._offline_since: int | None = None
        self._rows = 0

    def tick(self, now: int) -> None:
        """About once a second: begin a round when one is due."""
        if not self._running and not self._stopped and now >= self._schedule.due_at:
            self._engine.wake()
            self._begin()

    def edited(self) -> None:
        """Something was saved here: send it soon."""
        self._schedule.wish(self._clock.now())
        self._report()
        if self._running:
            self._again = True
        elif self._error is None:
            self._begin()

    def hinted(self) -> None:
        """The server says that something moved."""
        self._engine.wake()
        self._schedule.forgive(self._clock.now())
        if self._running:
            self._again = True
        else:
            self._begin()

    def allow_emptying(self) -> None:
        """A person has said that the server may take most of this desk away (SYNC L5)."""
        self._engine.allow_emptying()
        self.hinted()

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True

    def _begin(self) -> None:
        if self._stopped:
            return
        self._running = True
        self._again = False
        self._work.run(self._next_request, self._send, self._failed, lane=Lane.BACKGROUND)

    def _next_request(self) -> Request | None:
        with self._store.read() as connection:
            return self._engine.next_request(connection)

    def _send(self, request: Request | None) -> None:
        if request is None:
            self._finish()
            return
        self._report()
        self._work.run(lambda: self._server.exchange(request), self._take, self._failed, lane=Lane.NETWORK)

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, PullReply):
            self._rows += sum(len(rows.rows) for rows in reply.tables.values())
        self._work.run(lambda: self._receive(reply), self._stepped, self._failed, lane=Lane.BACKGROUND)

    def _receive(self, reply: Reply) -> Step:
        with self._store.write() as connection:
            step = self._engine.receive(connection, reply, self._clock.now())
        if step.dossiers_left:
            self._store.settle()
        return step

    def _stepped(self, step: Step) -> None:
        self._error = None
        self._offline_since = None
        if step.changes is not None:
            self._on_changes(step.changes)
        self._begin()

    def _finish(self) -> None:
        self._running = False
        self._rows = 0
        self._schedule.succeeded(self._clock.now())
        if self._again:
            self._begin()
            return
        self._report()
        self._work.run(self._index, self._indexed, lane=Lane.BACKGROUND, key="search terms")

    def _index(self) -> int:
        with self._store.write() as connection:
            return search_terms.index_portion(connection)

    def _indexed(self, done: int) -> None:
        if done == search_terms.PORTION and not self._stopped:
            self._work.run(self._index, self._indexed, lane=Lane.BACKGROUND, key="search terms")

    def _failed(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, KnownError):
            self._schedule.failed(self._clock.now())
            raise error
        now = self._clock.now()
        self._error = error
        self._rows = 0
        if self._offline_since is None:
            self._offline_since = now
        self._schedule.failed(now)
        self._work.run(lambda: self._note_failure(error, now), self._noted, lane=Lane.BACKGROUND)

    def _note_failure(self, error: KnownError, now: int) -> StoreChanges | None:
        with self._store.write() as connection:
            return self._engine.failed(connection, error, now)

    def _noted(self, changes: StoreChanges | None) -> None:
        if changes is not None:
            self._on_changes(changes)
        self._report()

    def _report(self) -> None:
        self._work.run(self._status, self._on_status, lane=Lane.QUERY, key="sync status")

    def _status(self) -> SyncStatus:
        with self._store.read() as connection:
            waiting = outbox.waiting(connection).count
            wrong = conflicts.count(connection)
            complete = recall(connection, "complete", False)
            in_step_at = recall(connection, "in_step_at")
        error = self._error
        if error is not None and error.kind in _AWAY:
            return SyncStatus(
                SyncState.OFFLINE, waiting, self._offline_since, wrong, kind=error.kind, values=error.values
            )
        if error is not None:
            return SyncStatus(
                SyncState.ATTENTION, waiting, in_step_at, wrong, kind=error.kind, values=error.values
            )
        if not complete:
            return SyncStatus(SyncState.INCOMPLETE, waiting, in_step_at, wrong, self._rows)
        if wrong:
            return SyncStatus(SyncState.ATTENTION, waiting, in_step_at, wrong)
        state = SyncState.SYNCING if self._running and waiting else SyncState.IN_STEP
        return SyncStatus(state, waiting, in_step_at, wrong, self._rows)
