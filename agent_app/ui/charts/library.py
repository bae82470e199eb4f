"""Loads the plotting library on a thread of its own when the first chart shows; draws nothing."""

from __future__ import annotations

import threading
from functools import cache

from PySide6.QtCore import QObject, Signal


class Library(QObject):
    """Lives on the main thread. Signal: ``loaded()``, there, once the library can be used."""

    loaded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be used now."""
        return self._thread is not None and not self._thread.is_alive()

    def load(self) -> None:
        """Begin to load it, unless that has begun already. Half a second, most of it without the main thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, name="charts")
            self._thread.start()

    def _load(self) -> None:
        import agent_app.ui.charts.plots  # noqa: F401  # half a second: not before a chart is looked at

        self.loaded.emit()


@cache
def library() -> Library:
    """The one of this process."""
    return Library()
