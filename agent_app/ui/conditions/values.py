"""Editors of a rule's value, by what it is: chosen, ticked, typed; what was typed becomes a value in ``typed``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui.condition_words import REACHED_BY, choice_label, unit_label
from agent_app.ui.conditions import typed
from agent_app.ui.conditions.asked import Shape, shape_of
from agent_app.ui.conditions.lines import RuleLine
from agent_app.ui.conditions.state import Known
from agent_app.ui.conditions.ticks import Ticks
from agent_app.ui.fields import Picker, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.moment_field import weekday_words
from agent_app.ui.tokens import SIZES, Tone, TypeRole
from server_sync.domain.rules.conditions import Field, FieldType

_SHORT = 120
_FIGURES = frozenset((FieldType.NUMBER, FieldType.DECIMAL, FieldType.MONEY))
Today = Callable[[], date]


class ValueEditor(QWidget):
    """The base, and what stands where nothing is compared. Signal: ``given(value)`` by the user, as in the JSON of a
    rule."""

    given = Signal(object)

    def put(self, value: Any) -> None:
        """Show this value, unless it is what stands there; sends no signal."""

    def start(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.TabFocusReason)


class PickedValue(ValueEditor):
    """One of a list."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._picker = Picker(name, choices)
        self._picker.setPlaceholderText(translate("Conditions", "Choose"))
        _beside(self, self._picker)
        self.setFocusProxy(self._picker)
        self._picker.picked.connect(self.given)

    def put(self, value: Any) -> None:
        text = typed.written(value)
        if text and text not in dict(self._choices):
            self._picker.set_choices([*self._choices, (text, text)])
        self._picker.setCurrentIndex(self._picker.findData(text))


class TickedValues(ValueEditor):
    """Some of a list, ticked by the space bar or a click."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = Ticks(name)
        for code, label in choices:
            self._list.add(code, label)
        self._list.show_ticks(())
        _beside(self, self._list)
        self.setFocusProxy(self._list)
        self._list.turned.connect(self._on_turned)

    def put(self, value: Any) -> None:
        self._list.show_ticks([str(one) for one in value] if isinstance(value, list) else [])

    def start(self) -> None:
        super().start()
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    @Slot()
    def _on_turned(self) -> None:
        self.given.emit(self._list.ticked())


class TypedValues(ValueEditor):
    """One line or two, each a value that `read` makes of what is typed; ``unit`` stands behind the last, beneath it how
    a day was understood."""

    def __init__(
        self,
        names: Sequence[str],
        read: Callable[[str], Any],
        *,
        unit: str = "",
        example: str = "",
        short: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._shown: Any = None
        self._fields = [TextField(name, example) for name in names]
        self._meant = Text("", TypeRole.SMALL, tone=Tone.SUCCESS, tabular=True)
        line = _beside(QWidget(), *self._fields, *([Text(unit, quiet=True, keep=True)] if unit else []))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.grid)
        layout.addWidget(line)
        layout.addWidget(self._meant)
        self._meant.hide()
        for field in self._fields:
            if short:
                field.setMaximumWidth(_SHORT)
            field.textEdited.connect(self._on_edited)
            field.editingFinished.connect(self._on_left)
        self.setFocusProxy(self._fields[0])

    def put(self, value: Any) -> None:
        pair = len(self._fields) > 1
        parts = value if pair and isinstance(value, list) else [value]
        if value == self._shown and any(field.text() for field in self._fields):
            return
        self._shown = value
        for place, field in enumerate(self._fields):
            field.setText(typed.written(parts[place]) if place < len(parts) else "")
        self._say()

    def start(self) -> None:
        super().start()
        self._fields[0].selectAll()

    def _values(self) -> Any:
        values = [self._read(field.text()) for field in self._fields]
        return values if len(values) > 1 else values[0]

    def _say(self) -> None:
        """The days that are meant, where they are not written out."""
        days = [_day_words(self._read(field.text()), field.text()) for field in self._fields]
        self._meant.setText("  ".join(day for day in days if day))
        self._meant.setVisible(bool(self._meant.text()))

    @Slot()
    def _on_edited(self) -> None:
        self._shown = self._values()
        self._say()
        self.given.emit(self._shown)

    @Slot()
    def _on_left(self) -> None:
        """What was understood is written out."""
        for field in self._fields:
            value = self._read(field.text())
            if value != field.text() and not isinstance(value, list):
                field.setText(typed.written(value))


def _day_words(value: Any, text: str) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return ""
    if day is None:
        return ""
    return weekday_words(day) if text.strip() == value else f"{value} {weekday_words(day)}"


def _beside(holder: QWidget, *things: QWidget) -> QWidget:
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2 * SIZES.grid)
    for thing in things:
        layout.addWidget(thing)
    return holder


def editor_of(line: RuleLine, field: Field, known: Known, today: Today) -> ValueEditor:
    """The editor for what a rule compares with."""
    shape, name = shape_of(line.operator), translate("Conditions", "Value")
    choices = choices_of(field, known)
    if shape is Shape.NOTHING:
        return ValueEditor()
    if shape is Shape.DAYS:
        return TypedValues([name], typed.days, unit=unit_label("days"), short=True)
    if shape is Shape.SEVERAL:
        if choices:
            return TickedValues(name, choices)
        return TypedValues(
            [name], typed.several, example=translate("Conditions", "several with commas between")
        )
    if choices or field.type is FieldType.ID:
        return PickedValue(name, choices)

    def read(text: str) -> Any:
        return typed.one(field.type, text, today())

    names = [name] if shape is Shape.ONE else [translate("Conditions", "From"), translate("Conditions", "to")]
    short = field.type in _FIGURES or field.type is FieldType.DAY
    example = translate("Moment", "3/15 · last Mon · -7") if field.type is FieldType.DAY else ""
    return TypedValues(names, read, unit=unit_label(field.unit), example=example, short=short)


def choices_of(field: Field, known: Known) -> list[tuple[str, str]]:
    """What a field's values are chosen from: the domain's, else what the company has; none if they are typed."""
    own = field.choices or (REACHED_BY if field.name == "reached_by" else ())
    if own:
        return [(str(code), choice_label(field.name, code)) for code in own]
    return list(known.of(field.name)) if field.type in (FieldType.ID, FieldType.LIST) else []
