"""What becomes of occasions, written: tasks and whose they are, occasions without one, tags, and the next step's time.

The fates themselves are decided in `fates`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from server_sync.automation import sequences
from server_sync.automation.assignment import Assigner, Pooled, Unassigned
from server_sync.automation.fates import Control, Fate, Made, Merged, Occasion, Passed, Postponed
from server_sync.automation.run_report import PlanReport, Skip
from server_sync.automation.standing import Standing
from server_sync.automation.whom import Now, Whom, holders
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.ids import Ids
from server_sync.domain.model import ActivityKind, OccasionOutcome, TaskState, form
from server_sync.domain.rules.merge import TAGS
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.jobs import ladders
from server_sync.store import changes
from server_sync.store.changes import Delete
from server_sync.store.transaction import Transaction

Row = Mapping[str, Any]
Settled = Sequence[tuple[Occasion, Fate]]


@dataclass(frozen=True)
class Settling:
    """One plan's occasions with their fates, in one transaction."""

    tx: Transaction
    ids: Ids
    time: WorkingTime
    plan: Row
    standings: Mapping[bytes, Standing]

    def write(self, settled: Settled, assigner: Assigner, now: Now) -> PlanReport:
        """Write what comes of them, and say it in numbers."""
        made = [
            replace(wanted, window=(self._available_at(wanted, fate), wanted.window[1]))
            for wanted, fate in settled
            if isinstance(fate, Made)
        ]
        whom = Whom.from_json(self.plan["assignment"])
        held = holders(self.tx.connection, [wanted.customer.id for wanted in made])
        answers = assigner.assign(
            [
                now.work(
                    wanted.customer, whom, self.plan["priority"], *wanted.window, held.get(wanted.customer.id)
                )
                for wanted in made
            ]
        )
        guides = self._guides()
        rows: list[Change | Delete] = []
        for wanted, answer in zip(made, answers, strict=True):
            row = self._task(wanted, guides, list(whom.skills))
            rows.append(Insert("task", row if isinstance(answer, Unassigned) else row | answer.values()))
        for wanted, fate in settled:
            rows += self._occasion(wanted, fate, guides)
            if isinstance(fate, Made | Merged):
                rows += self._tags(wanted)
        changes.write(self.tx, rows)
        ladders.follow(self.tx, [row for row in rows if not isinstance(row, Delete)])
        begun = [wanted for wanted, fate in settled if isinstance(fate, Made | Merged)]
        sequences.enqueue_next(self.tx, self.plan, self.time, begun)
        return self._report(settled, answers)

    def _available_at(self, wanted: Occasion, fate: Made) -> int:
        """The window's beginning, or when the ledger lets go if that is later."""
        available_at, due_at = wanted.window
        if fate.not_before <= available_at:
            return available_at
        return min(self.time.next_open(fate.not_before), due_at)

    def _report(self, settled: Settled, answers: Sequence[Any]) -> PlanReport:
        unassigned = Counter(answer for answer in answers if isinstance(answer, Unassigned))
        pooled = sum(isinstance(answer, Pooled) for answer in answers)
        return PlanReport(
            self.plan["code"],
            len(settled),
            len(answers),
            len(answers) - unassigned.total() - pooled,
            Counter(skip_of(fate) for _, fate in settled if not isinstance(fate, Made | Merged)),
            unassigned,
            pooled,
            sum(isinstance(fate, Merged) for _, fate in settled),
        )

    def _guides(self) -> dict[str, bytes | None]:
        """The current versions of the forms by code."""
        rows = self.tx.connection.execute(select(form.c.code, form.c.current_version_id))
        return {row.code: row.current_version_id for row in rows}

    def _task(
        self, wanted: Occasion, guides: Mapping[str, bytes | None], skills: list[str]
    ) -> dict[str, Any]:
        available_at, due_at = wanted.window
        return {
            "id": self.ids.new(),
            "customer_id": wanted.customer.id,
            "plan_id": self.plan["id"],
            "form_version_id": guides.get(wanted.form or ""),
            "team_id": wanted.customer.team_id,
            "in_pool": False,
            "state": TaskState.OPEN,
            "purpose": self.plan["purpose"],
            "channel": self.plan["channel"],
            "reason": wanted.reason.kind,
            "reason_values": dict(wanted.reason.values),
            "priority": self.plan["priority"],
            "urgency": self.plan["urgency"],
            "skills": skills,
            "step": wanted.step,
            "available_at": available_at,
            "due_at": due_at,
            "dedupe_key": wanted.key,
            "created_at": self.tx.now,
        }

    def _occasion(
        self, wanted: Occasion, fate: Fate, guides: Mapping[str, bytes | None]
    ) -> list[Change | Delete]:
        """The row of what got no task of its own; one that was put off is brought up to date or, when it is made, goes:
        the task says it all."""
        before = self.standings[wanted.customer.id].skipped.get(wanted.key)
        if isinstance(fate, Passed):
            return []
        if isinstance(fate, Made):
            return [] if before is None else [Delete("occasion", before["id"])]
        values = self._outcome(fate)
        moved: list[Change | Delete] = []
        if isinstance(fate, Merged) and wanted.window[1] < fate.task["due_at"]:
            moved = [Update("task", fate.task["id"], {"due_at": wanted.window[1]})]
        if before is not None:
            same = all(before[name] == value for name, value in values.items())
            return [*moved, *([] if same else [Update("occasion", before["id"], values | self._now())])]
        row = {
            "id": self.ids.new(),
            "customer_id": wanted.customer.id,
            "plan_id": self.plan["id"],
            "purpose": self.plan["purpose"],
            "reason": wanted.reason.kind,
            "reason_values": dict(wanted.reason.values),
            "form_version_id": guides.get(wanted.form or ""),
            "due_at": wanted.window[1],
            "dedupe_key": wanted.key,
        }
        return [*moved, Insert("occasion", row | values | self._now())]

    def _now(self) -> dict[str, Any]:
        return {"decided_at": self.tx.now}

    @staticmethod
    def _outcome(fate: Merged | Postponed | Control) -> dict[str, Any]:
        match fate:
            case Merged(task):
                return {
                    "outcome": OccasionOutcome.MERGED,
                    "task_id": task["id"],
                    "because": None,
                    "because_values": {},
                }
            case Postponed(because):
                return {
                    "outcome": OccasionOutcome.SKIPPED,
                    "task_id": None,
                    "because": because.kind,
                    "because_values": dict(because.values),
                }
        return {"outcome": OccasionOutcome.CONTROL, "task_id": None, "because": None, "because_values": {}}

    def _tags(self, wanted: Occasion) -> list[Change | Delete]:
        """The plan's tags that he does not have yet, with a line each on his timeline."""
        customer = self.standings[wanted.customer.id].customer
        missing = [tag for tag in self.plan["tags"] if tag not in customer["tags"]]
        if not missing:
            return []
        facts = [
            Insert(
                "activity",
                {
                    "id": self.ids.new(),
                    "customer_id": wanted.customer.id,
                    "kind": ActivityKind.FIELD_CORRECTED,
                    "details": {"field": TAGS, "from": None, "to": tag, "merged": False},
                    "happened_at": self.tx.now,
                },
            )
            for tag in missing
        ]
        return [Update("customer", wanted.customer.id, {"tags": [*customer["tags"], *missing]}), *facts]


def skip_of(fate: Fate) -> Skip:
    """How a fate without a task counts in the report."""
    match fate:
        case Passed(skip):
            return skip
        case Postponed(because):
            return Skip(because.kind)
    return Skip.CONTROL
