"""The end of leases of pool tasks: renewed for whoever is at work on them, else back into the pool.

A desk stops offering a task before its lease ends by the server's clock, and the server waits on after it: a task is
never with two. An appointment stays with whoever promised it: his lease becomes his for good.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, func, select

from server_sync.automation.pool import note_leases
from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import HandBackTask, Update
from server_sync.domain.commands.handing_back import HandedBack
from server_sync.domain.ids import Ids
from server_sync.domain.model import TaskState, task
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.jobs import server_command
from server_sync.jobs.worker import Handler
from server_sync.store import changes, company
from server_sync.store.rows import lock_customers
from server_sync.store.tables import calling_lease, device
from server_sync.store.transaction import Transaction


def handler(ids: Ids) -> Handler:
    """Looks at all leases that are near their end, and again when those of the job have ended."""

    def look(tx: Transaction, payload: Mapping[str, Any]) -> int | None:
        grace = company.setting_of(tx.connection, "pool")["grace_minutes"] * MINUTE
        settle(tx, ids)
        again_at: int = payload["until"] + grace
        return again_at if tx.now < again_at else None

    return look


def settle(tx: Transaction, ids: Ids) -> None:
    """Renew what is worked on, keep appointments, and take back what nobody has done in time."""
    setting = company.setting_of(tx.connection, "pool")
    length, renew, grace = (
        setting[name] * MINUTE for name in ("lease_minutes", "renew_minutes", "grace_minutes")
    )
    near = (
        select(task)
        .where(task.c.leased_until <= tx.now + renew, task.c.state.in_(OPEN_STATES))
        .order_by(task.c.id)
    )
    lock_customers(tx, [row.customer_id for row in tx.connection.execute(near)])
    rows = tx.connection.execute(near).all()
    promised = [row.id for row in rows if row.appointment_at is not None and row.leased_until <= tx.now]
    changes.write(tx, [Update("task", one, {"leased_until": None}) for one in promised])
    begun = _renewable(tx, rows, renew)
    for person_id, customers in begun.items():
        until = tx.now + length
        mine = [row.id for row in rows if row.assignee_id == person_id and row.customer_id in customers]
        changes.write(tx, [Update("task", one, {"leased_until": until}) for one in mine])
        note_leases(tx, customers, person_id, until)
    kept = {*promised, *(row.id for row in rows if row.customer_id in begun.get(row.assignee_id, ()))}
    for row in rows:
        if row.id not in kept and row.leased_until + grace <= tx.now:
            because = HandedBack.LEASE_OVER
            back = HandBackTask(ids.new(), row.id, row.customer_id, None, because, None, tx.now)
            server_command.run(tx, back, row.customer_id)
    tx.connection.execute(delete(calling_lease).where(calling_lease.c.until_at + grace <= tx.now))


def _renewable(tx: Transaction, rows: Sequence[Row[Any]], renew: int) -> dict[bytes, set[bytes]]:
    """By person the customers of leases not over yet that he is at work on, as his desk has told of late: all that he
    has of a customer goes on together."""
    heard = dict(
        tx.connection.execute(
            select(device.c.person_id, func.max(device.c.last_contact_at))
            .where(device.c.person_id.in_({row.assignee_id for row in rows}))
            .group_by(device.c.person_id)
        ).all()
    )
    begun: dict[bytes, set[bytes]] = defaultdict(set)
    for row in rows:
        told = (heard.get(row.assignee_id) or 0) >= tx.now - renew
        called = row.last_attempt_at is not None and row.last_attempt_at >= tx.now - renew
        if row.leased_until > tx.now and told and (row.state == TaskState.ACCEPTED or called):
            begun[row.assignee_id].add(row.customer_id)
    return begun
