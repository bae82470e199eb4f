"""The list of conflicts: one's own, and to a lead the team's."""

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.conflicts.model import conflict_line
from agent_app.features.conflicts.state import ConflictsState, Whose
from agent_app.store.queries.conflicts import Conflict
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.rows import TwoLine
from agent_app.ui.whole_list import WholeList


class ConflictList(WholeList[Conflict]):
    """Signals: ``chosen(id)`` by mouse or arrow keys, ``opened()`` by Enter, ``whose_chosen(Whose)``."""

    opened = Signal()
    whose_chosen = Signal(object)

    def __init__(self, timezone: tzinfo, *, leads: bool, parent: QWidget | None = None) -> None:
        self._tz = timezone
        self._now = 0
        lists = (
            (Whose.TEAM, translate("Conflicts", "The team's")),
            (Whose.OWN, translate("Conflicts", "Mine")),
        )
        self._whose = Segments(translate("Conflicts", "Whose"), lists)
        title, empty = translate("Conflicts", "Conflicts"), EmptyState("", icon="check-circle")
        super().__init__(title, title, self._line, empty, (self._whose,) if leads else (), parent)
        self._whose.chosen.connect(self._on_whose)
        self.rows.row_opened.connect(self._on_opened)

    def draw(self, state: ConflictsState) -> None:
        """Show the list that is looked at."""
        self._now = state.now
        entries = {entry.id: entry for entry in state.entries}
        had_keyboard = self.rows.hasFocus()
        self.set_title(translate("Conflicts", "Conflicts"), str(len(entries)) if state.loaded else "")
        self._whose.set_code(state.whose)
        self._say_empty(state)
        self.show_rows(entries, state.chosen, loaded=state.loaded)
        if had_keyboard and entries:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_empty(self, state: ConflictsState) -> None:
        if state.whose is Whose.TEAM:
            words = translate(
                "Conflicts",
                "What the server could not take from somebody of your team, and results that came late, wait here.",
            )
        else:
            words = translate(
                "Conflicts",
                "When the server cannot take something you saved, it waits here. Nothing gets lost.",
            )
        self._empty.say(translate("Conflicts", "Nothing to look at"), words)

    def _line(self, entry: Conflict) -> TwoLine:
        return conflict_line(entry, self._now, self._tz)

    @Slot(object)
    def _on_whose(self, code: str) -> None:
        self.whose_chosen.emit(Whose(code))

    @Slot(object)
    def _on_opened(self, entry_id: bytes) -> None:
        self.chosen.emit(entry_id)
        self.opened.emit()
