"""The list column: every goal with how far it has come."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.features.goals.presenter import GoalsState
from agent_app.features.goals.view.words import line_words, state_words, way_words
from agent_app.store.queries.goals import Measured
from agent_app.ui.buttons import Button
from agent_app.ui.definitions.state import Line, Written
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.whole_list import WholeList
from server_sync.domain.model import GoalState

_Row = tuple[Line[Measured] | None, Written, bool]
"""What is kept, what is written, whether that is saved."""


class GoalList(WholeList[_Row]):
    """Signals: ``searched(text)``, ``chosen(id)`` by mouse or arrow keys, ``new_asked()``."""

    searched = Signal(object)
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.search = SearchField(
            translate("Goals", "Find a goal"), translate("Goals", "Name or source"), key="Alt F"
        )
        self._new = Button(translate("Goals", "New goal"), icon="plus", key="Alt N")
        empty = EmptyState(
            translate("Goals", "No goals here"),
            translate("Goals", "A goal says what is to be reached by when; it is measured every night."),
            icon="target",
        )
        title = translate("Goals", "Goals")
        super().__init__(title, title, _line, empty, (self._new, self.search), parent)
        self.search.set_next(self.rows)
        self.search.searched.connect(self.searched)
        self._new.clicked.connect(self.new_asked)

    def draw(self, state: GoalsState) -> None:
        """Show those that were found."""
        self.set_title(translate("Goals", "Goals"), str(len(state.listed)) if state.loaded else "")
        rows = {one: _row(state, one) for one in state.listed}
        self.show_rows(rows, state.open_id, loaded=state.loaded)


def _row(state: GoalsState, goal_id: bytes) -> _Row:
    kept, unsaved = state.lines.get(goal_id), state.unsaved.get(goal_id)
    if unsaved is not None:
        return kept, unsaved, False
    return kept, state.lines[goal_id].written, True


def _line(row: _Row) -> TwoLine:
    kept, written, saved = row
    measured = kept.known if kept is not None else None
    marks = [Mark(*state_words(measured.state))] if measured is not None else []
    if not saved:
        marks.append(Mark(translate("Definitions", "Not saved"), Tone.WARNING))
    name = str(written["name"] or translate("Goals", "New goal"))
    under_way = measured is not None and measured.state == GoalState.ACTIVE
    note = way_words(measured)[0] if measured is not None and under_way else ""
    return TwoLine(title=name, marks=tuple(marks), second=line_words(written, measured), second_note=note)
