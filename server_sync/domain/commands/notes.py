"""The verbs on a customer's own data: a note, a corrected field, a corrected number; calls stand in `attempts`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.clock import DAY
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
from server_sync.domain.model import ActivityKind, Mood, PreferredTime
from server_sync.domain.rules.local_time import day_number, iso_day
from server_sync.domain.rules.merge import CORRECTABLE, Correction, Verdict, judge
from server_sync.domain.rules.permissions import may_see_customer
from server_sync.domain.rules.phone import normalise

LONGEST_TEXT = 10_000
"""Characters of what a person writes."""
LONGEST_FIELD = 500
"""Characters of a customer's field or contact point."""
LONGEST_OFFLINE = 90 * DAY
"""As long as tombstones are kept (SYNC E3): what a desk did is not older when it arrives."""
REQUIRED = ("name", "language")
CHOICES: Mapping[str, tuple[str, ...]] = {"mood": tuple(Mood), "preferred_time": tuple(PreferredTime)}


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
    """A device's time of a fact, as far as it can be: never ahead of whoever decides (SYNC §5: clocks that run ahead
    are clamped), nor before the longest time that a desk may be away."""
    return max(min(at, now), now - LONGEST_OFFLINE)


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
        tasks = rows.where("task", "customer_id", self.customer_id)
        if self.task_id is not None and self.task_id not in [task["id"] for task in tasks]:
            return rejected(ErrorKind.NOT_FOUND, table="task")
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
        refusal = self._refusal(value)
        if refusal is not None:
            return refusal
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

    def _refusal(self, value: str | None) -> Rejected | None:
        """Why the field cannot have this value."""
        if self.field not in CORRECTABLE:
            return rejected(ErrorKind.FIELD_INVALID, field=self.field[:LONGEST_FIELD])
        if value is None:
            return rejected(ErrorKind.FIELD_MISSING, field=self.field) if self.field in REQUIRED else None
        most = LONGEST_TEXT if self.field == "note" else LONGEST_FIELD
        if len(value) > most:
            return rejected(ErrorKind.FIELD_INVALID, field=self.field, most=most)
        unknown = self.field in CHOICES and value not in CHOICES[self.field]
        if unknown or (self.field.endswith("_on") and not _is_day(value)):
            return rejected(ErrorKind.FIELD_INVALID, field=self.field)
        return None


def _is_day(text: str) -> bool:
    try:
        return iso_day(day_number(text)) == text
    except ValueError:
        return False


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
        elif len(value) > LONGEST_FIELD:
            return rejected(ErrorKind.FIELD_INVALID, field="value", most=LONGEST_FIELD)
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
