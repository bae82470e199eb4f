"""The mutations recorded here, in order: unsent, answered, and kept for the day on which the server has lost them
(SYNC P1, P4, P6); sending is sync's part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.desk_state import recall, remember
from agent_app.store.tables import conflict, outbox
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Command
from server_sync.domain.wire.codec import encode_arguments
from server_sync.domain.wire.messages import Mutation, Result

KEPT_FOR = 14 * DAY
"""A server without backups has its acknowledged mutations kept here for so long."""
MOST_KEPT = 20_000
LARGEST_MID = 1 << 53

_KEPT = outbox.c.state == "kept"
# Asked at every contact with the server: one end of an index says whether there is anything to do.
_FIRST_KEPT = "SELECT acked_seq, acked_at FROM outbox WHERE state = 'kept' ORDER BY acked_seq LIMIT 1"
_LIVING = "state IN ('pending', 'acknowledged')"
_PENDING = "SELECT mid, command, args, recorded_at FROM outbox WHERE state = 'pending' AND mid < ? ORDER BY mid LIMIT ?"
_DOSSIERS = f"SELECT DISTINCT customer_id FROM outbox WHERE {_LIVING}"
_ACKNOWLEDGED_DOSSIERS = "SELECT DISTINCT customer_id FROM outbox WHERE state = 'acknowledged'"
_UNRETIRED = f"SELECT command, args, customer_id FROM outbox WHERE {_LIVING} ORDER BY mid"
_APPEND = (
    "INSERT INTO outbox (mid, command, args, customer_id, state, tries, recorded_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Waiting:
    """How much is unsent, and since when (ms), for the status bar."""

    count: int
    oldest_at: int | None


def append(connection: Connection, commands: Sequence[Command], now: int) -> None:
    """Record commands; each gets the next `mid` of this device."""
    last: int = recall(connection, "last_mid", 0)
    remember(connection, "last_mid", last + len(commands))
    rows = [
        (mid, one.name, encode_arguments(one), getattr(one, "customer_id", None), "pending", 0, now)
        for mid, one in enumerate(commands, last + 1)
    ]
    if rows:
        connection.exec_driver_sql(_APPEND, rows)


def pending(connection: Connection, most: int, most_bytes: int, below: int | None = None) -> list[Mutation]:
    """The oldest mutations that the server has not answered, as many as one push may carry, but one at least; on wish
    only those with a `mid` below a number."""
    found: list[Mutation] = []
    end = LARGEST_MID if below is None else below
    for mid, command, args, at in connection.exec_driver_sql(_PENDING, (end, most)):
        most_bytes -= len(args)
        if found and most_bytes < 0:
            break
        found.append(Mutation(mid=mid, command=command, args=args, at=at))
    return found


def dossiers(connection: Connection, *, acknowledged: bool = False) -> set[bytes | None]:
    """Whose dossiers the mutations of the outbox are about, None for those about no customer; on wish only of the
    acknowledged ones."""
    found = connection.exec_driver_sql(_ACKNOWLEDGED_DOSSIERS if acknowledged else _DOSSIERS)
    return {row[0] for row in found}


def unretired(connection: Connection, customers: Collection[bytes | None]) -> list[tuple[str, bytes]]:
    """Name and arguments of every mutation about these dossiers that lives only here or was just acknowledged, in
    order."""
    found = connection.exec_driver_sql(_UNRETIRED)
    return [(command, args) for command, args, customer_id in found if customer_id in customers]


def waiting(connection: Connection) -> Waiting:
    """How much the server has not answered."""
    counted = select(func.count(), func.min(outbox.c.recorded_at)).where(outbox.c.state == "pending")
    count, oldest = connection.execute(counted).one()
    return Waiting(count, oldest)


def settle(
    connection: Connection, results: Sequence[Result], acked_seq: int | None, now: int
) -> set[bytes | None]:
    """Take the server's answers: accepted waits for its pull, rejected goes to the conflicts (SYNC P3).

    `acked_seq`: where the answer stands in the device's partition, None from a server that does not say. Returns
    whose dossiers the rejected mutations were about: their effect has to be undone.
    """
    if not results:
        return set()
    mids = [result.mid for result in results]
    asked = outbox.c.mid.between(min(mids), max(mids)) & (outbox.c.state == "pending")
    waiting = {row.mid: row for row in connection.execute(select(outbox).where(asked))}
    accepted: list[tuple[int | None, int, int]] = []
    undone: set[bytes | None] = set()
    for result in results:
        row = waiting.get(result.mid)
        if row is None:
            continue
        if result.status != "accepted":
            _to_conflicts(connection, row, result.status, result.kind or "merged", _plain(result), now)
        if result.status == "rejected":
            connection.execute(delete(outbox).where(outbox.c.mid == result.mid))
            undone.add(row.customer_id)
        else:
            accepted.append((acked_seq, now, result.mid))
    if accepted:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'acknowledged', acked_seq = ?, acked_at = ? WHERE mid = ?", accepted
        )
    return undone


def count_failed_try(connection: Connection, mid: int, most: int, now: int) -> set[bytes | None]:
    """The server failed on this one (5xx): after `most` tries it is set aside, so that it never blocks the rest.

    Returns whose dossier it was about when it was set aside: its effect has to be undone.
    """
    connection.execute(update(outbox).where(outbox.c.mid == mid).values(tries=outbox.c.tries + 1))
    worn = select(outbox).where(outbox.c.mid == mid, outbox.c.tries >= most)
    row = connection.execute(worn).one_or_none()
    if row is None:
        return set()
    _to_conflicts(connection, row, "set_aside", "server_failed", {}, now)
    connection.execute(delete(outbox).where(outbox.c.mid == mid))
    return {row.customer_id}


def retire_acknowledged(connection: Connection) -> None:
    """What the server has answered and a later pull has brought is only kept from now on, the newest (SYNC P6)."""
    retired = update(outbox).where(outbox.c.state == "acknowledged").values(state="kept")
    if not connection.execute(retired).rowcount:
        return
    newest = select(outbox.c.mid).where(_KEPT).order_by(outbox.c.mid.desc()).offset(MOST_KEPT).limit(1)
    oldest = connection.execute(newest).scalar_one_or_none()
    if oldest is not None:
        connection.execute(delete(outbox).where(_KEPT, outbox.c.mid <= oldest))


def forget_kept(connection: Connection, backed_up: int | None, now: int) -> None:
    """Drop what is safe in the server's backup, or too old to be kept (SYNC P6)."""
    first = connection.exec_driver_sql(_FIRST_KEPT).first()
    if first is None:
        return
    acked_seq, acked_at = first
    if acked_seq is not None and acked_seq > (backed_up or 0) and acked_at >= now - KEPT_FOR:
        return
    safe = (outbox.c.acked_at < now - KEPT_FOR) | outbox.c.acked_seq.is_(None)
    if backed_up is not None:
        safe |= outbox.c.acked_seq <= backed_up
    connection.execute(delete(outbox).where(_KEPT, safe))


def requeue(connection: Connection) -> int:
    """Send again whatever may have been lost: the server is an older copy (SYNC E1). Returns how many wait again."""
    lost = update(outbox).where(outbox.c.state != "pending")
    return connection.execute(lost.values(state="pending", tries=0, acked_seq=None, acked_at=None)).rowcount


def disown(connection: Connection) -> None:
    """What was answered is another device's from now on, and kept by that one (SYNC P2)."""
    connection.execute(update(outbox).values(acked_seq=None))


def _to_conflicts(
    connection: Connection, row: Any, status: str, kind: str, values: dict[str, Any], now: int
) -> None:
    entry = {
        "mid": row.mid,
        "status": status,
        "command": row.command,
        "args": row.args,
        "kind": kind,
        "values": values,
        "customer_id": row.customer_id,
        "recorded_at": row.recorded_at,
        "answered_at": now,
    }
    # Sent again after a server was restored, it may be answered a second time.
    connection.execute(
        insert(conflict).values(entry).on_conflict_do_update(index_elements=["mid"], set_=entry)
    )


def _plain(result: Result) -> dict[str, Any]:
    values = {key: value.hex() if isinstance(value, bytes) else value for key, value in result.values.items()}
    return {**values, "merged": result.merged} if result.merged else values
