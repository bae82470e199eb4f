"""Tasks pulled out of a team's pool by lease: granted here alone, never two people one customer (docs/protocol.md).

Whoever gets a task gets all open tasks of the customer that lie there. Until the lease is over nobody else gets such a
lease for the customer, whatever becomes of the tasks: the desk that has it may be offline. What follows at the lease's
end stands in `lease_ends`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, exists, func, insert, or_, select

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Actor, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TaskState, customer, do_not_call, person, shift, task, team
from server_sync.domain.rules import do_not_call as refusals
from server_sync.domain.rules import queue_order, shifts, skills
from server_sync.domain.rules.permissions import FROM_POOL, OPEN_STATES
from server_sync.domain.rules.queue_order import QueueClass
from server_sync.domain.wire.messages import TakeReply, TakeRequest
from server_sync.jobs import ladders, pool_leases
from server_sync.store import changes, company
from server_sync.store.database import Database
from server_sync.store.rows import lock_customers
from server_sync.store.tables import calling_lease
from server_sync.store.transaction import Transaction

MOST_LOOKED_AT = 2_000
"""So many tasks of the pool are looked at for one who asks."""


def take(database: Database, actor: Actor, device_id: bytes, request: TakeRequest, now: int) -> TakeReply:
    """Give an agent what he asks for, as far as there is any.

    Raises KnownError NOT_PERMITTED for another device's name or a person without a team, OUT_OF_RANGE {least, most}.
    """
    if request.device != device_id or actor.person_id is None or actor.team_id is None:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    with database.write(now) as tx:
        setting = company.setting_of(tx.connection, "pool")
        if not 1 <= request.count <= setting["most"]:
            raise KnownError(ErrorKind.OUT_OF_RANGE, least=1, most=setting["most"])
        # One takes out of a team's pool at a time.
        tx.connection.execute(select(team.c.id).where(team.c.id == actor.team_id).with_for_update())
        found = _Pool(tx, actor.person_id, actor.team_id, setting).give(request.count)
    return TakeReply(
        request=request.request, tasks=found.tasks, until=found.until, left=found.left, server_now=now
    )


@dataclass(frozen=True)
class _Given:
    tasks: int
    until: int | None
    left: int


@dataclass(frozen=True)
class _Pool:
    tx: Transaction
    person_id: bytes
    team_id: bytes
    setting: Mapping[str, Any]

    def give(self, count: int) -> _Given:
        rows = self._free()
        lock_customers(self.tx, [row["customer_id"] for row in rows])
        ready = Counter(row["customer_id"] for row in self._offered(self._free()))
        wanted, customers = count - self._held(), set[bytes]()
        for customer_id, tasks in ready.items():
            if wanted <= 0:
                break
            customers.add(customer_id)
            wanted -= tasks
        given = self._all_of(customers)
        left = ready.total() - sum(ready[one] for one in customers)
        if not given:
            return _Given(0, None, left)
        until = self._until()
        values = {
            "assignee_id": self.person_id,
            "in_pool": False,
            "assigned_because": FROM_POOL,
            "leased_until": until,
        }
        pulled = [Update("task", task_id, values) for task_id in given]
        changes.write(self.tx, pulled)
        ladders.follow(self.tx, pulled)
        note_leases(self.tx, customers, self.person_id, until)
        return _Given(len(given), until, left)

    def _all_of(self, customers: Collection[bytes]) -> list[bytes]:
        """All tasks of some customers that lie in the pool, those that wait for a later moment as well."""
        found: list[bytes] = []
        for ids in changes.batches(customers):
            tasks = select(task.c.id).where(
                task.c.customer_id.in_(ids),
                task.c.in_pool,
                task.c.assignee_id.is_(None),
                task.c.team_id == self.team_id,
                task.c.state == TaskState.OPEN,
            )
            found += self.tx.connection.scalars(tasks.order_by(task.c.id))
        return found

    def _held(self) -> int:
        """Tasks of a lease of his that he has not begun: those that wait for a later moment do not count."""
        ready = or_(task.c.not_before_at.is_(None), task.c.not_before_at <= self.tx.now)
        mine = (
            select(func.count())
            .select_from(task)
            .where(
                task.c.assignee_id == self.person_id,
                task.c.leased_until > self.tx.now,
                task.c.state == TaskState.OPEN,
                ready,
            )
        )
        return int(self.tx.connection.scalar(mine) or 0)

    def _free(self) -> Sequence[RowMapping]:
        """What lies in the pool and nobody else holds, in calling order."""
        rules = {key: company.setting_of(self.tx.connection, key) for key in ("callbacks", "queue")}
        ready = queue_order.class_column(task, customer, self.tx.now, rules) != QueueClass.WAITING.value
        columns = (customer.c.region, customer.c.language, customer.c.product_line)
        found = (
            select(task, *columns)
            .join(customer, customer.c.id == task.c.customer_id)
            .where(
                task.c.in_pool,
                task.c.assignee_id.is_(None),
                task.c.team_id == self.team_id,
                task.c.state == TaskState.OPEN,
                ready,
                ~self._somebodys(),
            )
            .order_by(*queue_order.order_by(task, customer, self.tx.now, rules))
            .limit(MOST_LOOKED_AT)
        )
        return self.tx.connection.execute(found).mappings().all()

    def _somebodys(self) -> ColumnElement[bool]:
        """Whether somebody else has an open task of the customer, or a lease for him."""
        other = task.alias("other")
        grace = self.setting["grace_minutes"] * MINUTE
        held = exists().where(
            other.c.customer_id == task.c.customer_id,
            other.c.state.in_(OPEN_STATES),
            other.c.assignee_id.is_not(None),
            other.c.assignee_id != self.person_id,
        )
        leased = exists().where(
            calling_lease.c.customer_id == task.c.customer_id,
            calling_lease.c.until_at > self.tx.now - grace,
            calling_lease.c.person_id != self.person_id,
        )
        return or_(held, leased)

    def _offered(self, rows: Sequence[RowMapping]) -> Iterator[RowMapping]:
        """Those that he can do and whose customers want to be called."""
        known = self.tx.connection.scalar(select(person.c.skills).where(person.c.id == self.person_id))
        against: dict[bytes, list[Mapping[str, Any]]] = defaultdict(list)
        for ids in changes.batches({row["customer_id"] for row in rows}):
            entries = select(do_not_call).where(do_not_call.c.customer_id.in_(ids))
            for entry in self.tx.connection.execute(entries).mappings():
                against[entry["customer_id"]].append(dict(entry))
        for row in rows:
            blocked = refusals.blocking_entry(against[row["customer_id"]], row["purpose"], self.tx.now)
            about = dict(row)
            asked = skills.Asked.of(about, about)
            if blocked is None and skills.missing(known or {}, asked) is None:
                yield row

    def _until(self) -> int:
        """A lease's length from now on, at most to the end of his shift."""
        until: int = self.tx.now + self.setting["lease_minutes"] * MINUTE
        mine = select(shift).where(shift.c.person_id == self.person_id, shift.c.ends_at > self.tx.now)
        rows = [dict(row) for row in self.tx.connection.execute(mine).mappings()]
        ends = shifts.shift_ends_at(rows, self.tx.now)
        return until if ends is None else min(until, ends)


def note_leases(tx: Transaction, customer_ids: Collection[bytes], person_id: bytes, until: int) -> None:
    """Keep for whom some customers are until when, and see to the lease's end."""
    for ids in changes.batches(customer_ids):
        tx.connection.execute(delete(calling_lease).where(calling_lease.c.customer_id.in_(ids)))
    rows = [{"customer_id": one, "person_id": person_id, "until_at": until} for one in sorted(customer_ids)]
    tx.connection.execute(insert(calling_lease), rows)
    pool_leases.enqueue(tx, until)
