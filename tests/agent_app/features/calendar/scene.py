"""The room of the calendar as its tests and pictures see it: a company in October 2026."""

from pathlib import Path

from agent_app.features.calendar.view import CalendarFeature
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.rules.working_calendar import calendar_day_id
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company

HOLIDAYS = [f"2026-10-0{day}" for day in range(1, 8)]


def october(folder: Path) -> Company:
    """A company whose calendar has the national holiday with a make-up day."""
    company = open_company(folder)
    days = [(on, False) for on in HOLIDAYS] + [("2026-10-10", True)]
    for on, working in days:
        row = {"day": on, "working": working, "name": "国庆节", "provisional": False}
        company.put(Insert("calendar_day", {"id": calendar_day_id(on), **row}))
    return company


def open_room(company: Company, actor: Actor) -> CalendarFeature:
    """The room of one person; what is saved is shown at once."""
    session = company.session(actor, ImmediateWork())
    feature = CalendarFeature(session)
    session._publish = feature.on_changed
    return feature
