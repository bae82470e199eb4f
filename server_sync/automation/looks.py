"""Has the plans look at what has changed since they last did, customer by customer: minutes after it happened, not the
next morning."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.automation.plans import run_plans
from server_sync.domain.ids import Ids
from server_sync.domain.model import PlanState, plan
from server_sync.jobs.worker import Handler
from server_sync.store.partitions import Scope
from server_sync.store.tables import feed, partition, server_state
from server_sync.store.transaction import Transaction

LARGEST = 20_000
"""Of more customers who changed everybody is looked at: no slower, and nothing is forgotten."""
SEEN = "plans_seen"


def handler(ids: Ids) -> Handler:
    """Looks at the customers or runs the plan that a job names; else at all that has changed since the last look."""

    def run(tx: Transaction, payload: Mapping[str, Any]) -> None:
        if "customers" in payload:
            run_plans(tx, tx.now, ids, among=[bytes.fromhex(name) for name in payload["customers"]])
        elif "plan" in payload:
            wanted = select(plan.c.code).where(plan.c.id == bytes.fromhex(payload["plan"]))
            code = tx.connection.scalar(wanted.where(plan.c.state == PlanState.ACTIVE))
            if code is not None:
                run_plans(tx, tx.now, ids, only=code)
        else:
            look(tx, ids)

    return run


def look(tx: Transaction, ids: Ids) -> int | None:
    """Look at the customers who changed since the last look or full run; returns how many, None for all of them."""
    heads = _heads(tx.connection)
    seen = _seen(tx.connection)
    found = None if seen is None else _changed(tx.connection, seen, heads)
    if found is None or found:
        run_plans(tx, tx.now, ids, among=found)
    _remember(tx, heads)
    return None if found is None else len(found)


def note_full_run(tx: Transaction) -> None:
    """To be called before everybody is looked at: what happened until now is seen with it."""
    _remember(tx, _heads(tx.connection))


def _heads(connection: Connection) -> dict[str, int]:
    """How far each team's history has come: every customer of a team stands there, with all of his rows (SYNC S3)."""
    rows = connection.execute(select(partition.c.id, partition.c.head).where(partition.c.scope == Scope.TEAM))
    return {str(number): head for number, head in rows}


def _changed(connection: Connection, seen: Mapping[str, int], heads: Mapping[str, int]) -> list[bytes] | None:
    """The customers with rows between two states of the teams' histories; None when they are too many."""
    found: set[bytes] = set()
    for number, head in heads.items():
        since = seen.get(number, 0)
        if head <= since:
            continue
        changed = select(feed.c.customer_id).where(
            feed.c.partition == int(number),
            feed.c.seq > since,
            feed.c.seq <= head,
            feed.c.customer_id.is_not(None),
        )
        found.update(connection.scalars(changed.distinct().limit(LARGEST + 1)))
        if len(found) > LARGEST:
            return None
    return sorted(found)


def _seen(connection: Connection) -> Mapping[str, int] | None:
    wanted = select(server_state.c.value).where(server_state.c.key == SEEN)
    found: Mapping[str, int] | None = connection.scalar(wanted)
    return found


def _remember(tx: Transaction, heads: Mapping[str, int]) -> None:
    dialect = sqlite if tx.connection.dialect.name == "sqlite" else postgresql
    row = dialect.insert(server_state).values(key=SEEN, value=dict(heads))
    tx.connection.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value})
    )
