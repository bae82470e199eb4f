"""A person at a desk: the real window on Qt's offscreen platform, driven by keys, looked at by pictures."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.assembly.application import Assembly
from agent_app.assembly.desk import OpenDesk
from agent_app.features.login.state import Credentials
from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE
from agent_app.host.settings import Settings, save_settings
from tests.e2e.world import PASSPHRASE, World

PATIENCE = 30.0


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

    @property
    def desk(self) -> OpenDesk:
        """The open desk; AssertionError before signing in."""
        assert self.assembly.desk is not None
        return self.assembly.desk

    @property
    def window(self) -> QWidget:
        """The window of the open desk."""
        return self.desk.window

    def sign_in(self, role: str) -> None:
        """Sign in through the page, and wait until the first sync is complete (or the server is known to be away)."""
        person = self.world.people[role]
        self.assembly.enter(Credentials(self.world.address, person["login"], person["password"]))
        self.until(lambda: self.assembly.desk is not None)
        self.window.activateWindow()

    def press(self, keys: str, to: QWidget | None = None) -> None:
        """Press a key such as "F5" or "Ctrl+Return" where the focus is."""
        sequence = QKeySequence(keys)[0]
        target = to or QApplication.focusWidget() or self.window
        QTest.keyClick(target, sequence.key(), sequence.keyboardModifiers())
        self.settle()

    def type(self, text: str) -> None:
        """Type into the focused field as an input method does: composed first, then committed."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QCoreApplication.sendEvent(target, QInputMethodEvent(text, []))
        committed = QInputMethodEvent("", [])
        committed.setCommitString(text)
        QCoreApplication.sendEvent(target, committed)
        self.settle()

    def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Let the window work until something holds; AssertionError when it never does."""
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end:
                raise AssertionError("it never came to hold")
            QTest.qWait(10)

    def settle(self) -> None:
        """Let everything that is under way on this desk arrive."""
        QTest.qWait(1)
        self.until(self.assembly.work.is_idle)
        QTest.qWait(1)

    def picture(self, file: Path) -> None:
        """Save what the window shows."""
        self.settle()
        (self.assembly.login or self.window).grab().save(str(file))

    def leave(self) -> None:
        """Close the window and give the profile back."""
        self.assembly.close()
        self.assembly.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QTest.qWait(1)
