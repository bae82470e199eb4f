"""The fields that a condition may ask for: name, type, and how each is read from SQL and from one customer's rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Numeric, Select, Table, cast, func, select

from server_sync.domain.model import Mood, PreferredTime, TaskState, Tier, Urgency, attempt, sales_order, task
from server_sync.domain.rules.conditions.dossier import Dossier, Row
from server_sync.domain.rules.conditions.kinds import FieldType, Window

MILLION = 1_000_000  # sums of exact decimals are compared in millionths: up to six decimals, none rounded


class Stored(Enum):
    """The unit in which a field's values are read, and so its ranges given."""

    PLAIN = "plain"
    """Text, bytes or a whole number as it is, a day as ISO text."""
    CENTS = "cents"
    MILLIONTHS = "millionths"
    MOMENT = "moment"
    """Milliseconds since the epoch, for a field of type DAY."""


@dataclass(frozen=True)
class Field:
    """One field.

    `column` reads it from a table of customers: an expression, or for a list a JSON column or a select of its values.
    `value` reads it from one customer's rows. Both get the window of a field that looks back.
    """

    name: str
    type: FieldType
    column: Callable[[FromClause, Window | None], Any]
    value: Callable[[Dossier, Window | None], Any]
    stored: Stored = Stored.PLAIN
    choices: tuple[str, ...] = ()
    windowed: bool = False
    """Looks back over as many days as its rule names; it is then never empty."""


def _own(name: str, kind: FieldType, column: str | None = None, **more: Any) -> Field:
    """A column of the customer."""
    key = column or name
    return Field(
        name, kind, lambda customer, _: customer.c[key], lambda found, _: found.customer[key], **more
    )


def _mine(table: Table, customer: FromClause, wanted: ColumnElement[Any]) -> Select[Any]:
    """A select over the rows that belong to the customer of the surrounding select."""
    return select(wanted).where(table.c.customer_id == customer.c.id).correlate(customer)


def _edge(name: str, key: str, edge: Callable[[Any], ColumnElement[Any]], pick: Callable[..., Any]) -> Field:
    """The first or last of the customer's orders by one of its days; empty without any."""
    return Field(
        name,
        FieldType.DAY,
        lambda customer, _: _mine(sales_order, customer, edge(sales_order.c[key])).scalar_subquery(),
        lambda found, _: pick((row[key] for row in found.orders if row[key] is not None), default=None),
    )


def _open_tasks() -> Field:
    open_states = (TaskState.OPEN, TaskState.ACCEPTED)
    return Field(
        "open_task_count",
        FieldType.NUMBER,
        lambda customer, _: (
            _mine(task, customer, func.count()).where(task.c.state.in_(open_states)).scalar_subquery()
        ),
        lambda found, _: sum(row["state"] in open_states for row in found.tasks),
    )


# ---- what lies within the last so many days


@dataclass(frozen=True)
class _Facts:
    """Rows of one of the customer's tables that have a day or a moment, and perhaps a certain value."""

    table: Table
    of: Callable[[Dossier], Sequence[Row]]
    key: str
    equal: tuple[str, Any] | None = None

    @property
    def _in_moments(self) -> bool:
        return self.key.endswith("_at")

    def select(self, customer: FromClause, window: Window, wanted: ColumnElement[Any]) -> Select[Any]:
        """`wanted` of the rows within the window."""
        when, found = self.table.c[self.key], _mine(self.table, customer, wanted)
        if self._in_moments:
            found = found.where(when >= window.start_at, when < window.end_at)
        else:
            found = found.where(when >= window.first_on, when <= window.last_on)
        return found if self.equal is None else found.where(self.table.c[self.equal[0]] == self.equal[1])

    def rows(self, dossier: Dossier, window: Window) -> list[Row]:
        """The rows within the window."""
        return [row for row in self.of(dossier) if self._holds(row, window)]

    def _holds(self, row: Row, window: Window) -> bool:
        when = row[self.key]
        if when is None or (self.equal is not None and row[self.equal[0]] != self.equal[1]):
            return False
        if self._in_moments:
            return bool(window.start_at <= when < window.end_at)
        return bool(window.first_on <= when <= window.last_on)


def _looking_back(
    name: str,
    kind: FieldType,
    column: Callable[[FromClause, Window], Any],
    value: Callable[[Dossier, Window], Any],
    stored: Stored = Stored.PLAIN,
) -> Field:
    def needed(window: Window | None) -> Window:
        assert window is not None, "the parser gives every such field its window"
        return window

    return Field(
        name,
        kind,
        lambda customer, window: column(customer, needed(window)),
        lambda dossier, window: value(dossier, needed(window)),
        stored,
        windowed=True,
    )


def _count(name: str, facts: _Facts) -> Field:
    return _looking_back(
        name,
        FieldType.NUMBER,
        lambda customer, window: facts.select(customer, window, func.count()).scalar_subquery(),
        lambda dossier, window: len(facts.rows(dossier, window)),
    )


_ORDERED = _Facts(sales_order, lambda found: found.orders, "ordered_on")


def _spent_within() -> Field:
    def column(customer: FromClause, window: Window) -> ColumnElement[Any]:
        amount = cast(sales_order.c.amount, Numeric(asdecimal=False)) * MILLION
        total = func.coalesce(func.sum(cast(func.round(amount), BigInteger)), 0)
        return _ORDERED.select(customer, window, total).scalar_subquery()

    def value(dossier: Dossier, window: Window) -> int:
        amounts = (Decimal(row["amount"]) * MILLION for row in _ORDERED.rows(dossier, window))
        return sum(int(amount.to_integral_value(ROUND_HALF_UP)) for amount in amounts)

    return _looking_back("spent_within", FieldType.MONEY, column, value, Stored.MILLIONTHS)


def _bought_lines_within() -> Field:
    line = sales_order.c.product_line
    return _looking_back(
        "bought_lines_within",
        FieldType.LIST,
        lambda customer, window: _ORDERED.select(customer, window, line).where(line.is_not(None)),
        lambda dossier, window: [
            row["product_line"] for row in _ORDERED.rows(dossier, window) if row["product_line"] is not None
        ],
    )


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _own("code", FieldType.TEXT),
        _own("name", FieldType.TEXT),
        _own("kind", FieldType.CHOICE, choices=("person", "company")),
        _own("title", FieldType.TEXT),
        _own("segment", FieldType.TEXT),
        _own("tier", FieldType.CHOICE, choices=tuple(Tier)),
        _own("team", FieldType.ID, "team_id"),
        _own("owner", FieldType.ID, "owner_id"),
        _own("region", FieldType.TEXT),
        _own("province", FieldType.TEXT),
        _own("city", FieldType.TEXT),
        _own("language", FieldType.TEXT),
        _own("product_line", FieldType.TEXT),
        _own("tags", FieldType.LIST),
        _own("mood", FieldType.CHOICE, choices=tuple(Mood)),
        _own("preferred_time", FieldType.CHOICE, choices=tuple(PreferredTime)),
        _own("birthday_on", FieldType.DAY),
        _own("created_at", FieldType.DAY, stored=Stored.MOMENT),
        _own("last_contact_at", FieldType.DAY, stored=Stored.MOMENT),
        _own("next_contact_at", FieldType.DAY, stored=Stored.MOMENT),
        _own("order_count", FieldType.NUMBER),
        _own("spent", FieldType.MONEY, "spent_cents", stored=Stored.CENTS),
        _own("last_order_on", FieldType.DAY),
        _edge("first_order_on", "ordered_on", func.min, min),
        _edge("last_delivery_on", "delivered_on", func.max, max),
        _open_tasks(),
        _count("orders_within", _ORDERED),
        _spent_within(),
        _bought_lines_within(),
        _count("deliveries_within", _Facts(sales_order, lambda found: found.orders, "delivered_on")),
        _count("returns_within", _Facts(sales_order, lambda found: found.orders, "returned_at")),
        _count("attempts_within", _Facts(attempt, lambda found: found.attempts, "started_at")),
        _count(
            "contacts_within",
            _Facts(attempt, lambda found: found.attempts, "started_at", equal=("answered", True)),
        ),
        # every solved complaint is verified by a task of its own
        _count(
            "complaints_within",
            _Facts(
                task,
                lambda found: found.tasks,
                "created_at",
                equal=("urgency", Urgency.COMPLAINT_VERIFICATION),
            ),
        ),
    )
}
