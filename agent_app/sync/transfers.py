"""Drives the machine of attachments: its requests go out on network threads, its steps run on the store's thread, one
at a time and beside the rounds of the rows; lives on the main thread and touches no widget."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.ports import Lane, Work
from agent_app.store import attachments
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from agent_app.store.queries import uploads
from agent_app.store.queries.uploads import Uploads, Wait
from agent_app.sync.attachments import Reply, Request, Transfers
from agent_app.sync.carrier import Carrier
from agent_app.sync.schedule import Schedule, asked_wait
from server_sync.domain.clock import Clock
from server_sync.domain.errors import KnownError


class TransferRounds:
    """Keeps the files of one desk moving. `on_changes` and `on_uploads` are called on the main thread."""

    def __init__(
        self,
        work: Work,
        store: Store,
        transfers: Transfers,
        carrier: Carrier,
        clock: Clock,
        schedule: Schedule,
        on_changes: Callable[[StoreChanges], object],
        on_uploads: Callable[[Uploads], object] | None = None,
    ) -> None:
        self._work = work
        self._store = store
        self._transfers = transfers
        self._carrier = carrier
        self._clock = clock
        self._schedule = schedule
        self._on_changes = on_changes
        self._on_uploads = on_uploads
        self._away = False
        self._running = False
        self._again = False
        self._stopped = False
        self._asked_wait = 0

    def start(self) -> None:
        """Before the window is shown: nothing is being attached yet."""
        self._work.run(self._start, self._started, lane=Lane.ACTION)

    def tick(self, now: int) -> None:
        """About once a second: begin a round when one is due."""
        if self._schedule.due(now) and not self._running and not self._stopped:
            self._begin()

    def nudge(self) -> None:
        """Rows or files changed, or somebody waits for a file: look soon, unless the server is away."""
        self._report()
        self._schedule.wish(self._clock.now())
        if self._running:
            self._again = True
        elif self._away and not self._stopped:
            # What may not stay here leaves at once all the same (SYNC L2).
            self._work.run(self._begin_round, self._tell, self._broken, lane=Lane.BACKGROUND)

    def insist(self) -> None:
        """A person asks for a file: do not wait out a failure."""
        self._schedule.forgive(self._clock.now())
        self._again = True
        self.tick(self._clock.now())

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True

    def _start(self) -> None:
        with self._store.write() as connection:
            self._transfers.start(connection)

    def _begin(self) -> None:
        self._running = True
        self._again = False
        self._work.run(self._begin_round, self._next, self._broken, lane=Lane.BACKGROUND)

    def _begin_round(self) -> StoreChanges | None:
        with self._store.write() as connection:
            return self._transfers.begin_round(connection)

    def _next(self, changes: StoreChanges | None) -> None:
        self._tell(changes)
        self._report()
        if self._stopped:
            self._running = False
            return
        self._work.run(self._next_request, self._carry, self._broken, lane=Lane.BACKGROUND)

    def _next_request(self) -> tuple[Request | None, int | None]:
        now = self._clock.now()
        with self._store.read() as connection:
            request = self._transfers.next_request(connection, now)
            return request, attachments.next_retry(connection, now)

    def _carry(self, found: tuple[Request | None, int | None]) -> None:
        request, retry_at = found
        if request is None:
            self._finish(retry_at)
            return
        self._work.run(lambda: self._carrier.carry_out(request), self._take, self._failed, lane=Lane.NETWORK)

    def _take(self, reply: Reply) -> None:
        self._away = False
        self._work.run(lambda: self._receive(reply), self._next, self._broken, lane=Lane.BACKGROUND)

    def _receive(self, reply: Reply) -> StoreChanges | None:
        with self._store.write() as connection:
            return self._transfers.receive(connection, reply, self._clock.now())

    def _finish(self, retry_at: int | None) -> None:
        self._running = False
        self._schedule.succeeded(self._clock.now())
        if retry_at is not None:
            self._schedule.due_at = min(self._schedule.due_at, retry_at)
        if self._again:
            self.nudge()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._broken(error)
            return
        self._asked_wait = asked_wait(error)
        self._work.run(lambda: self._note_failure(error), self._noted, self._broken, lane=Lane.BACKGROUND)

    def _note_failure(self, error: KnownError) -> tuple[StoreChanges | None, bool]:
        with self._store.write() as connection:
            return self._transfers.failed(connection, error, self._clock.now())

    def _noted(self, outcome: tuple[StoreChanges | None, bool]) -> None:
        changes, away = outcome
        if not away:
            self._next(changes)
            return
        self._tell(changes)
        self._away = True
        self._report()
        self._running = False
        self._schedule.failed(self._clock.now(), self._asked_wait)
        if self._again:
            self._again = False
            self.nudge()

    def _broken(self, error: Exception) -> None:
        """The store fails, or a bug: the rows' rounds say so, too; here it is only not repeated in haste."""
        self._running = False
        self._schedule.failed(self._clock.now())
        raise error

    def _tell(self, changes: StoreChanges | None) -> None:
        if changes is not None:
            self._on_changes(changes)

    def _started(self, _: None) -> None:
        """What a kill left behind is cleared away."""
        self._report()

    def _report(self) -> None:
        if self._on_uploads is not None and not self._stopped:
            self._work.run(self._uploads, self._on_uploads, lane=Lane.QUERY, key="uploads")

    def _uploads(self) -> Uploads:
        with self._store.read() as connection:
            found = uploads.load(connection, self._clock.now())
        return replace(found, wait=Wait.SERVER) if found.files and self._away else found
