"""The pool at the foot of the queue: what is there, what one has pulled, and the server's answers."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.pool.presenter import PoolPresenter
from agent_app.features.pool.state import PoolState
from agent_app.features.pool.view import PoolFoot
from agent_app.store import lease
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import TakeReply
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW


class Office:
    """The server's side: gives what it is told to, or fails."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.tasks = 0
        self.failure: KnownError | None = None
        self.rounds = 0

    def take(self, count: int) -> TakeReply:
        self.asked.append(count)
        if self.failure is not None:
            raise self.failure
        return TakeReply(request=1, tasks=self.tasks, until=NOW + HOUR, left=0, server_now=NOW)

    def pulled(self) -> None:
        self.rounds += 1


@pytest.fixture
def me(company: Company) -> Actor:
    return company.organisation.north_agents[0]


@pytest.fixture
def session(company: Company, me: Actor) -> DeskSession:
    with company.store.write() as connection:
        lease.renew(connection, NOW, NOW, None)
    return DeskSession(company.desk(me), ImmediateWork(), company.told.append, TIMEZONE)


def put(company: Company, who: Actor | None, **values: Any) -> None:
    customer = company.organisation.customer(company.organisation.north)
    company.put(customer, company.organisation.task(customer, who, **values))


def drawn(session: DeskSession, office: Office) -> tuple[PoolPresenter, list[PoolState]]:
    states: list[PoolState] = []
    presenter = PoolPresenter(session, office.take, office.pulled, states.append)
    presenter.start()
    return presenter, states


def test_what_waits_in_the_teams_pool_is_counted_and_what_one_has_pulled(
    company: Company, session: DeskSession, me: Actor
) -> None:
    put(company, None)
    put(company, None, not_before_at=NOW + HOUR)
    put(company, None, available_at=NOW + DAY)
    put(company, None, team_id=company.organisation.south)
    put(company, me, leased_until=NOW + HOUR)
    put(company, me, leased_until=NOW + 5 * MINUTE)
    put(company, me)
    _, states = drawn(session, Office())
    sheet = states[-1].sheet
    assert (sheet.waiting, sheet.held, sheet.ends_at, sheet.most) == (1, 1, NOW + HOUR - 5 * MINUTE, 20)


def test_what_the_server_gave_is_fetched_at_once(company: Company, session: DeskSession, me: Actor) -> None:
    put(company, None)
    office = Office()
    office.tasks = 1
    presenter, states = drawn(session, office)
    presenter.on_pull()
    assert [state.asking for state in states[-2:]] == [True, False]
    assert (office.asked, office.rounds, states[-1].given) == ([5], 1, 1)
    put(company, me, leased_until=NOW + HOUR)
    presenter.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    assert (states[-1].given, states[-1].sheet.held) == (None, 1)


def test_nothing_given_is_said_and_nothing_is_fetched(company: Company, session: DeskSession) -> None:
    put(company, None)
    office = Office()
    presenter, states = drawn(session, office)
    presenter.on_pull()
    assert (office.rounds, states[-1].given) == (0, 0)


def test_without_the_server_nothing_is_pulled_and_it_is_said_why(
    company: Company, session: DeskSession
) -> None:
    put(company, None)
    office = Office()
    office.failure = KnownError(ErrorKind.OFFLINE)
    presenter, states = drawn(session, office)
    presenter.on_pull()
    assert (states[-1].error, states[-1].asking, office.rounds) == (ErrorKind.OFFLINE, False, 0)
    office.failure = None
    presenter.on_pull()
    assert states[-1].error is None


def test_an_empty_pool_is_not_asked_for(company: Company, session: DeskSession) -> None:
    office = Office()
    presenter, states = drawn(session, office)
    presenter.on_pull()
    assert (office.asked, states[-1].is_of_use) == ([], False)


def test_time_is_looked_at_once_a_minute(company: Company, session: DeskSession, me: Actor) -> None:
    put(company, me, leased_until=NOW + HOUR)
    presenter, states = drawn(session, Office())
    presenter.on_tick(NOW)
    assert len(states) == 1
    company.clock.at = NOW + 56 * MINUTE
    presenter.on_tick(company.clock.at)
    assert states[-1].sheet.held == 0


@pytest.mark.usefixtures("look")
def test_the_foot_says_it_and_pulls_by_its_button(
    company: Company, session: DeskSession, me: Actor, qtbot: QtBot
) -> None:
    office = Office()
    foot = PoolFoot(session, office.take, office.pulled)
    window = window_around(qtbot, foot.widget, SIZES.list_min)
    foot.start()
    assert not foot.widget.isVisible()
    put(company, None)
    put(company, me, leased_until=NOW + HOUR)
    foot.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    said = [label.text() for label in foot.widget.findChildren(QLabel)]
    assert said[0] == "公共池 · 1 条待领取"
    assert "已领取 1 条，今天 10:55前归你" in said
    assert clipped(window) == []
    assert unnamed(window) == []
    (pull,) = foot.widget.findChildren(Button)
    QTest.mouseClick(pull, Qt.MouseButton.LeftButton)
    assert office.asked == [5]
    assert "暂无可领取的任务" in "".join(label.text() for label in foot.widget.findChildren(QLabel))
