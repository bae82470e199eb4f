"""The company's plans with what this desk knows of their doings; what a plan would do now is asked of the server."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, null, select

from agent_app.store import definition_drafts
from agent_app.store.definition_drafts import Kept, Kind
from agent_app.store.queries import calendars, goals
from agent_app.store.queries.goals import Goal
from server_sync.domain.model import (
    OccasionOutcome,
    Role,
    TaskState,
    form,
    goal,
    occasion,
    person,
    plan,
    task,
)

WRITTEN = (
    "code",
    "name",
    "label",
    "purpose",
    "channel",
    "trigger",
    "params",
    "audience",
    "form_id",
    "due_within",
    "priority",
    "urgency",
    "source",
    "description",
    "goal_id",
    "starts_on",
    "ends_on",
    "available_after",
    "steps",
    "control_percent",
    "assignment",
    "tags",
    "dialling",
)
"""The columns of a plan that a person writes."""


@dataclass(frozen=True)
class Figures:
    """What became of those whom a plan picked: tasks `made` (`open` of these still), purposes merged into others, of
    the control group, and passed over by why; `picked` are all of them."""

    made: int = 0
    open: int = 0
    merged: int = 0
    control: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def picked(self) -> int:
        return self.made + self.merged + self.control + sum(self.skipped.values())


@dataclass(frozen=True)
class PlanLine:
    """One plan: `values` by `WRITTEN`; `changed_by` is None for what came with the program or from a file. `last` is of
    the run at `last_at`, the newest that left anything; `ever` of all runs."""

    id: bytes
    values: Mapping[str, Any]
    state: str
    changed_at: int | None
    changed_by: str | None
    ever: Figures = field(default_factory=Figures)
    last: Figures = field(default_factory=Figures)
    last_at: int | None = None
    refused_tasks: int | None = None
    """So many its last run would have made, and made none."""


@dataclass(frozen=True)
class Plans:
    """All plans by id, those changed last first; what a plan may name: guides and goals by id; the goals' progress by
    code; what is being written on plans, new ones too, and not saved; how many tasks a day each agent takes, by login,
    None for as many as there are."""

    plans: Mapping[bytes, PlanLine]
    forms: Mapping[bytes, tuple[str, str]]
    """Code and title."""
    goals: Mapping[bytes, tuple[str, str]]
    progress: Mapping[str, Goal]
    drafts: Mapping[bytes, Kept]
    agents: Mapping[str, int | None]
    festivals: tuple[str, ...]
    """The names that the calendar has for days off, those of the latest days first."""


def load(connection: Connection, day: int) -> Plans:
    """Everything the room shows; `day` is the local day that goals are held against."""
    people = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    done = _done(connection)
    rows = connection.execute(select(plan).order_by(plan.c.changed_at.desc(), plan.c.code)).mappings()
    found = {
        row["id"]: PlanLine(
            row["id"],
            {name: row[name] for name in WRITTEN},
            row["state"],
            row["changed_at"],
            people.get(row["changed_by"]),
            *_told(done.get(row["id"], {})),
            row["refused_tasks"],
        )
        for row in rows
    }
    forms = {row.id: (row.code, row.title) for row in connection.execute(select(form).order_by(form.c.title))}
    named = {row.id: (row.code, row.name) for row in connection.execute(select(goal).order_by(goal.c.name))}
    progress = {one.code: one for one in goals.load(connection, day)}
    drafts = definition_drafts.load(connection, Kind.PLAN)
    return Plans(found, forms, named, progress, drafts, _agents(connection), calendars.festivals(connection))


def _agents(connection: Connection) -> Mapping[str, int | None]:
    taking = select(person.c.login, person.c.daily_capacity).where(
        person.c.role == Role.AGENT, person.c.active
    )
    return {row.login: row.daily_capacity for row in connection.execute(taking.order_by(person.c.login))}


Fates = Counter[tuple[str, str | None]]
"""How many by (a task's state, None) or (an occasion's outcome, why)."""


def _done(connection: Connection) -> Mapping[bytes, Mapping[int, Fates]]:
    """By plan and moment: all that one run leaves bears the moment of the run."""
    tasks = select(task.c.plan_id, task.c.created_at, task.c.state, null(), func.count())
    tasks = tasks.where(task.c.plan_id.is_not(None)).group_by(task.c.plan_id, task.c.created_at, task.c.state)
    said = (occasion.c.plan_id, occasion.c.decided_at, occasion.c.outcome, occasion.c.because)
    found: dict[bytes, dict[int, Fates]] = {}
    for query in (tasks, select(*said, func.count()).group_by(*said)):
        for plan_id, at, what, because, count in connection.execute(query):
            found.setdefault(plan_id, {}).setdefault(at, Counter())[what, because] += count
    return found


def _told(runs: Mapping[int, Fates]) -> tuple[Figures, Figures, int | None]:
    """Of all runs, of the last, and when that was."""
    if not runs:
        return Figures(), Figures(), None
    last_at = max(runs)
    return _figures(sum(runs.values(), Counter())), _figures(runs[last_at]), last_at


def _figures(fates: Fates) -> Figures:
    states = {state.value for state in TaskState}
    return Figures(
        made=sum(count for (what, _), count in fates.items() if what in states),
        open=sum(fates[state.value, None] for state in (TaskState.OPEN, TaskState.ACCEPTED)),
        merged=_of(fates, OccasionOutcome.MERGED),
        control=_of(fates, OccasionOutcome.CONTROL),
        skipped={
            because or "": count
            for (what, because), count in fates.items()
            if what == OccasionOutcome.SKIPPED
        },
    )


def _of(fates: Fates, outcome: OccasionOutcome) -> int:
    return sum(count for (what, _), count in fates.items() if what == outcome)
