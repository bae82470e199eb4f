"""The condition builder: the lines, the editor of the current one, what may be done with it, and the live count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from agent_app.ui.buttons import Button, IconButton, PressArea
from agent_app.ui.cards import column, row
from agent_app.ui.conditions.acts import ACTS, BY_KEY, EDIT_KEYS, HELP_KEYS, Act, Pressed
from agent_app.ui.conditions.counting import CountPanel
from agent_app.ui.conditions.editing import LineEditor
from agent_app.ui.conditions.field_list import searched_labels
from agent_app.ui.conditions.help import KeysTold
from agent_app.ui.conditions.lines import Mode, find, written
from agent_app.ui.conditions.listing import LinesView
from agent_app.ui.conditions.model import LinesModel
from agent_app.ui.conditions.presenter import ConditionPresenter
from agent_app.ui.conditions.state import NOTHING_KNOWN, ConditionState, Counted, CountStage, Known
from agent_app.ui.i18n import translate

COUNT_PAUSE_MS = 600
"""So long after the last change the count is wished for."""


class ConditionBuilder(QWidget):
    """Main thread; holds its own presenter. Signals: ``edited(tree or None)`` after every change by the user, None
    while a line is wrong (which the line says itself); ``count_wanted(tree)`` when a new tree has stood for a moment,
    only such as the domain takes; ``terms_wanted(labels)``: what `terms_of` makes of these, on a worker, is to be given
    to ``set_terms``. Enter in the list edits the current line, Esc leads back; the other keys are those of `ACTS`.
    """

    edited = Signal(object)
    count_wanted = Signal(object)
    terms_wanted = Signal(object)

    def __init__(
        self, today: Callable[[], date], tz: Callable[[], tzinfo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = NOTHING_KNOWN
        self._read_only = False
        self._opening = False
        self._counted, self._now = Counted(), 0
        self._presenter = ConditionPresenter(self._on_state)
        self._state = self._presenter.state
        self._model = LinesModel(self._state, self)
        keys = frozenset((*BY_KEY, *EDIT_KEYS, *HELP_KEYS))
        self._lines = LinesView(translate("Conditions", "Conditions"), self._model, keys)
        keys_said = translate("Conditions", "Enter edits the line, Ins adds one, Ctrl with an arrow moves it")
        self._lines.setAccessibleDescription(keys_said)
        self._lines.setMinimumHeight(160)
        self._editor = LineEditor(today)
        self._count = CountPanel(tz)
        self._help = KeysTold()
        self._buttons = QButtonGroup(self)
        self._bar = QWidget()
        self._bar.setLayout(self._filled_bar())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COUNT_PAUSE_MS)
        layout = column(self._bar, self._help, self._lines, self._editor, self._count)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._lines)
        self._connect()
        self._draw()
        self._count.show_count(self._counted, self._now)

    def open(self, tree: Mapping[str, Any]) -> None:
        """Show another tree and wish for its count; nothing of the one before can be taken back. Sends no
        ``edited``."""
        self._opening = True
        self._presenter.open(tree)
        self._opening = False

    def tree(self) -> Mapping[str, Any] | None:
        """The tree as it stands; None while anything is wrong with it."""
        return self._state.tree

    def as_built(self) -> Mapping[str, Any]:
        """The tree as it stands, also where something is wrong with it; it can be opened again."""
        return written(self._state.root)

    def set_known(self, known: Known) -> None:
        """What the company has, for fields that are chosen from that."""
        self._known = known
        self._draw()

    def set_terms(self, terms: Sequence[str]) -> None:
        """What `terms_of` made of the labels."""
        self._editor.learn(terms)

    def set_read_only(self, read_only: bool) -> None:
        """Only look at it, or change it."""
        self._read_only = read_only
        self._draw()

    def show_count(self, counted: Counted, now: int) -> None:
        """How far the count is of the tree that was last wished for; `now` in milliseconds."""
        self._counted, self._now = counted, now
        self._count.show_count(counted, now)

    def count_words(self) -> str:
        """What is said of the count."""
        return self._count.words()

    def start(self) -> None:
        """Take the keyboard, at the current line."""
        self._lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def tell_keys(self) -> None:
        """Say what may be done by key and mouse; once more, and it goes."""
        self._help.setVisible(self._help.isHidden())

    def _filled_bar(self) -> QHBoxLayout:
        made: list[PressArea] = []
        for place, act in enumerate(ACTS):
            made.append(_button(act))
            self._buttons.addButton(made[-1], place)
        asked = IconButton(translate("Conditions", "Keys"), "question", key="?")
        asked.clicked.connect(self.tell_keys)
        return row(*made, 1, asked, gap=4)

    def _connect(self) -> None:
        self._buttons.idClicked.connect(self._on_button)
        self._lines.chosen.connect(self._on_chosen)
        self._lines.key_pressed.connect(self._on_key)
        self._lines.doubleClicked.connect(self._on_double_clicked)
        self._model.dropped.connect(self._on_dropped)
        self._editor.mode_given.connect(self._on_mode)
        self._editor.field_given.connect(self._on_field)
        self._editor.operator_given.connect(self._on_operator)
        self._editor.value_given.connect(self._on_value)
        self._editor.days_given.connect(self._on_days)
        self._editor.question_given.connect(self._on_question)
        self._editor.left.connect(self.start)
        self._editor.terms_wanted.connect(self._on_terms_wanted)
        self._pause.timeout.connect(self._on_pause)

    def _on_state(self, state: ConditionState) -> None:
        """The presenter has something to show."""
        before, self._state = self._state, state
        self._draw()
        if state.root == before.root and not self._opening:
            return
        if not self._opening:
            self.edited.emit(state.tree)
        if state.tree is None:
            self._pause.stop()
        else:
            self._pause.start()
        if self._counted.stage is CountStage.COUNTED:
            self.show_count(replace(self._counted, stage=CountStage.STALE), self._now)

    def _draw(self) -> None:
        state = self._state
        self._lines.show_state(state, self._known, read_only=self._read_only)
        line = find(state.root, state.current)
        if line is not None:
            fault = state.faults.get(line.id)
            self._editor.show_line(line, fault, self._known, read_only=self._read_only)
        self._bar.setVisible(not self._read_only)
        for button, act in zip(self._buttons.buttons(), ACTS, strict=True):
            button.setEnabled(_possible(act, state))

    @Slot(int)
    def _on_button(self, place: int) -> None:
        ACTS[place].do(self._presenter, self._state.current)

    @Slot(object)
    def _on_chosen(self, line_id: int) -> None:
        self._presenter.on_chosen(line_id)

    @Slot(object)
    def _on_key(self, pressed: Pressed) -> None:
        if self._read_only:
            return
        if pressed in EDIT_KEYS:
            self._editor.start()
        elif pressed in HELP_KEYS:
            self.tell_keys()
        else:
            BY_KEY[pressed].do(self._presenter, self._state.current)

    @Slot()
    def _on_double_clicked(self) -> None:
        if not self._read_only:
            self._editor.start()

    @Slot(object)
    def _on_dropped(self, dropped: tuple[int, int, int]) -> None:
        self._presenter.on_moved(*dropped)

    @Slot(object)
    def _on_mode(self, mode: Mode) -> None:
        self._presenter.on_mode(self._state.current, mode)

    @Slot(object)
    def _on_field(self, field: str) -> None:
        self._presenter.on_field(self._state.current, field)

    @Slot(object)
    def _on_operator(self, operator: str) -> None:
        self._presenter.on_operator(self._state.current, operator)

    @Slot(object)
    def _on_value(self, value: object) -> None:
        self._presenter.on_value(self._state.current, value)

    @Slot(object)
    def _on_days(self, days: object) -> None:
        self._presenter.on_days(self._state.current, days)

    @Slot(object)
    def _on_question(self, question: str) -> None:
        self._presenter.on_question(self._state.current, question)

    @Slot()
    def _on_terms_wanted(self) -> None:
        self.terms_wanted.emit(searched_labels())

    @Slot()
    def _on_pause(self) -> None:
        if self._state.tree is not None:
            self.count_wanted.emit(self._state.tree)


def _button(act: Act) -> PressArea:
    words = translate("Conditions", act.words)
    if act.worded:
        return Button(words, icon=act.icon, key=act.key)
    return IconButton(words, act.icon, key=act.key)


def _possible(act: Act, state: ConditionState) -> bool:
    """Undoing and redoing where there is anything; all else is always possible, or does nothing."""
    return {"Undo": state.can_undo, "Redo": state.can_redo}.get(act.words, True)
