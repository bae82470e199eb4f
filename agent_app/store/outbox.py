"""The mutations recorded here, in order: unsent, answered, and kept for the day on which the server has lost them
(SYNC P1, P4, P6); sending is sync's part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agent_app.store.desk_state import recall, remember
from agent_app.store.driver import execute, fetch
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Command
from server_sync.domain.model.columns import dump_json
from server_sync.domain.wire.codec import encode_arguments
from server_sync.domain.wire.messages import Mutation, Result

KEPT_FOR = 14 * DAY
"""A server without backups has its acknowledged mutations kept here for so long."""
MOST_KEPT = 20_000
LARGEST_MID = 1 << 53

# Asked at every contact with the server: the oldest, which was answered first, says whether there is anything to do.
_FIRST_KEPT = "SELECT acked_seq, acked_at FROM outbox WHERE state = 'kept' ORDER BY mid LIMIT 1"
_FORGET = "DELETE FROM outbox WHERE state = 'kept' AND (acked_at < ? OR acked_seq <= ?)"
_LIVING = "state IN ('pending', 'acknowledged')"
_PENDING = "SELECT mid, command, args, recorded_at FROM outbox WHERE state = 'pending' AND mid < ? ORDER BY mid LIMIT ?"
_OLDEST = "SELECT recorded_at FROM outbox WHERE state = 'pending' ORDER BY mid LIMIT 1"
_WAITING = f"SELECT count(*), ({_OLDEST}) FROM outbox WHERE state = 'pending'"
_DOSSIERS = f"SELECT DISTINCT customer_id FROM outbox WHERE {_LIVING}"
_ACKNOWLEDGED_DOSSIERS = "SELECT DISTINCT customer_id FROM outbox WHERE state = 'acknowledged'"
_UNRETIRED = f"SELECT mid, command, args FROM outbox WHERE {_LIVING} AND customer_id IS ?"
_APPEND = (
    "INSERT INTO outbox (mid, command, args, customer_id, state, tries, recorded_at)"
    " VALUES (?, ?, ?, ?, 'pending', 0, ?)"
)
_ASKED = "SELECT mid, customer_id FROM outbox WHERE state = 'pending' AND mid BETWEEN ? AND ?"
_ACKNOWLEDGE = "UPDATE outbox SET state = 'acknowledged', acked_seq = ?, acked_at = ? WHERE mid = ?"
_RETIRE = "UPDATE outbox SET state = 'kept' WHERE state = 'acknowledged'"
_OLDEST_KEPT = "SELECT mid FROM outbox WHERE state = 'kept' ORDER BY mid DESC LIMIT 1 OFFSET ?"
_REQUEUE = "UPDATE outbox SET state = 'pending', tries = 0, acked_seq = NULL, acked_at = NULL WHERE state <> 'pending'"
# Sent again after a server was restored, it may be answered a second time.
_TO_CONFLICTS = """
    INSERT INTO conflict (mid, status, command, args, kind, "values", customer_id, recorded_at, answered_at)
    SELECT mid, ?, command, args, ?, ?, customer_id, recorded_at, ? FROM outbox WHERE mid = ?
    ON CONFLICT (mid) DO UPDATE SET status = excluded.status, command = excluded.command, args = excluded.args,
        kind = excluded.kind, "values" = excluded."values", customer_id = excluded.customer_id,
        recorded_at = excluded.recorded_at, answered_at = excluded.answered_at"""


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
        (mid, one.name, encode_arguments(one), getattr(one, "customer_id", None), now)
        for mid, one in enumerate(commands, last + 1)
    ]
    execute(connection, _APPEND, rows)


def pending(connection: Connection, most: int, most_bytes: int, below: int | None = None) -> list[Mutation]:
    """The oldest mutations that the server has not answered, as many as one push may carry, but one at least; on wish
    only those with a `mid` below a number."""
    found: list[Mutation] = []
    end = LARGEST_MID if below is None else below
    for mid, command, args, at in fetch(connection, _PENDING, (end, most)):
        most_bytes -= len(args)
        if found and most_bytes < 0:
            break
        found.append(Mutation(mid=mid, command=command, args=args, at=at))
    return found


def dossiers(connection: Connection, *, acknowledged: bool = False) -> set[bytes | None]:
    """Whose dossiers the mutations of the outbox are about, None for those about no customer; on wish only of the
    acknowledged ones."""
    return {row[0] for row in fetch(connection, _ACKNOWLEDGED_DOSSIERS if acknowledged else _DOSSIERS)}


def unretired(connection: Connection, customers: Collection[bytes | None]) -> list[tuple[str, bytes]]:
    """Name and arguments of every mutation about these dossiers that lives only here or was just acknowledged, in
    order."""
    found = sorted(row for one in customers for row in fetch(connection, _UNRETIRED, (one,)))
    return [(command, args) for _, command, args in found]


def waiting(connection: Connection) -> Waiting:
    """How much the server has not answered."""
    [(count, oldest)] = fetch(connection, _WAITING)
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
    waiting = dict(fetch(connection, _ASKED, (min(mids), max(mids))))
    accepted: list[tuple[int | None, int, int]] = []
    undone: set[bytes | None] = set()
    for result in results:
        if result.mid not in waiting:
            continue
        if result.status != "accepted":
            kind = result.kind or "merged"
            _to_conflicts(connection, result.mid, result.status, kind, _plain(result), now)
        if result.status == "rejected":
            undone.add(waiting[result.mid])
        else:
            accepted.append((acked_seq, now, result.mid))
    execute(connection, _ACKNOWLEDGE, accepted)
    return undone


def count_failed_try(connection: Connection, mid: int, most: int, now: int) -> set[bytes | None]:
    """The server failed on this one (5xx): after `most` tries it is set aside, so that it never blocks the rest.

    Returns whose dossier it was about when it was set aside: its effect has to be undone.
    """
    execute(connection, "UPDATE outbox SET tries = tries + 1 WHERE mid = ?", [(mid,)])
    worn = fetch(connection, "SELECT customer_id FROM outbox WHERE mid = ? AND tries >= ?", (mid, most))
    if worn:
        _to_conflicts(connection, mid, "set_aside", "server_failed", {}, now)
    return {customer_id for (customer_id,) in worn}


def retire_acknowledged(connection: Connection) -> None:
    """What the server has answered and a later pull has brought is only kept from now on, the newest (SYNC P6)."""
    if execute(connection, _RETIRE):
        oldest = fetch(connection, _OLDEST_KEPT, (MOST_KEPT,))
        execute(connection, "DELETE FROM outbox WHERE state = 'kept' AND mid <= ?", oldest)


def forget_kept(connection: Connection, backed_up: int | None, now: int) -> None:
    """Drop what is safe in the server's backup, or too old to be kept (SYNC P6)."""
    safe = backed_up or 0
    for acked_seq, acked_at in fetch(connection, _FIRST_KEPT):
        if (acked_seq is not None and acked_seq <= safe) or acked_at < now - KEPT_FOR:
            execute(connection, _FORGET, [(now - KEPT_FOR, safe)])


def requeue(connection: Connection) -> int:
    """Send again whatever may have been lost: the server is an older copy (SYNC E1). Returns how many wait again."""
    return execute(connection, _REQUEUE)


def disown(connection: Connection) -> None:
    """What was answered is another device's from now on, and kept by that one (SYNC P2)."""
    execute(connection, "DELETE FROM outbox WHERE state = 'kept'")
    execute(connection, "UPDATE outbox SET acked_seq = 0 WHERE state = 'acknowledged'")


def _to_conflicts(
    connection: Connection, mid: int, status: str, kind: str, values: dict[str, Any], now: int
) -> None:
    """What is only merged stays in the outbox beside it."""
    execute(connection, _TO_CONFLICTS, [(status, kind, dump_json(values), now, mid)])
    if status != "merged":
        execute(connection, "DELETE FROM outbox WHERE mid = ?", [(mid,)])


def _plain(result: Result) -> dict[str, Any]:
    values = {key: value.hex() if isinstance(value, bytes) else value for key, value in result.values.items()}
    return {**values, "merged": result.merged} if result.merged else values
