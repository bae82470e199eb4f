"""The list column: the ladders in the order in which they are asked, and the quiet hours beneath them."""

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.ladders.state import LaddersState, Quiet
from agent_app.features.ladders.view.words import filter_words, steps_words
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Separator, column, row
from agent_app.ui.definitions.state import Written
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.whole_list import WholeList
from server_sync.domain.errors import ErrorKind

_Row = tuple[Written, bool]
"""What is written, and whether that is saved."""


class QuietHours(QWidget):
    """Signal: ``saved(begin, end)`` as typed."""

    saved = Signal(str, str)

    def __init__(self, tz: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = tz
        self._shown: Mapping[str, str] = {}
        self._begin = TextField(translate("Ladders", "Quiet from"), "21:00")
        self._end = TextField(translate("Ladders", "Quiet until"), "08:00")
        for field in (self._begin, self._end):
            field.setFixedWidth(72)
            field.returnPressed.connect(self._on_save)
        save = Button(translate("Ladders", "Set"), Kind.SECONDARY, small=True)
        save.clicked.connect(self._on_save)
        title = Text(translate("Ladders", "Quiet hours"), TypeRole.SMALL, quiet=True)
        note = translate(
            "Ladders", "Mail, text messages and robots wait for their end. The same twice: none."
        )
        self._note = Text(note, TypeRole.SMALL, quiet=True, wrap=True)
        self._said = Text("", TypeRole.SMALL, wrap=True)
        self._said.hide()
        line = row(self._begin, Text("–"), self._end, save, 1)
        inside = column(title, line, self._note, self._said, gap=4)
        inside.setContentsMargins(16, 8, 16, 12)
        self.setLayout(column(Separator(), inside, gap=0))

    def show_hours(self, quiet: Mapping[str, str]) -> None:
        """Those in force; what is being typed stays until others are."""
        if quiet and quiet != self._shown:
            self._shown = dict(quiet)
            self._begin.setText(quiet["from"])
            self._end.setText(quiet["to"])

    def show_outcome(self, quiet: Quiet) -> None:
        """That they were saved, or what is wrong."""
        fault = quiet.fault
        words = translate("Ladders", "Saved") if quiet.saved else ""
        if fault is not None:
            typed = fault.kind is ErrorKind.FIELD_INVALID
            words = translate("Ladders", "Type a time such as 21:00.")
            words = words if typed else error_text(fault.kind, fault.values, 0, self._tz)
        self._said.setText(words)
        self._said.set_tone(Tone.DANGER if fault is not None else Tone.SUCCESS)
        self._said.setVisible(bool(words))

    @Slot()
    def _on_save(self) -> None:
        self.saved.emit(self._begin.text(), self._end.text())


class LadderList(WholeList[_Row]):
    """Signals: ``searched(text)``, ``chosen(id)`` by mouse or arrow keys, ``new_asked()``; that of ``quiet``."""

    searched = Signal(object)
    new_asked = Signal()

    def __init__(self, tz: tzinfo, parent: QWidget | None = None) -> None:
        self.search = SearchField(
            translate("Ladders", "Find a ladder"), translate("Ladders", "Name or source"), key="Alt F"
        )
        self._new = Button(translate("Ladders", "New ladder"), icon="plus", key="Alt N")
        empty = EmptyState(
            translate("Ladders", "No ladders here"),
            translate("Ladders", "A ladder says when somebody is reminded of what waits, and by what."),
            icon="alarm",
        )
        title = translate("Ladders", "Ladders")
        super().__init__(title, title, _line, empty, (self._new, self.search), parent)
        self.quiet = QuietHours(tz)
        self.set_foot(self.quiet)
        self.search.set_next(self.rows)
        self.search.searched.connect(self.searched)
        self._new.clicked.connect(self.new_asked)

    def draw(self, state: LaddersState) -> None:
        """Show those that were found."""
        self.set_title(translate("Ladders", "Ladders"), str(len(state.listed)) if state.loaded else "")
        rows = {one: _row(state, one) for one in state.listed}
        self.show_rows(rows, state.open_id, loaded=state.loaded)
        self.quiet.show_hours(state.offered.quiet)


def _row(state: LaddersState, policy_id: bytes) -> _Row:
    unsaved = state.unsaved.get(policy_id)
    return (unsaved, False) if unsaved is not None else (state.lines[policy_id].written, True)


def _line(row_: _Row) -> TwoLine:
    written, saved = row_
    marks = [] if written["active"] else [Mark(translate("Ladders", "Switched off"), Tone.NEUTRAL)]
    if not saved:
        marks.append(Mark(translate("Definitions", "Not saved"), Tone.WARNING))
    name = str(written["name"] or translate("Ladders", "New ladder"))
    about = f"{filter_words(written['applies_to'])} · {steps_words(written['steps'])}"
    return TwoLine(title=name, marks=tuple(marks), second=about, tooltip=about)
