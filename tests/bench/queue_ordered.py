"""The order of a large queue by the call-scheduling rules beside a plain ORDER BY, for the bench of plans."""

import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import TaskState, Tier, Urgency, customer, metadata, task
from server_sync.domain.rules.queue_order import order_by
from server_sync.domain.rules.settings import DEFAULTS
from tests.bench.figures import seconds

NOW = 1_790_820_000_000
"""Thursday, 1 October 2026, 10:00 in Shanghai."""
ROUNDS = 5
BATCH = 5_000


def measure(engine: Engine, tasks: int = 50_000) -> dict[str, Any]:
    """Milliseconds (the best of a few rounds) for the whole order and for the next task, with the whole order's ratio
    to a plain ORDER BY due time and id over the same rows. `engine` is an empty database."""
    metadata.create_all(engine, [task, customer])
    with engine.begin() as connection:
        for some in _batches(tasks):
            connection.execute(insert(customer), [_customer(number) for number in some])
            connection.execute(insert(task), [_task(number) for number in some])
    joined = select(task.c.id).join_from(task, customer, task.c.customer_id == customer.c.id)
    joined = joined.where(task.c.state == TaskState.OPEN)
    ordered = joined.order_by(*order_by(task, customer, NOW, DEFAULTS))
    plain = joined.order_by(task.c.due_at, task.c.id)
    with engine.connect() as connection:
        whole, simple = _took(connection, ordered), _took(connection, plain)
        following = _took(connection, ordered.limit(1))
    return {
        "queue_tasks": tasks,
        "queue_order_ms": round(whole, 1),
        "queue_plain_order_ms": round(simple, 1),
        "queue_order_ratio": round(whole / simple, 2),
        "queue_next_ms": round(following, 1),
    }


def _took(connection: Connection, statement: Select[Any]) -> float:
    return min(seconds(lambda: connection.execute(statement).all()) for _ in range(ROUNDS)) * 1000


def _batches(count: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


def _drawn(number: int, salt: int, most: int) -> int:
    """A number from 0 to below `most` that depends on nothing but its arguments."""
    return zlib.crc32(f"{number}:{salt}".encode()) % most


def _customer(number: int) -> dict[str, Any]:
    tier = (Tier.VIP, Tier.NORMAL, Tier.NORMAL, Tier.POTENTIAL, Tier.DORMANT)[_drawn(number, 1, 5)]
    row = {"id": number.to_bytes(16), "code": f"C{number}", "kind": "person", "name": "客户"}
    return row | {"tier": tier, "created_at": NOW - DAY}


def _task(number: int) -> dict[str, Any]:
    tried = _drawn(number, 2, 4)
    later = _drawn(number, 3, 96) * HOUR // 2 - DAY
    row: dict[str, Any] = {
        "id": (number + (1 << 64)).to_bytes(16),
        "customer_id": number.to_bytes(16),
        "in_pool": False,
        "state": TaskState.OPEN,
        "purpose": "service",
        "channel": "phone",
        "reason": "batch",
        "reason_values": {},
        "priority": _drawn(number, 4, 101),
        "urgency": tuple(Urgency)[0 if _drawn(number, 5, 10) else _drawn(number, 6, 3)],
        "available_at": NOW - HOUR + (later if _drawn(number, 7, 20) == 0 else 0),
        "due_at": NOW + (_drawn(number, 10, 144) - 24) * HOUR,
        "attempt_count": tried,
        "not_before_at": NOW + later if tried else None,
        "appointment_at": None,
        "dedupe_key": str(number),
        "created_at": NOW - DAY,
    }
    if _drawn(number, 8, 25) == 0:
        row |= {"appointment_at": NOW + _drawn(number, 9, 60) * MINUTE - 30 * MINUTE}
    return row
