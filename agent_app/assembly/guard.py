"""Keeps an open desk within what its server allows: locked without contact, locked or wiped when refused (SYNC E4)."""

from PySide6.QtCore import QObject, Signal

from agent_app.ports import Lane, Work
from agent_app.shell.lock_page import Lock, LockPage
from agent_app.store import lease
from agent_app.store.database import Store
from agent_app.store.lease import Lease, LeaseWatch
from agent_app.sync.farewell import REFUSED
from agent_app.sync.status import SyncState, SyncStatus
from server_sync.domain.clock import DAY, Clock
from server_sync.domain.errors import ErrorKind


class DeskGuard(QObject):
    """Main thread. Signals: `wipe_due()` once, when the order has come and nothing waits to be sent any more."""

    wipe_due = Signal()

    def __init__(self, work: Work, store: Store, clock: Clock, page: LockPage) -> None:
        super().__init__()
        self._work = work
        self._store = store
        self._clock = clock
        self._page = page
        self._watch = LeaseWatch(clock)
        self._refused: ErrorKind | None = None
        self._wiping = False

    def look(self) -> None:
        """Every half minute, and when there may be news: is the time over, or has it begun anew?"""
        if self._refused is None:
            self._work.run(self._look, self._seen, lane=Lane.BACKGROUND, key="lease")

    def show_sync(self, status: SyncStatus) -> None:
        """What the last round came to."""
        if status.kind in REFUSED:
            self._refuse(status)
        elif self._page.locked() is not None and status.state is not SyncState.OFFLINE:
            self._refused = None
            self.look()

    def _refuse(self, status: SyncStatus) -> None:
        wipe = status.kind is ErrorKind.DEVICE_REVOKED and status.values.get("wipe") is True
        if self._refused is None:
            self._work.run(self._end_lease, lambda _: None, lane=Lane.BACKGROUND)
        self._refused = status.kind
        if not wipe:
            self._page.lock(Lock.REVOKED if status.kind is ErrorKind.DEVICE_REVOKED else Lock.DISABLED)
            return
        self._page.lock(Lock.WIPING)
        # What waits is tried again in a moment, push before pull, and then there is another refusal.
        if not status.waiting and not self._wiping:
            self._wiping = True
            self.wipe_due.emit()

    def _look(self) -> Lease:
        with self._store.write() as connection:
            return self._watch.look(connection)

    def _end_lease(self) -> None:
        with self._store.write() as connection:
            lease.end(connection)

    def _seen(self, held: Lease) -> None:
        now = self._clock.now()
        if self._refused is not None:
            return
        if held.is_over(now):
            self._page.lock(Lock.LEASE, held.used(now) // DAY)
        else:
            self._page.unlock()
