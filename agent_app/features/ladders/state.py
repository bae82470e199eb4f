"""What the room shows besides the ladders: what would happen to a task, and the quiet hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent_app.store.queries.ladders import Company
from agent_app.ui.definitions.state import DefinitionsState, Fault
from server_sync.domain.model import ReminderMeans
from server_sync.domain.rules.escalation import While
from server_sync.domain.rules.reason import Reason

LaddersState = DefinitionsState[None, Company]


@dataclass(frozen=True)
class Rung:
    """One step of the ladder as it would come: when, by what, how that was reckoned; `quiet` says why what leaves the
    desk waits then."""

    number: int
    at: int
    means: tuple[ReminderMeans, ...]
    lasts: While
    steps: tuple[Reason, ...]
    quiet: Reason | None = None


@dataclass(frozen=True)
class Trial:
    """What would happen to something made at `created_at` and due at `due_at`; or what cannot be read, by field."""

    created_at: int = 0
    due_at: int = 0
    rungs: tuple[Rung, ...] = ()
    faults: Mapping[str, Fault] = field(default_factory=dict)


@dataclass(frozen=True)
class Quiet:
    """What is wrong with quiet hours that were typed, or that they were saved."""

    fault: Fault | None = None
    saved: bool = False


Step = Mapping[str, Any]
"""One step as it is written: "basis", "after", "while", "means"."""
