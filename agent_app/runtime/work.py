"""Work off the main thread: one thread that owns the store, a few that wait for the network."""

import heapq
import itertools
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from agent_app.ports import Lane

T = TypeVar("T")
_NETWORK_THREADS = 4


class _Item:
    """One piece of work on its way: waiting, running, or with its outcome going back to the main thread."""

    def __init__(
        self,
        fn: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[Exception], object] | None,
        key: str,
    ) -> None:
        self._fn = fn
        self._on_done = on_done
        self._on_error = on_error
        self.key = key
        self.cancelled = False
        self._result: Any = None
        self._error: Exception | None = None

    def cancel(self) -> None:
        self.cancelled = True

    def perform(self) -> None:
        """Any thread but the main one."""
        try:
            self._result = self._fn()
        except Exception as error:
            self._error = error

    def deliver(self) -> None:
        """Main thread."""
        if self._error is None:
            self._on_done(self._result)
        elif self._on_error is not None:
            self._on_error(self._error)
        else:
            sys.excepthook(type(self._error), self._error, self._error.__traceback__)


class QtWork(QObject):
    """The desk's `ports.Work`. Lives on the main thread; `shutdown` before the application goes.

    Signals: `_finished(_Item)` comes from worker threads and is delivered by a slot on the main thread.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._waiting: list[tuple[Lane, int, _Item]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._open = True
        self._newest: dict[str, _Item] = {}
        self._undelivered = 0
        self._store_thread = threading.Thread(target=self._work_on_store, name="store", daemon=True)
        self._store_thread.start()
        self._network = ThreadPoolExecutor(_NETWORK_THREADS, "network")

    def run(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = Lane.QUERY,
        key: str = "",
    ) -> _Item:
        """See `ports.Work`. An ACTION cannot have a key: what a person saved is never dropped."""
        if not self._open:
            raise RuntimeError("work was shut down")
        if key and lane is Lane.ACTION:
            raise ValueError("an action is never stale")
        item = _Item(fn, on_done, on_error, key)
        if key:
            if earlier := self._newest.get(key):
                earlier.cancel()
            self._newest[key] = item
        self._undelivered += 1
        if lane is Lane.NETWORK:
            self._network.submit(self._perform, item)
        else:
            with self._wake:
                heapq.heappush(self._waiting, (lane, next(self._order), item))
                self._wake.notify()
        return item

    def is_idle(self) -> bool:
        """Whether every result has been delivered (main thread)."""
        return self._undelivered == 0

    def shutdown(self) -> None:
        """Finish the actions and what is running, drop the rest, end the threads; deliver nothing more."""
        with self._wake:
            self._open = False
            self._waiting = [entry for entry in self._waiting if entry[0] is Lane.ACTION]
            heapq.heapify(self._waiting)
            self._wake.notify()
        self._network.shutdown(cancel_futures=True)
        self._store_thread.join()

    def _work_on_store(self) -> None:
        while True:
            with self._wake:
                while self._open and not self._waiting:
                    self._wake.wait()
                if not self._waiting:
                    return
                _, _, item = heapq.heappop(self._waiting)
            self._perform(item)

    def _perform(self, item: _Item) -> None:
        if not item.cancelled:
            item.perform()
        self._finished.emit(item)

    @Slot(object)
    def _deliver(self, item: _Item) -> None:
        if not self._open:
            return
        self._undelivered -= 1
        if self._newest.get(item.key) is item:
            del self._newest[item.key]
        if not item.cancelled:
            item.deliver()
