"""The fields that a condition may ask for, topic by topic: what each is made of."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from server_sync.domain.model import (
    Channel,
    CommitmentState,
    EventKind,
    Mood,
    PreferredTime,
    Purpose,
    Stage,
    TaskState,
    Tier,
    Urgency,
    attempt,
    commitment,
    consent,
    contact_point,
    contract,
    do_not_call,
    event,
    response,
    sales_order,
    task,
)
from server_sync.domain.rules.conditions.expressions import (
    Check,
    Digits,
    Fold,
    Gathered,
    Greater,
    Kept,
    Latest,
    Listed,
    Own,
)
from server_sync.domain.rules.conditions.field import Field, Stored, Topic, Unit
from server_sync.domain.rules.conditions.kinds import Asked, FieldType, InRange, IsEmpty, OneOf
from server_sync.domain.rules.dispositions import BY_CODE, Group

_TEXT, _CHOICE, _NUMBER, _DAY, _LIST = (
    FieldType.TEXT,
    FieldType.CHOICE,
    FieldType.NUMBER,
    FieldType.DAY,
    FieldType.LIST,
)
PRICE_SENSITIVITY = ("low", "medium", "high")
"""How much a customer looks at the price (M2.13)."""


def _own(name: str, topic: Topic, kind: FieldType, column: str | None = None, **more: Any) -> Field:
    """A column of the customer."""
    read = Own(column or name)
    return Field(name, topic, kind, lambda _: read, **more)


def _fixed(name: str, topic: Topic, kind: FieldType, read: Any, **more: Any) -> Field:
    """Made of the same for whatever it is asked."""
    return Field(name, topic, kind, lambda _: read, **more)


def _back(asked: Asked, column: str) -> Check:
    """Within the last days that are asked for."""
    return Check(column, asked.as_of.days_back(asked.days, 0, moments=column.endswith("_at")))


def _count(name: str, topic: Topic, table: Table, column: str, *only: Check) -> Field:
    """How many rows lie within the last days."""

    def of(asked: Asked) -> Gathered:
        return Gathered(table, Fold.COUNT, "id", (_back(asked, column), *only))

    return Field(name, topic, _NUMBER, of, unit=Unit.TIMES, windowed=True)


def _last(name: str, topic: Topic, table: Table, column: str, *only: Check) -> Field:
    stored = Stored.MOMENT if column.endswith("_at") else Stored.PLAIN
    return _fixed(name, topic, _DAY, Gathered(table, Fold.LAST, column, only), stored=stored)


def _person() -> Iterator[Field]:
    topic = Topic.PERSON
    for name in (
        "code",
        "name",
        "title",
        "segment",
        "region",
        "province",
        "city",
        "language",
        "product_line",
    ):
        yield _own(name, topic, _TEXT)
    yield _own("kind", topic, _CHOICE, choices=("person", "company"))
    yield _own("tier", topic, _CHOICE, choices=tuple(Tier))
    yield _own("team", topic, FieldType.ID, "team_id")
    yield _own("owner", topic, FieldType.ID, "owner_id")
    yield _own("tags", topic, _LIST)
    yield _own("mood", topic, _CHOICE, choices=tuple(Mood))
    yield _own("preferred_time", topic, _CHOICE, choices=tuple(PreferredTime))
    yield _own("preferred_channel", topic, _CHOICE, choices=tuple(Channel))
    yield _own("birthday_on", topic, _DAY)
    yield _fixed("birthday_month", topic, _NUMBER, Digits("birthday_on", 5, 2))
    yield _own("created_at", topic, _DAY, stored=Stored.MOMENT)
    valid = (Check("valid", OneOf((True,))),)
    yield _fixed("reached_by", topic, _LIST, Listed(contact_point, "kind", valid))


def _standing() -> Iterator[Field]:
    topic = Topic.STANDING
    yield _own("stage", topic, _CHOICE, choices=tuple(Stage))
    yield _own("segments", topic, _LIST, "segment_codes")
    for place, name in enumerate(("recency", "frequency", "money")):
        yield _fixed(f"rfm_{name}", topic, _NUMBER, Digits("rfm", place, 1), unit=Unit.POINTS)
    yield _own("activity_index", topic, _NUMBER, unit=Unit.POINTS)
    yield _own("churn_risk", topic, _NUMBER, unit=Unit.POINTS)
    yield _own("lifetime", topic, FieldType.MONEY, "lifetime_cents", stored=Stored.CENTS, unit=Unit.MONEY)
    yield _fixed("occupation", topic, _TEXT, Kept("portrait", "occupation", str))
    yield _fixed("habits", topic, _TEXT, Kept("portrait", "habits", str))
    yield _fixed("preferences", topic, _LIST, Kept("portrait", "preferences", list))
    sensitivity = Kept("portrait", "price_sensitivity", str)
    yield _fixed("price_sensitivity", topic, _CHOICE, sensitivity, choices=PRICE_SENSITIVITY)
    cycle = Kept("portrait", "purchase_cycle_days", int)
    yield _fixed("purchase_cycle_days", topic, _NUMBER, cycle, unit=Unit.DAYS)


def _orders() -> Iterator[Field]:
    topic, money = Topic.ORDERS, FieldType.MONEY
    yield _own("order_count", topic, _NUMBER, unit=Unit.TIMES)
    yield _own("spent", topic, money, "spent_cents", stored=Stored.CENTS, unit=Unit.MONEY)
    yield _own("last_order_on", topic, _DAY)
    yield _fixed("first_order_on", topic, _DAY, Gathered(sales_order, Fold.FIRST, "ordered_on"))
    yield _last("last_delivery_on", topic, sales_order, "delivered_on")
    yield _count("orders_within", topic, sales_order, "ordered_on")

    def spent(asked: Asked) -> Gathered:
        return Gathered(sales_order, Fold.SUM, "amount", (_back(asked, "ordered_on"),))

    yield Field("spent_within", topic, money, spent, stored=Stored.MILLIONTHS, unit=Unit.MONEY, windowed=True)

    def lines(asked: Asked) -> Listed:
        return Listed(sales_order, "product_line", (_back(asked, "ordered_on"),))

    yield Field("bought_lines_within", topic, _LIST, lines, windowed=True)
    yield _count("deliveries_within", topic, sales_order, "delivered_on")
    yield _count("returns_within", topic, sales_order, "returned_at")


def _contracts() -> Iterator[Field]:
    topic = Topic.CONTRACTS

    def running(asked: Asked) -> tuple[Check, ...]:
        """Not renewed yet, and not over before the day that is asked for."""
        return (
            Check("renewed_on", IsEmpty()),
            Check("expires_on", InRange(None, asked.as_of.on), negated=True),
        )

    def next_expiry(asked: Asked) -> Gathered:
        return Gathered(contract, Fold.FIRST, "expires_on", running(asked))

    def amount(asked: Asked) -> Gathered:
        return Gathered(contract, Fold.SUM, "amount", running(asked))

    def lapsed(asked: Asked) -> Gathered:
        over = (Check("renewed_on", IsEmpty()), Check("expires_on", InRange(None, asked.as_of.on)))
        return Gathered(contract, Fold.LAST, "expires_on", over)

    yield Field(
        "contract_count",
        topic,
        _NUMBER,
        lambda asked: Gathered(contract, Fold.COUNT, "id", running(asked)),
        unit=Unit.TIMES,
    )
    yield Field("contract_expires_on", topic, _DAY, next_expiry)
    yield Field("contract_lapsed_on", topic, _DAY, lapsed)
    yield Field("contract_amount", topic, FieldType.MONEY, amount, stored=Stored.MILLIONTHS, unit=Unit.MONEY)
    yield _last("contract_signed_on", topic, contract, "signed_on")
    yield Field(
        "contract_lines", topic, _LIST, lambda asked: Listed(contract, "product_line", running(asked))
    )


def _events() -> Iterator[Field]:
    for kind in EventKind:
        of_kind = Check("kind", OneOf((kind.value,)))
        yield _count(f"event_{kind}_within", Topic.EVENTS, event, "happened_at", of_kind)
        yield _last(f"event_{kind}_last_on", Topic.EVENTS, event, "happened_at", of_kind)

    def complaints(asked: Asked) -> Greater:
        """Those that other systems told of, or that were solved: each of these is verified by a task of its own."""
        verified = Check("urgency", OneOf((Urgency.COMPLAINT_VERIFICATION.value,)))
        told = Check("kind", OneOf((EventKind.COMPLAINT.value,)))
        return Greater(
            Gathered(task, Fold.COUNT, "id", (_back(asked, "created_at"), verified)),
            Gathered(event, Fold.COUNT, "id", (_back(asked, "happened_at"), told)),
        )

    yield Field("complaints_within", Topic.EVENTS, _NUMBER, complaints, unit=Unit.TIMES, windowed=True)


def _contacts() -> Iterator[Field]:
    topic = Topic.CONTACTS
    yield _own("last_contact_at", topic, _DAY, stored=Stored.MOMENT)
    yield _own("next_contact_at", topic, _DAY, stored=Stored.MOMENT)
    open_task = Check("state", OneOf((TaskState.OPEN.value, TaskState.ACCEPTED.value)))
    yield _fixed(
        "open_task_count", topic, _NUMBER, Gathered(task, Fold.COUNT, "id", (open_task,)), unit=Unit.TIMES
    )
    done = Check("state", OneOf((TaskState.DONE.value,)))
    yield _count("tasks_done_within", topic, task, "done_at", done)
    yield _count("attempts_within", topic, attempt, "started_at")
    yield _count("contacts_within", topic, attempt, "started_at", Check("answered", OneOf((True,))))
    refused = Check("disposition_group", OneOf((Group.REFUSAL.value,)))
    yield _count("refusals_within", topic, attempt, "started_at", refused)
    yield _last("last_attempt_on", topic, attempt, "started_at")
    disposed = (Check("disposition", IsEmpty(), negated=True),)
    last = Latest(attempt, "disposition", "started_at", disposed)
    yield _fixed("last_disposition", topic, _CHOICE, last, choices=tuple(BY_CODE))
    open_promise = Check("state", OneOf((CommitmentState.OPEN.value,)))
    yield _fixed(
        "open_commitments",
        topic,
        _NUMBER,
        Gathered(commitment, Fold.COUNT, "id", (open_promise,)),
        unit=Unit.TIMES,
    )

    def overdue(asked: Asked) -> Gathered:
        """Due before the day that is asked for."""
        before = Check("due_at", InRange(None, asked.as_of.moment(asked.as_of.day)))
        return Gathered(commitment, Fold.COUNT, "id", (open_promise, before))

    yield Field("overdue_commitments", topic, _NUMBER, overdue, unit=Unit.TIMES)


def _answers() -> Iterator[Field]:
    topic = Topic.ANSWERS
    standing = Check("replaced_by_id", IsEmpty())  # a correction stands for what it replaces
    yield _count("responses_within", topic, response, "recorded_at", standing)
    for name in ("csat", "nps"):
        given = Check(name, IsEmpty(), negated=True)
        last = Latest(response, name, "recorded_at", (standing, given))
        yield _fixed(f"last_{name}", topic, _NUMBER, last, unit=Unit.POINTS)
        yield _mean(name, standing)

    def answer(asked: Asked) -> Latest:
        return Latest(response, "answers", "recorded_at", (standing,), asked.question)

    yield Field("answer", topic, _TEXT, answer, asks=True)


def _mean(name: str, standing: Check) -> Field:
    def of(asked: Asked) -> Gathered:
        return Gathered(response, Fold.MEAN, name, (_back(asked, "recorded_at"), standing))

    return Field(
        f"mean_{name}_within",
        Topic.ANSWERS,
        FieldType.DECIMAL,
        of,
        stored=Stored.MILLIONTHS,
        unit=Unit.POINTS,
        windowed=True,
    )


def _permission() -> Iterator[Field]:
    topic = Topic.PERMISSION

    def blocked(asked: Asked) -> Listed:
        end = asked.as_of.moment(asked.as_of.day + 1)
        return Listed(do_not_call, "scope", (Check("cleared_at", InRange(None, end), negated=True),))

    yield Field(
        "do_not_call", topic, _LIST, blocked, choices=("all", *(purpose.value for purpose in Purpose))
    )
    given = (Check("granted", OneOf((True,))), Check("withdrawn_at", IsEmpty()))
    purposes = tuple(purpose.value for purpose in Purpose)
    yield _fixed("consented_to", topic, _LIST, Listed(consent, "purpose", given), choices=purposes)
    withdrawn = (Check("withdrawn_at", IsEmpty(), negated=True),)
    yield _fixed("consent_withdrawn", topic, _LIST, Listed(consent, "purpose", withdrawn), choices=purposes)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for topic in (_person, _standing, _orders, _contracts, _events, _contacts, _answers, _permission)
    for field in topic()
}
