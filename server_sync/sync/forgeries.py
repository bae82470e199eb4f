"""Requests that no honest desk sends, put down in the audit: another device's name, a foreign cursor, an outbox whose
past was edited; what refuses them stands in push and pull."""

import threading

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Actor, Rejected
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.audit import Record, record
from server_sync.store.database import Database

KINDS = frozenset({ErrorKind.NOT_PERMITTED, ErrorKind.DEVICE_CLONED, ErrorKind.SERVER_RESTORED})
NOT_AGAIN_FOR = MINUTE
MOST_KNOWN = 10_000


class Forgeries:
    """One row for a device, a request and a reason, at most once a minute: refusing costs a hostile desk nothing, so
    writing it down must cost us little. Any thread may use it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[tuple[bytes, str, ErrorKind], int] = {}
        self._lock = threading.Lock()

    def note(self, actor: Actor, device_id: bytes, request: str, error: KnownError, now: int) -> None:
        """Write down that this device's request ("push", "pull" …) was refused, if that is of a kind to know of."""
        key = (device_id, request, error.kind)
        with self._lock:
            if error.kind not in KINDS or self._noted.get(key, 0) > now:
                return
            if len(self._noted) >= MOST_KNOWN:
                self._noted.clear()
            self._noted[key] = now + NOT_AGAIN_FOR
        with self._database.write(now) as tx:
            refusal = Rejected(error.kind, {})
            record(tx, [Record(actor.person_id, f"sync_{request}", refusal, device_id)])
