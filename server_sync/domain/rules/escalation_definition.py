"""A ladder's definition as JSON, checked on both ends, each fault named with its place (M3.5, M3.6)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Purpose, ReminderMeans, Tier, Urgency
from server_sync.domain.rules.definition_fields import (
    LONGEST_CODE,
    LONGEST_NAME,
    Fields,
    checked,
    looked_at,
)
from server_sync.domain.rules.escalation import Basis, Subject, While
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.segment_definition import MOST_POSITION
from server_sync.domain.rules.working_time import Unit

MOST_STEPS = 20
MOST_PLANS = 100
LONGEST_STEP_DAYS = 3_660
"""Ten years; what is longer cannot be reckoned by every clock."""
_KEYS = ("active", "applies_to", "code", "name", "position", "source", "steps")
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "urgencies": tuple(Urgency),
    "tiers": tuple(Tier),
    "purposes": tuple(Purpose),
}


def checked_policy(item: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `escalation_policy` that an object says, with all that it leaves out.

    It has "code", "name", "steps" [{"after", "means", "basis" (created), "while" (open)}], where "before" instead of
    "after" counts back from when it is due, and may have "applies_to" {"subject" (task), "urgencies", "tiers",
    "purposes", "plans"}, "position" (0), "active" (true), "source".

    Raises KnownError FIELD_MISSING {field}, FIELD_INVALID {field, …}, OUT_OF_RANGE {field, …}.
    """
    return checked(item, "ladder", _read)


def looked_at_policy(item: Any) -> tuple[dict[str, Any] | None, list[Placed]]:
    """All that is wrong with the definition of one object, and what it comes to with something sound in its place."""
    return looked_at(item, "ladder", _read)


def _read(given: Fields, code: str) -> dict[str, Any]:
    given.only(*_KEYS)
    anything: dict[str, Any] = {}
    no_steps: list[dict[str, Any]] = []
    return {
        "code": code,
        "name": given.text("name", LONGEST_NAME),
        "applies_to": given.attempt(lambda: _applies_to(given.object("applies_to")), anything),
        "steps": given.attempt(lambda: _steps(given), no_steps),
        "position": given.whole("position", 0, MOST_POSITION, 0),
        "active": given.flag("active") if given.has("active") else True,
        "source": given.text_or_none("source", LONGEST_NAME),
    }


def _steps(given: Fields) -> list[dict[str, Any]]:
    if given.value("steps") == []:
        given.refuse("steps", value=[])
    return [_step(one) for one in given.objects("steps", MOST_STEPS)]


def _applies_to(given: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {"subject": given.choice("subject", tuple(Subject), Subject.TASK)}
    for key, known in _KNOWN.items():
        if given.has(key):
            found[key] = _some_of(given, key, known)
    if given.has("plans"):
        found["plans"] = given.texts("plans", MOST_PLANS, LONGEST_CODE)
    given.finish()
    return found


def _step(given: Fields) -> dict[str, Any]:
    before = given.has("before")
    found = {
        **(_before(given) if before else _after(given)),
        "while": given.choice("while", tuple(While), While.OPEN),
        "means": _some_of(given, "means", tuple(ReminderMeans)),
    }
    given.finish()
    return found


def _after(given: Fields) -> dict[str, Any]:
    return {
        "basis": given.choice("basis", tuple(Basis), Basis.CREATED),
        "after": _span(given, "after"),
    }


def _before(given: Fields) -> dict[str, Any]:
    """A span back from when it is due, so that no other basis fits."""
    return {
        "basis": given.choice("basis", (Basis.DUE,), Basis.DUE),
        "before": _span(given, "before"),
    }


def _span(given: Fields, key: str) -> dict[str, Any]:
    found = given.span(key)
    unit, amount = Unit(found["unit"]), Decimal(str(found["amount"]))
    most = LONGEST_STEP_DAYS if unit.in_days else LONGEST_STEP_DAYS * 24
    if amount > most:
        values = {"amount": str(amount), "unit": unit.value, "most": most}
        given.add(KnownError(ErrorKind.OUT_OF_RANGE, field=given.place(key), **values))
    return found


def _some_of(given: Fields, key: str, known: tuple[str, ...]) -> list[str]:
    """One or more of the known words."""
    return given.attempt(lambda: _known_words(given, key, known), [])


def _known_words(given: Fields, key: str, known: tuple[str, ...]) -> list[str]:
    given.value(key)
    words = given.texts(key, len(known), LONGEST_CODE)
    wrong = next((word for word in words if word not in known), None)
    if not given.refused(key) and (wrong is not None or not words):
        given.refuse(key, value=wrong if words else [], choices=[str(word) for word in known])
    return words
