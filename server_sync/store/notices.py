"""Which partitions moved, between processes on PostgreSQL: a NOTIFY in the transaction that moved them, a
LISTEN in each process (SYNC L3). A notice that is lost is harmless: desks also look by themselves."""

import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, select

if TYPE_CHECKING:
    import psycopg

logger = logging.getLogger(__name__)

CHANNEL = "huifang_moved"
PAYLOAD_BYTES = 7_999
"""PostgreSQL takes less than 8,000."""

PROBE_SECONDS = 30.0
"""So often a connection that hears nothing is asked whether it is still there."""
FIRST_WAIT, LAST_WAIT = 0.5, 10.0
# A host that went without a word is noticed in half a minute.
KEPT_ALIVE: Mapping[str, Any] = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
_NOTIFY = select(func.pg_notify(CHANNEL, bindparam("payload")))


def send(connection: Connection, origin: str, partitions: Iterable[str]) -> None:
    """Tell the other processes, once the connection's transaction is committed. `origin`: who says it, without a blank;
    names of partitions have none either."""
    for payload in payloads(origin, partitions):
        connection.execute(_NOTIFY, {"payload": payload})


def payloads(origin: str, partitions: Iterable[str]) -> Iterator[str]:
    """The origin and the names, in as many payloads as their length asks for."""
    payload = origin
    for name in sorted(partitions):
        if len(payload) + 1 + len(name) > PAYLOAD_BYTES:
            yield payload
            payload = origin
        payload += f" {name}"
    yield payload


class Notices:
    """A thread that hears what other processes say until `stop`, whatever happens to the connection meanwhile."""

    def __init__(
        self,
        connect: Callable[[], "psycopg.Connection[Any]"],
        origin: str,
        moved: Callable[[frozenset[str]], None],
        missed: Callable[[], None],
    ) -> None:
        """`moved` hears the partitions that others moved; `missed` is called when it listens (again): what was said
        before is not known."""
        self._connect = connect
        self._origin = origin
        self._moved = moved
        self._missed = missed
        self._stopped = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hear nothing more."""
        self._stopped.set()
        self._wake.send(b"!")
        self._thread.join()
        self._wake.close()
        self._woken.close()

    def _run(self) -> None:
        import psycopg

        wait = FIRST_WAIT
        while not self._stopped.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    wait = FIRST_WAIT
                    self._missed()
                    self._hear(connection)
            except (psycopg.Error, OSError) as error:
                logger.warning("notices are not heard for now", extra={"error": type(error).__name__})
            self._stopped.wait(wait)
            wait = min(wait * 2, LAST_WAIT)

    def _hear(self, connection: "psycopg.Connection[Any]") -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._stopped.is_set():
                if not selector.select(PROBE_SECONDS):
                    connection.execute("SELECT 1")
                for notice in connection.notifies(timeout=0):
                    origin, *names = notice.payload.split()
                    if origin != self._origin:  # who said it has told his own
                        self._moved(frozenset(names))
