"""What is wrong with a plan, a form or a moment on the command line, in one sentence with its place."""

from collections.abc import Sequence
from typing import Any

from server_sync.automation.definition_files import Outcome
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts import _


def trouble(error: KnownError) -> str | None:
    """The sentence; None for an error that the server's common words tell."""
    values = error.values
    match error.kind:
        case ErrorKind.FILE_UNREADABLE:
            return _("{file} cannot be read: it is not there, or is no JSON of plans.").format(**values)
        case ErrorKind.CONDITION_INVALID:
            return _("{field}: the condition at {place} is not valid: {problem}.").format(
                field=values.get("field", "audience"),
                place=".".join(str(step) for step in values["path"]) or "0",
                problem=_details(values, "problem", "of", "operator", "value", "expected", "key", "most"),
            )
        case ErrorKind.FIELD_INVALID if values.get("choices"):
            return _("{field} is {value}; possible are: {choices}.").format(
                field=values["field"], value=values.get("value"), choices=", ".join(values["choices"])
            )
        case ErrorKind.FIELD_INVALID if values.get("known"):
            return _("{field} is not known here; known are: {known}.").format(
                field=values["field"], known=", ".join(values["known"])
            )
        case ErrorKind.FIELD_INVALID if "least" in values:
            return _("{field} is {value}; it must be a whole number from {least} to {most}.").format(**values)
        case ErrorKind.FIELD_INVALID if "value" in values:
            return _("{field} is not valid: {value}.").format(field=values["field"], value=values["value"])
    return None


def outcome_words(outcome: Outcome) -> str:
    """What storing did, in a word."""
    return {
        Outcome.CREATED: _("added"),
        Outcome.UPDATED: _("changed"),
        Outcome.UNCHANGED: _("unchanged"),
    }[outcome]


def told(codes: Sequence[str], outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """What storing did with each code, printed a line each; returned as JSON."""
    both = list(zip(codes, outcomes, strict=True))
    for code, outcome in both:
        print(f"{code}\t{outcome_words(outcome)}")
    return [{"code": code, "outcome": outcome.value} for code, outcome in both]


def _details(values: dict[str, Any], *names: str) -> str:
    return " ".join(str(values[name]) for name in names if values.get(name) is not None)
