"""A road between a desk and the server that breaks after an exact number of bytes in one direction, once."""

import socket
import struct
import threading
from contextlib import suppress
from enum import IntEnum
from urllib.parse import urlsplit

BLOCK = 65536
# Closing sends a reset, so that the other end hears of it at once and nothing lingers in buffers.
_RESET = struct.pack("ii", 1, 0)


class Direction(IntEnum):
    """Whose bytes are counted."""

    UP = 0
    """From the desk to the server."""
    DOWN = 1


class Proxy:
    """Listens on a port of its own. Everything passes, until `cut` names a place; there both connections are torn, and
    from then on everything passes again."""

    def __init__(self, address: str) -> None:
        self._to = (urlsplit(address).hostname or "", urlsplit(address).port or 0)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._lock = threading.Lock()
        self._left: dict[Direction, int | None] = dict.fromkeys(Direction)
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, name="proxy", daemon=True)]
        self._threads[0].start()

    def cut(self, direction: Direction, after: int) -> None:
        """Tear the road when so many more bytes have gone this way; 0: at the first one, which is held back."""
        with self._lock:
            self._left[direction] = after

    def heal(self) -> bool:
        """Cut nothing more; whether the road was torn at the place that was named."""
        with self._lock:
            torn = all(left is None for left in self._left.values())
            self._left = dict.fromkeys(Direction)
        return torn

    def close(self) -> None:
        """Tear everything and stop listening."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._tear(*list(self._open))
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._to)
            except OSError:
                self._tear(near)
                continue
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.add(one)
            for start, end, direction in ((near, far, Direction.UP), (far, near, Direction.DOWN)):
                thread = threading.Thread(
                    target=self._carry, args=(start, end, direction), name="proxy", daemon=True
                )
                thread.start()
                self._threads.append(thread)

    def _carry(self, start: socket.socket, end: socket.socket, direction: Direction) -> None:
        with suppress(OSError):
            while block := start.recv(BLOCK):
                passing, torn = self._allowed(direction, len(block))
                end.sendall(block[:passing])
                if torn:
                    break
        self._tear(start, end)

    def _allowed(self, direction: Direction, count: int) -> tuple[int, bool]:
        """How many of the bytes may pass, and whether the road is torn behind them."""
        with self._lock:
            left = self._left[direction]
            if left is None or count <= left:
                self._left[direction] = None if left is None else left - count
                return count, False
            self._left[direction] = None
            return left, True

    def _tear(self, *ends: socket.socket) -> None:
        for end in ends:
            self._open.discard(end)
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                end.shutdown(socket.SHUT_RDWR)
            end.close()
