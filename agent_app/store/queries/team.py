"""The team's figures from the supervisor's own replica: per agent, per day, as counts; rates are made of
the counts where
they are shown (KPI dictionary: a denominator of 0 has no rate)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, cast, func, select

from server_sync.domain.clock import DAY
from server_sync.domain.model import Role, TaskState, attempt, person, presence, response, task, team
from server_sync.domain.rules.permissions import OPEN_STATES


@dataclass(frozen=True)
class Period:
    """From (ms) to before (ms)."""

    begins_at: int
    ends_at: int


@dataclass(frozen=True)
class Figures:
    """Counts of one agent, one team or one day.

    `waiting` open tasks; `overdue` of these past due; `due` tasks due in the period without the cancelled;
    `due_completed`
    of these with a success (回访完成率 = due_completed ÷ due); `done` finished in the period; `dialled`,
    `answered` calls
    ended in it (接通率 = answered ÷ dialled); CSAT and NPS of the answers recorded in it.
    """

    waiting: int = 0
    overdue: int = 0
    due: int = 0
    due_completed: int = 0
    done: int = 0
    dialled: int = 0
    answered: int = 0
    csat_sum: int = 0
    csat_count: int = 0
    promoters: int = 0
    detractors: int = 0
    nps_count: int = 0

    @property
    def completion(self) -> float | None:
        """回访完成率."""
        return self.due_completed / self.due if self.due else None

    @property
    def connect(self) -> float | None:
        """接通率."""
        return self.answered / self.dialled if self.dialled else None

    @property
    def csat(self) -> float | None:
        """The mean of the valid answers, 1–5."""
        return self.csat_sum / self.csat_count if self.csat_count else None

    @property
    def nps(self) -> float | None:
        """%9–10 − %0–6, −100…+100."""
        return 100 * (self.promoters - self.detractors) / self.nps_count if self.nps_count else None


@dataclass(frozen=True)
class Member:
    """One agent with his figures; `state` and `pause_reason` are his presence as last heard, None for never."""

    person_id: bytes
    name: str
    team_id: bytes | None
    team: str | None
    state: str | None
    pause_reason: str | None
    since_at: int | None
    figures: Figures


@dataclass(frozen=True)
class TeamSheet:
    """All agents, those without a person ("unassigned"), the whole, and the days before for the trend
    (oldest first)."""

    members: tuple[Member, ...]
    unassigned: Figures
    total: Figures
    days: tuple[tuple[int, Figures], ...]


def load(connection: Connection, period: Period, now: int, day_starts: Sequence[int]) -> TeamSheet:
    """The figures of a period; `day_starts` are the local midnights (ms) of the days of the trend, oldest first."""
    parts = _task_counts(connection, period, now)
    for person_id, counts in _attempt_counts(connection, period).items():
        parts[person_id] = {**parts.get(person_id, {}), **counts}
    for person_id, counts in _answer_counts(connection, period).items():
        parts[person_id] = {**parts.get(person_id, {}), **counts}
    people = connection.execute(
        select(person.c.id, person.c.name, person.c.team_id, team.c.name.label("team"), presence)
        .outerjoin(team, team.c.id == person.c.team_id)
        .outerjoin(presence, presence.c.id == person.c.id)
        .where(person.c.active, person.c.role == Role.AGENT)
        .order_by(person.c.login)
    ).all()
    members = tuple(
        Member(
            p.id,
            p.name,
            p.team_id,
            p.team,
            p.state,
            p.pause_reason,
            p.since_at,
            Figures(**parts.get(p.id, {})),
        )
        for p in people
        if p.id in parts or _in_sight(connection, p.team_id)
    )
    days = tuple((start, _day(connection, start)) for start in day_starts)
    return TeamSheet(members, Figures(**parts.get(None, {})), _sum(list(parts.values())), days)


Counts = dict[str, int]


def _task_counts(connection: Connection, period: Period, now: int) -> dict[bytes | None, Counts]:
    is_open = task.c.state.in_(OPEN_STATES)
    in_period = and_(
        task.c.due_at >= period.begins_at, task.c.due_at < period.ends_at, task.c.state != TaskState.CANCELLED
    )
    success = and_(task.c.state == TaskState.DONE, task.c.disposition.in_(("1.1", "1.1o")))
    finished = and_(
        task.c.state == TaskState.DONE, task.c.done_at >= period.begins_at, task.c.done_at < period.ends_at
    )
    counted = select(
        task.c.assignee_id,
        _count(is_open).label("waiting"),
        _count(and_(is_open, task.c.due_at < now)).label("overdue"),
        _count(in_period).label("due"),
        _count(and_(in_period, success)).label("due_completed"),
        _count(finished).label("done"),
    ).group_by(task.c.assignee_id)
    return {row.assignee_id: _without(row._asdict(), "assignee_id") for row in connection.execute(counted)}


def _attempt_counts(connection: Connection, period: Period) -> dict[bytes | None, Counts]:
    counted = (
        select(
            attempt.c.person_id, func.count().label("dialled"), _count(attempt.c.answered).label("answered")
        )
        .where(attempt.c.ended_at >= period.begins_at, attempt.c.ended_at < period.ends_at)
        .group_by(attempt.c.person_id)
    )
    return {row.person_id: _without(row._asdict(), "person_id") for row in connection.execute(counted)}


def _answer_counts(connection: Connection, period: Period) -> dict[bytes | None, Counts]:
    counted = (
        select(
            response.c.person_id,
            func.coalesce(func.sum(response.c.csat), 0).label("csat_sum"),
            func.count(response.c.csat).label("csat_count"),
            _count(response.c.nps >= 9).label("promoters"),
            _count(response.c.nps <= 6).label("detractors"),
            func.count(response.c.nps).label("nps_count"),
        )
        .where(response.c.recorded_at >= period.begins_at, response.c.recorded_at < period.ends_at)
        .group_by(response.c.person_id)
    )
    return {row.person_id: _without(row._asdict(), "person_id") for row in connection.execute(counted)}


def _day(connection: Connection, start: int) -> Figures:
    period = Period(start, start + DAY)
    counts = [
        *_task_counts(connection, period, start).values(),
        *_attempt_counts(connection, period).values(),
    ]
    return _sum(counts + list(_answer_counts(connection, period).values()))


def _in_sight(connection: Connection, team_id: bytes | None) -> bool:
    """Whether this desk holds the team's dossiers; without them its agents would show false zeros."""
    held = connection.exec_driver_sql(
        "SELECT 1 FROM cursor WHERE partition = ?", (f"team:{(team_id or b'').hex()}",)
    )
    return held.first() is not None


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


def _without(row: dict[str, int], key: str) -> Counts:
    return {name: value for name, value in row.items() if name != key}


def _sum(parts: Sequence[Counts]) -> Figures:
    names = {name for part in parts for name in part}
    return Figures(**{name: sum(part.get(name, 0) for part in parts) for name in names})
