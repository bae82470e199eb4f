"""The line between desks and a server: every connection goes through it, and it can be cut."""

import socket
import threading
from contextlib import suppress

_PIECE = 64 * 1024


class Line:
    """Use as a context. `address` is what a desk connects to; while it is cut, nothing comes through."""

    def __init__(self, server: str) -> None:
        host, _, port = server.removeprefix("http://").rpartition(":")
        self._server = host, int(port)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._left: int | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept, name="line")]
        self._threads[0].start()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def cut(self) -> None:
        """The network is gone, now."""
        self.cut_after(0)

    def cut_after(self, size: int) -> None:
        """It goes when the desks have sent so many bytes more."""
        with self._lock:
            self._left = size
            if size == 0:
                self._tear()

    def mend(self) -> None:
        """The network is back."""
        with self._lock:
            self._left = None

    @property
    def is_cut(self) -> bool:
        """Whether nothing comes through."""
        return self._left == 0

    def _tear(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                desk, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                if self._left == 0:
                    desk.close()
                    continue
                try:
                    server = socket.create_connection(self._server)
                except OSError:
                    desk.close()
                    continue
                self._open |= {desk, server}
                pairs = ((desk, server, True), (server, desk, False))
                threads = [threading.Thread(target=self._carry, args=pair, name="line") for pair in pairs]
                self._threads += threads
            for thread in threads:
                thread.start()

    def _carry(self, here: socket.socket, there: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := here.recv(_PIECE):
                if counted and not self._passes(len(piece)):
                    break
                there.sendall(piece)
        for one in (here, there):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._open.discard(here)
        here.close()

    def _passes(self, size: int) -> bool:
        with self._lock:
            if self._left is None:
                return True
            self._left = max(0, self._left - size)
            if self._left == 0:
                self._tear()
            return self._left > 0
