"""Reminders of ladders in the window: each shown once, seen by opening or closing, gone when it is over."""

from collections.abc import Callable

import pytest

from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import accept_task
from agent_app.ports import Route
from agent_app.shell.announcements import Announcements
from agent_app.shell.reminders import ReminderPresenter
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import MINUTE
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.ladders import Ladder
from tests.agent_app.shell.conftest import Shell
from tests.server_sync.organisation import NOW


class Desk:
    """A presenter on a window; `said` is what stands there."""

    def __init__(self, shell: Shell, company: Company, work: ImmediateWork) -> None:
        self.shell, self.company = shell, company
        self.ladder = Ladder(company)
        self.routes: list[Route] = []
        self.announcements = Announcements(shell.window, TIMEZONE, self.routes.append)
        session = DeskSession(company.desk(self.ladder.agent), work, self._on_changed, TIMEZONE)
        told, over = self.announcements.show_reminder, self.announcements.take_reminder
        self.presenter = ReminderPresenter(session, told, over)

    def said(self) -> str:
        return self.shell.window.said()

    def states(self) -> list[tuple[object, ...]]:
        return self.company.rows("SELECT state FROM reminder")

    def _on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)


@pytest.fixture
def desk(shell: Shell, company: Company, work: ImmediateWork) -> Desk:
    return Desk(shell, company, work)


def test_a_reminder_is_shown_once_when_it_is_due_and_takes_no_focus(desk: Desk) -> None:
    desk.ladder.remind(0, due_at=NOW + MINUTE)
    desk.shell.note.setFocus()
    desk.presenter.look()
    assert desk.said() == ""
    desk.company.clock.at += MINUTE
    for _ in range(2):
        desk.presenter.look()
        assert desk.said() == "尚未受理：张*·首访；截止 明天 10:00"
    assert desk.shell.note.hasFocus()


@pytest.mark.parametrize(
    "looked_at",
    [
        lambda desk: desk.shell.window.notices.open_latest(),
        lambda desk: desk.shell.window.notices.close_latest(),
    ],
)
def test_opening_or_closing_a_reminder_is_having_seen_it(
    desk: Desk, looked_at: Callable[[Desk], None]
) -> None:
    desk.ladder.remind(0)
    desk.presenter.look()
    looked_at(desk)
    assert (desk.said(), desk.states()) == ("", [("seen",)])
    desk.presenter.look()
    assert desk.said() == ""


def test_opening_a_reminder_opens_its_task(desk: Desk) -> None:
    desk.ladder.remind(0)
    desk.presenter.look()
    desk.shell.window.notices.open_latest()
    assert desk.routes == [Route("task", desk.ladder.task.row_id)]


def test_a_reminder_goes_when_what_it_reminds_of_was_done(desk: Desk) -> None:
    desk.ladder.remind(0)
    desk.presenter.look()
    changes = accept_task(
        desk.company.desk(desk.ladder.agent), desk.ladder.task.row_id, desk.ladder.customer.row_id
    )
    desk.presenter.on_changed(changes)
    assert desk.said() == ""
