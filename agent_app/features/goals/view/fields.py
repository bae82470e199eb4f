"""The fields of a goal in cards: how far it has come, what is to be reached by when, and whose it is."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.features.goals.presenter import GoalsState
from agent_app.features.goals.view.words import (
    METRICS,
    column_words,
    figure,
    metric_hint,
    metric_words,
    state_words,
    unit_words,
    way_words,
)
from agent_app.store.queries.goals import Measured
from agent_app.ui import formats
from agent_app.ui.cards import Card, KeyValues, column
from agent_app.ui.definitions.ticked import ChosenRow, TickedValues
from agent_app.ui.definitions.words import fault_words
from agent_app.ui.feedback import ProgressLine
from agent_app.ui.fields import Field
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import TypeRole, Weight
from agent_app.ui.value_editors import Single, ValuePicker, text_line, texts_line
from agent_app.ui.words import tier_label
from server_sync.domain.model import GoalState, Tier

_WRITTEN_STATES = (GoalState.ACTIVE, GoalState.WITHDRAWN)


class GoalFields(QObject):
    """The cards and their fields. Signals: ``field_given(name, value)`` of a column, ``scope_given(name, values)``."""

    field_given = Signal(str, object)
    scope_given = Signal(str, object)

    def __init__(self, tz: tzinfo) -> None:
        super().__init__()
        self._tz = tz
        self._fields: dict[str, Field] = {}
        self._editors: dict[str, Single] = {}
        self._scopes: dict[str, ChosenRow | TickedValues | Single] = {}
        self._lines = KeyValues()
        self._line = ProgressLine()
        self.progress = _card(translate("Goals", "How far it has come"), self._line, self._lines)
        self.aim = _card(translate("Goals", "What is to be reached, and by when"), self._aim())
        self.whose = _card(
            translate("Goals", "Whose"),
            Text(
                translate("Goals", "Nothing chosen: everybody and everything counts."),
                TypeRole.SMALL,
                quiet=True,
                wrap=True,
            ),
            self._whose(),
        )

    def start(self) -> None:
        """Take the keyboard."""
        self._fields["name"].editor.setFocus()

    def draw(self, state: GoalsState) -> None:
        """Show what is written."""
        written = state.written
        if written is None:
            return
        self._offer(state)
        for name, editor in self._editors.items():
            editor.show_value(written[name])
        for name, scope in self._scopes.items():
            scope.show_value(written["scope"].get(name, []))
        metric = str(written["metric"])
        self._fields["metric"].set_hint(metric_hint(metric))
        for name in ("target", "baseline"):
            self._fields[name].set_hint(unit_words(metric))
        for name, field in self._fields.items():
            fault = state.faults.get(name) or state.faults.get(f"scope.{name}")
            field.set_error(fault_words(fault) if fault is not None else "")
        self._show_progress(state.stands.known if state.stands is not None else None, metric, state.now)

    def _show_progress(self, measured: Measured | None, metric: str, now: int) -> None:
        lines = self._lines
        lines.clear()
        self._line.setVisible(measured is not None and measured.progress.percent is not None)
        if measured is None:
            lines.say(
                translate("Goals", "It is measured every night, for the first time after it was saved.")
            )
            return
        words, tone = way_words(measured)
        self._line.show_share((measured.progress.percent or 0) / 100, words)
        lines.add(translate("Goals", "Measured"), figure(measured.value, metric), words, tone)
        if measured.measured_at is not None:
            when = formats.moment(measured.measured_at, now, self._tz)
            said = translate("Goals", "over {count}").format(count=formats.number(measured.sample))
            lines.add(translate("Goals", "Last measured"), when, said)
        left = measured.progress.days_left
        words = translate("Goals", "%n day(s) left", left) if left >= 0 else translate("Goals", "over")
        lines.add(translate("Goals", "Time"), words)

    def _aim(self) -> QWidget:
        day = translate("Goals", "such as 2026-12-31")
        metrics = [(code, metric_words(code)) for code in METRICS]
        states = [(one.value, state_words(one)[0]) for one in _WRITTEN_STATES]
        return _grid(
            self._field("name", text_line(column_words("name")), required=True),
            self._field("metric", ValuePicker(column_words("metric"), metrics)),
            self._field("target", text_line(column_words("target")), required=True),
            self._field("baseline", text_line(column_words("baseline"))),
            self._field("starts_on", text_line(column_words("starts_on")), hint=day, required=True),
            self._field("deadline_on", text_line(column_words("deadline_on")), hint=day, required=True),
            self._field("owner_id", ValuePicker(column_words("owner_id"))),
            self._field("state", ValuePicker(column_words("state"), states)),
            self._field("source", text_line(column_words("source"))),
        )

    def _whose(self) -> QWidget:
        tiers = [(one.value, tier_label(one)[0]) for one in Tier]
        said = translate("Goals", "One after the other, commas between them")
        return _grid(
            self._scope("teams", TickedValues(column_words("teams"))),
            self._scope("plans", TickedValues(column_words("plans"))),
            self._scope("regions", texts_line(column_words("regions")), said),
            self._scope("product_lines", texts_line(column_words("product_lines")), said),
            first=[self._scope("tiers", ChosenRow(column_words("tiers"), tiers))],
        )

    def _field(self, name: str, editor: Single, *, hint: str = "", required: bool = False) -> Field:
        editor.given.connect(partial(self.field_given.emit, name))
        self._editors[name] = editor
        self._fields[name] = Field(column_words(name), editor, hint=hint, required=required)
        return self._fields[name]

    def _scope(self, name: str, editor: ChosenRow | TickedValues | Single, hint: str = "") -> Field:
        editor.given.connect(partial(self.scope_given.emit, name))
        self._scopes[name] = editor
        self._fields[name] = Field(column_words(name), editor, hint=hint)
        return self._fields[name]

    def _offer(self, state: GoalsState) -> None:
        owner = self._editors["owner_id"]
        if isinstance(owner, ValuePicker):
            owner.offer(state.offered.people)
        of: Mapping[str, tuple[tuple[str, str], ...]] = {
            "teams": state.offered.teams,
            "plans": state.offered.plans,
        }
        for name, choices in of.items():
            scope = self._scopes[name]
            if isinstance(scope, TickedValues):
                scope.offer(choices)


def _card(title: str, *things: QWidget) -> Card:
    return Card(Text(title, weight=Weight.MEDIUM), *things, gap=12)


def _grid(*fields: QWidget, first: Sequence[QWidget] = ()) -> QWidget:
    """Fields two in a line; `first` above them over the whole width."""
    made = QWidget()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for place, field in enumerate(fields):
        grid.addWidget(field, place // 2, place % 2)
    made.setLayout(column(*first, grid, gap=12))
    return made
