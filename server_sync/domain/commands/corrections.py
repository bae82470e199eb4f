"""The verbs that change a customer's own data: a corrected field, a corrected number, a tag put on or taken off; whose
value stands is `rules.merge`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

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
from server_sync.domain.commands.facts import LONGEST_TEXT, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, Mood, PreferredTime
from server_sync.domain.rules.local_time import day_number, iso_day
from server_sync.domain.rules.merge import (
    CORRECTABLE,
    TAGS,
    Correction,
    Verdict,
    behind,
    changed_since,
    judge,
    stamped,
)
from server_sync.domain.rules.permissions import leads
from server_sync.domain.rules.phone import normalise

LONGEST_FIELD = 500
"""Characters of a customer's field or contact point."""
LONGEST_TAG = 30
MOST_TAGS = 50
REQUIRED = ("name", "language")
CHOICES: Mapping[str, tuple[str, ...]] = {"mood": tuple(Mood), "preferred_time": tuple(PreferredTime)}


@dataclass(frozen=True)
class CorrectCustomer(OnCustomer):
    """Correct one field of a customer; `base` is the value that the corrector saw, `seen_rev` the version of the row,
    `corrected_at` a stamp behind all that he saw (`merge.behind`)."""

    name: ClassVar[str] = "correct_customer@1"
    activity_id: bytes
    customer_id: bytes
    field: str
    base: str | None
    value: str | None
    corrected_at: int
    seen_rev: int | None = None

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        value = (self.value or "").strip() or None
        refusal = self._refusal(value)
        if refusal is not None:
            return refusal
        at, current = stamped(self.corrected_at, now), customer[self.field]
        stamp = customer["field_stamps"].get(self.field)
        current_at = stamp["at"] if stamp else None
        verdict = judge(Correction(self.field, self.base, value, at), current, current_at)
        told = {"field": self.field, "base": self.base, "mine": value, "theirs": current, **_whose(stamp)}
        if verdict is Verdict.CONFLICT:
            return rejected(ErrorKind.FIELD_CONFLICT, **told)
        kept, lost = (current, value) if verdict is Verdict.THEIRS else (value, current)
        clean = verdict is Verdict.CLEAN
        others = _others(customer, actor, self.field, self.seen_rev)
        details = {"field": self.field, "from": lost, "to": kept, "merged": not clean or bool(others)}
        happened_at = clamp(self.corrected_at, now)
        fact = _fact(self.activity_id, self.customer_id, actor, details | others, happened_at)
        values = {} if clean else told | {"stands": verdict.value}
        merged = () if clean else (self.field,)
        if verdict is Verdict.THEIRS:
            return Accepted((fact,), merged, values)
        if clean:
            at = behind(at, current_at)
        stamps = _stamps(customer, self.field, at, actor)
        update = Update("customer", self.customer_id, {self.field: value, "field_stamps": stamps})
        return Accepted((update, fact), merged, values)

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


@dataclass(frozen=True)
class CorrectContactPoint(OnCustomer):
    """Correct a number or address; two different corrections of one number go to a person (SYNC §5), and until he has
    decided only a lead corrects it."""

    name: ClassVar[str] = "correct_contact_point@1"
    activity_id: bytes
    contact_point_id: bytes
    customer_id: bytes
    base: str
    value: str
    corrected_at: int

    def reads_besides(self) -> Iterable[Need]:
        return (Need("contact_point", self.contact_point_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
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
        current = point["value"]
        if current not in (self.base, value):
            told = {"base": self.base, "mine": value, "theirs": current, **_whose(point["stamp"])}
            return rejected(ErrorKind.FIELD_CONFLICT, field="number", **told)
        if point["disputed_at"] is not None and value != current and not leads(actor, customer["team_id"]):
            return rejected(ErrorKind.NUMBER_DISPUTED, since=point["disputed_at"])
        at = clamp(self.corrected_at, now)
        stamp = {"at": at, "by": actor.person_id and actor.person_id.hex()}
        update = Update(
            "contact_point", self.contact_point_id, {"value": value, "valid": True, "stamp": stamp}
        )
        details = {"field": "number", "merged": False}
        return Accepted((update, _fact(self.activity_id, self.customer_id, actor, details, at)))


@dataclass(frozen=True)
class _OnTag(OnCustomer):
    """A change of a customer's tags. They never conflict (SYNC §5: add and remove)."""

    activity_id: bytes
    customer_id: bytes
    tag: str
    changed_at: int
    seen_rev: int | None = None

    def _changed(
        self, customer: Row, actor: Actor, now: int, tags: list[str], change: Mapping[str, str | None]
    ) -> Accepted:
        """The customer with these tags, and the timeline's row of the change."""
        stamp = customer["field_stamps"].get(TAGS)
        at = behind(stamped(self.changed_at, now), stamp["at"] if stamp else None)
        others = _others(customer, actor, TAGS, self.seen_rev)
        details = {"field": TAGS, **change, "merged": bool(others), **others}
        values = {"tags": tags, "field_stamps": _stamps(customer, TAGS, at, actor)}
        fact = _fact(self.activity_id, self.customer_id, actor, details, clamp(self.changed_at, now))
        return Accepted((Update("customer", self.customer_id, values), fact))


@dataclass(frozen=True)
class AddTag(_OnTag):
    """Put a tag on a customer; one that he has stays as it is."""

    name: ClassVar[str] = "add_tag@1"

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        tag = self.tag.strip()
        if not tag:
            return rejected(ErrorKind.FIELD_MISSING, field=TAGS)
        if len(tag) > LONGEST_TAG:
            return rejected(ErrorKind.FIELD_INVALID, field=TAGS, most=LONGEST_TAG)
        if tag in customer["tags"]:
            return Accepted(())
        if len(customer["tags"]) >= MOST_TAGS:
            return rejected(ErrorKind.FIELD_INVALID, field=TAGS, most=MOST_TAGS)
        return self._changed(customer, actor, now, [*customer["tags"], tag], {"from": None, "to": tag})


@dataclass(frozen=True)
class RemoveTag(_OnTag):
    """Take a tag off a customer; one that he does not have is off already."""

    name: ClassVar[str] = "remove_tag@1"

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if self.tag not in customer["tags"]:
            return Accepted(())
        tags = [tag for tag in customer["tags"] if tag != self.tag]
        return self._changed(customer, actor, now, tags, {"from": self.tag, "to": None})


def _stamps(customer: Row, field: str, at: int, actor: Actor) -> dict[str, Any]:
    """The customer's stamps with one more."""
    stamp = {"at": at, "by": actor.person_id and actor.person_id.hex(), "rev": customer["rev"] + 1}
    return {**customer["field_stamps"], field: stamp}


def _whose(stamp: Mapping[str, Any] | None) -> dict[str, Any]:
    """Who set the value that stands, and when, as far as it is known."""
    return {} if stamp is None else {"by": stamp["by"], "at": stamp["at"]}


def _others(customer: Row, actor: Actor, field: str, seen_rev: int | None) -> dict[str, list[str]]:
    """With which other fields, changed by somebody else meanwhile, this one was merged."""
    person = None if actor.person_id is None else actor.person_id.hex()
    others = changed_since(customer["field_stamps"], seen_rev, field, person)
    return {"with": list(others)} if others else {}


def _fact(
    activity_id: bytes, customer_id: bytes, actor: Actor, details: Mapping[str, Any], happened_at: int
) -> Insert:
    row = {
        "id": activity_id,
        "customer_id": customer_id,
        "person_id": actor.person_id,
        "kind": ActivityKind.FIELD_CORRECTED,
        "details": dict(details),
        "happened_at": happened_at,
    }
    return Insert("activity", row)


def _is_day(text: str) -> bool:
    try:
        return iso_day(day_number(text)) == text
    except ValueError:
        return False
