"""The working time of a person as this desk holds it: his own hours, his team's, or the company's."""

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from server_sync.domain.model import working_hours
from server_sync.domain.rules.working_calendar import COMPANY_HOURS
from server_sync.domain.rules.working_hours import PUBLIC_DAYS, calendar_of
from server_sync.domain.rules.working_time import WorkingTime


def load(connection: Connection, person_id: bytes | None, team_id: bytes | None) -> WorkingTime:
    """The clock of a task by whose it is. Raises KnownError CALENDAR_INVALID."""
    company = {
        "timezone": settings.load(connection, "company")["timezone"],
        "week": settings.load(connection, "working_week"),
    }
    subjects = [one for one in (person_id, team_id, COMPANY_HOURS) if one is not None]
    found = select(working_hours).where(working_hours.c.id.in_(subjects))
    rows = {row.id: row._asdict() for row in connection.execute(found)}
    own = next((rows[one] for one in (person_id, team_id) if one in rows), None)
    public = [(row.day, row.working) for row in connection.execute(PUBLIC_DAYS)]
    return WorkingTime(calendar_of(company, public, rows.get(COMPANY_HOURS), own))
