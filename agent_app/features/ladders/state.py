"""What the room shows besides the ladders: what would happen to a task, and the quiet hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent_app.store.queries.ladders import Company
from agent_app.ui.definitions.state import DefinitionsState, Fault
from server_sync.domain.model import ReminderMeans
from server_sync.domain.rules.escalation import BEFORE_DUE, Basis, While
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
"""One step as it is written: "basis", "after" or, back from when it is due, "before", "while", "means"."""


def span_of(step: Step) -> Mapping[str, Any] | None:
    """How long after its basis or before it is due."""
    found: Mapping[str, Any] | None = step["before" if "before" in step else "after"]
    return found


def counts_from(step: Step) -> str:
    """A Basis, or BEFORE_DUE."""
    return BEFORE_DUE if "before" in step else str(step["basis"])


def with_part(step: Step, name: str, value: Any) -> dict[str, Any]:
    """The step with another part: "span", "counts_from", "while" or "means"."""
    if name not in ("span", "counts_from"):
        return {**step, name: value}
    span = value if name == "span" else span_of(step)
    basis = value if name == "counts_from" else counts_from(step)
    rest = {key: kept for key, kept in step.items() if key not in ("after", "before", "basis")}
    if basis == BEFORE_DUE:
        return {**rest, "basis": Basis.DUE.value, "before": span}
    return {**rest, "basis": basis, "after": span}
