"""Things that hold one value of a definition: a line read as a value, a picker of values, a span, rows of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui.buttons import Button, IconButton
from agent_app.ui.cards import clear, row
from agent_app.ui.fields import Picker, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.span_words import UNITS
from agent_app.ui.tokens import TypeRole
from server_sync.domain.rules.word_lists import listed

_NARROW = 96


class ValueLine(TextField):
    """One line; `read` makes a value of what is typed, `say` the line of a value."""

    given = Signal(object)

    def __init__(
        self,
        name: str,
        read: Callable[[str], Any],
        say: Callable[[Any], str],
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, placeholder, parent=parent)
        self._read, self._say = read, say
        self.textEdited.connect(self._on_edited)

    def show_value(self, value: Any) -> None:
        if self._read(self.text()) != value:
            self.setText(self._say(value))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.given.emit(self._read(text))


class ValuePicker(Picker):
    """One of some values, each with its words."""

    given = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[Any, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent=parent)
        self._values: list[Any] = []
        self.offer(choices)
        self.picked.connect(self._on_picked)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer these."""
        values = [value for value, _ in choices]
        if values == self._values and [self.itemText(place) for place in range(self.count())] == [
            words for _, words in choices
        ]:
            return
        self._values = values
        self.set_choices([(str(place), words) for place, (_, words) in enumerate(choices)])

    def show_value(self, value: Any) -> None:
        if value in self._values:
            self.set_code(str(self._values.index(value)))
        else:
            self.setCurrentIndex(-1)

    @Slot(object)
    def _on_picked(self, code: str) -> None:
        self.given.emit(self._values[int(code)])


class SpanLine(QWidget):
    """An amount and its unit: {"amount", "unit"}, or None where it was left out."""

    given = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._amount = whole_line(name)
        self._amount.setMaximumWidth(_NARROW)
        units = [(code, translate("Values", words)) for code, words in UNITS.items()]
        self._unit = ValuePicker(translate("Values", "{name}: unit").format(name=name), units)
        self._value: Mapping[str, Any] | None = None
        self.setLayout(row(self._amount, self._unit, 1))
        self.setFocusProxy(self._amount)
        self._amount.given.connect(self._on_amount)
        self._unit.given.connect(self._on_unit)

    def show_value(self, value: Any) -> None:
        self._value = value
        self._amount.show_value(value["amount"] if value is not None else None)
        if value is not None:
            self._unit.show_value(value["unit"])

    @Slot(object)
    def _on_amount(self, amount: Any) -> None:
        unit = list(UNITS)[max(0, self._unit.currentIndex())]
        self.given.emit(None if amount is None else {"amount": amount, "unit": unit})

    @Slot(object)
    def _on_unit(self, unit: str) -> None:
        if self._value is not None:
            self.given.emit({**self._value, "unit": unit})


Single = ValueLine | ValuePicker | SpanLine
"""What holds one value. Signal: ``given(value)`` when the user gives another; `show_value` shows one, unless it is
what is being typed."""


class Rows(QWidget):
    """Rows of values under their headings, to which one may add; `blank` is a new one."""

    given = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Mapping[str, Callable[[], Single]],
        blank: Mapping[str, Any],
        add: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._columns, self._blank = columns, blank
        self._value: list[dict[str, Any]] = []
        self._editors: list[dict[str, Single]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._add = Button(add, icon="plus", small=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._rows)
        layout.addLayout(row(self._add, 1))
        self._add.clicked.connect(self._on_added)

    def show_value(self, value: Any) -> None:
        rows = [dict(one) for one in value] if isinstance(value, list) else []
        if len(rows) != len(self._editors):
            self._lay_out(len(rows))
        self._value = rows
        for editors, values in zip(self._editors, rows, strict=True):
            for key, editor in editors.items():
                editor.show_value(values.get(key))

    def _lay_out(self, count: int) -> None:
        clear(self._rows)
        self._editors = []
        for place in range(count):
            made = {key: make() for key, make in self._columns.items()}
            for key, editor in made.items():
                editor.given.connect(partial(self._on_given, place, key))
            gone = IconButton(translate("Values", "Take away line {number}").format(number=place + 1), "x")
            gone.clicked.connect(partial(self._on_removed, place))
            number = Text(str(place + 1), TypeRole.SMALL, quiet=True, tabular=True)
            self._rows.addLayout(row(number, *made.values(), gone))
            self._editors.append(made)

    def _on_given(self, place: int, key: str, value: Any) -> None:
        rows = [dict(one) for one in self._value]
        rows[place][key] = value
        self.given.emit(rows)

    def _on_removed(self, place: int) -> None:
        self.given.emit([one for number, one in enumerate(self._value) if number != place])

    @Slot()
    def _on_added(self) -> None:
        self.given.emit([*self._value, dict(self._blank)])


def whole_line(name: str) -> ValueLine:
    """A line for a whole number; what is none is kept as it was typed, for the domain to say so."""
    return ValueLine(name, _whole, _text_of)


def wholes_line(name: str) -> ValueLine:
    """A line for several: "90, 60, 30"."""
    return ValueLine(name, lambda text: [_whole(one) for one in listed(text)] or None, _joined, "90, 60, 30")


def text_line(name: str, placeholder: str = "") -> ValueLine:
    """A line of words."""
    return ValueLine(name, lambda text: text or None, _text_of, placeholder)


def texts_line(name: str, placeholder: str = "") -> ValueLine:
    """A line of words one after the other."""
    return ValueLine(name, listed, _joined, placeholder)


def _whole(text: str) -> Any:
    found = text.strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else found or None


def _text_of(value: Any) -> str:
    return "" if value is None else str(value)


def _joined(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else _text_of(value)
