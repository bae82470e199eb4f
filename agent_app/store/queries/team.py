"""The team's figures from the supervisor's own replica, as counts by person, by day, by plan and by result; rates
are made of the counts where they are shown (KPI dictionary: a denominator of 0 has no rate)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import sqrt
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from agent_app.store.cursors import load as load_cursors
from agent_app.store.desk_state import recall
from agent_app.store.queries.task_parts import (
    Period,
    Whose,
    ended_in,
    facts_of,
    is_cancelled,
    is_done,
    is_due,
    is_open,
    is_success,
    recorded_in,
    score,
    tasks_of,
)
from server_sync.domain.model import Role, attempt, person, plan, presence, response, task, team

MOST_BARS = 8
_SATISFIED, _PROMOTER, _DETRACTOR = 4, 9, 6


@dataclass(frozen=True)
class Figures:
    """Counts of one agent, one team or one day.

    `waiting` open tasks; `overdue` of these past due; `due` tasks due in the period without the `cancelled`;
    `completed` of these with a success (回访完成率 = completed ÷ due); `done` finished in the period; `dialled`,
    `answered` calls ended in it (接通率 = answered ÷ dialled); CSAT and NPS of the `responses` recorded in it.
    """

    waiting: int = 0
    overdue: int = 0
    due: int = 0
    completed: int = 0
    cancelled: int = 0
    done: int = 0
    dialled: int = 0
    answered: int = 0
    responses: int = 0
    csat_sum: int = 0
    csat_count: int = 0
    satisfied: int = 0
    promoters: int = 0
    detractors: int = 0
    nps_count: int = 0

    @property
    def completion(self) -> float | None:
        """回访完成率."""
        return self.completed / self.due if self.due else None

    @property
    def connect(self) -> float | None:
        """接通率."""
        return self.answered / self.dialled if self.dialled else None

    @property
    def csat(self) -> float | None:
        """The mean of the valid answers, 1–5."""
        return self.csat_sum / self.csat_count if self.csat_count else None

    @property
    def satisfaction(self) -> float | None:
        """The share of the answers 4–5."""
        return self.satisfied / self.csat_count if self.csat_count else None

    @property
    def nps(self) -> float | None:
        """%9–10 − %0–6, −100…+100."""
        return 100 * (self.promoters - self.detractors) / self.nps_count if self.nps_count else None

    @property
    def nps_interval(self) -> tuple[float, float] | None:
        """The 95 % confidence interval, 1.96·√((p+d−(p−d)²)/n) to both sides, within −100…+100."""
        if not self.nps_count:
            return None
        p, d = self.promoters / self.nps_count, self.detractors / self.nps_count
        middle, margin = 100 * (p - d), 196 * sqrt((p + d - (p - d) ** 2) / self.nps_count)
        return max(-100.0, middle - margin), min(100.0, middle + margin)


@dataclass(frozen=True)
class Member:
    """One person with his figures; `state` and `pause_reason` are his presence as last heard, None for never."""

    person_id: bytes
    name: str
    team_id: bytes | None
    team: str | None
    state: str | None
    pause_reason: str | None
    since_at: int | None
    figures: Figures


@dataclass(frozen=True)
class Day:
    """One day of the trend: `due`, `completed`, `dialled` and `answered` are counted."""

    period: Period
    figures: Figures


@dataclass(frozen=True)
class PlanCount:
    """The tasks of a plan that are due in the period; `name` None: made without a plan."""

    plan_id: bytes | None
    name: str | None
    due: int
    completed: int


@dataclass(frozen=True)
class ResultCount:
    """The calls of the period that ended with a disposition."""

    disposition: str
    calls: int


@dataclass(frozen=True)
class TeamSheet:
    """All of it for one period. `team` is None for all teams; `shown` are the figures of the whole or of one person;
    trend, plans and results are of the same; `in_step_at`: when this replica last was complete."""

    team: str | None
    members: tuple[Member, ...]
    nobodys: Figures
    total: Figures
    shown: Figures
    days: tuple[Day, ...]
    plans: tuple[PlanCount, ...]
    results: tuple[ResultCount, ...]
    in_step_at: int | None


Counts = dict[str, int]


def load(connection: Connection, whose: Whose, period: Period, now: int, days: Sequence[Period]) -> TeamSheet:
    """The sheet of a team, with trend, plans and results of `whose` (the team or one person of it). `days` follow
    each other without a gap, the oldest first."""
    everybody = Whose(whose.team_id)
    parts = _open_counts(connection, everybody, now)
    _join(parts, _task_counts(connection, everybody, period))
    _join(parts, _attempt_counts(connection, everybody, period))
    _join(parts, _answer_counts(connection, everybody, period))
    total = _sum(parts.values())
    shown = total if whose.person_id is None else Figures(**parts.get(whose.person_id, {}))
    return TeamSheet(
        team=_team_name(connection, whose.team_id),
        members=_members(connection, whose.team_id, parts),
        nobodys=Figures(**parts.get(None, {})),
        total=total,
        shown=shown,
        days=_trend(connection, whose, days),
        plans=_plans(connection, whose, period),
        results=_results(connection, whose, period),
        in_step_at=recall(connection, "in_step_at"),
    )


def loads(connection: Connection, team_id: bytes | None, now: int) -> tuple[Member, ...]:
    """Those who can be given tasks, with what they have: `waiting` and `overdue` alone are counted."""
    members = _members(connection, team_id, _open_counts(connection, Whose(team_id), now), agents_only=True)
    return tuple(sorted(members, key=lambda member: (member.figures.waiting, member.name)))


def _members(
    connection: Connection,
    team_id: bytes | None,
    parts: dict[bytes | None, Counts],
    *,
    agents_only: bool = False,
) -> tuple[Member, ...]:
    """The agents of the teams whose dossiers are here (others would show false zeros), and whoever else has figures."""
    held = [bytes.fromhex(name[5:]) for name in load_cursors(connection) if name.startswith("team:")]
    agents = and_(person.c.active, person.c.role == Role.AGENT, person.c.team_id.in_(held))
    if team_id is not None:
        agents = and_(agents, person.c.team_id == team_id)
    counted = person.c.id.in_([person_id for person_id in parts if person_id is not None])
    found = (
        select(
            person.c.id,
            person.c.name,
            person.c.team_id,
            team.c.name.label("team"),
            presence.c.state,
            presence.c.pause_reason,
            presence.c.since_at,
        )
        .outerjoin(team, team.c.id == person.c.team_id)
        .outerjoin(presence, presence.c.id == person.c.id)
        .where(agents if agents_only else or_(agents, counted))
        .order_by(person.c.login)
    )
    return tuple(Member(*row, figures=Figures(**parts.get(row.id, {}))) for row in connection.execute(found))


def _team_name(connection: Connection, team_id: bytes | None) -> str | None:
    return connection.execute(select(team.c.name).where(team.c.id == team_id)).scalar_one_or_none()


def _open_counts(connection: Connection, whose: Whose, now: int) -> dict[bytes | None, Counts]:
    counted = select(
        task.c.assignee_id.label("who"),
        func.count().label("waiting"),
        _count(task.c.due_at < now).label("overdue"),
    ).where(is_open(), tasks_of(whose))
    return _by_person(connection, counted)


def _task_counts(connection: Connection, whose: Whose, period: Period) -> dict[bytes | None, Counts]:
    who = task.c.assignee_id.label("who")
    due = select(who, func.count().label("due"), _count(is_success()).label("completed")).where(
        is_due(period), tasks_of(whose)
    )
    done = select(who, func.count().label("done")).where(is_done(period), tasks_of(whose))
    cancelled = select(who, func.count().label("cancelled")).where(is_cancelled(period), tasks_of(whose))
    parts = _by_person(connection, due)
    _join(parts, _by_person(connection, done))
    _join(parts, _by_person(connection, cancelled))
    return parts


def _attempt_counts(connection: Connection, whose: Whose, period: Period) -> dict[bytes | None, Counts]:
    counted = select(
        attempt.c.person_id.label("who"),
        func.count().label("dialled"),
        _count(attempt.c.answered).label("answered"),
    ).where(ended_in(period), facts_of(attempt.c.person_id, whose))
    return _by_person(connection, counted)


def _answer_counts(connection: Connection, whose: Whose, period: Period) -> dict[bytes | None, Counts]:
    csat, nps = score("csat"), score("nps")
    counted = select(
        response.c.person_id.label("who"),
        func.count().label("responses"),
        func.coalesce(func.sum(csat), 0).label("csat_sum"),
        func.count(csat).label("csat_count"),
        _count(csat >= _SATISFIED).label("satisfied"),
        _count(nps >= _PROMOTER).label("promoters"),
        _count(nps <= _DETRACTOR).label("detractors"),
        func.count(nps).label("nps_count"),
    ).where(recorded_in(period), facts_of(response.c.person_id, whose))
    return _by_person(connection, counted)


def _trend(connection: Connection, whose: Whose, days: Sequence[Period]) -> tuple[Day, ...]:
    """Two grouped queries for all days together."""
    whole = Period(days[0].begins_at, days[-1].ends_at)
    due = select(
        _day_of(task.c.due_at, days), func.count().label("due"), _count(is_success()).label("completed")
    ).where(is_due(whole), tasks_of(whose))
    calls = select(
        _day_of(attempt.c.ended_at, days),
        func.count().label("dialled"),
        _count(attempt.c.answered).label("answered"),
    ).where(ended_in(whole), facts_of(attempt.c.person_id, whose))
    counts: dict[int, Counts] = {}
    for statement in (due, calls):
        for row in connection.execute(statement.group_by("day")).mappings():
            counts.setdefault(row["day"], {}).update(_without(row, "day"))
    return tuple(Day(day, Figures(**counts.get(place, {}))) for place, day in enumerate(days))


def _day_of(moment: ColumnElement[int], days: Sequence[Period]) -> ColumnElement[int]:
    """The number of the day of a moment; days are not all of one length where clocks jump."""
    ends = ((moment < day.ends_at, place) for place, day in enumerate(days))
    return case(*ends, else_=len(days)).label("day")


def _plans(connection: Connection, whose: Whose, period: Period) -> tuple[PlanCount, ...]:
    counted = (
        select(task.c.plan_id, plan.c.name, func.count(), _count(is_success()))
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .where(is_due(period), tasks_of(whose))
        .group_by(task.c.plan_id)
        .order_by(func.count().desc(), plan.c.name)
        .limit(MOST_BARS)
    )
    return tuple(PlanCount(*row) for row in connection.execute(counted))


def _results(connection: Connection, whose: Whose, period: Period) -> tuple[ResultCount, ...]:
    counted = (
        select(attempt.c.disposition, func.count())
        .where(ended_in(period), facts_of(attempt.c.person_id, whose), attempt.c.disposition.is_not(None))
        .group_by(attempt.c.disposition)
        .order_by(func.count().desc(), attempt.c.disposition)
        .limit(MOST_BARS)
    )
    return tuple(ResultCount(*row) for row in connection.execute(counted))


def _count(condition: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


def _by_person(connection: Connection, counted: Select[Any]) -> dict[bytes | None, Counts]:
    rows = connection.execute(counted.group_by("who")).mappings()
    return {row["who"]: _without(row, "who") for row in rows}


def _without(row: RowMapping, key: str) -> Counts:
    return {name: value for name, value in row.items() if name != key}


def _join(parts: dict[bytes | None, Counts], more: dict[bytes | None, Counts]) -> None:
    for person_id, counts in more.items():
        parts.setdefault(person_id, {}).update(counts)


def _sum(parts: Iterable[Counts]) -> Figures:
    every = tuple(parts)
    return Figures(**{name.name: sum(part.get(name.name, 0) for part in every) for name in fields(Figures)})
