"""The mutations recorded here that are not yet known to be in the replica, in order (SYNC P1, P4); sending
is sync's part."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from agent_app.store.desk_state import recall, remember
from agent_app.store.tables import conflict, outbox
from server_sync.domain.commands import Command
from server_sync.domain.wire.codec import encode_arguments
from server_sync.domain.wire.messages import Mutation, Result


@dataclass(frozen=True)
class Waiting:
    """How much is unsent, and since when (ms), for the status bar."""

    count: int
    oldest_at: int | None


def append(connection: Connection, command: Command, now: int) -> int:
    """Record a command; returns its `mid`, one higher than the last of this device."""
    mid: int = recall(connection, "last_mid", 0) + 1
    remember(connection, "last_mid", mid)
    connection.execute(
        insert(outbox).values(
            mid=mid,
            command=command.name,
            args=encode_arguments(command),
            customer_id=getattr(command, "customer_id", None),
            state="pending",
            tries=0,
            recorded_at=now,
        )
    )
    return mid


def pending(connection: Connection, most: int) -> list[Mutation]:
    """The oldest mutations that the server has not answered."""
    statement = select(outbox).where(outbox.c.state == "pending").order_by(outbox.c.mid).limit(most)
    return [
        Mutation(mid=row.mid, command=row.command, args=row.args, at=row.recorded_at)
        for row in connection.execute(statement)
    ]


def unretired(connection: Connection) -> list[tuple[str, bytes]]:
    """Name and arguments of every mutation that lives only here or was just acknowledged, in order."""
    statement = select(outbox.c.command, outbox.c.args).order_by(outbox.c.mid)
    return [(row.command, row.args) for row in connection.execute(statement)]


def waiting(connection: Connection) -> Waiting:
    """How much the server has not answered."""
    counted = select(func.count(), func.min(outbox.c.recorded_at)).where(outbox.c.state == "pending")
    count, oldest = connection.execute(counted).one()
    return Waiting(count, oldest)


def settle(connection: Connection, result: Result, now: int) -> None:
    """Take the server's answer to one mutation: accepted waits for its pull, rejected goes to the
    conflicts (SYNC P3)."""
    row = connection.execute(select(outbox).where(outbox.c.mid == result.mid)).one_or_none()
    if row is None or row.state != "pending":
        return
    if result.status != "accepted":
        _to_conflicts(connection, row, result.status, result.kind or "merged", _plain(result), now)
    if result.status == "rejected":
        connection.execute(delete(outbox).where(outbox.c.mid == result.mid))
    else:
        connection.execute(update(outbox).where(outbox.c.mid == result.mid).values(state="acknowledged"))


def count_failed_try(connection: Connection, mids: list[int], most: int, now: int) -> None:
    """The server failed on these (5xx): after `most` tries the first is set aside, so that it never blocks the rest."""
    connection.execute(update(outbox).where(outbox.c.mid.in_(mids)).values(tries=outbox.c.tries + 1))
    worn = (
        select(outbox).where(outbox.c.mid.in_(mids), outbox.c.tries >= most).order_by(outbox.c.mid).limit(1)
    )
    row = connection.execute(worn).one_or_none()
    if row is not None:
        _to_conflicts(connection, row, "set_aside", "server_failed", {}, now)
        connection.execute(delete(outbox).where(outbox.c.mid == row.mid))


def retire_acknowledged(connection: Connection) -> int:
    """Forget what the server has answered and a later pull has brought; returns how many."""
    return connection.execute(delete(outbox).where(outbox.c.state == "acknowledged")).rowcount


def _to_conflicts(
    connection: Connection, row: Any, status: str, kind: str, values: dict[str, Any], now: int
) -> None:
    connection.execute(
        insert(conflict).values(
            mid=row.mid,
            status=status,
            command=row.command,
            args=row.args,
            kind=kind,
            values=values,
            customer_id=row.customer_id,
            recorded_at=row.recorded_at,
            answered_at=now,
        )
    )


def _plain(result: Result) -> dict[str, Any]:
    values = {key: value.hex() if isinstance(value, bytes) else value for key, value in result.values.items()}
    return {**values, "merged": result.merged} if result.merged else values
