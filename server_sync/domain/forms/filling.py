"""Answers given in one go, by path: what a file of answers does to a filling-in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.session import Session

_PATH = re.compile(r"(?:/[^/\[\]\s]+(?:\[[1-9][0-9]{0,4}\])?)+")
_INSTANCE = re.compile(r"\[([0-9]+)\]")


class Refusal(StrEnum):
    """Why an answer was not taken."""

    UNKNOWN_PATH = "unknown_path"
    READ_ONLY = "read_only"
    NOT_RELEVANT = "not_relevant"
    WRONG_TYPE = "wrong_type"
    NOT_OFFERED = "not_offered"
    TOO_LONG = "too_long"


_REASONS: Mapping[ErrorKind, Refusal] = {
    ErrorKind.ANSWER_UNKNOWN_QUESTION: Refusal.UNKNOWN_PATH,
    ErrorKind.ANSWER_READ_ONLY: Refusal.READ_ONLY,
    ErrorKind.ANSWER_NOT_RELEVANT: Refusal.NOT_RELEVANT,
    ErrorKind.ANSWER_WRONG_TYPE: Refusal.WRONG_TYPE,
    ErrorKind.ANSWER_OUT_OF_RANGE: Refusal.WRONG_TYPE,
    ErrorKind.ANSWER_NOT_OFFERED: Refusal.NOT_OFFERED,
    ErrorKind.ANSWER_TOO_LONG: Refusal.TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not taken: its path and value as given, the reason, and what `Problem` tells besides."""

    path: str
    value: object
    reason: Refusal
    values: Mapping[str, Any] = field(default_factory=dict)


def take_answers(session: Session, answers: Iterable[tuple[str, object]]) -> list[Refused]:
    """Give the answers in their order; those that were refused.

    An answer to the instance after the last one of a repeat makes it, unless a count rules the repeat; a refused answer
    makes none.
    """
    refused = [_take(session, path, value) for path, value in answers]
    return [one for one in refused if one is not None]


def _take(session: Session, path: str, value: object) -> Refused | None:
    known = definition_path(path)
    if not _PATH.fullmatch(path) or known not in session.form.nodes:
        return Refused(path, value, Refusal.UNKNOWN_PATH)
    if not isinstance(value, str):
        return Refused(path, value, Refusal.WRONG_TYPE, {"expected": "text"})
    made: list[str] = []
    if session.relevance(path) is None and not _make_instances(session, path, made):
        reason = _absent(session, path)
        _undo(session, made)
        return Refused(path, value, reason)
    if known not in session.form.questions:
        # A group, or what the form fills in itself.
        return Refused(path, value, Refusal.READ_ONLY)
    outcome = session.answer(path, value)
    if outcome.accepted or outcome.problem is None:
        return None
    _undo(session, made)
    return Refused(path, value, _REASONS[outcome.problem.kind], outcome.problem.values)


def _make_instances(session: Session, path: str, made: list[str]) -> bool:
    """Make the instances on the way to a path, each the next of its repeat; whether the path is there now."""
    for found in _INSTANCE.finditer(path):
        instance, series = path[: found.end()], path[: found.start()]
        if session.relevance(instance) is not None:
            continue
        number = int(found[1])
        follows = number == 1 or session.relevance(f"{series}[{number - 1}]") is not None
        if not follows or not session.add_repeat(series):
            return False
        made.append(instance)
    return session.relevance(path) is not None


def _undo(session: Session, made: list[str]) -> None:
    for instance in reversed(made):
        session.remove_repeat(instance)


def _absent(session: Session, path: str) -> Refusal:
    """Why an instance could not be made: what it stands in is not relevant, or there may be no such instance."""
    missing = path
    while (above := missing.rpartition("/")[0]) and session.relevance(above) is None:
        missing = above
    first = session.relevance(f"{missing.rpartition('[')[0]}[1]") if "[" in missing else None
    relevant = first if first is not None else session.relevance(above) is not False
    return Refusal.UNKNOWN_PATH if relevant else Refusal.NOT_RELEVANT
