"""What a guide may say of the customer, the company and the agent: facts without words, for filling a form's texts."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from server_sync.domain.model import customer, order_line, person, sales_order, task

MOST_PRODUCTS = 20


@dataclass(frozen=True)
class GuideFacts:
    """`products` are what the order in question holds, the dearest first; `given` the values of the task's reason."""

    customer_name: str
    title: str
    kind: str
    tier: str
    language: str
    company_name: str
    agent_name: str
    agent_login: str
    order_on: str
    products: tuple[str, ...]
    last_contact_at: int | None
    given: dict[str, Any]


def load(connection: Connection, task_id: bytes, person_id: bytes) -> GuideFacts | None:
    """The facts for one task's guide, read out by one person; None when this desk does not hold the task."""
    found = select(task.c.customer_id, task.c.reason_values).where(task.c.id == task_id)
    row = connection.execute(found).one_or_none()
    return None if row is None else of_customer(connection, row.customer_id, person_id, row.reason_values)


def of_customer(
    connection: Connection, customer_id: bytes, person_id: bytes, given: dict[str, Any] | None = None
) -> GuideFacts | None:
    """The facts of one customer, without a task or with the values of its reason; None when he is not on this desk."""
    found = select(
        customer.c.id,
        customer.c.name,
        customer.c.title,
        customer.c.kind,
        customer.c.tier,
        customer.c.language,
        customer.c.last_contact_at,
    ).where(customer.c.id == customer_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    given = given or {}
    agent = connection.execute(
        select(person.c.name, person.c.login).where(person.c.id == person_id)
    ).one_or_none()
    order_id, order_on = _order(connection, row.id, given.get("ordered_on"))
    return GuideFacts(
        customer_name=row.name,
        title=row.title or "",
        kind=row.kind,
        tier=row.tier,
        language=row.language,
        company_name=settings.load(connection, "company")["name"],
        agent_name=agent.name if agent else "",
        agent_login=agent.login if agent else "",
        order_on=order_on,
        products=_products(connection, order_id) if order_id else (),
        last_contact_at=row.last_contact_at,
        given=given,
    )


def _order(connection: Connection, customer_id: bytes, ordered_on: str | None) -> tuple[bytes | None, str]:
    """The order that the task is about, else the latest."""
    orders = (
        select(sales_order.c.id, sales_order.c.ordered_on)
        .where(sales_order.c.customer_id == customer_id)
        .order_by(
            (sales_order.c.ordered_on == ordered_on).desc(), sales_order.c.ordered_on.desc(), sales_order.c.id
        )
        .limit(1)
    )
    row = connection.execute(orders).one_or_none()
    return (None, "") if row is None else (row.id, row.ordered_on)


def _products(connection: Connection, order_id: bytes) -> tuple[str, ...]:
    """What was bought, as one would name it: the kind of thing where it is known, each once."""
    lines = (
        select(
            order_line.c.subcategory, order_line.c.category, order_line.c.product_name, order_line.c.amount
        )
        .where(order_line.c.order_id == order_id)
        .limit(MOST_PRODUCTS)
    )
    named = [
        (float(row.amount), row.subcategory or row.category or row.product_name or "")
        for row in connection.execute(lines)
    ]
    dearest = sorted(named, key=lambda one: (-one[0], one[1]))
    return tuple(dict.fromkeys(name for _, name in dearest if name))
