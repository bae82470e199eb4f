"""The real window on a prepared profile, in this process, and the waiting for it."""

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from agent_app.assembly.application import Assembly
from agent_app.assembly.desk import OpenDesk
from agent_app.features.login.state import Credentials
from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE
from tests.bench.names import LOGIN, PASSPHRASE, PASSWORD
from tests.bench.prepared import Prepared
from tests.bench.sight import queue_is_usable

PATIENCE = 60.0


class BenchWindow:
    """One signed-in desk with its window."""

    def __init__(self, at: Prepared) -> None:
        os.environ[PASSPHRASE_VARIABLE] = PASSPHRASE
        self.app = QApplication([])
        self.assembly = Assembly(self.app, places(at.home))
        self.assembly.enter(Credentials(at.address, LOGIN, PASSWORD))
        self.until(lambda: self.assembly.desk is not None and queue_is_usable(self.desk))
        self.until(self.assembly.work.is_idle)

    @property
    def desk(self) -> OpenDesk:
        """The open desk."""
        assert self.assembly.desk is not None
        return self.assembly.desk

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something holds and has been painted."""
        end = time.monotonic() + PATIENCE
        while not holds():
            # Waiting, not turning: the other threads need the interpreter.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > end:
                raise TimeoutError("the window never came so far")
        self.app.processEvents()

    def close(self) -> None:
        """Give the profile back."""
        self.assembly.close()
