"""The verbs of plans: one is written or changed, and set to work, paused or ended (M1.2, M1.24); whom it picks is the
server's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import already_there, written_over
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import PlanState
from server_sync.domain.rules.permissions import may_plan
from server_sync.domain.rules.plans.definition import MOST_CONFIRMED, checked_definition

_LONGEST_VALUE = 80
_NEXT: Mapping[str, tuple[str, ...]] = {
    PlanState.DRAFT: (PlanState.ACTIVE, PlanState.ENDED),
    PlanState.ACTIVE: (PlanState.PAUSED, PlanState.ENDED),
    PlanState.PAUSED: (PlanState.ACTIVE, PlanState.ENDED),
    PlanState.ENDED: (PlanState.ACTIVE,),
}
"""What a plan may become: one that has ended is set to work again by whoever means it."""


@dataclass(frozen=True)
class SavePlan:
    """Write a plan or change it, by an administrator. `definition` is as in a plan's file (`checked_definition`), but
    without "form", "goal" and "state": the guide and the goal are named by their ids, and a new plan is a draft. `seen`
    are the columns that the writer changed, as they stood before him; None for a new plan.

    Two writers of one plan: columns that only one of them touched are both kept; where both wrote something else into
    the same one, the later is refused and told which (PLAN_CHANGED {fields, by}), and nothing is overwritten.
    """

    name: ClassVar[str] = "save_plan@1"
    plan_id: bytes
    definition: dict[str, Any]
    form_id: bytes | None
    goal_id: bytes | None
    seen: dict[str, Any] | None

    def reads(self) -> Iterable[Need]:
        yield Need("plan", self.plan_id)
        if self.form_id is not None:
            yield Need("form", self.form_id)
        if self.goal_id is not None:
            yield Need("goal", self.goal_id)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_plan(actor):
            return rejected(ErrorKind.NOT_PERMITTED)
        try:
            checked = checked_definition(self.definition)
        except KnownError as error:
            return Rejected(error.kind, _shortened(error.values))
        for name in ("form", "goal", "state"):
            if self.definition.get(name) is not None:
                return rejected(ErrorKind.FIELD_INVALID, field=f"{checked.code}.{name}")
        for table, row_id in (("form", self.form_id), ("goal", self.goal_id)):
            if row_id is not None and rows.get(table, row_id) is None:
                return rejected(ErrorKind.NOT_FOUND, table=table)
        wanted = {**checked.values, "form_id": self.form_id, "goal_id": self.goal_id}
        stamp = {"changed_at": now, "changed_by": actor.person_id}
        row = rows.get("plan", self.plan_id)
        if self.seen is not None:
            return self._change(row, self.seen, wanted, stamp)
        if row is not None:
            return already_there(all(row[name] == value for name, value in wanted.items()), "plan")
        made = {"id": self.plan_id, "state": PlanState.DRAFT, **wanted, **stamp}
        return Accepted((Insert("plan", made),))

    def _change(
        self, row: Row | None, seen: dict[str, Any], wanted: dict[str, Any], stamp: dict[str, Any]
    ) -> Decision:
        if row is None:
            return rejected(ErrorKind.NOT_FOUND, table="plan")
        if wanted["code"] != row["code"]:  # other plans and goals name it by its code
            return rejected(ErrorKind.FIELD_INVALID, field=f"{wanted['code']}.code", value=wanted["code"])
        changed, lost = written_over(row, seen, wanted)
        if lost:
            return _changed_meanwhile(row, lost)
        return Accepted((Update("plan", self.plan_id, changed | stamp),) if changed else ())


@dataclass(frozen=True)
class SetPlanState:
    """Set a plan to work, pause it or end it, by an administrator. `seen` is the state that he saw: when it is another
    one by now, he is told (PLAN_CHANGED {fields, by}).

    `confirmed_tasks`, only with a plan that is set to work or works: its next run may make so many tasks, more than a
    run makes unasked (`most_tasks`).
    """

    name: ClassVar[str] = "set_plan_state@1"
    plan_id: bytes
    state: str
    seen: str
    confirmed_tasks: int | None = None

    def reads(self) -> Iterable[Need]:
        return (Need("plan", self.plan_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_plan(actor):
            return rejected(ErrorKind.NOT_PERMITTED)
        row = rows.get("plan", self.plan_id)
        if row is None:
            return rejected(ErrorKind.NOT_FOUND, table="plan")
        confirmed = self.confirmed_tasks
        if confirmed is not None and not (self.state == PlanState.ACTIVE and 0 < confirmed <= MOST_CONFIRMED):
            return rejected(ErrorKind.FIELD_INVALID, field="confirmed_tasks", least=1, most=MOST_CONFIRMED)
        if row["state"] == self.state and confirmed in (None, row["confirmed_tasks"]):
            return Accepted(())
        if row["state"] != self.seen:
            return _changed_meanwhile(row, ["state"])
        if self.state not in (row["state"], *_NEXT[row["state"]]):
            choices = [str(state) for state in _NEXT[row["state"]]]
            state = self.state[:_LONGEST_VALUE]
            return rejected(ErrorKind.FIELD_INVALID, field="state", value=state, choices=choices)
        asked = {"confirmed_tasks": confirmed, "refused_tasks": None}
        stamp = {"changed_at": now, "changed_by": actor.person_id}
        return Accepted((Update("plan", self.plan_id, {"state": self.state, **asked, **stamp}),))


def _changed_meanwhile(row: Row, fields: list[str]) -> Rejected:
    by = row["changed_by"]
    return rejected(ErrorKind.PLAN_CHANGED, fields=fields, by=by.hex() if by else None)


def _shortened(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with a definition, without what may be long in it."""
    return {
        name: str(value)[:_LONGEST_VALUE] if name in ("field", "value", "span") else value
        for name, value in values.items()
    }
