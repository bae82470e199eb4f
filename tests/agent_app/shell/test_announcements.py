"""What the window says at its edge by itself: once, calmly, and no longer than it is true."""

import pytest

from agent_app.ports import Route
from agent_app.shell.announcements import Announcements
from agent_app.store.queries.callbacks import NearCallback
from agent_app.sync.status import SyncState, SyncStatus
from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.desk import TIMEZONE
from tests.agent_app.shell.conftest import Shell
from tests.server_sync.organisation import NOW

TASK = b"t" * 16
REFUSED = SyncStatus(SyncState.ATTENTION, kind=ErrorKind.TOKEN_INVALID)


@pytest.fixture
def routes() -> list[Route]:
    return []


@pytest.fixture
def announcements(shell: Shell, routes: list[Route]) -> Announcements:
    return Announcements(shell.window, TIMEZONE, routes.append)


def near(task: bytes = TASK) -> NearCallback:
    return NearCallback(b"c" * 16, task, NOW + 5 * MINUTE, "客*", "respondent")


def test_a_reminder_opens_its_task(shell: Shell, announcements: Announcements, routes: list[Route]) -> None:
    announcements.remind(near())
    assert shell.window.said() == "10:05 约定回拨：客*"
    shell.window.notices.open_latest()
    assert (routes, shell.window.said()) == ([Route("task", TASK)], "")


def test_a_reminder_goes_when_its_task_is_opened_by_any_way(
    shell: Shell, announcements: Announcements
) -> None:
    announcements.remind(near())
    announcements.opened(b"o" * 16)
    assert shell.window.said() != ""
    announcements.opened(TASK)
    assert shell.window.said() == ""


def test_why_the_server_refuses_this_desk_is_said_once(shell: Shell, announcements: Announcements) -> None:
    announcements.show_sync(REFUSED, NOW)
    assert shell.window.said() != ""
    shell.window.notices.close_latest()
    announcements.show_sync(REFUSED, NOW)
    assert shell.window.said() == ""
    announcements.show_sync(SyncStatus(SyncState.IN_STEP), NOW)
    announcements.show_sync(REFUSED, NOW)
    assert shell.window.said() != ""
    announcements.show_sync(SyncStatus(SyncState.SYNCING), NOW)
    assert shell.window.said() == ""


def test_what_is_asked_in_a_dialog_is_not_said_too(shell: Shell, announcements: Announcements) -> None:
    announcements.show_sync(SyncStatus(SyncState.ATTENTION, kind=ErrorKind.SERVER_WOULD_EMPTY_DESK), NOW)
    assert shell.window.said() == ""


def test_a_bug_is_said_without_a_code(shell: Shell, announcements: Announcements) -> None:
    announcements.crashed("c00ff12ab")
    announcements.crashed("c00ff12ac")
    assert shell.window.said() == "程序出了点问题。已保存的内容不受影响，可以继续工作。"


def test_each_trouble_of_the_machine_stands_once(shell: Shell, announcements: Announcements) -> None:
    for kind in (ErrorKind.DISK_FULL, ErrorKind.STORE_DAMAGED, ErrorKind.DISK_FULL):
        announcements.refused(KnownError(kind), NOW)
    assert len(shell.window.said().splitlines()) == 2
