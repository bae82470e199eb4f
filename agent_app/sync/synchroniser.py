"""Drives the engine: its requests go out on network threads, its steps run on the store's thread, one at a time; lives
on the main thread and touches no widget."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from agent_app.ports import Lane, Work
from agent_app.store import first_sync, outbox, search_terms, sums
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from agent_app.store.desk_state import recall
from agent_app.store.queries import conflicts
from agent_app.sync.ahead import Ahead
from agent_app.sync.client import Server
from agent_app.sync.engine import Engine, Reply, Request, Step
from agent_app.sync.progress import Progress
from agent_app.sync.ready import Check, Copy, Fetch
from agent_app.sync.ready_files import ReadyFiles
from agent_app.sync.schedule import Schedule, asked_wait
from agent_app.sync.status import SyncState, SyncStatus
from server_sync.domain import crash
from server_sync.domain.clock import MINUTE, Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import PullReply

COMPARE_EVERY = 10 * MINUTE
logger = logging.getLogger(__name__)

# These pass by themselves; with any other a person has to do something before another round can help.
_AWAY = frozenset({ErrorKind.OFFLINE, ErrorKind.SERVER_FAILED, ErrorKind.SERVER_BUSY, ErrorKind.NOT_A_SERVER})


class Synchroniser:
    """Keeps one desk in step. What it calls, it calls on the main thread; `on_device` when this desk had to become
    another device (SYNC P2)."""

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
        on_device: Callable[[bytes], object],
        files: ReadyFiles | None = None,
    ) -> None:
        self._work = work
        self._store = store
        self._engine = engine
        self._server = server
        self._clock = clock
        self._schedule = schedule
        self._on_changes = on_changes
        self._on_status = on_status
        self._on_device = on_device
        self._running = False
        self._again = False
        self._stopped = False
        self._error: KnownError | None = None
        self._offline_since: int | None = None
        self._files = files
        self._ahead: Ahead | None = None
        self._progress = Progress(clock)
        self._compared_at = 0
        # An earlier sitting may have left some out; later on only what a page has brought is new.
        self._index_due = True
        self._log_due = False

    @property
    def device(self) -> bytes:
        """Which device this desk is by now."""
        return self._engine.device

    def tick(self, now: int) -> None:
        """About once a second: begin a round when one is due."""
        if self._schedule.due(now) and not self._running and not self._stopped:
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
        now = self._clock.now()
        self._schedule.forgive(now)
        if self._running:
            self._again = True
        else:
            self.tick(now)

    def allow_emptying(self) -> None:
        """A person has said that the server may take most of this desk away (SYNC L5)."""
        self._engine.allow_emptying()
        self.hinted()

    def pause(self) -> None:
        """A person puts the first sync off: what has come stays, edits still go out, the rest waits (SYNC L4)."""
        self._work.run(lambda: self._pause(True), lambda _: self._report(), lane=Lane.ACTION)

    def resume(self) -> None:
        """Go on with it."""
        self._work.run(lambda: self._pause(False), self._resumed, lane=Lane.ACTION)

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True

    def _pause(self, paused: bool) -> None:
        with self._store.write() as connection:
            first_sync.pause(connection, paused)

    def _resumed(self, _: None) -> None:
        self._progress.begin()
        self.hinted()

    def _go_on(self) -> None:
        """Begin a round, or let the one that runs go on: two at a time would answer each other without end."""
        if self._running:
            self._again = True
        else:
            self._begin()

    def _begin(self) -> None:
        if self._stopped:
            return
        self._running = True
        self._again = False
        self._work.run(self._next_request, self._send, self._failed, lane=Lane.BACKGROUND)

    def _next_request(self) -> Request | None:
        with self._store.read() as connection:
            if self._files is not None:
                self._files.tidy(connection)
            return self._engine.next_request(connection, self._clock.now())

    def _send(self, request: Request | None) -> None:
        if request is None:
            self._finish()
            return
        self._report()
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.is_for(request):
            ahead.wanted(self._take, self._failed)
            return
        lane = Lane.BACKGROUND if isinstance(request, Copy) else Lane.NETWORK
        self._work.run(lambda: self._carry_out(request), self._take, self._failed, lane=lane)

    def _carry_out(self, request: Request) -> Reply:
        match request:
            case Fetch() if self._files is not None:
                reply = self._files.fetch(request)
                self._progress.fetched(request.file, reply.length, reply.more)
                return reply
            case Check() if self._files is not None:
                return self._files.check(request)
            case Copy() if self._files is not None:
                return self._files.copy(request)
            case Fetch() | Check() | Copy():
                raise ValueError("nobody here can fetch files")
            case _:
                return self._server.exchange(request)

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, PullReply):
            self._progress.page(reply, self._server.received)
        request = self._engine.ahead(reply)
        if request is not None:
            ahead = self._ahead = Ahead(request)
            self._work.run(
                lambda: self._server.exchange(request), ahead.came, ahead.failed, lane=Lane.NETWORK
            )
        self._work.run(lambda: self._receive(reply), self._stepped, self._failed, lane=Lane.BACKGROUND)

    def _receive(self, reply: Reply) -> Step:
        with self._store.write_repeatable() as connection:
            step = self._engine.receive(connection, reply, self._clock.now())
        crash.point("desk.step_committed")
        if step.dossiers_left:
            self._store.settle()
        return step

    def _stepped(self, step: Step) -> None:
        self._error = None
        self._offline_since = None
        if step.new_device is not None:
            self._server.use_token(step.new_token)
            self._on_device(step.new_device)
        if step.changes is not None:
            self._index_due = self._index_due or step.changes.concerns(*search_terms.SOURCES)
            self._log_due = True
            self._on_changes(step.changes)
        self._begin()

    def _finish(self) -> None:
        self._running = False
        self._schedule.succeeded(self._clock.now())
        if self._again:
            self._begin()
            return
        self._report()
        if self._log_due:
            self._log_due = False
            self._work.run(self._shorten_log, lambda _: None, lane=Lane.BACKGROUND, key="log")
        if self._index_due:
            self._work.run(self._index, self._indexed, lane=Lane.BACKGROUND, key="search terms")
        self._compare()

    def _compare(self) -> None:
        """Now and then, while nobody waits: are these the rows that the server counts (SYNC E2)?"""
        count, self._engine.count = self._engine.count, None
        now = self._clock.now()
        if count is None or not count.sums or 0 <= now - self._compared_at < COMPARE_EVERY:
            return
        self._compared_at = now

        def look() -> list[str]:
            with self._store.read() as connection:
                return sums.differing(connection, self._engine.person_id, count.cursor, count.sums)

        self._work.run(look, self._differs, lane=Lane.NETWORK, key="sums")

    def _differs(self, partitions: list[str]) -> None:
        if partitions:
            logger.warning("rows differ from the server's", extra={"partitions": len(partitions)})
            self._work.run(
                lambda: self._engine.compare(partitions), lambda _: self._go_on(), lane=Lane.BACKGROUND
            )

    def _shorten_log(self) -> None:
        # Where the disk fails nothing is lost: the next round tries again, and who saves is told.
        with suppress(KnownError, OSError):
            self._store.shorten_log()

    def _index(self) -> int:
        with self._store.write() as connection:
            return search_terms.index_portion(connection)

    def _indexed(self, done: int) -> None:
        self._index_due = done == search_terms.PORTION
        if self._index_due and not self._stopped:
            self._work.run(self._index, self._indexed, lane=Lane.BACKGROUND, key="search terms")

    def _failed(self, error: Exception) -> None:
        self._ahead = None
        if not isinstance(error, KnownError):
            self._running = False
            self._schedule.failed(self._clock.now())
            raise error
        # The round runs until its failure is noted: that may let it go on.
        self._work.run(
            lambda: self._note_failure(error),
            lambda step: self._noted(step, error),
            # The disk may be what fails: then nothing is noted, and the wait is the same.
            lambda _: self._noted(Step(), error),
            lane=Lane.BACKGROUND,
        )

    def _note_failure(self, error: KnownError) -> Step:
        with self._store.write() as connection:
            return self._engine.failed(connection, error, self._clock.now())

    def _noted(self, step: Step, error: KnownError) -> None:
        if step.recovered:
            self._stepped(step)
            return
        self._running = False
        now = self._clock.now()
        self._error = error
        if self._offline_since is None:
            self._offline_since = now
        self._schedule.failed(now, asked_wait(error))
        if step.changes is not None:
            self._on_changes(step.changes)
        self._report()

    def _report(self) -> None:
        self._work.run(self._status, self._on_status, lane=Lane.QUERY, key="sync status")

    def _status(self) -> SyncStatus:
        with self._store.read() as connection:
            waiting = outbox.waiting(connection).count
            wrong = conflicts.count(connection)
            complete, paused = first_sync.is_over(connection), first_sync.is_paused(connection)
            in_step_at = recall(connection, "in_step_at")
        error = self._error
        status = SyncStatus(SyncState.INCOMPLETE, waiting, in_step_at, wrong)
        if not complete:
            received = self._progress.received()
            status = replace(status, complete=False, paused=paused, received=received)
        if error is not None and error.kind in _AWAY:
            since = self._offline_since
            return replace(
                status, state=SyncState.OFFLINE, since_at=since, kind=error.kind, values=error.values
            )
        if error is not None:
            return replace(status, state=SyncState.ATTENTION, kind=error.kind, values=error.values)
        if not complete:
            return status
        if wrong:
            return replace(status, state=SyncState.ATTENTION)
        return replace(status, state=SyncState.SYNCING if self._running and waiting else SyncState.IN_STEP)
