"""The last exchange of a desk that is admitted no more: what it has not sent goes to its lead (SYNC E4)."""

from collections.abc import Callable

from agent_app.store import lease, outbox
from agent_app.store.database import Store
from agent_app.sync.engine import Engine, Reply, Request
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError

REFUSED = frozenset({ErrorKind.DEVICE_REVOKED, ErrorKind.ACCOUNT_DISABLED})
_MOST_REQUESTS = 1_000


def hand_over(store: Store, engine: Engine, exchange: Callable[[Request], Reply], clock: Clock) -> bool:
    """Send what waits, until the server says that it has nothing for this desk; returns whether it did, and nothing
    waits any more. The desk's lease is over then. Nothing is lost when it breaks off."""
    engine.wake()
    for _ in range(_MOST_REQUESTS):
        with store.read() as connection:
            request = engine.next_request(connection, clock.now())
        if request is None:
            return False
        try:
            reply = exchange(request)
        except KnownError as error:
            with store.write() as connection:
                if engine.failed(connection, error, clock.now()).recovered:
                    continue
                if error.kind in REFUSED:
                    lease.end(connection)
                return error.kind in REFUSED and outbox.waiting(connection).count == 0
        with store.write() as connection:
            engine.receive(connection, reply, clock.now())
    return False
