"""What the room of the calendar shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.store.queries.calendars import Subject
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.reason import Reason

WEEK = 7


class DayKind(StrEnum):
    """What a day is to those who work by this calendar."""

    WORKING = "working"
    REST = "rest"
    """Closed, as its weekday is."""
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    """调休: worked, though its weekday is closed."""
    OWN = "own"
    """Other hours than its weekday has, on this day alone."""


class DayChoice(StrEnum):
    """What may be said of one day."""

    USUAL = "usual"
    """As the calendar above says: the weekday for the company, the company's day for a team or person."""
    CLOSED = "closed"
    WORKING = "working"
    """Worked as an ordinary weekday is."""
    HOURS = "hours"


@dataclass(frozen=True)
class DayCell:
    """One day of the month's page. `hours` as they are read; `provisional`: the year's official days are not out."""

    on: str
    in_month: bool
    kind: DayKind
    hours: str
    name: str
    provisional: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong with what was typed; `place` is "day", "trial" or a weekday of the week."""

    place: str
    kind: ErrorKind
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Trial:
    """A sum tried out: from `start_at` so much of a unit later is `end_at`, by these steps (ms)."""

    start_at: int
    end_at: int
    steps: tuple[Reason, ...]


@dataclass(frozen=True)
class CalendarState:
    """`week` are the typed hours from Monday on; `week_is_own` whether this subject has a week of its own; `offered`
    are the choices for the selected day and `choice` the one in force; `month` as "2026-11"."""

    subjects: tuple[Subject, ...] = ()
    subject: Subject | None = None
    week: tuple[str, ...] = ("",) * WEEK
    week_is_own: bool = False
    timezone: str = ""
    month: str = ""
    cells: tuple[DayCell, ...] = ()
    selected: str = ""
    offered: tuple[DayChoice, ...] = ()
    choice: DayChoice = DayChoice.USUAL
    today: str = ""
    fault: Fault | None = None
    trial: Trial | None = None
    saved: bool = False
    now: int = 0
    inherited: tuple[str, ...] = field(default=("",) * WEEK)
    """The week that applies while there is none of its own."""

    @property
    def day(self) -> DayCell | None:
        """The selected day, while its month is shown."""
        return next((cell for cell in self.cells if cell.on == self.selected), None)
