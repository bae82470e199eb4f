"""What is wrong with a plan, a form or a moment on the command line, in one sentence with its place."""

import json
from collections.abc import Mapping
from typing import Any

from server_sync.automation.definition_files import Outcome
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts import _
from server_sync.texts.problems import (
    calendar_problem,
    condition_problem,
    file_problem,
    shape_words,
    span_problem,
)

LONGEST_SHOWN = 100


def trouble(error: KnownError) -> str | None:
    """The sentence; None for an error that the server's common words tell."""
    values = error.values
    match error.kind:
        case ErrorKind.FILE_UNREADABLE:
            return _("{file} cannot be read: {problem}.").format(
                file=values["file"], problem=file_problem(values)
            )
        case ErrorKind.CALENDAR_INVALID:
            return _("The calendar is not valid at {place}: {problem}.").format(
                place=values.get("at") or values.get("timezone") or "{}",
                problem=calendar_problem(values["problem"]),
            )
        case ErrorKind.CONDITION_INVALID:
            field, problem = values.get("field", "audience"), condition_problem(values)
            place = ".".join(str(step + 1) for step in values["path"])
            if not place:
                return _("{field} is not valid: {problem}").format(field=field, problem=problem)
            return _("{field}: condition {place} is not valid: {problem}.").format(
                field=field, place=place, problem=problem
            )
        case ErrorKind.FIELD_MISSING if values.get("choices"):
            return _("{field} is missing; possible are: {choices}.").format(
                field=values["field"], choices=", ".join(values["choices"])
            )
        case ErrorKind.FIELD_INVALID if values.get("field") == "as_of":
            return _("{value} is no moment: --as-of takes 2026-11-20 or 2026-11-20T09:00.").format(
                value=shown(values["value"])
            )
        case ErrorKind.FIELD_INVALID if "plan" in values:
            return _("{plan} is {value}, and only active plans run: plan set {plan} active.").format(**values)
        case ErrorKind.FIELD_INVALID if "segment" in values:
            return _("{field}: condition {place} names the segment {segment}; there are: {known}.").format(
                field=values["field"],
                place=".".join(str(step + 1) for step in values["path"]),
                segment=shown(values["segment"]),
                known=", ".join(values["known"]) or _("none"),
            )
        case ErrorKind.FIELD_INVALID if "festival" in values:
            return _(
                "{field}: no day of the calendar is named {festival}, and the plan would never begin. There are: "
                "{known}. Name the day in the calendar, or give its days as dates."
            ).format(
                field=values["field"], festival=shown(values["festival"]), known=", ".join(values["known"])
            )
        case ErrorKind.FIELD_INVALID if values.get("choices"):
            return _("{field} is {value}; possible are: {choices}.").format(
                field=values["field"], value=shown(values.get("value")), choices=", ".join(values["choices"])
            )
        case ErrorKind.FIELD_INVALID if values.get("used_by"):
            return _(
                "{field} cannot be removed: these plans ask for it: {plans}. Nothing was changed."
            ).format(field=values["field"], plans=", ".join(values["used_by"]))
        case ErrorKind.FIELD_INVALID if values.get("known"):
            return _("{field} is not known here; known are: {known}.").format(
                field=values["field"], known=", ".join(values["known"])
            )
        case ErrorKind.FIELD_INVALID if "first" in values:
            return _("{field}: {value} is already the code of {first}.").format(**values)
        case ErrorKind.FIELD_INVALID if values.get("twice"):
            return _("{field} says {value} twice.").format(
                field=values["field"], value=shown(values["value"])
            )
        case ErrorKind.FIELD_INVALID if "least" in values:
            return _number_words(values)
        case ErrorKind.FIELD_INVALID if values.get("later"):
            return _("{field} is {value}; it must be later than the step before it.").format(**values)
        case ErrorKind.FIELD_INVALID if values.get("not_before"):
            return _("{field} is {value}; it must not be before {not_before}.").format(**values)
        case ErrorKind.FIELD_INVALID if "longest" in values:
            return _("{field} must be a text of 1 to {most} characters: {value}.").format(
                field=values["field"], value=shown(values["value"]), most=values["longest"]
            )
        case ErrorKind.FIELD_INVALID if "shape" in values:
            return _("{field} is {value}; it must be {shape}.").format(
                field=values["field"], value=_exact(values["value"]), shape=shape_words(values["shape"])
            )
        case ErrorKind.FIELD_INVALID if "most" in values:
            return _("{field} has {value} entries; it must have 1 to {most}.").format(
                field=values["field"], value=shown(values["value"]), most=values["most"]
            )
        case ErrorKind.FIELD_INVALID if values.get("value") == []:
            return _("{field} must not be empty.").format(**values)
        case ErrorKind.FIELD_INVALID if "value" in values:
            return _("{field} is not valid: {value}.").format(
                field=values["field"], value=shown(values["value"])
            )
        case ErrorKind.OUT_OF_RANGE if "least" in values:
            return _(
                "{field} is {value}, and not from {least} to {most}. Nothing was changed; with --yes it is done."
            ).format(**values)
        case ErrorKind.OUT_OF_RANGE if "field" in values:
            return _("{field} is not valid: {problem}").format(
                field=values["field"], problem=span_problem(values)
            )
    return None


def outcome_words(outcome: Outcome) -> str:
    """What storing did, in a word."""
    return {
        Outcome.CREATED: _("added"),
        Outcome.UPDATED: _("changed"),
        Outcome.UNCHANGED: _("unchanged"),
    }[outcome]


def _number_words(values: Mapping[str, Any]) -> str:
    told = {**values, "value": _exact(values["value"])}
    if values.get("decimal"):
        return _("{field} is {value}; it must be a number from {least} to {most}.").format(**told)
    return _("{field} is {value}; it must be a whole number from {least} to {most}.").format(**told)


def shown(value: Any) -> str:
    """What was given, not too long; a text as it is, anything else as JSON."""
    return _cut(value) if isinstance(value, str) and value else _exact(value)


def _exact(value: Any) -> str:
    """The same; a text in quotation marks, where something else must stand."""
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
