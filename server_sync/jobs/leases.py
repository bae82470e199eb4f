"""Taking jobs out of the table: the next that is due, for the time of a lease, and settling it; no job's work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from server_sync.domain.clock import DAY, MINUTE, SECOND
from server_sync.store.job_table import JobState
from server_sync.store.tables import job as table
from server_sync.store.transaction import Transaction

LEASE = 30 * SECOND
"""How long a job that was taken is left to whoever took it; after a crash it is free again then."""
FIRST_WAIT = 10 * SECOND
LONGEST_WAIT = 60 * MINUTE
MOST_ATTEMPTS = 10
KEPT_FOR = 90 * DAY


@dataclass(frozen=True)
class Taken:
    """A job as it was taken: `attempts` counts this one, `lease_until` tells whether it is still ours."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    lease_until: int


def is_due(connection: Connection, kinds: Iterable[str], now: int) -> bool:
    """Whether there is anything to take."""
    return connection.execute(select(table.c.id).where(_free(kinds, now)).limit(1)).first() is not None


def take(tx: Transaction, kinds: Iterable[str]) -> Taken | None:
    """Take the job that has been due for longest, for LEASE; other processes pass it over meanwhile."""
    next_one = select(table).where(_free(kinds, tx.now)).order_by(table.c.due_at, table.c.id).limit(1)
    # on SQLite this transaction is the only one that writes
    row = tx.connection.execute(next_one.with_for_update(skip_locked=True)).mappings().first()
    if row is None:
        return None
    attempts, lease_until = row["attempts"] + 1, tx.now + LEASE
    _set(tx, row["id"], attempts=attempts, lease_until=lease_until)
    return Taken(row["id"], row["kind"], row["payload"], attempts, lease_until)


def hold(tx: Transaction, job: Taken) -> bool:
    """Lock a job for the transaction of its work; False when it is no longer ours."""
    ours = select(table.c.id).where(
        table.c.id == job.id,
        table.c.state == JobState.WAITING,
        table.c.attempts == job.attempts,
        table.c.lease_until == job.lease_until,
    )
    return tx.connection.execute(ours.with_for_update()).first() is not None


def finish(tx: Transaction, job: Taken) -> None:
    """The work is done, once."""
    _set(tx, job.id, state=JobState.DONE, done_at=tx.now, lease_until=None, error=None)


def look_again(tx: Transaction, job: Taken, due_at: int, tried: int = 0) -> None:
    """It is too early for the work: be due again later, as if tried so often before."""
    _set(tx, job.id, due_at=due_at, lease_until=None, attempts=tried)


def fail(tx: Transaction, job: Taken, error: str) -> None:
    """The work failed: try again after a wait that doubles, and give up after MOST_ATTEMPTS."""
    if job.attempts >= MOST_ATTEMPTS:
        give_up(tx, job, error)
        return
    wait = min(FIRST_WAIT << (job.attempts - 1), LONGEST_WAIT)
    _set(tx, job.id, due_at=tx.now + wait, lease_until=None, error=error)


def give_up(tx: Transaction, job: Taken, error: str) -> None:
    """The work cannot be done."""
    _set(tx, job.id, state=JobState.FAILED, lease_until=None, error=error)


def forget_done(tx: Transaction) -> int:
    """Drop jobs that were done long ago; returns how many. Nothing asks for the work of that time again."""
    old = delete(table).where(table.c.state == JobState.DONE, table.c.done_at < tx.now - KEPT_FOR)
    return tx.connection.execute(old).rowcount


def _free(kinds: Iterable[str], now: int) -> ColumnElement[bool]:
    return and_(
        table.c.state == JobState.WAITING,
        table.c.due_at <= now,
        or_(table.c.lease_until.is_(None), table.c.lease_until <= now),
        table.c.kind.in_(list(kinds)),
    )


def _set(tx: Transaction, job_id: int, **values: Any) -> None:
    tx.connection.execute(update(table).where(table.c.id == job_id).values(values))
