"""The fields of a plan in three sections: what it is, when it makes tasks, how these are done; whom it is for stands in
a part of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.actions.plans import Written
from agent_app.features.plans.state import PlansState
from agent_app.features.plans.view.trigger_fields import TriggerFields
from agent_app.features.plans.view.words import TRIGGERS, choice_words, festival_words
from agent_app.ui.cards import Card, column
from agent_app.ui.definitions.state import Fault
from agent_app.ui.definitions.words import fault_words
from agent_app.ui.fields import Field, TextArea
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Weight
from agent_app.ui.value_editors import (
    Rows,
    Single,
    SpanLine,
    ValuePicker,
    text_line,
    texts_line,
    whole_line,
)
from agent_app.ui.words import channel_label, purpose_label
from server_sync.domain.model import Channel, Purpose, Urgency
from server_sync.domain.rules.dialling_modes import DiallingMode
from server_sync.domain.rules.plans.definition import To

Choices = list[tuple[Any, str]]


def section(title: str, *things: QWidget) -> Card:
    """A card under its heading."""
    return Card(Text(title, weight=Weight.MEDIUM), *things, gap=12)


class Sections(QObject):
    """The fields and their cards. Signals: ``field_given(name, value)`` of a column; ``trigger_given(trigger)``,
    ``param_given(name, value)``."""

    field_given = Signal(str, object)
    trigger_given = Signal(object)
    param_given = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._written: Written = {}
        self._fields: dict[str, Field] = {}
        self._editors: dict[str, Single | Rows] = {}
        self.params = TriggerFields()
        self._description = TextArea(translate("Plans", "Description"), lines=2)
        self._forms: Choices = []
        self.what = section(translate("Plans", "What"), self._what())
        self.when = section(translate("Plans", "When"), self._when())
        self.how = section(translate("Plans", "How"), self._how())
        self._description.edited.connect(self._on_described)
        self.params.param_given.connect(self.param_given)

    def start(self) -> None:
        """Take the keyboard."""
        self._fields["name"].editor.setFocus()

    def draw(self, state: PlansState) -> None:
        """Show what is written."""
        written = state.written
        if written is None:
            return
        self._written = written
        forms: Choices = [(None, translate("Plans", "no guide"))]
        forms += [(form_id, title) for form_id, (_, title) in state.forms.items()]
        goals: Choices = [(None, translate("Plans", "no goal"))]
        goals += [(goal_id, name) for goal_id, (_, name) in state.goals.items()]
        self._offer("form_id", forms)
        self._offer("goal_id", goals)
        codes: Choices = [(None, translate("Plans", "no guide"))]
        codes += [(code, title) for code, title in state.forms.values()]
        if codes != self._forms:
            self._forms = codes
        for name, editor in self._editors.items():
            editor.show_value(_value(written, name))
        self._description.set_text(written["description"] or "")
        self.params.draw(written, state.faults, {"name": festival_words(state)})
        for name, field in self._fields.items():
            fault = _fault(state.faults, name)
            field.set_error(fault_words(fault) if fault is not None else "")
        to = written["assignment"].get("to")
        self._fields["assignment.person"].setVisible(to == "person")
        self._fields["dialling.seconds"].setVisible((written["dialling"] or {}).get("mode") == "progressive")

    def _what(self) -> QWidget:
        purposes: Choices = [(one.value, purpose_label(one)) for one in Purpose]
        channels: Choices = [(one.value, channel_label(one)) for one in Channel]
        label_hint = translate("Plans", "The short word in an agent's queue, such as 首访 or 关怀")
        return _grid(
            self._field("name", translate("Plans", "Name"), text_line, required=True),
            self._field("label", translate("Plans", "Short word"), text_line, hint=label_hint, required=True),
            self._choice("purpose", translate("Plans", "Purpose"), purposes),
            self._choice("channel", translate("Plans", "Channel"), channels),
            self._choice("form_id", translate("Plans", "Guide"), []),
            self._choice("goal_id", translate("Plans", "Goal"), []),
            self._field("source", translate("Plans", "Source"), text_line),
            wide=[self._kept("description", Field(translate("Plans", "Description"), self._description))],
        )

    def _when(self) -> QWidget:
        triggers: Choices = [(code, translate("Plans", words)) for code, words in TRIGGERS.items()]
        trigger = ValuePicker(translate("Plans", "Trigger"), triggers)
        trigger.given.connect(self.trigger_given)
        self._editors["trigger"] = trigger
        later = translate("Plans", "Left empty: at once")
        steps = Rows(
            translate("Plans", "Further contacts"),
            {
                "after": lambda: SpanLine(translate("Plans", "After")),
                "label": lambda: text_line(
                    translate("Plans", "Short word"), translate("Plans", "Short word")
                ),
                "form": lambda: ValuePicker(translate("Plans", "Guide"), self._forms),
                "due_within": lambda: SpanLine(translate("Plans", "Due within")),
            },
            {
                "after": {"amount": 3, "unit": "working_days"},
                "label": "",
                "form": None,
                "due_within": {"amount": 1, "unit": "working_days"},
            },
            translate("Plans", "One more contact"),
        )
        steps.given.connect(partial(self.field_given.emit, "steps"))
        self._editors["steps"] = steps
        hint = translate(
            "Plans", "Each counted from the same moment as the first contact: after, short word, guide, due"
        )
        days = translate("Plans", "2026-11-01; left empty: no limit")
        return _grid(
            self._field("available_after", translate("Plans", "Callable after"), SpanLine, hint=later),
            self._field(
                "due_within", translate("Plans", "Due within, from then on"), SpanLine, required=True
            ),
            self._field("starts_on", translate("Plans", "Works from (day)"), text_line, hint=days),
            self._field("ends_on", translate("Plans", "Works until (day)"), text_line, hint=days),
            first=[self._kept("trigger", Field(translate("Plans", "Trigger"), trigger)), self.params],
            wide=[self._kept("steps", Field(translate("Plans", "Further contacts"), steps, hint=hint))],
        )

    def _how(self) -> QWidget:
        urgencies: Choices = [(one.value, choice_words(one)) for one in Urgency]
        company = translate("Plans", "as the company does")
        to: Choices = [(None, company), *((one.value, choice_words(one)) for one in To)]
        modes: Choices = [(None, company), *((one.value, choice_words(one)) for one in DiallingMode)]
        words = translate("Plans", "One after the other, commas between them")
        percent = translate("Plans", "So many in a hundred are not contacted, to compare with (0 to 100)")
        return _grid(
            self._field(
                "priority",
                translate("Plans", "Priority"),
                whole_line,
                hint=translate("Plans", "0 to 100; 50 is usual"),
            ),
            self._choice("urgency", translate("Plans", "Class in the queue"), urgencies),
            self._choice("assignment.to", translate("Plans", "Who gets the tasks"), to),
            self._field("assignment.person", translate("Plans", "User name of the agent"), text_line),
            self._field("assignment.skills", translate("Plans", "Skills needed"), texts_line, hint=words),
            self._field("tags", translate("Plans", "Tags that whom it picks gets"), texts_line, hint=words),
            self._choice("dialling.mode", translate("Plans", "Dialling"), modes),
            self._field("dialling.seconds", translate("Plans", "Dials after (seconds)"), whole_line),
            self._field("control_percent", translate("Plans", "Control group (%)"), whole_line, hint=percent),
        )

    def _field(
        self, name: str, label: str, make: Callable[[str], Single], *, hint: str = "", required: bool = False
    ) -> Field:
        editor = make(label)
        editor.given.connect(partial(self._on_given, name))
        self._editors[name] = editor
        return self._kept(name, Field(label, editor, hint=hint, required=required))

    def _choice(self, name: str, label: str, choices: Choices) -> Field:
        return self._field(name, label, lambda said: ValuePicker(said, choices))

    def _kept(self, name: str, field: Field) -> Field:
        self._fields[name] = field
        return field

    def _offer(self, name: str, choices: Choices) -> None:
        editor = self._editors[name]
        if isinstance(editor, ValuePicker):
            editor.offer(choices)

    def _on_given(self, name: str, value: Any) -> None:
        column, _, part = name.partition(".")
        if part:
            rest = {key: kept for key, kept in (self._written[column] or {}).items() if key != part}
            whole = rest if value in (None, []) else {**rest, part: value}
            value = None if column == "dialling" and "mode" not in whole else whole
        self.field_given.emit(column, value)

    @Slot(object)
    def _on_described(self, text: str) -> None:
        self.field_given.emit("description", text or None)


def _value(written: Written, name: str) -> Any:
    column, _, part = name.partition(".")
    if not part:
        return written[column]
    return (written[column] or {}).get(part, [] if part == "skills" else None)


def _fault(faults: Mapping[str, Fault], name: str) -> Fault | None:
    """What is said against a field or a part of it."""
    return next((one for path, one in faults.items() if path == name or path.startswith(f"{name}.")), None)


def _grid(*fields: QWidget, first: Sequence[QWidget] = (), wide: Sequence[QWidget] = ()) -> QWidget:
    """Fields two in a line; `first` above them and `wide` beneath them over the whole width."""
    made = QWidget()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for place, field in enumerate(fields):
        grid.addWidget(field, place // 2, place % 2)
    made.setLayout(column(*first, grid, *wide, gap=12))
    return made
