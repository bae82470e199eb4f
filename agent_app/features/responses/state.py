"""What the responses room shows: a form, the filters in force, the ids of its responses, one to read, an export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from agent_app.store.queries.response_list import NEWEST_FIRST, Order
from agent_app.store.queries.responses import AnsweredForm, Choices, ReadResponse, Version
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.tabulation import AnswerTable


class Span(StrEnum):
    """The period that is looked at, back from now, or from a day to a day."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    OWN = "own"


class Score(StrEnum):
    """A range of a score."""

    ALL = "all"
    CSAT_LOW = "csat_low"
    CSAT_HIGH = "csat_high"
    DETRACTORS = "detractors"
    PASSIVES = "passives"
    PROMOTERS = "promoters"


class Completeness(StrEnum):
    """Whether every question that was asked has an answer."""

    ALL = "all"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Filters:
    """What was chosen, as it is shown. Of one's own span the first and the last day, None where it is open."""

    version_id: bytes | None = None
    span: Span = Span.ALL
    since_on: date | None = None
    until_on: date | None = None
    person_id: bytes | None = None
    team_id: bytes | None = None
    completeness: Completeness = Completeness.ALL
    score: Score = Score.ALL
    flag: str = ""
    text: str = ""


@dataclass(frozen=True)
class Exporting:
    """An export on its way: `done` of `of` responses are written."""

    name: str
    done: int
    of: int


@dataclass(frozen=True)
class Reading:
    """One response to read, in the tables of the version that it was given on."""

    sheet: ReadResponse
    tables: tuple[AnswerTable, ...]


@dataclass(frozen=True)
class ResponsesState:
    """`tables` are those of the version whose questions head the columns, None until it is read; `ids` None until they
    are found."""

    forms: tuple[AnsweredForm, ...] = ()
    loaded: bool = False
    form_id: bytes | None = None
    versions: tuple[Version, ...] = ()
    choices: Choices = field(default_factory=lambda: Choices((), ()))
    filters: Filters = field(default_factory=Filters)
    order: Order = NEWEST_FIRST
    tables: tuple[AnswerTable, ...] | None = None
    ids: tuple[bytes, ...] | None = None
    reading: Reading | None = None
    exporting: Exporting | None = None
    exported: str = ""
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0

    @property
    def form(self) -> AnsweredForm | None:
        """The form that is shown."""
        return next((one for one in self.forms if one.id == self.form_id), None)
