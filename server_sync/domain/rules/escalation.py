"""Ladders of reminders (M3.5–M3.7): which one is for a task, a promise or a callback, and when its steps are due.

Nothing is sent or written here. Reading a ladder's file stands in `escalation_definition`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from server_sync.domain.model import CallbackState, CommitmentState, ReminderMeans, TaskState
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.working_steps import steps_of_add, steps_of_subtract
from server_sync.domain.rules.working_time import Span, WorkingTime


class Subject(StrEnum):
    """What a ladder watches: the name of its table."""

    TASK = "task"
    COMMITMENT = "commitment"
    CALLBACK = "callback"


class Basis(StrEnum):
    """From where a step counts. A promise and a callback are available when they are made."""

    CREATED = "created"
    AVAILABLE = "available"
    DUE = "due"


class While(StrEnum):
    """How long a step is waited for. Promises and callbacks are accepted as they are made."""

    UNACCEPTED = "unaccepted"
    OPEN = "open"


PASSED_OVER = "passed_over"
GIVEN = "given"
"""Said instead of a basis where a step counts from when somebody was given the task."""
BEFORE_DUE = "before_due"
"""Said instead of a basis where a step counts back from when the task is due."""
FILTERS = ("urgencies", "tiers", "purposes", "plans")
"""Keys of `escalation_policy.applies_to` beside "subject"; a list left out fits all."""


@dataclass(frozen=True)
class Step:
    """One step: so long after its basis, or `before` it is due, while the task is still like that, by these means."""

    basis: Basis
    span: Span
    before: bool
    lasts: While
    means: tuple[ReminderMeans, ...]


@dataclass(frozen=True)
class Policy:
    """A ladder; `filters` are lists of codes by a key of FILTERS."""

    id: bytes
    subject: Subject
    filters: Mapping[str, Collection[str]]
    steps: tuple[Step, ...]

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> "Policy":
        """The ladder of a row of `escalation_policy`."""
        applies_to = row["applies_to"]
        steps = tuple(
            Step(
                Basis(one["basis"]),
                Span.from_json(one["before"] if "before" in one else one["after"]),
                "before" in one,
                While(one["while"]),
                tuple(ReminderMeans(means) for means in one["means"]),
            )
            for one in row["steps"]
        )
        filters = {key: applies_to[key] for key in FILTERS if key in applies_to}
        return cls(row["id"], Subject(applies_to.get("subject", Subject.TASK)), filters, steps)


@dataclass(frozen=True)
class Watched:
    """A task, promise or callback as its ladder sees it. `holder_id`: who has to see to it, None for nobody yet;
    `traits`: a value for each key of FILTERS, None where there is none."""

    subject: Subject
    id: bytes
    task_id: bytes
    customer_id: bytes
    team_id: bytes | None
    holder_id: bytes | None
    open: bool
    accepted: bool
    created_at: int
    available_at: int
    due_at: int
    traits: Mapping[str, str | None]

    def basis_at(self, basis: Basis) -> int:
        """The moment of a basis."""
        return {
            Basis.CREATED: self.created_at,
            Basis.AVAILABLE: self.available_at,
            Basis.DUE: self.due_at,
        }[basis]


@dataclass(frozen=True)
class Due:
    """When a step is due; `steps` say how it was reckoned, beginning with "counted_from" {basis, at}: a Basis, or
    "given"."""

    index: int
    at: int
    counted_from: int
    steps: tuple[Reason, ...]


def of_task(task: Mapping[str, Any], plan: str | None, tier: str) -> Watched:
    """A task of a plan (its code) for a customer of a tier."""
    return Watched(
        Subject.TASK,
        task["id"],
        task["id"],
        task["customer_id"],
        task["team_id"],
        task["assignee_id"],
        task["state"] in OPEN_STATES,
        task["state"] == TaskState.ACCEPTED,
        task["created_at"],
        task["available_at"],
        task["due_at"],
        {"urgencies": task["urgency"], "tiers": tier, "purposes": task["purpose"], "plans": plan},
    )


def of_commitment(row: Mapping[str, Any], task: Watched) -> Watched:
    """A promise made on a task; his who made it, and outliving the task."""
    open_ = row["state"] == CommitmentState.OPEN
    return _promised(Subject.COMMITMENT, row, task, open_, row["promised_at"], row["due_at"])


def of_callback(row: Mapping[str, Any], task: Watched) -> Watched:
    """A callback of a task."""
    open_ = row["state"] == CallbackState.OPEN and task.open
    return _promised(Subject.CALLBACK, row, task, open_, row["booked_at"], row["callback_at"])


def _promised(
    subject: Subject, row: Mapping[str, Any], task: Watched, open_: bool, made_at: int, due_at: int
) -> Watched:
    return replace(
        task,
        subject=subject,
        id=row["id"],
        holder_id=row["owner_id"],
        open=open_,
        accepted=True,
        created_at=made_at,
        available_at=made_at,
        due_at=due_at,
    )


def policy_for(policies: Iterable[Policy], watched: Watched) -> Policy | None:
    """The first ladder that fits, or None."""
    return next((one for one in policies if fits(one, watched)), None)


def fits(policy: Policy, watched: Watched) -> bool:
    """Whether a ladder is for this."""
    return policy.subject is watched.subject and all(
        watched.traits[key] in wanted for key, wanted in policy.filters.items()
    )


def holds(step: Step, watched: Watched) -> bool:
    """Whether a step is still waited for: none after the task is closed, no "unaccepted" one after its acceptance."""
    return watched.open and not (step.lasts is While.UNACCEPTED and watched.accepted)


def due(policy: Policy, index: int, watched: Watched, given_at: int | None, time: WorkingTime) -> Due:
    """When a step is due by a clock.

    A step that waits for acceptance counts at the earliest from `given_at`, when the task was last given to somebody:
    whoever gets it anew has as long as the first one had. One that comes before the task is due has the same time for
    everybody.
    """
    step = policy.steps[index]
    if step.before:
        counted = reason("counted_from", basis=BEFORE_DUE, at=watched.due_at)
        back = steps_of_subtract(time, watched.due_at, step.span)
        return Due(index, time.subtract(watched.due_at, step.span), watched.due_at, (counted, *back))
    start, basis = watched.basis_at(step.basis), step.basis.value
    if step.lasts is While.UNACCEPTED and given_at is not None and given_at > start:
        start, basis = given_at, GIVEN
    counted = reason("counted_from", basis=basis, at=start)
    return Due(index, time.add(start, step.span), start, (counted, *steps_of_add(time, start, step.span)))


def in_time(step: Step, found: Due, watched: Watched, now: int) -> bool:
    """Whether a step that comes before the task is due still warns of anything: not when the task is due already, nor
    where so little time was left from when it could be begun that whoever got it knew."""
    return not step.before or (watched.available_at < found.at and now < watched.due_at)


def coming(
    policy: Policy,
    watched: Watched,
    given_at: int | None,
    taken: Collection[int],
    time: WorkingTime,
    now: int,
) -> list[Due]:
    """The steps that hold, are not `taken` and come in time, the earliest first."""
    found = [
        due(policy, index, watched, given_at, time)
        for index, step in enumerate(policy.steps)
        if index not in taken and holds(step, watched)
    ]
    timely = (one for one in found if in_time(policy.steps[one.index], one, watched, now))
    return sorted(timely, key=lambda one: (one.at, one.index))


def entered_late(steps: Sequence[Due], now: int) -> Due | None:
    """Where a ladder begins that is set up when steps of it are past (it was switched on, or old tasks came in): at the
    last of these, which tells the others as "passed_over" {steps}. None where it begins with its first step."""
    past = [one for one in steps if one.at < now]
    if len(past) < 2:
        return None
    *over, last = past
    passed = reason(PASSED_OVER, steps=[one.index for one in over])
    return replace(last, steps=(*last.steps, passed))


def passed_over(reminder: Mapping[str, Any]) -> tuple[int, ...]:
    """The steps that its ladder left out before it."""
    told = {one["kind"]: one["values"] for one in reminder["clock_steps"]}
    return tuple(told.get(PASSED_OVER, {}).get("steps", ()))


def watched_of(reminder: Mapping[str, Any]) -> bytes:
    """The id of what a reminder is about: its task, or the promise or callback that its first step names as "of"."""
    named: str | None = reminder["clock_steps"][0]["values"].get("of")
    task_id: bytes = reminder["task_id"]
    return task_id if named is None else bytes.fromhex(named)
