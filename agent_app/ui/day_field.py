"""A day as people type it (3/15, 上周一, -7), and how it was understood; reading it is ``rules.typed_day``'s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.moment_field import weekday_words
from server_sync.domain.rules import typed_day


class DayField(Field):
    """A labelled line; ``today`` is the day from which words are seen. Signal: ``day_given(date or None)`` whenever
    another day is meant, None when nothing is or nobody understands it."""

    day_given = Signal(object)

    def __init__(self, label: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self._line = TextField(label, translate("Moment", "3/15 · last Mon · -7"))
        super().__init__(label, self._line, parent=parent)
        self._today = today
        self._day: date | None = None
        self._line.textEdited.connect(self._on_edited)

    def show_day(self, day: date | None) -> None:
        """Show this day, unless it is the one that is being typed."""
        if day != self._day:
            self._day = day
            self._line.setText("" if day is None else day.isoformat())
            self._say()

    def _say(self) -> None:
        words = "" if self._day is None else f"{self._day.isoformat()} {weekday_words(self._day)}"
        self.set_hint(words)
        unread = self._day is None and bool(self._line.text().strip())
        self.set_error(translate("Moment", "Nobody understands this as a day") if unread else "")

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        before, self._day = self._day, typed_day.day(text, self._today()) if text.strip() else None
        self._say()
        if self._day != before:
            self.day_given.emit(self._day)
