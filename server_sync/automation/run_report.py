"""What a run of plans did, in numbers: for the command line, the log and tests; the run itself stands in `plans`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from server_sync.automation.assignment import Unassigned, Way


class Skip(StrEnum):
    """Why a customer who was picked gets no task; of several reasons the first of this list counts."""

    ALREADY_MADE = "already_made"
    """The plan has made this very task before."""
    CONTROL = "control"
    """He is of the plan's control group."""
    DO_NOT_CALL = "do_not_call"
    NO_CONSENT = "no_consent"
    CONTACT_TOO_OFTEN = "contact_too_often"
    OPEN_TASK = "open_task"
    """A task of the same plan is still open."""
    OTHER_TASK = "other_task"
    """Another plan's task is open, and this plan only looks for those whom nobody looks after."""


@dataclass(frozen=True)
class PlanReport:
    """What one plan did: `picked` = `made` + `merged` + the skipped; `made` = `assigned` + `pooled` + the rest."""

    code: str
    picked: int
    made: int
    assigned: int
    skipped: Counter[Skip]
    unassigned: Counter[Unassigned]
    pooled: int = 0
    merged: int = 0
    """Became further purposes of tasks that were there."""
    refused: int = 0
    """So many tasks it would have made, more than it may make: it made none."""
    most: int | None = None
    """So many it may make, where it was refused."""

    def with_made_before(self, count: int) -> "PlanReport":
        """With so many more who were picked and of whom the plan has made everything that there is to make."""
        if not count:
            return self
        skipped = self.skipped + Counter({Skip.ALREADY_MADE: count})
        return replace(self, picked=self.picked + count, skipped=skipped)

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "code": self.code,
            "picked": self.picked,
            "made": self.made,
            "assigned": self.assigned,
            "pooled": self.pooled,
            "merged": self.merged,
            "refused": self.refused,
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
    assigned_by: Way = Way.GREEDY
    """How large batches were shared out."""

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
            "assigned_by": self.assigned_by.value,
            "by_agent": dict(sorted(self.by_agent.items())),
        }
