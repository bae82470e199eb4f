"""The parts of a team's tasks that figures count and lists show, each stated once, by the KPI dictionary."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, select, true

from server_sync.domain.model import TaskState, attempt, person, response, task
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.permissions import OPEN_STATES

SUCCESSES = tuple(code for code, disposition in BY_CODE.items() if disposition.success)
_COUNTED = (*OPEN_STATES, TaskState.DONE)


@dataclass(frozen=True)
class Period:
    """From (ms) to before (ms)."""

    begins_at: int
    ends_at: int


@dataclass(frozen=True)
class Whose:
    """A team's tasks (None: those of all teams, as an administrator sees them), of them one person's, or nobody's."""

    team_id: bytes | None
    person_id: bytes | None = None
    nobodys: bool = False


class Part(StrEnum):
    """What is counted; WAITING and OVERDUE as of now, all others within a period."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    DUE = "due"
    COMPLETED = "completed"
    """Of those due, the ones with a success (回访完成率 = completed ÷ due)."""
    CANCELLED = "cancelled"
    """Due then, but cancelled: not counted among those due."""
    DONE = "done"
    """Finished in the period, whatever came of it and whenever it was due."""
    DIALLED = "dialled"
    """With a call ended in the period."""
    ANSWERED = "answered"
    """With a call that was answered (接通率 = answered ÷ dialled calls)."""
    RATED = "rated"
    """With an answer to the question of satisfaction."""
    RECOMMENDED = "recommended"
    """With an answer to the question of recommendation."""


def tasks_of(whose: Whose) -> ColumnElement[bool]:
    """Which rows of `task` are theirs."""
    conditions = [] if whose.team_id is None else [task.c.team_id == whose.team_id]
    if whose.nobodys:
        conditions.append(task.c.assignee_id.is_(None))
    elif whose.person_id is not None:
        conditions.append(task.c.assignee_id == whose.person_id)
    return and_(true(), *conditions)


def facts_of(person_id: ColumnElement[bytes], whose: Whose) -> ColumnElement[bool]:
    """Which rows of `attempt` or `response` are theirs: by who made them, wherever the task is now."""
    if whose.person_id is not None:
        return person_id == whose.person_id
    if whose.team_id is None:
        return true()
    return person_id.in_(select(person.c.id).where(person.c.team_id == whose.team_id))


def is_open() -> ColumnElement[bool]:
    return task.c.state.in_(OPEN_STATES)


def is_overdue(now: int) -> ColumnElement[bool]:
    return and_(is_open(), task.c.due_at < now)


def is_due(period: Period) -> ColumnElement[bool]:
    return and_(task.c.state.in_(_COUNTED), task.c.due_at >= period.begins_at, task.c.due_at < period.ends_at)


def is_success() -> ColumnElement[bool]:
    return and_(task.c.state == TaskState.DONE, task.c.disposition.in_(SUCCESSES))


def is_done(period: Period) -> ColumnElement[bool]:
    return and_(
        task.c.state == TaskState.DONE, task.c.done_at >= period.begins_at, task.c.done_at < period.ends_at
    )


def is_cancelled(period: Period) -> ColumnElement[bool]:
    return and_(
        task.c.state == TaskState.CANCELLED,
        task.c.due_at >= period.begins_at,
        task.c.due_at < period.ends_at,
    )


def ended_in(period: Period) -> ColumnElement[bool]:
    """Of attempts."""
    return and_(attempt.c.ended_at >= period.begins_at, attempt.c.ended_at < period.ends_at)


def recorded_in(period: Period) -> ColumnElement[bool]:
    """Of responses, counted once however often they were corrected: by who recorded them first, and when."""
    at = response.c.recorded_at
    return and_(response.c.edition == 1, at >= period.begins_at, at < period.ends_at)


def score(name: str) -> ColumnElement[int]:
    """The score of first editions that counts: "csat" or "nps" as the last correction left it."""
    last = response.alias("last_edition")
    corrected = (
        select(last.c[name])
        .where(
            last.c.task_id == response.c.task_id,
            last.c.attempt_id == response.c.attempt_id,
            last.c.form_version_id == response.c.form_version_id,
            last.c.edition > 1,
            last.c.replaced_by_id.is_(None),
        )
        .limit(1)
        .correlate(response)
        .scalar_subquery()
    )
    return case((response.c.replaced_by_id.is_(None), response.c[name]), else_=corrected)


def tasks_in(
    part: Part, whose: Whose, period: Period, now: int, disposition: str | None
) -> ColumnElement[bool]:
    """The rows of `task` behind a figure; `disposition` narrows DIALLED to the calls that ended with it."""
    match part:
        case Part.WAITING:
            return and_(is_open(), tasks_of(whose))
        case Part.OVERDUE:
            return and_(is_overdue(now), tasks_of(whose))
        case Part.DUE:
            return and_(is_due(period), tasks_of(whose))
        case Part.COMPLETED:
            return and_(is_due(period), is_success(), tasks_of(whose))
        case Part.CANCELLED:
            return and_(is_cancelled(period), tasks_of(whose))
        case Part.DONE:
            return and_(is_done(period), tasks_of(whose))
        case Part.DIALLED | Part.ANSWERED:
            calls = [ended_in(period), facts_of(attempt.c.person_id, whose)]
            if part is Part.ANSWERED:
                calls.append(attempt.c.answered)
            if disposition is not None:
                calls.append(attempt.c.disposition == disposition)
            return task.c.id.in_(select(attempt.c.task_id).where(*calls))
        case Part.RATED | Part.RECOMMENDED:
            given = score("csat" if part is Part.RATED else "nps").is_not(None)
            mine = (recorded_in(period), facts_of(response.c.person_id, whose), given)
            return task.c.id.in_(select(response.c.task_id).where(*mine))
