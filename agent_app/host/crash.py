"""What happens to an error nobody caught: a bug is logged with an id and shown once; the program goes on."""

import logging
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_lowercase
from types import TracebackType

from server_sync.domain.errors import KnownError

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Crash:
    """A bug that was met: the id under which the log holds it, and the name of the error's class."""

    id: str
    error: str


def watch_for_crashes(
    show: Callable[[Crash], object], show_known: Callable[[KnownError], object]
) -> Callable[[], None]:
    """Take over the hooks for uncaught errors of all threads; the function returned gives them back.

    Both are called on the thread that failed: `show` once for each place in the code however often it fails there,
    `show_known` every time, for an error of the environment (a full disk) is news each time and no bug.
    """
    shown: set[tuple[str, str, int]] = set()
    lock = threading.Lock()
    earlier, earlier_of_threads = sys.excepthook, threading.excepthook

    def met(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, KnownError):
            _log.warning("uncaught %s", error.kind.value)
            show_known(error)
            return
        # Without figures: the log hides what may be a telephone number.
        crash = Crash("".join(secrets.choice(ascii_lowercase) for _ in range(8)), kind.__name__)
        _log.error("crash %s", crash.id, exc_info=(kind, error or kind(), trace))
        frame = next(reversed(traceback.extract_tb(trace)), None)
        place = (kind.__name__, frame.filename if frame else "", (frame.lineno or 0) if frame else 0)
        with lock:
            again = place in shown
            shown.add(place)
        if not again:
            show(crash)

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            met(kind, error, trace)
        else:
            earlier(kind, error, trace)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if issubclass(args.exc_type, Exception):
            met(args.exc_type, args.exc_value, args.exc_traceback)

    def give_back() -> None:
        sys.excepthook, threading.excepthook = earlier, earlier_of_threads

    sys.excepthook, threading.excepthook = on_main, on_thread
    return give_back
