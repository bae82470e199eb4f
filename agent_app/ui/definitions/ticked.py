"""Several of some choices as the value of a definition: a list of ticks, or a row of words where they are few."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.ui.choices import ChoiceRow
from agent_app.ui.conditions.ticks import Ticks


class TickedValues(Ticks):
    """Signal: ``given(codes)`` when the user sets a tick or takes one."""

    given = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._choices: Sequence[tuple[str, str]] = ()
        self._codes: Sequence[str] = ()
        self.offer(choices)
        self.turned.connect(self._on_turned)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._fill()

    def show_value(self, value: Any) -> None:
        codes = list(value) if isinstance(value, list) else []
        if codes != self._codes:
            self._codes = codes
            self._fill()

    def _fill(self) -> None:
        """The choices, and what has a tick without being one of them."""
        self.clear()
        for code, label in self._choices:
            self.add(code, label)
        self.show_ticks(self._codes)

    @Slot()
    def _on_turned(self) -> None:
        self._codes = self.ticked()
        self.given.emit(list(self._codes))


class ChosenRow(ChoiceRow):
    """Few choices side by side. Signal: ``given(codes)`` when the user takes one in or out."""

    given = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, choices, several=True, caps=(), parent=parent)
        self.answered.connect(self._on_answered)

    def show_value(self, value: Any) -> None:
        self.set_answer(value if isinstance(value, list) else ())

    @Slot(object)
    def _on_answered(self, codes: tuple[str, ...]) -> None:
        self.given.emit(list(codes))
