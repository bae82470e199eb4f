"""What the window reads for itself: the figures of the day, and each near callback once (journey A2)."""

from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.shell.day import DayPresenter
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.callbacks import NearCallback
from agent_app.store.queries.today import Today
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import Insert
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW


class Day:
    """A presenter whose words are kept."""

    def __init__(self, company: Company, work: ImmediateWork) -> None:
        self.company = company
        self.figures: list[Today] = []
        self.reminded: list[NearCallback] = []
        agent = company.organisation.north_agents[0]
        self.person = company.desk(agent).person_id
        session = DeskSession(company.desk(agent), work, company.told.append, TIMEZONE)
        self.presenter = DayPresenter(session, self.figures.append, self.reminded.append)

    def call(self, at: int) -> None:
        values: dict[str, Any] = {
            "id": self.company.ids.new(),
            "customer_id": bytes(16),
            "task_id": bytes(16),
            "person_id": self.person,
            "channel": "phone",
            "started_at": at,
            "ended_at": at,
            "answered": True,
            "disposition_group": "I",
        }
        self.company.put(Insert("attempt", values))

    def promise(self, at: int) -> bytes:
        organisation = self.company.organisation
        customer = organisation.customer(organisation.north, name="张小明")
        row_id = self.company.ids.new()
        values = {
            "id": row_id,
            "customer_id": customer.row_id,
            "task_id": self.company.ids.new(),
            "owner_id": self.person,
            "callback_at": at,
            "with_whom": "respondent",
            "state": "open",
            "booked_at": NOW,
        }
        self.company.put(customer, Insert("callback", values))
        return row_id

    def pass_by(self, span: int) -> None:
        """Time passes, half a minute at a time."""
        end = self.company.clock.at + span
        while self.company.clock.at < end:
            self.company.clock.at += MINUTE // 2
            self.presenter.on_half_minute()


@pytest.fixture
def day(company: Company, work: ImmediateWork) -> Day:
    return Day(company, work)


def test_the_figures_are_there_from_the_start_and_follow_calls_and_answers(day: Day) -> None:
    day.presenter.start()
    assert [one.dialled for one in day.figures] == [0]
    day.call(NOW)
    for table in ("attempt", "response", "setting"):
        day.presenter.on_changed(StoreChanges(frozenset({table}), None, "call"))
    assert [one.dialled for one in day.figures] == [0, 1, 1, 1]
    day.presenter.on_changed(StoreChanges(frozenset({"task", "draft", "outbox"}), None, "call"))
    assert len(day.figures) == 4


def test_at_the_companys_midnight_the_figures_begin_anew(day: Day) -> None:
    day.call(NOW)
    day.presenter.start()
    day.pass_by(13 * HOUR)
    assert [one.dialled for one in day.figures] == [1]
    day.pass_by(HOUR)
    assert [one.dialled for one in day.figures] == [1, 0]


def test_a2_a_callback_is_spoken_of_once_five_minutes_before(day: Day) -> None:
    promised = day.promise(NOW + 20 * MINUTE)
    day.presenter.start()
    day.pass_by(14 * MINUTE)
    assert day.reminded == []
    day.pass_by(MINUTE)
    assert [(one.id, one.name) for one in day.reminded] == [(promised, "张*")]
    day.pass_by(30 * MINUTE)
    assert len(day.reminded) == 1


def test_each_callback_has_its_own_reminder(day: Day) -> None:
    first, second = day.promise(NOW), day.promise(NOW + 10 * MINUTE)
    day.presenter.start()
    day.pass_by(10 * MINUTE)
    assert [one.id for one in day.reminded] == [first, second]
