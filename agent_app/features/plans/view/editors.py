"""What each reminder of a plan's ladder offers: a text for each number of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui.cards import clear, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import TypeRole
from agent_app.ui.value_editors import ValueLine, text_line


class Offers(QWidget):
    """A text for each of some numbers of days, by the number as text."""

    given = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._value: dict[str, str] = {}
        self._lines: dict[str, ValueLine] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)

    def set_rungs(self, days: Sequence[Any]) -> None:
        """These are the numbers."""
        rungs = [str(one) for one in days]
        if rungs == list(self._lines):
            return
        clear(self._rows)
        self._lines = {}
        for rung in rungs:
            words = translate("Plans", "{days} days before").format(days=rung)
            line = self._lines[rung] = text_line(words)
            line.given.connect(partial(self._on_given, rung))
            self._rows.addLayout(row(Text(words, TypeRole.SMALL, quiet=True), line))

    def show_value(self, value: Any) -> None:
        self._value = dict(value) if isinstance(value, Mapping) else {}
        for rung, line in self._lines.items():
            line.show_value(self._value.get(rung))

    def _on_given(self, rung: str, text: str | None) -> None:
        rest = {days: offer for days, offer in self._value.items() if days != rung}
        self.given.emit(rest if text is None else {**rest, rung: text})
