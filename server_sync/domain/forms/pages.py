"""What a person filling in a form is shown: pages, questions, problems, outline, as frozen values without widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.scope import Choice


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer: the kind with its values, and the form author's own words (or an empty text)."""

    path: str
    kind: ErrorKind
    values: Mapping[str, str | int] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question as it stands.

    `path` is indexed; `data_type` that of its bind ("geotrace"); texts are in the active language with values filled
    in; `value` is canonical, "" without an answer; `guidance` is XLSForm's guidance_hint; `media` are the names of the
    files beside the label by their kind (image, big-image, audio, video); `parameters` are the control's attributes,
    such as start, end and step of a range, and `max-pixels` of a photo; `problem` tells of a wrong answer,
    never of a missing one.
    """

    path: str
    name: str
    kind: QuestionKind
    label: str
    hint: str
    guidance: str
    value: str
    required: bool
    readonly: bool
    choices: tuple[Choice, ...]
    appearance: frozenset[str]
    parameters: Mapping[str, str]
    problem: Problem | None
    data_type: str = "string"
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RepeatState:
    """The question whether there is another one: the path of the repeat below its parent, and how many there are."""

    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once: one question, the questions of a field-list, or a repeat's "another one?".

    `headings` are the labels of the groups around it, outermost first.
    """

    key: str
    headings: tuple[str, ...]
    questions: tuple[QuestionState, ...]
    repeat: RepeatState | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Page `at` of `of`, from 1; behind the last page `at` equals `of` and `done` is true."""

    at: int
    of: int
    done: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the answers are, among the questions that a person is asked now."""

    asked: int
    answered: int
    missing: int
    """Without an answer, though one is required."""
    wrong: int
    """With an answer that breaks a constraint."""


class Status(StrEnum):
    """How a question stands in the outline."""

    ANSWERED = "answered"
    OPEN = "open"
    """No answer yet, and one is required."""
    BLANK = "blank"
    """No answer, and none is required."""
    WRONG = "wrong"
    SKIPPED = "skipped"
    """Not relevant by the answers so far."""
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the list of all questions."""

    path: str
    label: str
    kind: QuestionKind
    status: Status


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that decided whether a question is asked: the other question, and its answer as the form words it."""

    path: str
    label: str
    value: str
    answer: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer.

    `accepted` is false when nothing was stored; a broken constraint is stored and reported in `problem`. `hidden` are
    answered questions that are no longer asked because of it (their answers are kept until `finalise`), `shown` those
    that now are.
    """

    accepted: bool
    value: str
    problem: Problem | None
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
