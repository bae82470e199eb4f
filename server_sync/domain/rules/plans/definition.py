"""A plan's whole definition as JSON, checked on both ends, each fault named with its place; storing is done above."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Channel, PlanState, Purpose, Trigger, Urgency
from server_sync.domain.rules.conditions import EVERYONE
from server_sync.domain.rules.definition_audience import audience_of
from server_sync.domain.rules.definition_fields import (
    LONGEST_NAME,
    LONGEST_TAG,
    Fields,
    checked,
    looked_at,
    placed,
)
from server_sync.domain.rules.dialling_modes import LEAST_SECONDS, MOST_SECONDS, DiallingMode
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.plans.params import MOST_DAYS, params_of
from server_sync.domain.rules.working_calendar import WorkingCalendar
from server_sync.domain.rules.working_time import Span, WorkingTime

STATES = (PlanState.DRAFT.value, PlanState.ACTIVE.value, PlanState.PAUSED.value)
"""What a definition may say of the state; a plan ends by its run or by hand."""
LONGEST_DESCRIPTION = 2_000
MOST_TAGS = 10
MOST_SKILLS = 20
MOST_STEPS = 12
MOST_UNASKED = 10_000
"""So many tasks a run makes for one plan without being told that this is meant."""
_KEYS = (
    *("assignment", "audience", "available_after", "channel", "code", "control_percent", "description"),
    *("dialling", "due_within", "ends_on", "form", "goal", "label", "name", "params", "priority", "purpose"),
    *("source", "starts_on", "state", "steps", "tags", "trigger", "urgency"),
)
MOST_CONFIRMED = 10_000_000
_GROWN = 4
"""By a fourth more than was confirmed still is what was meant."""
_WEEK = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")} | {"sat": [], "sun": []}
_ANY_WEEK = WorkingTime(WorkingCalendar.from_json({"timezone": "Asia/Shanghai", "week": _WEEK}))
"""Spans of different units are held against each other in an ordinary week."""


def most_tasks(unasked: int, confirmed: int | None) -> int:
    """How many tasks a run may make for a plan: `unasked`, or what somebody `confirmed` and what that has grown by
    since, such as by the customers of a day."""
    return unasked if confirmed is None else max(unasked, confirmed + confirmed // _GROWN)


class To(StrEnum):
    """Whom a plan's tasks are for (`plan.assignment`, key "to")."""

    BALANCED = "balanced"
    """The customer's own agent, else who costs least."""
    OWNER = "owner"
    """The customer's own agent and nobody else."""
    POOL = "pool"
    """Nobody: the team's agents pull it."""
    LEAD = "lead"
    """The team's supervisor."""
    PERSON = "person"
    """One named person."""


@dataclass(frozen=True)
class PlanDefinition:
    """A checked plan: `values` are columns of `plan`; `form` and `goal`: their codes; `state` None: as it is, or
    active."""

    code: str
    values: Mapping[str, Any]
    form: str | None
    goal: str | None
    state: str | None

    @property
    def forms(self) -> list[str]:
        """The codes of all guides that it needs, its steps' included."""
        return [code for code in (self.form, *(step["form"] for step in self.values["steps"])) if code]


def checked_definition(item: Mapping[str, Any]) -> PlanDefinition:
    """The plan of one object, with all that it leaves out.

    It has "code", "name", "label", "purpose", "trigger", "params", "due_within" and may have "audience" (everyone),
    "channel" (phone), "form" (none), "priority" (50), "urgency" (normal), "source", "state", "description", "goal",
    "starts_on", "ends_on", "available_after", "steps", "control_percent" (0), "assignment", "tags", "dialling".

    Raises KnownError FIELD_MISSING {field}, FIELD_INVALID {field, value, choices | known | least, most | not_before},
    CONDITION_INVALID (with `field`), OUT_OF_RANGE (with `field`); `field` starts with the plan's code.
    """
    return checked(item, "plan", _read)


def looked_at_plan(item: Any) -> tuple[PlanDefinition | None, list[Placed]]:
    """All that is wrong with the definition of one object, and what it comes to with something sound in its place."""
    return looked_at(item, "plan", _read)


def _read(given: Fields, code: str) -> PlanDefinition:
    given.only(*_KEYS)
    trigger = Trigger(given.choice("trigger", tuple(Trigger)))
    nothing: dict[str, Any] = {}
    values = {
        "code": code,
        "name": given.text("name", LONGEST_NAME),
        "label": given.text("label", LONGEST_NAME),
        "purpose": given.choice("purpose", tuple(Purpose)),
        "channel": given.choice("channel", tuple(Channel), Channel.PHONE.value),
        "trigger": trigger.value,
        "params": given.attempt(lambda: _params(given, trigger), nothing),
        "audience": given.attempt(lambda: audience_of(given, asks_segments=True), EVERYONE),
        "due_within": _span(given, "due_within"),
        "priority": given.whole("priority", 0, 100, 50),
        "urgency": given.choice("urgency", tuple(Urgency), Urgency.NORMAL.value),
        "source": given.text_or_none("source", LONGEST_NAME),
        "description": given.text_or_none("description", LONGEST_DESCRIPTION),
        "starts_on": given.day("starts_on"),
        "ends_on": given.attempt(lambda: _ends_on(given), None),
        "available_after": _span(given, "available_after") if given.has("available_after") else None,
        "steps": _steps(given),
        "control_percent": given.whole("control_percent", 0, 100, 0),
        "assignment": given.attempt(lambda: _assignment(given.object("assignment")), nothing),
        "tags": given.texts("tags", MOST_TAGS, LONGEST_TAG),
        "dialling": given.attempt(lambda: _dialling(given), None),
    }
    of_form = given.text_or_none("form", LONGEST_NAME)
    goal = given.text_or_none("goal", LONGEST_NAME)
    state = given.choice("state", STATES) if given.has("state") else None
    return PlanDefinition(code, values, of_form, goal, state)


def _params(given: Fields, trigger: Trigger) -> dict[str, Any]:
    given.needed("params")
    return {} if given.refused("trigger", "params") else params_of(trigger, given.object("params"))


def _ends_on(given: Fields) -> str | None:
    starts_on, ends_on = given.day("starts_on"), given.day("ends_on")
    if given.refused("starts_on", "ends_on"):
        return None
    if starts_on and ends_on and day_number(ends_on) < day_number(starts_on):
        given.refuse("ends_on", value=ends_on, not_before=starts_on)
    return ends_on


def _steps(given: Fields) -> list[dict[str, Any]]:
    """What follows, each from the same moment as the first contact, and so each later than the one before: a sequence
    cannot come back to where it was."""
    steps: list[dict[str, Any]] = []
    begins_later = given.has("available_after") and not given.refused("available_after")
    last = _length(given.span("available_after")) if begins_later else 0
    for step in given.objects("steps", MOST_STEPS):
        after = _span(step, "after")
        if not step.refused("after"):
            length = _length(after)
            if length <= last:
                late = f"{after['amount']} {after['unit']}"
                step.attempt(partial(step.refuse, "after", value=late, later=True), None)
            last = length
        steps.append(
            {
                "after": after,
                "label": step.text("label", LONGEST_NAME),
                "form": step.text_or_none("form", LONGEST_NAME),
                "due_within": _span(step, "due_within"),
            }
        )
        step.finish()
    if given.refused(*(f"steps.{number}" for number in range(1, MOST_STEPS + 1))):
        return []  # what is no object has no place here, and the numbers of the others would be wrong
    return steps


def _span(given: Fields, key: str) -> dict[str, Any]:
    """A span that also ends somewhere when it is counted in working time."""
    return given.attempt(lambda: _ending_span(given, key), {"amount": 1, "unit": "working_hours"})


def _ending_span(given: Fields, key: str) -> dict[str, Any]:
    """As long as no company's hours can carry it out of all reach: one plan would stop the run of all."""
    span = given.span(key)
    try:
        if _length(span) > MOST_DAYS * DAY:
            raise KnownError(ErrorKind.OUT_OF_RANGE, most_days=MOST_DAYS)
    except KnownError as error:
        raise placed(error, given.place(key)) from error
    return span


def _length(span: Mapping[str, Any]) -> int:
    """How long a span is from a Monday's opening on, ms."""
    return _ANY_WEEK.add(_MONDAY, Span.from_json(span)) - _MONDAY


_MONDAY = _ANY_WEEK.open_spans(day_number("2000-01-03"))[0][0]


def _assignment(given: Fields) -> dict[str, Any]:
    """{"to", "person", "skills"}: all may be left out."""
    found: dict[str, Any] = {}
    if given.has("to"):
        found["to"] = given.choice("to", tuple(To))
    if found.get("to") == To.PERSON:
        found["person"] = given.text("person", LONGEST_NAME)
    if given.has("skills"):
        found["skills"] = given.texts("skills", MOST_SKILLS, LONGEST_NAME)
    given.finish("to")
    return found


def _dialling(plan: Fields) -> dict[str, Any] | None:
    if not plan.has("dialling"):
        return None
    given = plan.object("dialling")
    found: dict[str, Any] = {"mode": given.choice("mode", tuple(DiallingMode))}
    if given.has("seconds"):
        found["seconds"] = given.whole("seconds", LEAST_SECONDS, MOST_SECONDS)
    given.finish()
    return found
