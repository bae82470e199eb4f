"""What the team's columns show, apart from the rows of the list of tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.actions.tasks import Move
from agent_app.store.queries.goals import Goal
from agent_app.store.queries.roster import RosterWeek
from agent_app.store.queries.task_list import Movable, Order, TaskFilter
from agent_app.store.queries.task_parts import Period
from agent_app.store.queries.team import Member, TeamSheet
from server_sync.domain.errors import ErrorKind


class Span(StrEnum):
    """The period that is looked at, around now."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


class Breakdown(StrEnum):
    """By what the lying bars are made."""

    PLAN = "plan"
    RESULT = "result"


class Entry(StrEnum):
    """What the list column offers before the members."""

    ALL = "all"
    OVERDUE = "overdue"
    NOBODYS = "nobodys"


@dataclass(frozen=True)
class TeamState:
    """`chosen` is the entry or person chosen in the list; of a person, `sheet.shown` holds his figures."""

    span: Span = Span.TODAY
    breakdown: Breakdown = Breakdown.PLAN
    chosen: Entry | bytes = Entry.ALL
    period: Period = field(default_factory=lambda: Period(0, 0))
    sheet: TeamSheet | None = None
    goals: tuple[Goal, ...] = ()
    read_at: int = 0

    @property
    def person_id(self) -> bytes | None:
        """Whose figures are shown; None: the whole team's."""
        return self.chosen if isinstance(self.chosen, bytes) else None

    @property
    def member(self) -> Member | None:
        """The person whose figures are shown."""
        members = self.sheet.members if self.sheet is not None else ()
        return next((one for one in members if one.person_id == self.chosen), None)


@dataclass(frozen=True)
class Giving:
    """Tasks about to be given to somebody: those that can be, how many of the chosen cannot, and who may get them."""

    tasks: tuple[Movable, ...]
    closed: int
    candidates: tuple[Member, ...]


@dataclass(frozen=True)
class Balance:
    """How the team's load would be evened out: the moves, and by giver and taker how many."""

    moves: tuple[Move, ...]
    counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Refused:
    """A task that could not be given: whose (masked), and why."""

    task_id: bytes
    name: str
    kind: ErrorKind
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """Tasks that were given to a person (`name`) or, None, to the pool, or (`evened`) to several; `back` are their
    former owners, if there is a way back for all of them."""

    count: int
    name: str | None
    back: tuple[Move, ...]
    evened: bool = False


@dataclass(frozen=True)
class DrillState:
    """The list of the tasks behind a figure; without a filter it is closed."""

    wanted: TaskFilter | None = None
    member: str | None = None
    """The name of the person whose tasks they are."""
    plan: str | None = None
    ids: tuple[bytes, ...] = ()
    loaded: bool = False
    order: Order = Order.DUE
    descending: bool = False
    giving: Giving | None = None
    balance: Balance | None = None
    """How the load would be evened out; without moves it is even."""
    busy: bool = False
    progress: tuple[int, int] | None = None
    """Of many tasks on their way, how many have been dealt with."""
    refused: tuple[Refused, ...] = ()
    """What could not be given, when only some could."""
    stopped: int = 0
    """How many were left where they are, because one stopped."""
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    too_many: int = 0
    """How many were chosen, when they were more than can be given at once."""
    all_closed: bool = False
    """None of the chosen tasks is open any more."""


class Brush(StrEnum):
    """What a press on a day of the roster sets."""

    LEAVE = "leave"
    WORK = "work"
    CLEAR = "clear"


@dataclass(frozen=True)
class RosterState:
    """The roster of a week (`monday`, days since the epoch); without one it is closed."""

    monday: int | None = None
    today: int = 0
    week: RosterWeek | None = None
    brush: Brush = Brush.LEAVE
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
