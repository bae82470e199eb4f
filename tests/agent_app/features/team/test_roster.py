"""The roster: a week of everybody, a day set by a press and unset by the next, longer spans keep their other days."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter import RosterPresenter
from agent_app.features.team.state import Brush, RosterState
from agent_app.features.team.view import TeamFeature
from agent_app.features.team.view.roster import RosterPanel
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.roster import DayOf
from agent_app.ui import accessibility
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import MIDNIGHT
from tests.server_sync.organisation import NOW

THURSDAY = 3
"""NOW's place in its week."""


class Roster:
    """The presenter, opened on a lead's desk."""

    def __init__(self, company: Company, session: DeskSession) -> None:
        self.company = company
        self.drawn: list[RosterState] = []
        self.presenter = RosterPresenter(session, self._draw)
        self.presenter.on_opened()

    def _draw(self, state: RosterState) -> None:
        self.drawn.append(state)

    @property
    def state(self) -> RosterState:
        return self.drawn[-1]

    def press(self, place: int, number: int) -> None:
        assert self.state.week is not None
        self.presenter.on_day(self.state.week.rows[place].person_id, number)
        self.presenter.on_changed(StoreChanges(frozenset({"shift"}), None, "roster"))

    def days(self, place: int) -> list[str]:
        assert self.state.week is not None
        return [day.kind.value for day in self.state.week.rows[place].days]

    def spans(self) -> list[tuple[object, ...]]:
        return self.company.rows(
            "SELECT kind, starts_at, ends_at FROM shift WHERE starts_at < ends_at ORDER BY starts_at"
        )


@pytest.fixture
def roster(company: Company, session: DeskSession) -> Roster:
    return Roster(company, session)


def put(company: Company, place: int, kind: str, starts_at: int, ends_at: int) -> None:
    agent = company.organisation.north_agents[place]
    row: dict[str, Any] = {"id": company.ids.new(), "team_id": agent.team_id, "person_id": agent.person_id}
    company.put(Insert("shift", {**row, "kind": kind, "starts_at": starts_at, "ends_at": ends_at}))


def test_a_week_without_a_word_is_the_companys(roster: Roster) -> None:
    week = roster.state.week
    assert week is not None
    assert [row.name for row in week.rows] == ["坐席 03", "坐席 04", "坐席 05"]
    assert roster.days(0) == ["hours"] * 5 + ["off"] * 2
    assert week.days[THURSDAY][0] == MIDNIGHT
    assert datetime.fromtimestamp(week.days[0][0] / 1000, UTC).weekday() == 6  # 16:00 UTC on Sunday


def test_a_press_sets_a_leave_and_the_next_unsets_it(roster: Roster) -> None:
    roster.press(0, THURSDAY)
    assert roster.days(0)[THURSDAY] == DayOf.LEAVE
    assert roster.spans() == [("leave", MIDNIGHT, MIDNIGHT + DAY)]
    roster.press(0, THURSDAY)
    assert roster.days(0)[THURSDAY] == DayOf.HOURS
    assert roster.spans() == []


def test_work_has_the_companys_hours_and_takes_the_place_of_a_leave(roster: Roster) -> None:
    roster.press(0, THURSDAY)
    roster.presenter.on_brush(Brush.WORK)
    roster.press(0, THURSDAY)
    assert roster.spans() == [("work", MIDNIGHT + 9 * HOUR, MIDNIGHT + 18 * HOUR)]
    assert roster.days(0) == ["off"] * 3 + ["work"] + ["off"] * 3
    roster.press(1, 6)
    assert roster.spans()[-1] == ("work", MIDNIGHT + 3 * DAY + 9 * HOUR, MIDNIGHT + 3 * DAY + 18 * HOUR)


def test_a_longer_leave_keeps_its_other_days(roster: Roster, company: Company) -> None:
    put(company, 0, "leave", MIDNIGHT - DAY, MIDNIGHT + 2 * DAY)
    roster.presenter.on_changed(StoreChanges(frozenset({"shift"}), None, "sync"))
    assert roster.days(0)[2:5] == ["leave"] * 3
    roster.presenter.on_brush(Brush.CLEAR)
    roster.press(0, THURSDAY)
    assert roster.days(0)[2:5] == ["leave", "hours", "leave"]
    assert roster.spans() == [
        ("leave", MIDNIGHT - DAY, MIDNIGHT),
        ("leave", MIDNIGHT + DAY, MIDNIGHT + 2 * DAY),
    ]


def test_another_week_and_back(roster: Roster) -> None:
    before = roster.state.monday
    roster.presenter.on_week(1)
    assert (roster.state.monday or 0) - (before or 0) == 7
    assert roster.state.week is not None
    assert roster.state.week.monday == roster.state.monday
    roster.presenter.on_closed()
    drawn = len(roster.drawn)
    roster.presenter.on_changed(StoreChanges(frozenset({"shift"}), None, "sync"))
    assert roster.drawn[drawn - 1 :] == [RosterState()]


def test_who_does_not_lead_the_team_writes_nothing(company: Company) -> None:
    org = company.organisation
    stranger = company.session(org.south_lead, ImmediateWork())
    drawn: list[RosterState] = []
    presenter = RosterPresenter(stranger, drawn.append)
    presenter.on_opened()
    week = drawn[-1].week
    assert week is not None
    assert {row.name for row in week.rows} == {"坐席 06", "坐席 07"}
    agent = company.session(org.north_agents[0], ImmediateWork())
    presenter = RosterPresenter(agent, drawn.append)
    presenter.on_opened()
    presenter.on_day(org.north_agents[1].person_id or b"", THURSDAY)
    assert drawn[-1].error is ErrorKind.NOT_PERMITTED
    assert company.rows("SELECT 1 FROM shift") == []


@pytest.mark.usefixtures("look")
def test_the_roster_lies_over_the_figures_and_is_set_by_keys_alone(
    company: Company, session: DeskSession, qtbot: QtBot
) -> None:
    feature = TeamFeature(session, lambda _: None)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    layout.addWidget(feature.members)
    layout.addWidget(feature.figures.widget, 1)
    window.resize(1280, 760)
    window.show()
    keys = {one.action: one.callback for one in feature.figures.shortcuts()}
    keys["team.roster"]()
    (panel,) = window.findChildren(RosterPanel)
    assert panel.isVisible()
    assert accessibility.unnamed(window) == []
    panel.table.setCurrentIndex(panel.model.index(0, 1 + THURSDAY))
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    found = company.rows("SELECT kind, starts_at FROM shift")
    assert found == [("leave", MIDNIGHT)]
    assert NOW - MIDNIGHT == 10 * HOUR
    keys["team.back"]()
    assert not panel.isVisible()
