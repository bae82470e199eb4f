"""Fails a test that leaves a thread, a QThread or a QTimer running, and says where it was started."""

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

import pytest

GRACE_SECONDS = 4.0  # for a thread that was told to end and is about to; a machine may be slow

_started: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
_watched: set[type] = set()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Function-scoped and automatic, so it is set up before the test's own fixtures and looks after they are gone."""
    _watch(threading.Thread)
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None:
        _watch(qt.QThread)
        _watch(qt.QTimer)
    before = set(threading.enumerate())
    running_before = set(_running_qt_objects())
    yield
    if "PySide6.QtCore" in sys.modules:
        _delete_what_was_to_be_deleted()
    left = [f"the thread {t.name!r}" + _origin(t) for t in _living_threads() - before if not _ended(t)]
    left += [f"a {type(o).__name__}" + _origin(o) for o in set(_running_qt_objects()) - running_before]
    if left:
        pytest.fail("The test left running:\n" + "\n".join(left), pytrace=False)


def _living_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.daemon}


def _ended(thread: threading.Thread) -> bool:
    thread.join(GRACE_SECONDS)
    return not thread.is_alive()


def _watch(kind: type) -> None:
    """Have each object of the kind remember where it was started."""
    if kind in _watched:
        return
    _watched.add(kind)
    start: Callable[..., Any] = kind.start  # type: ignore[attr-defined]  # a Thread, a QThread or a QTimer

    def remembering(self: Any, *arguments: Any, **named: Any) -> Any:
        _started[self] = _place(sys._getframe(1))
        return start(self, *arguments, **named)

    kind.start = remembering  # type: ignore[attr-defined]  # as above


def _place(frame: FrameType) -> str:
    return "".join(traceback.format_stack(frame, limit=4))


def _origin(thing: object) -> str:
    return f", started at\n{_started[thing]}" if thing in _started else ""


def _delete_what_was_to_be_deleted() -> None:
    """`deleteLater` waits for an event loop; without one nothing would ever be deleted between two tests."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _running_qt_objects() -> Iterator[Any]:
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    for thing in list(_started):
        if not isinstance(thing, QTimer | QThread) or not isValid(thing):
            continue
        if thing.isActive() if isinstance(thing, QTimer) else thing.isRunning():
            yield thing
