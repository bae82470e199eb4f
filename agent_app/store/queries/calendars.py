"""The company's calendar as this desk holds it: week, public days, and the hours of teams and people that differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from server_sync.domain.commands import Actor
from server_sync.domain.model import HoursSubject, Role, calendar_day, person, team, working_hours
from server_sync.domain.rules.festivals import NAMES
from server_sync.domain.rules.permissions import leads
from server_sync.domain.rules.working_calendar import COMPANY_HOURS


@dataclass(frozen=True)
class PublicDay:
    """A day that is not as its weekday says, or of a year that is not official yet."""

    working: bool
    name: str | None
    provisional: bool


@dataclass(frozen=True)
class Subject:
    """Whose hours there are to see. `name` is "" for the company; `may_edit`: this person may change them."""

    id: bytes
    kind: HoursSubject
    name: str
    team_id: bytes | None
    may_edit: bool


@dataclass(frozen=True)
class CalendarBook:
    """`days` by ISO day; `hours` are the rows of `working_hours` by id."""

    timezone: str
    week: Mapping[str, Any]
    days: Mapping[str, PublicDay]
    hours: Mapping[bytes, Mapping[str, Any]]
    subjects: tuple[Subject, ...]


def load(connection: Connection, actor: Actor) -> CalendarBook:
    """All of it, with the company first, then the teams and people that the actor leads."""
    days = {
        row.day: PublicDay(row.working, row.name, row.provisional)
        for row in connection.execute(select(calendar_day))
    }
    hours = {row["id"]: dict(row) for row in connection.execute(select(working_hours)).mappings()}
    company = Subject(COMPANY_HOURS, HoursSubject.COMPANY, "", None, actor.role is Role.ADMINISTRATOR)
    teams = [
        Subject(row.id, HoursSubject.TEAM, row.name, row.id, may_edit=True)
        for row in connection.execute(select(team).order_by(team.c.name, team.c.id))
        if leads(actor, row.id)
    ]
    people = [
        Subject(row.id, HoursSubject.PERSON, row.name, row.team_id, may_edit=True)
        for row in connection.execute(
            select(person).where(person.c.active).order_by(person.c.name, person.c.id)
        )
        if leads(actor, row.team_id)
    ]
    return CalendarBook(
        settings.load(connection, "company")["timezone"],
        settings.load(connection, "working_week"),
        days,
        hours,
        (company, *teams, *people),
    )


def festivals(connection: Connection) -> tuple[str, ...]:
    """The names that days off have, those of the latest days first."""
    return tuple(dict.fromkeys(connection.scalars(NAMES)))
