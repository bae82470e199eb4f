"""A person at a desk: the real window on Qt's offscreen platform, driven by keys, looked at by pictures."""

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from agent_app.assembly.application import Assembly
from agent_app.assembly.desk import OpenDesk
from agent_app.features.login.state import Credentials
from agent_app.host.key_file import KEY_BYTES
from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE, PassphraseKeystore
from agent_app.host.settings import Settings, save_settings
from agent_app.ui.charts import BarTrend, HorizontalBars
from tests.e2e.world import PASSPHRASE, World

PATIENCE = 90.0


class Seat:
    """One desk of the world. `home` keeps its profile between two sittings."""

    def __init__(self, world: World, home: Path, *, language: str = "zh_CN", theme: str = "light") -> None:
        os.environ[PASSPHRASE_VARIABLE] = PASSPHRASE
        self.world = world
        self.home = home
        self._app = QApplication.instance() or QApplication([])
        save_settings(places(home).settings_file, Settings(language=language, theme=theme))
        assert isinstance(self._app, QApplication)
        self.assembly = Assembly(self._app, places(home), world.clock)
        self.crashed: list[object] = []
        self.assembly.faults.crashed.connect(self._on_crashed)

    def __enter__(self) -> "Seat":
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def _on_crashed(self, crash: object) -> None:
        self.crashed.append(crash)

    @property
    def desk(self) -> OpenDesk:
        """The open desk; AssertionError before signing in."""
        assert self.assembly.desk is not None
        return self.assembly.desk

    @property
    def window(self) -> QWidget:
        """The window of the open desk."""
        return self.desk.window

    def make_key(self, role: str) -> None:
        """As the first sign-in makes it, but of a passphrase that is stretched a little: else it takes 0.3 s, twice."""
        profile = places(self.home).profile_dir(self.world.address, self.world.people[role]["login"])
        if not profile.exists():
            PassphraseKeystore(profile, PASSPHRASE, cost=4).keep(secrets.token_bytes(KEY_BYTES))

    def sign_in(self, role: str) -> None:
        """Sign in through the page, and wait until the first sync is complete (or the server is known to be away)."""
        person = self.world.people[role]
        self.assembly.enter(Credentials(self.world.address, person["login"], person["password"]))
        self.until(lambda: self.assembly.desk is not None)
        self.window.activateWindow()

    def press(self, keys: str, to: QWidget | None = None) -> None:
        """Press a key such as "F5" or "Ctrl+Return" where the focus is."""
        QTest.keySequence(to or self._focused(), QKeySequence(keys))
        self.settle()

    def _focused(self) -> QWidget:
        """What has the keyboard at this desk; its window comes to the front first."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        focused: QWidget | None = self.window.focusWidget()
        return self.window if focused is None else focused

    def tab_to(self, part: QWidget) -> None:
        """Go there by Tab, wherever in it that stops first."""
        before = self._focused()
        while not part.isAncestorOf(self._focused()):
            self.press("Tab")
            assert self._focused() is not before, "Tab never stops there"

    def type(self, text: str) -> None:
        """Type into the focused field as an input method does: composed first, then committed."""
        target = self._focused()
        QCoreApplication.sendEvent(target, QInputMethodEvent(text, []))
        committed = QInputMethodEvent("", [])
        committed.setCommitString(text)
        QCoreApplication.sendEvent(target, committed)
        self.settle()

    def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Let the window work until something holds; AssertionError when it never does."""
        end = time.monotonic() + patience
        while not holds():
            assert not self.crashed, (self.home / "logs" / "desk.log").read_text()[-3000:]
            assert time.monotonic() < end, "it never came to hold"
            breathe()

    def settle(self) -> None:
        """Let everything that is under way on this desk arrive."""
        breathe()
        self.until(self.assembly.work.is_idle)
        breathe()

    def shows(self, words: str) -> bool:
        """Whether something in the window is called so, as a screen reader would say it."""
        return any(
            one.isVisible() and words in one.accessibleName() for one in self.window.findChildren(QWidget)
        )

    def question(self) -> QDialog | None:
        """The dialog that asks something, if one does."""
        return next((one for one in self.window.findChildren(QDialog) if one.isVisible()), None)

    def confirm(self) -> None:
        """Say yes to it."""
        dialog = self.question()
        assert dialog is not None
        dialog.accept()
        self.settle()

    def charts_drawn(self) -> None:
        """Wait until the charts, which are loaded late, are on the screen."""
        charts = [*self.window.findChildren(BarTrend), *self.window.findChildren(HorizontalBars)]
        self.until(lambda: all(chart.drawn() for chart in charts if chart.isVisible()))

    def picture(self, file: Path) -> None:
        """Save what the window shows."""
        self.settle()
        shot = (self.assembly.login or self.window).grab()
        dialog = self.question() if self.assembly.desk is not None else None
        if dialog is not None:  # a window of its own: it lies on top
            place = self.window.rect().center() - dialog.rect().center()
            painter = QPainter(shot)
            painter.drawPixmap(place, dialog.grab())
            painter.end()
        shot.save(str(file))

    def leave(self) -> None:
        """Close the window and give the profile back."""
        self.assembly.close()
        self.assembly.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        breathe()


def breathe() -> None:
    """Let Qt work for a moment, and the other threads too: `QTest.qWait` would keep Python's lock from them."""
    QCoreApplication.processEvents()
    time.sleep(0.005)
