"""What a condition builder shows, as plain values: the lines, what is wrong with them, and how many they hold for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from agent_app.ui.conditions.lines import GroupLine
from server_sync.domain.errors import ErrorKind


@dataclass(frozen=True, slots=True)
class Fault:
    """What the domain says against a line: a problem of `conditions.parse` and its values."""

    problem: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionState:
    """`tree` is the JSON to save or to count by, None while anything is wrong. `current` is the id of the line that is
    being looked at."""

    root: GroupLine
    current: int
    faults: Mapping[int, Fault]
    tree: Mapping[str, Any] | None
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the company has, for fields whose values the domain does not list: (value, name) pairs by field ("team" and
    "owner" by 32 hexadecimal digits, "segments" by code, "tags"); under "answer" the questions by their path."""

    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def of(self, field_name: str) -> Sequence[tuple[str, str]]:
        """Those of a field; none if nobody knows any."""
        return self.choices.get(field_name, ())


NOTHING_KNOWN = Known()


class CountStage(Enum):
    """How far the count of a tree is."""

    IDLE = auto()
    """Nobody asked yet."""
    RUNNING = auto()
    """Being counted; what stands there is of a tree before."""
    COUNTED = auto()
    STALE = auto()
    """Of a tree before this one, which cannot be counted as it stands."""
    OFFLINE = auto()
    """The server cannot be reached; what stands there is of a tree before."""
    FAILED = auto()
    """The server did not give a count; it may be asked again."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A customer of the sample; the name as it may be shown."""

    code: str
    name: str
    tier: str
    city: str | None = None
    last_contact_at: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many customers a tree holds for (None: not known), `about` if that is an estimate, and some of them; when
    it FAILED, why."""

    stage: CountStage = CountStage.IDLE
    number: int | None = None
    about: bool = False
    sample: tuple[Sample, ...] = ()
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
