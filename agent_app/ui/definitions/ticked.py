"""A short list of ticks that holds a value of a definition: those that have one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.ui.conditions.ticks import Ticks


class TickedValues(Ticks):
    """Signal: ``given(codes)`` when the user sets a tick or takes one."""

    given = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._choices: Sequence[tuple[str, str]] = ()
        self.offer(choices)
        self.turned.connect(self._on_turned)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these; the ticks go, until values are shown."""
        if list(choices) != list(self._choices) or not self.count():
            self._choices = tuple(choices)
            self.clear()
            for code, label in choices:
                self.add(code, label)
            self.show_ticks(())

    def show_value(self, value: Any) -> None:
        codes = list(value) if isinstance(value, list) else []
        if self.ticked() != codes or any(code not in dict(self._choices) for code in codes):
            self.show_ticks(codes)

    @Slot()
    def _on_turned(self) -> None:
        self.given.emit(self.ticked())
