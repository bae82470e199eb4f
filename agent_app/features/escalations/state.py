"""What the inbox of escalations shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.store.queries.reminders import DueReminder
from agent_app.store.queries.team import Member
from server_sync.domain.errors import ErrorKind


class Which(StrEnum):
    """Which entries are listed."""

    OPEN = "open"
    """Nobody has seen to it yet."""
    FAILED = "failed"
    """It could not be sent."""
    SEEN = "seen"


class Act(StrEnum):
    """What a lead does about an entry."""

    TAKE_OVER = "take_over"
    TAKE_AWAY = "take_away"
    SEE = "see"


@dataclass(frozen=True)
class EscalationsState:
    """`found` are listed, the most urgent first; `shown` is the one beside the list; `candidates` are those who may get
    its task, while it is being given (None: it is not)."""

    loaded: bool = False
    which: Which = Which.OPEN
    entries: Mapping[bytes, DueReminder] = field(default_factory=dict)
    found: tuple[bytes, ...] = ()
    shown: DueReminder | None = None
    candidates: tuple[Member, ...] | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0

    def count(self, which: Which) -> int:
        """How many there are of a kind."""
        return sum(of_kind(one) is which for one in self.entries.values())


def of_kind(one: DueReminder) -> Which:
    """Where an entry belongs."""
    return {"failed": Which.FAILED, "seen": Which.SEEN}.get(one.state, Which.OPEN)
