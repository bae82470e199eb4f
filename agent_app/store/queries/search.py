"""Finding a customer by any piece of his name, pinyin, initials, last digits, code or order number, as one types."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent_app.store.search_terms import LONGEST, folded, of_number
from agent_app.store.tables import customer_term
from server_sync.domain.model import customer, task
from server_sync.domain.rules.permissions import OPEN_STATES

_DRESSING = str.maketrans("", "", "+-()")


@dataclass(frozen=True)
class Found:
    """One customer found, with his next open task if there is one."""

    customer_id: bytes
    name: str
    code: str
    tier: str
    kind: str
    region: str | None
    task_id: bytes | None


def search(connection: Connection, text: str, most: int = 50) -> tuple[Found, ...]:
    """Customers whose terms begin with what was typed; digits are also taken as the end of a number."""
    asked = folded(text)[:LONGEST]
    if not asked:
        return ()
    digits = asked.translate(_DRESSING)
    # A number may be typed with its area code's or its country's 0, which is not stored.
    numbers = (digits, digits.lstrip("0")) if digits.isdecimal() else ()
    starts = dict.fromkeys([asked, *(of_number(number) for number in numbers if number)])
    ids: dict[bytes, None] = {}
    for start in starts:
        matching = (
            select(customer_term.c.customer_id)
            .where(customer_term.c.term >= start, customer_term.c.term < start + "\U0010ffff")
            .order_by(customer_term.c.term)
            .limit(most * 4)
        )
        ids |= dict.fromkeys(connection.execute(matching).scalars())
    wanted = list(ids)[:most]
    rows = {
        row.id: row
        for row in connection.execute(
            select(
                customer.c.id,
                customer.c.name,
                customer.c.code,
                customer.c.tier,
                customer.c.kind,
                customer.c.region,
            ).where(customer.c.id.in_(wanted))
        )
    }
    open_tasks = {
        row.customer_id: row.id
        for row in connection.execute(
            select(task.c.id, task.c.customer_id)
            .where(task.c.customer_id.in_(wanted), task.c.state.in_(OPEN_STATES))
            .order_by(task.c.due_at.desc())
        )
    }
    return tuple(
        Found(row.id, row.name, row.code, row.tier, row.kind, row.region, open_tasks.get(row.id))
        for row in (rows[one] for one in wanted if one in rows)
    )
