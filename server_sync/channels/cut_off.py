"""An end to a conversation with another machine that takes too long altogether, however it drips."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_off(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut the connection's socket when the time is over. Raises TimeoutError for whatever comes of that."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        found = connection()
        if found is not None:
            with suppress(OSError):  # it may be closed by now
                socket.socket.shutdown(found, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if over.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        timer.join()
    if over.is_set():
        raise TimeoutError
