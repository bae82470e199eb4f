"""The fields of a ladder in cards: what it is, for which it is, its steps."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.features.ladders.state import LaddersState
from agent_app.features.ladders.view.steps import StepList
from agent_app.features.ladders.view.words import SUBJECTS, column_words, subject_words, urgency_label
from agent_app.ui.cards import Card, column
from agent_app.ui.definitions.ticked import ChosenRow, TickedValues
from agent_app.ui.definitions.words import fault_words
from agent_app.ui.fields import Field
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import TypeRole, Weight
from agent_app.ui.value_editors import Single, ValuePicker, text_line, whole_line
from agent_app.ui.words import purpose_label, tier_label
from server_sync.domain.model import Purpose, Tier, Urgency


class LadderFields(QObject):
    """Signals: ``field_given(name, value)`` of a column, ``filter_given(name, value)``; those of ``steps``."""

    field_given = Signal(str, object)
    filter_given = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[str, Field] = {}
        self._editors: dict[str, Single] = {}
        self._filters: dict[str, ChosenRow | TickedValues] = {}
        self._plans = TickedValues(column_words("plans"))
        self._subject = ValuePicker(
            translate("Ladders", "What it watches"), [(code, subject_words(code)) for code in SUBJECTS]
        )
        self._subject.given.connect(partial(self.filter_given.emit, "subject"))
        self.steps = StepList()
        self.what = _card(translate("Ladders", "What"), self._what())
        said = translate(
            "Ladders", "The first ladder that fits is the task's, and no other. Nothing chosen: it fits all."
        )
        note = Text(said, TypeRole.SMALL, quiet=True, wrap=True)
        self.whom = _card(translate("Ladders", "For which"), note, self._whom())
        self.climb = _card(translate("Ladders", "Steps"), self.steps)

    def start(self) -> None:
        """Take the keyboard."""
        self._fields["name"].editor.setFocus()

    def draw(self, state: LaddersState) -> None:
        """Show what is written."""
        written = state.written
        if written is None:
            return
        self._plans.offer(state.offered.plans)
        for name, editor in self._editors.items():
            editor.show_value(written[name])
        self._subject.show_value(written["applies_to"].get("subject", "task"))
        for name, filtered in self._filters.items():
            filtered.show_value(written["applies_to"].get(name, []))
        for name, field in self._fields.items():
            fault = state.faults.get(name) or state.faults.get(f"applies_to.{name}")
            field.set_error(fault_words(fault) if fault is not None else "")
        self.steps.show_steps([dict(one) for one in written["steps"]], state.faults)

    def _what(self) -> QWidget:
        active = [(True, translate("Ladders", "In force")), (False, translate("Ladders", "Switched off"))]
        order = translate("Ladders", "The smaller number is asked first")
        return _grid(
            [
                self._field("name", text_line(column_words("name")), required=True),
                self._field("active", ValuePicker(column_words("active"), active)),
                self._field("position", whole_line(column_words("position")), hint=order),
                self._field("source", text_line(column_words("source"))),
            ]
        )

    def _whom(self) -> QWidget:
        urgencies = [(one.value, urgency_label(one)) for one in Urgency]
        tiers = [(one.value, tier_label(one)[0]) for one in Tier]
        purposes = [(one.value, purpose_label(one)) for one in Purpose]
        made = QWidget()
        made.setLayout(
            column(
                Field(translate("Ladders", "What it watches"), self._subject),
                self._filter("urgencies", ChosenRow(column_words("urgencies"), urgencies)),
                self._filter("tiers", ChosenRow(column_words("tiers"), tiers)),
                self._filter("purposes", ChosenRow(column_words("purposes"), purposes)),
                self._filter("plans", self._plans),
                gap=12,
            )
        )
        return made

    def _field(self, name: str, editor: Single, *, hint: str = "", required: bool = False) -> Field:
        editor.given.connect(partial(self.field_given.emit, name))
        self._editors[name] = editor
        self._fields[name] = Field(column_words(name), editor, hint=hint, required=required)
        return self._fields[name]

    def _filter(self, name: str, editor: ChosenRow | TickedValues) -> Field:
        editor.given.connect(partial(self.filter_given.emit, name))
        self._filters[name] = editor
        self._fields[name] = Field(column_words(name), editor)
        return self._fields[name]


def _card(title: str, *things: QWidget) -> Card:
    return Card(Text(title, weight=Weight.MEDIUM), *things, gap=12)


def _grid(fields: Sequence[QWidget]) -> QWidget:
    """Fields two in a line."""
    made = QWidget()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for place, field in enumerate(fields):
        grid.addWidget(field, place // 2, place % 2)
    made.setLayout(column(grid))
    return made
