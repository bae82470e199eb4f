"""The room of the calendar without a screen: what each day is, and what becomes of what is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_app.features.calendar.presenter import CalendarPresenter
from agent_app.features.calendar.state import CalendarState, DayCell, DayChoice, DayKind
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, calendar_day_id
from server_sync.domain.rules.working_time import Unit
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company

WEEK = ("09:00–12:00, 13:30–18:00",) * 5 + ("", "")


def public_day(on: str, working: bool, name: str | None, provisional: bool = False) -> Insert:
    values = {"working": working, "name": name, "provisional": provisional}
    return Insert("calendar_day", {"id": calendar_day_id(on), "day": on, **values})


@dataclass
class Room:
    """The presenter over a store; what is saved is shown at once."""

    company: Company
    presenter: CalendarPresenter
    states: list[CalendarState]

    @property
    def state(self) -> CalendarState:
        return self.states[-1]

    def cell(self, on: str) -> DayCell:
        return next(cell for cell in self.state.cells if cell.on == on)

    def shown(self, on: str) -> tuple[DayKind, str, str]:
        cell = self.cell(on)
        return cell.kind, cell.hours, cell.name

    def say(self, on: str, choice: DayChoice, typed: str = "", called: str = "") -> None:
        self.presenter.on_day(on)
        self.presenter.on_day_chosen(choice, typed, called)
        self.presenter.start()


Open = Callable[[Actor], Room]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    made = open_company(tmp_path / "desk")
    made.put(
        public_day("2026-10-01", working=False, name="国庆节"),
        public_day("2026-10-10", working=True, name="国庆节"),
        public_day("2026-10-15", working=True, name=None, provisional=True),
    )
    return made


@pytest.fixture
def room(company: Company) -> Open:
    def open_room(actor: Actor) -> Room:
        states: list[CalendarState] = []
        presenter = CalendarPresenter(company.session(actor, ImmediateWork()), states.append)
        presenter.start()
        return Room(company, presenter, states)

    return open_room


@pytest.fixture
def office(room: Open, company: Company) -> Room:
    """The administrator's."""
    return room(company.organisation.administrator)


def test_a_month_shows_six_weeks_with_what_each_day_is(office: Room) -> None:
    state = office.state
    assert (state.month, state.selected, state.today) == ("2026-10", "2026-10-01", "2026-10-01")
    assert (len(state.cells), state.cells[0].on, state.cells[-1].on) == (42, "2026-09-28", "2026-11-08")
    assert state.week == WEEK
    assert office.shown("2026-10-01") == (DayKind.HOLIDAY, "", "国庆节")
    assert office.shown("2026-10-10") == (DayKind.MAKE_UP, "09:00–12:00, 13:30–18:00", "国庆节")
    assert office.shown("2026-10-11") == (DayKind.REST, "", "")
    assert office.shown("2026-10-12") == (DayKind.WORKING, "09:00–12:00, 13:30–18:00", "")
    assert (office.cell("2026-10-15").provisional, office.cell("2026-10-12").provisional) == (True, False)
    assert (office.cell("2026-09-30").in_month, office.cell("2026-10-31").in_month) == (False, True)


def test_turning_the_page_keeps_the_day_of_the_month(office: Room) -> None:
    office.presenter.on_day("2026-10-31")
    office.presenter.on_month(1)
    assert (office.state.month, office.state.selected) == ("2026-11", "2026-11-30")
    office.presenter.on_month(3)
    assert (office.state.month, office.state.selected) == ("2027-02", "2027-02-28")
    office.presenter.on_today()
    assert (office.state.month, office.state.selected) == ("2026-10", "2026-10-01")


def test_the_company_s_days_are_closed_worked_given_hours_and_made_usual_again(office: Room) -> None:
    office.say("2026-10-12", DayChoice.CLOSED, called="厂休")
    assert office.shown("2026-10-12") == (DayKind.HOLIDAY, "", "厂休")
    assert office.state.choice.value == "closed"
    office.say("2026-10-11", DayChoice.WORKING)
    assert office.shown("2026-10-11")[0] is DayKind.MAKE_UP
    office.say("2026-10-13", DayChoice.HOURS, "9-12", "盘点")
    assert office.shown("2026-10-13") == (DayKind.OWN, "09:00–12:00", "盘点")
    for on in ("2026-10-12", "2026-10-13"):
        office.say(on, DayChoice.USUAL)
        assert office.shown(on) == (DayKind.WORKING, "09:00–12:00, 13:30–18:00", "")
        assert office.state.choice.value == "usual"


def test_a_team_has_days_and_a_week_of_its_own_over_the_company_s(room: Open, company: Company) -> None:
    lead = room(company.organisation.north_lead)
    assert [one.kind.value for one in lead.state.subjects] == ["company", "team", *["person"] * 4]
    assert lead.state.subject is not None
    assert lead.state.subject.may_edit is False
    lead.presenter.on_subject(company.organisation.north)
    lead.presenter.on_week(["8-12, 13-17"] * 6 + [""])
    lead.presenter.start()
    assert (lead.state.week_is_own, lead.state.week[5]) == (True, "08:00–12:00, 13:00–17:00")
    lead.say("2026-10-12", DayChoice.CLOSED)
    assert lead.shown("2026-10-12") == (DayKind.HOLIDAY, "", "")
    assert lead.shown("2026-10-01") == (DayKind.HOLIDAY, "", "国庆节")
    lead.presenter.on_subject(company.organisation.north_agents[0].person_id or b"")
    assert lead.shown("2026-10-12")[0] is DayKind.HOLIDAY
    lead.presenter.on_subject(company.organisation.north)
    lead.presenter.on_week_dropped()
    lead.presenter.start()
    assert (lead.state.week_is_own, lead.state.week) == (False, WEEK)
    assert lead.shown("2026-10-12")[0] is DayKind.HOLIDAY


def test_what_are_no_hours_is_told_where_it_stands_and_nothing_is_saved(office: Room) -> None:
    office.presenter.on_week(["9-12", "9-12, 11-13", *[""] * 5])
    assert office.state.fault is not None
    assert (office.state.fault.place, office.state.fault.values["problem"]) == ("tue", "intervals_overlap")
    office.say("2026-10-12", DayChoice.HOURS, "all day")
    office.presenter.on_day_chosen(DayChoice.HOURS, "all day", "")
    assert office.state.fault is not None
    assert (office.state.fault.place, office.state.fault.kind) == ("day", ErrorKind.CALENDAR_INVALID)
    assert office.company.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_sum_is_tried_with_its_steps(office: Room) -> None:
    office.presenter.on_trial("2026-10-09 16:30", "4", Unit.WORKING_HOURS)
    trial = office.state.trial
    assert trial is not None
    # Saturday the 10th is worked: 1.5 hours on Friday, 2.5 on Saturday morning.
    assert trial.end_at - trial.start_at == (19 * 60) * 60_000
    assert [(one.kind, one.values.get("make_up")) for one in trial.steps] == [
        ("worked", False),
        ("worked", True),
    ]
    for since, amount, kind in (
        ("someday", "4", ErrorKind.FIELD_INVALID),
        ("", "-1", ErrorKind.OUT_OF_RANGE),
    ):
        office.presenter.on_trial(since, amount, Unit.WORKING_HOURS)
        assert office.state.fault is not None
        assert (office.state.fault.place, office.state.fault.kind) == ("trial", kind)


def test_a_company_with_hours_of_its_own_goes_by_them(office: Room) -> None:
    office.presenter.on_week(["10-16"] * 5 + ["", ""])
    office.presenter.start()
    assert office.state.week[0] == "10:00–16:00"
    [(subject,)] = office.company.rows("SELECT subject FROM working_hours WHERE id = ?", COMPANY_HOURS)
    assert subject == "company"
    assert office.shown("2026-10-10") == (DayKind.MAKE_UP, "10:00–16:00", "国庆节")
