"""The list column: what was raised or not sent, the most urgent first."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.escalations.model import line, which_words
from agent_app.features.escalations.state import EscalationsState, Which
from agent_app.store.queries.reminders import DueReminder
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.rows import TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.whole_list import WholeList


class EscalationList(WholeList[DueReminder]):
    """Signals: ``which_chosen(Which)``, ``chosen(id)`` by mouse or arrow keys."""

    which_chosen = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        self._tz = timezone
        self._now = 0
        self.which = Segments(
            translate("Escalations", "Which entries"), [(which.value, which_words(which)) for which in Which]
        )
        empty = EmptyState(
            translate("Escalations", "Nothing here"),
            translate("Escalations", "What a ladder raises to you, or cannot send, will stand here."),
            icon="bell-ringing",
        )
        title = translate("Escalations", "Escalations")
        super().__init__(title, title, self._line, empty, (self.which,), parent)
        self.which.chosen.connect(self._on_which)

    def draw(self, state: EscalationsState) -> None:
        """Show those that are wanted."""
        self._now = state.now
        failed = state.count(Which.FAILED)
        self.set_title(
            translate("Escalations", "Escalations"),
            str(len(state.found)) if state.loaded else "",
            translate("Escalations", "%n not sent", failed) if failed else "",
            Tone.WARNING,
        )
        self.which.set_code(state.which)
        rows = {one: state.entries[one] for one in state.found}
        shown = None if state.shown is None else state.shown.id
        self.show_rows(
            rows, shown, loaded=state.loaded, anew=True
        )  # how long ago it was stands in every line

    def _line(self, one: DueReminder) -> TwoLine:
        return line(one, self._now, self._tz)

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self.which_chosen.emit(Which(code))
