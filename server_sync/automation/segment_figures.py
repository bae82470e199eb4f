"""The figures that segmentation goes by, gathered for all customers or some in one statement; what they say of a
customer stands in `rules.segments`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)

from server_sync.automation.moments import Moment
from server_sync.domain.clock import HOUR
from server_sync.domain.model import EventKind, Urgency, attempt, customer, event, response, sales_order, task
from server_sync.domain.rules.conditions.expressions import Check, Expression, Fold, Gathered, Greater
from server_sync.domain.rules.conditions.kinds import InRange, IsEmpty, OneOf
from server_sync.domain.rules.conditions.reading import AtOnce, Within, column_of
from server_sync.domain.rules.segments import SETTINGS, WEIGHED, Figures
from server_sync.store import company

YEAR_DAYS = 365
SIGNS = (
    EventKind.SIGNING.value,
    EventKind.COMPLAINT.value,
    EventKind.ENQUIRY.value,
    EventKind.VISIT.value,
)
"""Events in which the customer himself stirred."""
_MILLIONTHS_A_CENT = 10_000
_OWN = ("created_at", "last_contact_at", "last_order_on", "order_count", "spent_cents")


@dataclass(frozen=True)
class View:
    """The day that customers are looked at, by which settings."""

    moment: Moment
    settings: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, connection: Connection, moment: Moment) -> "View":
        """By the company's settings."""
        return cls(moment, {key: company.setting_of(connection, key) for key in SETTINGS})

    @cached_property
    def expressions(self) -> Mapping[str, Expression]:
        """What is gathered of a customer, by name."""
        activity, churn = self.settings["activity"], self.settings["churn"]
        days, before = activity["days"], activity["before_days"]
        found: dict[str, Expression] = {
            "first_order_on": Gathered(sales_order, Fold.FIRST, "ordered_on"),
            "year": Gathered(sales_order, Fold.SUM, "amount", (self._back("ordered_on", YEAR_DAYS, 0),)),
            "last_event_at": Gathered(event, Fold.LAST, "happened_at", (Check("kind", OneOf(SIGNS)),)),
        }
        for part, first, last in (("now", days, 0), ("before", days + before, days)):
            for name in WEIGHED:
                found[f"{part}_{name}"] = self._counted(name, first, last)
        for part, first, last in (("now", churn["days"], 0), ("before", 2 * churn["days"], churn["days"])):
            found[f"complaints_{part}"] = self._complaints(first, last)
        for name in ("nps", "csat"):
            low = Check(name, InRange(None, churn[f"low_{name}"] + 1))
            standing = Check("replaced_by_id", IsEmpty())
            recent = self._back("recorded_at", churn["days"], 0)
            found[f"low_{name}"] = Gathered(response, Fold.COUNT, "id", (recent, low, standing))
        return found

    def select(self, within: Within) -> Select[Any]:
        """The id of each of some customers with everything that `figures` needs."""
        source = AtOnce(customer, self.expressions.values(), within)
        late = self.late_replies(within)
        joined = source.joined.outerjoin(late, late.c.customer_id == customer.c.id)
        read = [column_of(made, source).label(name) for name, made in self.expressions.items()]
        own = [customer.c[name] for name in _OWN]
        replies = func.coalesce(late.c.late_replies, 0).label("late_replies")
        wanted = select(customer.c.id, *own, *read, replies)
        return wanted.select_from(joined).where(within(customer.c.id))

    def _counted(self, name: str, first: int, last: int) -> Gathered:
        match name:
            case "orders":
                return Gathered(sales_order, Fold.COUNT, "id", (self._back("ordered_on", first, last),))
            case "contacts":
                answered = Check("answered", OneOf((True,)))
                return Gathered(attempt, Fold.COUNT, "id", (self._back("started_at", first, last), answered))
            case _:
                kind = EventKind.VISIT if name == "visits" else EventKind.ENQUIRY
                of_kind = Check("kind", OneOf((kind.value,)))
                return Gathered(event, Fold.COUNT, "id", (self._back("happened_at", first, last), of_kind))

    def _complaints(self, first: int, last: int) -> Greater:
        verified = Check("urgency", OneOf((Urgency.COMPLAINT_VERIFICATION.value,)))
        told = Check("kind", OneOf((EventKind.COMPLAINT.value,)))
        return Greater(
            Gathered(task, Fold.COUNT, "id", (self._back("created_at", first, last), verified)),
            Gathered(event, Fold.COUNT, "id", (self._back("happened_at", first, last), told)),
        )

    def _back(self, column: str, first: int, last: int) -> Check:
        """The days after `first` days back and up to `last` days back: `first` − `last` days."""
        moments = column.endswith("_at")
        return Check(column, self.moment.as_of.days_back(first - 1, last, moments=moments))

    def late_replies(self, within: Within) -> FromClause:
        """By customer the enquiries of the last days that nobody answered within the hours of the setting (M2.8)."""
        setting = self.settings["activity"]
        wait = setting["reply_hours"] * HOUR
        at = event.c.happened_at
        answered = exists().where(
            attempt.c.customer_id == event.c.customer_id,
            attempt.c.answered,
            attempt.c.started_at >= at,
            attempt.c.started_at <= at + wait,
        )
        rows = select(event.c.customer_id, func.count().label("late_replies")).where(
            event.c.kind == EventKind.ENQUIRY.value,
            at >= self.moment.start_of(self.moment.day - setting["days"] + 1),
            at < self.moment.at - wait,
            ~answered,
            within(event.c.customer_id),
        )
        return rows.group_by(event.c.customer_id).subquery("late")


def figures(row: Mapping[str, Any]) -> Figures:
    """The figures in a row of `View.select`."""
    return Figures(
        **{name: row[name] for name in _OWN},
        last_event_at=row["last_event_at"],
        first_order_on=row["first_order_on"],
        year_cents=max(row["year"], 0) // _MILLIONTHS_A_CENT,
        now={name: row[f"now_{name}"] for name in WEIGHED},
        before={name: row[f"before_{name}"] for name in WEIGHED},
        complaints_now=row["complaints_now"],
        complaints_before=row["complaints_before"],
        low_scores=row["low_nps"] + row["low_csat"],
        late_replies=row["late_replies"],
    )


def year_cents(year: ColumnElement[Any]) -> ColumnElement[Any]:
    """`Figures.year_cents` in SQL."""
    spent = cast(year, BigInteger)
    positive = case((spent > 0, spent), else_=0)
    cents: ColumnElement[Any] = positive.op("/", return_type=BigInteger())(literal(_MILLIONTHS_A_CENT))
    return cents
