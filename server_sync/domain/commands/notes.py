"""The verbs on a customer's own data: a note, a corrected field, a corrected number; calls stand in `attempts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind
from server_sync.domain.rules.merge import CORRECTABLE, Correction, Verdict, judge
from server_sync.domain.rules.permissions import may_see_customer
from server_sync.domain.rules.phone import normalise

LONGEST_TEXT = 10_000


def visible_customer(rows: Rows, actor: Actor, customer_id: bytes) -> Row | Rejected:
    """The customer, if he exists and the actor may see him; a customer out of sight is "not found", never
    "forbidden"."""
    customer = rows.get("customer", customer_id)
    if customer is None or not may_see_customer(
        actor, customer, rows.where("task", "customer_id", customer_id)
    ):
        return rejected(ErrorKind.NOT_FOUND, table="customer")
    return customer


def customer_needs(customer_id: bytes) -> tuple[Need, ...]:
    """What `visible_customer` reads."""
    return Need("customer", customer_id), Need("task", customer_id, "customer_id")


def clamp(at: int, now: int) -> int:
    """A device's time of a fact, never ahead of whoever decides (SYNC §5: clocks that run ahead are clamped)."""
    return min(at, now)


@dataclass(frozen=True)
class AddNote:
    """Write a note into the timeline."""

    name: ClassVar[str] = "add_note@1"
    activity_id: bytes
    customer_id: bytes
    text: str
    written_at: int
    task_id: bytes | None = None

    def reads(self) -> Iterable[Need]:
        return (*customer_needs(self.customer_id), Need("activity", self.activity_id))

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        customer = visible_customer(rows, actor, self.customer_id)
        if isinstance(customer, Rejected):
            return customer
        if rows.get("activity", self.activity_id) is not None:
            return rejected(ErrorKind.ALREADY_EXISTS, table="activity")
        text = self.text.strip()
        if not text:
            return rejected(ErrorKind.FIELD_MISSING, field="text")
        if len(text) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="text", most=LONGEST_TEXT)
        return Accepted(
            (
                Insert(
                    "activity",
                    {
                        "id": self.activity_id,
                        "customer_id": self.customer_id,
                        "task_id": self.task_id,
                        "person_id": actor.person_id,
                        "kind": ActivityKind.NOTE,
                        "details": {},
                        "text": text,
                        "happened_at": clamp(self.written_at, now),
                    },
                ),
            )
        )


@dataclass(frozen=True)
class CorrectCustomer:
    """Correct one field of a customer; `base` is the value that the corrector saw."""

    name: ClassVar[str] = "correct_customer@1"
    activity_id: bytes
    customer_id: bytes
    field: str
    base: str | None
    value: str | None
    corrected_at: int

    def reads(self) -> Iterable[Need]:
        return customer_needs(self.customer_id)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        customer = visible_customer(rows, actor, self.customer_id)
        if isinstance(customer, Rejected):
            return customer
        value = (self.value or "").strip() or None
        if self.field not in CORRECTABLE:
            return rejected(ErrorKind.FIELD_INVALID, field=self.field)
        if self.field == "name" and value is None:
            return rejected(ErrorKind.FIELD_MISSING, field="name")
        if value is not None and len(value) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field=self.field, most=LONGEST_TEXT)
        at = clamp(self.corrected_at, now)
        current = customer[self.field]
        stamp = customer["field_stamps"].get(self.field)
        verdict = judge(Correction(self.field, self.base, value, at), current, stamp["at"] if stamp else None)
        if verdict is Verdict.CONFLICT:
            return rejected(
                ErrorKind.FIELD_CONFLICT, field=self.field, base=self.base, mine=value, theirs=current
            )
        kept, lost = (current, value) if verdict is Verdict.THEIRS else (value, current)
        fact = Insert(
            "activity",
            {
                "id": self.activity_id,
                "customer_id": self.customer_id,
                "person_id": actor.person_id,
                "kind": ActivityKind.FIELD_CORRECTED,
                "details": {
                    "field": self.field,
                    "from": lost,
                    "to": kept,
                    "merged": verdict is not Verdict.CLEAN,
                },
                "happened_at": at,
            },
        )
        if verdict is Verdict.THEIRS:
            return Accepted((fact,), merged=(self.field,))
        stamps = {
            **customer["field_stamps"],
            self.field: {"at": at, "by": actor.person_id and actor.person_id.hex()},
        }
        update = Update("customer", self.customer_id, {self.field: value, "field_stamps": stamps})
        return Accepted((update, fact), merged=(self.field,) if verdict is Verdict.MINE else ())


@dataclass(frozen=True)
class CorrectContactPoint:
    """Correct a number or address; two different corrections of one number go to a person (SYNC §5)."""

    name: ClassVar[str] = "correct_contact_point@1"
    activity_id: bytes
    contact_point_id: bytes
    customer_id: bytes
    base: str
    value: str
    corrected_at: int

    def reads(self) -> Iterable[Need]:
        return (*customer_needs(self.customer_id), Need("contact_point", self.contact_point_id))

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        customer = visible_customer(rows, actor, self.customer_id)
        if isinstance(customer, Rejected):
            return customer
        point = rows.get("contact_point", self.contact_point_id)
        if point is None or point["customer_id"] != self.customer_id:
            return rejected(ErrorKind.NOT_FOUND, table="contact_point")
        value = self.value.strip()
        if point["kind"] in ("mobile", "landline"):
            number = normalise(value)
            if number.refusal is not None:
                return rejected(ErrorKind.FIELD_INVALID, field="number", reason=number.refusal)
            value = number.text
        elif not value:
            return rejected(ErrorKind.FIELD_MISSING, field="value")
        if point["value"] not in (self.base, value):
            return rejected(
                ErrorKind.FIELD_CONFLICT, field="number", base=self.base, mine=value, theirs=point["value"]
            )
        return Accepted(
            (
                Update("contact_point", self.contact_point_id, {"value": value, "valid": True}),
                Insert(
                    "activity",
                    {
                        "id": self.activity_id,
                        "customer_id": self.customer_id,
                        "person_id": actor.person_id,
                        "kind": ActivityKind.FIELD_CORRECTED,
                        "details": {"field": "number", "merged": False},
                        "happened_at": clamp(self.corrected_at, now),
                    },
                ),
            )
        )
