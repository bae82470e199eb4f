"""An open desk is locked when its time is over or the server refuses it, and let go or wiped as the server says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_app.assembly.guard import DeskGuard
from agent_app.shell.lock_page import Lock, LockPage
from agent_app.store import lease
from agent_app.store.database import Store, open_store
from agent_app.store.tables import ALL
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import i18n, theme
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind
from tests.agent_app.deferred import DeferredWork
from tests.clocks import HandClock

KEY = bytes(range(32))
IN_STEP = SyncStatus(SyncState.IN_STEP)


def refusal(kind: ErrorKind, waiting: int = 0, **values: object) -> SyncStatus:
    return SyncStatus(SyncState.ATTENTION, waiting, kind=kind, values=values)


class Scene:
    """A window with a desk's guard; `asked` counts how often the server was to be contacted at once."""

    def __init__(self, store: Store, window: QWidget) -> None:
        self.clock = HandClock()
        self.store = store
        self.asked = 0
        self.page = LockPage(window, lambda: None, self._ask)
        self.work = DeferredWork()
        self.guard = DeskGuard(self.work, store, self.clock, self.page)
        self.wiped = 0
        self.guard.wipe_due.connect(self._wipe)
        self.contact()

    def contact(self) -> None:
        with self.store.write() as connection:
            lease.renew(connection, self.clock.now(), self.clock.now(), 3 * DAY)

    def look(self) -> Lock | None:
        self.guard.look()
        self.work.finish()
        return self.page.locked()

    def hear(self, status: SyncStatus) -> Lock | None:
        self.guard.show_sync(status)
        self.work.finish()
        return self.page.locked()

    def _ask(self) -> None:
        self.asked += 1

    def _wipe(self) -> None:
        self.wiped += 1


@pytest.fixture
def scene(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    i18n.install("zh_CN")
    theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    store = open_store(tmp_path, KEY, ALL)
    yield Scene(store, window)
    store.close()


def test_e4_a_desk_that_is_in_contact_is_not_locked(scene: Scene) -> None:
    scene.clock.move(3 * DAY)
    assert scene.look() is None
    assert scene.hear(IN_STEP) is None


def test_e4_a_desk_without_contact_locks_and_unlocks_by_it(scene: Scene) -> None:
    scene.clock.move(3 * DAY + 1)
    assert scene.look() is Lock.LEASE
    assert scene.page.isVisible()
    assert scene.hear(SyncStatus(SyncState.OFFLINE, kind=ErrorKind.OFFLINE)) is Lock.LEASE
    assert scene.hear(IN_STEP) is Lock.LEASE  # the reply has not arrived yet
    scene.contact()
    assert scene.hear(IN_STEP) is None
    assert not scene.page.isVisible()


def test_e4_a_locked_window_shows_nothing_and_no_key_opens_it(scene: Scene) -> None:
    scene.clock.move(3 * DAY + 1)
    scene.look()
    assert scene.page.geometry() == scene.page.window().rect()
    QTest.keyClick(scene.page, Qt.Key.Key_Escape)
    QTest.mouseClick(scene.page, Qt.MouseButton.LeftButton)
    assert scene.page.locked() is Lock.LEASE
    picture = scene.page.grab().toImage()
    assert picture.pixelColor(2, 2).alpha() == 255


def test_e4_the_server_can_be_asked_at_once(scene: Scene) -> None:
    scene.clock.move(3 * DAY + 1)
    scene.look()
    scene.page._button.click()
    assert scene.asked == 1


@pytest.mark.parametrize(
    ("kind", "lock"),
    [(ErrorKind.DEVICE_REVOKED, Lock.REVOKED), (ErrorKind.ACCOUNT_DISABLED, Lock.DISABLED)],
)
def test_e4_a_refused_desk_is_locked_at_once_and_stays_so_without_the_server(
    scene: Scene, kind: ErrorKind, lock: Lock
) -> None:
    assert scene.hear(refusal(kind, wipe=False)) is lock
    with scene.store.read() as connection:
        held = lease.load(connection)
    assert held is not None
    assert held.is_over(scene.clock.now())
    assert scene.hear(SyncStatus(SyncState.OFFLINE, kind=ErrorKind.OFFLINE)) is lock
    assert scene.look() is lock
    assert scene.wiped == 0


def test_e4_a_desk_that_is_admitted_again_opens(scene: Scene) -> None:
    scene.hear(refusal(ErrorKind.DEVICE_REVOKED, wipe=False))
    scene.contact()
    assert scene.hear(IN_STEP) is None


def test_e4_a_wipe_waits_until_everything_is_handed_over_and_is_done_once(scene: Scene) -> None:
    assert scene.hear(refusal(ErrorKind.DEVICE_REVOKED, waiting=2, wipe=True)) is Lock.WIPING
    assert scene.wiped == 0
    scene.hear(refusal(ErrorKind.DEVICE_REVOKED, wipe=True))
    scene.hear(refusal(ErrorKind.DEVICE_REVOKED, wipe=True))
    assert scene.wiped == 1
    assert scene.page.locked() is Lock.WIPING


@pytest.mark.parametrize("why", list(Lock))
def test_e4_every_lock_says_why_in_chinese(scene: Scene, why: Lock) -> None:
    scene.page.lock(why, days=8)
    assert "本机" in scene.page._title.text() + scene.page._words.words() or why is Lock.DISABLED
    assert scene.page._words.words().strip()
