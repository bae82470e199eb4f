"""What the list of visits shows."""

from dataclasses import dataclass
from enum import StrEnum

from agent_app.store.queries.visits import Visits

NO_VISITS = Visits()


class Span(StrEnum):
    """Whose turn it is by when; what is overdue or under way is always among them."""

    TODAY = "today"
    WEEK = "week"
    ALL = "all"


@dataclass(frozen=True)
class VisitsState:
    """`chosen` is the visit whose kit is open; `nothing_left`: the next one was asked for, and there is none."""

    span: Span = Span.TODAY
    shown: Visits = NO_VISITS
    loaded: bool = False
    chosen: bytes | None = None
    nothing_left: bool = False
    now: int = 0
