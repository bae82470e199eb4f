"""Editing the line that is being looked at: how a group combines, or field, operator and value of a rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.ui.cards import Card, column, row
from agent_app.ui.choices import Segments
from agent_app.ui.condition_words import operator_label, unit_label
from agent_app.ui.conditions import typed
from agent_app.ui.conditions.asked import Shape, shape_of
from agent_app.ui.conditions.field_picker import FieldPicker
from agent_app.ui.conditions.lines import GroupLine, Line, Mode, RuleLine
from agent_app.ui.conditions.sentences import fault_words, mode_label
from agent_app.ui.conditions.state import NOTHING_KNOWN, Fault, Known
from agent_app.ui.conditions.values import Today, TypedValues, ValueEditor, editor_of
from agent_app.ui.fields import Picker
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.rules.conditions import FIELDS


class LineEditor(QWidget):
    """Main thread. Signals, each by the user: ``mode_given(Mode)``, ``field_given(name)``, ``operator_given(code)``,
    ``value_given(value)``, ``days_given(value)``, ``question_given(path)``, ``left()`` by Esc, ``terms_wanted()``."""

    mode_given = Signal(object)
    field_given = Signal(object)
    operator_given = Signal(object)
    value_given = Signal(object)
    days_given = Signal(object)
    question_given = Signal(object)
    left = Signal()
    terms_wanted = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._known = NOTHING_KNOWN
        self._line: Line | None = None
        self._made_for: object = None
        self._modes = Segments(
            translate("Conditions", "Combined how"), [(mode.name, mode_label(mode)) for mode in Mode]
        )
        self._field = FieldPicker()
        self._days = TypedValues(
            [translate("Conditions", "Days it looks back")], typed.days, unit=unit_label("days"), short=True
        )
        self._question = Picker(translate("Conditions", "Question"))
        self._question.setPlaceholderText(translate("Conditions", "Choose"))
        self._path = TypedValues([translate("Conditions", "Question")], str.strip, example="/data/q1")
        self._operator = Picker(translate("Conditions", "Comparison"))
        self._value = ValueEditor()
        self._fault = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        self._fault.hide()
        self._line_of_rule = row(
            self._field, self._days, self._question, self._path, self._operator, self._value
        )
        self._line_of_rule.setStretch(0, 3)
        self._stand(self._value)
        for part in (self._field, self._days, self._question, self._path, self._operator):
            self._line_of_rule.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        rule, group = QWidget(), QWidget()
        rule.setLayout(column(self._line_of_rule))
        group.setLayout(column(row(self._modes, 1)))
        self._pages = QStackedWidget()
        self._pages.addWidget(group)
        self._pages.addWidget(rule)
        self.setLayout(column(Card(self._pages, self._fault, gap=4)))
        self._modes.chosen.connect(self._on_mode)
        self._field.picked.connect(self.field_given)
        self._field.terms_wanted.connect(self.terms_wanted)
        self._operator.picked.connect(self.operator_given)
        self._question.picked.connect(self.question_given)
        self._path.given.connect(self.question_given)
        self._days.given.connect(self.days_given)
        self._value.given.connect(self.value_given)

    def show_line(self, line: Line, fault: Fault | None, known: Known, *, read_only: bool) -> None:
        """Show this line; what is being typed stays as it stands."""
        self._line, self._known = line, known
        self.setEnabled(not read_only)
        self._fault.setText("" if fault is None else fault_words(fault))
        self._fault.setVisible(fault is not None)
        self._pages.setCurrentIndex(0 if isinstance(line, GroupLine) else 1)
        if isinstance(line, GroupLine):
            self._modes.set_code(line.mode.name)
        else:
            self._show_rule(line)

    def learn(self, terms: Sequence[str]) -> None:
        """Pinyin and initials of the fields."""
        self._field.learn(terms)

    def start(self) -> None:
        """Take the keyboard: where a group is combined, else at the value, or at the field where there is none."""
        if isinstance(self._line, GroupLine):
            self._modes.start()
        elif isinstance(self._line, RuleLine) and shape_of(self._line.operator) is not Shape.NOTHING:
            self._value.start()
        else:
            self._field.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_rule(self, line: RuleLine) -> None:
        self._field.show_field(line.field)
        field = FIELDS.get(line.field)
        self._days.setVisible(field is not None and field.windowed)
        asks, listed = field is not None and field.asks, bool(self._known.of(line.field))
        self._question.setVisible(asks and listed)
        self._path.setVisible(asks and not listed)
        self._operator.setVisible(field is not None)
        made_for = (line.id, line.field, shape_of(line.operator), self._known) if field is not None else None
        if made_for != self._made_for or made_for is None:
            self._made_for = made_for
            self._exchange(
                ValueEditor() if field is None else editor_of(line, field, self._known, self._today)
            )
        if field is None:
            return
        self._operator.set_choices(
            [(one.value, operator_label(field.type.value, one.value)) for one in field.operators]
        )
        self._operator.setCurrentIndex(self._operator.findData(line.operator))
        self._question.set_choices(_with(self._known.of(field.name) if field.asks else (), line.question))
        self._question.setCurrentIndex(self._question.findData(line.question))
        self._path.put(line.question)
        self._days.put(line.days)
        self._value.put(line.value)

    def _exchange(self, made: ValueEditor) -> None:
        """Another editor of the value, with the keyboard if the former had it."""
        former = self._value
        focused = former.focusProxy() or former
        had = focused.hasFocus()
        self._value = made
        self._line_of_rule.replaceWidget(former, made)
        self._stand(made)
        former.hide()
        former.deleteLater()
        made.given.connect(self.value_given)
        if had:
            made.start()

    def _stand(self, value: ValueEditor) -> None:
        """The editor of the value has the most room of the line."""
        self._line_of_rule.setStretch(self._line_of_rule.indexOf(value), 4)
        self._line_of_rule.setAlignment(value, Qt.AlignmentFlag.AlignTop)

    def event(self, event: QEvent) -> bool:
        """Esc is its own, whatever the window binds it to."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            return True
        return super().event(event)

    @Slot(object)
    def _on_mode(self, name: str) -> None:
        self.mode_given.emit(Mode[name])


def _with(choices: Sequence[tuple[str, str]], value: object) -> list[tuple[str, str]]:
    """The choices, and what is chosen if it is none of them."""
    listed = list(choices)
    return (
        [*listed, (value, value)]
        if isinstance(value, str) and value and value not in dict(listed)
        else listed
    )
