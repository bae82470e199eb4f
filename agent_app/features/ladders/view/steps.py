"""The steps of a ladder, one beneath the other: how long after what, while what holds, by which means and to whom."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.ladders.state import Step, counts_from, span_of
from agent_app.features.ladders.view.words import (
    BASES,
    LASTS,
    basis_words,
    lasts_words,
    means_label,
    whom_words,
)
from agent_app.ui.buttons import Button, IconButton
from agent_app.ui.cards import Separator, clear, column, row
from agent_app.ui.definitions.state import Fault
from agent_app.ui.definitions.ticked import ChosenRow
from agent_app.ui.definitions.words import fault_words, joined
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.value_editors import SpanLine, ValuePicker
from server_sync.domain.model import ReminderMeans


class StepPart(QWidget):
    """One step. Signals: ``given(name, value)``, ``moved(by)``, ``removed()``."""

    given = Signal(str, object)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called = translate("Ladders", "Step {number}").format(number=number)
        self.setAccessibleName(called)
        self.span = SpanLine(translate("Ladders", "{step}: how long").format(step=called))
        bases = [(code, basis_words(code)) for code in BASES]
        lasts = [(code, lasts_words(code)) for code in LASTS]
        self._basis = ValuePicker(translate("Ladders", "{step}: counted from").format(step=called), bases)
        self._lasts = ValuePicker(translate("Ladders", "{step}: as long as").format(step=called), lasts)
        means = [(one.value, means_label(one)) for one in ReminderMeans]
        name = translate("Ladders", "{step}: by which means").format(step=called)
        self._means = ChosenRow(name, means)
        self._whom = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._fault = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        up = IconButton(translate("Ladders", "{step}: earlier").format(step=called), "arrow-up")
        down = IconButton(translate("Ladders", "{step}: later").format(step=called), "arrow-down")
        gone = IconButton(translate("Ladders", "{step}: take away").format(step=called), "x")
        head = row(Text(called, weight=Weight.MEDIUM), 1, up, down, gone)
        line = row(self.span, self._basis, self._lasts, 1)
        self.setLayout(column(head, line, self._means, self._whom, self._fault, Separator(), gap=8))
        self.span.given.connect(partial(self.given.emit, "span"))
        self._basis.given.connect(partial(self.given.emit, "counts_from"))
        self._lasts.given.connect(partial(self.given.emit, "while"))
        self._means.given.connect(partial(self.given.emit, "means"))
        up.clicked.connect(partial(self.moved.emit, -1))
        down.clicked.connect(partial(self.moved.emit, 1))
        gone.clicked.connect(self.removed)

    def show_step(self, step: Step, faults: Mapping[str, Fault]) -> None:
        """Show what is written; `faults` by the names of its parts."""
        self.span.show_value(span_of(step))
        self._basis.show_value(counts_from(step))
        self._lasts.show_value(step["while"])
        self._means.show_value(step["means"])
        self._whom.setText(whom_words(step["means"]))
        self._whom.setVisible(bool(step["means"]))
        self._fault.setText(joined(fault_words(one) for one in faults.values()))
        self._fault.setVisible(bool(faults))


class StepList(QWidget):
    """Signals: ``step_given(place, name, value)``, ``step_added()``, ``step_removed(place)``,
    ``step_moved(place, by)``."""

    step_given = Signal(int, str, object)
    step_added = Signal()
    step_removed = Signal(int)
    step_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[StepPart] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._fault = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        add = Button(translate("Ladders", "One more step"), icon="plus", small=True)
        add.clicked.connect(self.step_added)
        self.setLayout(column(self._rows, self._fault, row(add, 1), gap=12))

    def show_steps(self, steps: list[dict[str, Any]], faults: Mapping[str, Fault]) -> None:
        """Show these; `faults` by the paths of a ladder."""
        if len(steps) != len(self._parts):
            self._lay_out(len(steps))
        for place, (part, step) in enumerate(zip(self._parts, steps, strict=True)):
            start = f"steps.{place + 1}."
            part.show_step(step, {path: one for path, one in faults.items() if path.startswith(start)})
        whole = faults.get("steps")
        self._fault.setText("" if whole is None else translate("Ladders", "A ladder has one step or more"))
        self._fault.setVisible(whole is not None)

    def _lay_out(self, count: int) -> None:
        clear(self._rows)
        self._parts = []
        for place in range(count):
            part = StepPart(place + 1)
            part.given.connect(partial(self.step_given.emit, place))
            part.moved.connect(partial(self.step_moved.emit, place))
            part.removed.connect(partial(self.step_removed.emit, place))
            self._rows.addWidget(part)
            self._parts.append(part)
