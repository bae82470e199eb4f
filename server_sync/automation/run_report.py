"""What a run of plans did, in numbers: for the command line, the log and tests; the run itself stands in `plans`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server_sync.automation.assignment import Unassigned


class Skip(StrEnum):
    """Why a customer who was picked gets no task; of several reasons the first of this list counts."""

    ALREADY_MADE = "already_made"
    """The plan has made this very task before."""
    DO_NOT_CALL = "do_not_call"
    OPEN_TASK = "open_task"
    """A task of the same plan is still open."""
    OTHER_TASK = "other_task"
    """Another plan's task is open, and this plan only looks for those whom nobody looks after."""


@dataclass(frozen=True)
class PlanReport:
    """What one plan did: `picked` = `made` + the skipped; `made` = `assigned` + the unassigned."""

    code: str
    picked: int
    made: int
    assigned: int
    skipped: Counter[Skip]
    unassigned: Counter[Unassigned]

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "code": self.code,
            "picked": self.picked,
            "made": self.made,
            "assigned": self.assigned,
            "skipped": {skip.value: self.skipped[skip] for skip in Skip if self.skipped[skip]},
            "unassigned": {why.value: self.unassigned[why] for why in Unassigned if self.unassigned[why]},
        }


@dataclass(frozen=True)
class PlanRunReport:
    """A run: `as_of` (ms), the plans in the order in which they ran, tasks of earlier runs that found somebody now
    (`assigned_later`), and all that were handed out by login."""

    as_of: int
    plans: tuple[PlanReport, ...]
    assigned_later: int
    by_agent: Mapping[str, int]

    @property
    def made(self) -> int:
        """New tasks of all plans."""
        return sum(report.made for report in self.plans)

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "as_of": self.as_of,
            "made": self.made,
            "assigned": sum(report.assigned for report in self.plans),
            "assigned_later": self.assigned_later,
            "plans": [report.to_json() for report in self.plans],
            "by_agent": dict(sorted(self.by_agent.items())),
        }
