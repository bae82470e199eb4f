"""The list column: what was raised or not sent, the most urgent first."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.features.escalations.model import line, which_words
from agent_app.features.escalations.state import EscalationsState, Which
from agent_app.store.queries.reminders import DueReminder
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import Tone


class EscalationList(ListColumn):
    """Signals: ``which_chosen(Which)``, ``chosen(id)`` by mouse or arrow keys."""

    which_chosen = Signal(object)
    chosen = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(translate("Escalations", "Escalations"), parent)
        self._tz = timezone
        self._now = 0
        self._model: ListModel[DueReminder] = ListModel(self._want, self._line, self)
        self.rows = RowList(translate("Escalations", "Escalations"), self._model)
        self.which = Segments(
            translate("Escalations", "Which entries"), [(which.value, which_words(which)) for which in Which]
        )
        self._empty = EmptyState(
            translate("Escalations", "Nothing here"),
            translate("Escalations", "What a ladder raises to you, or cannot send, will stand here."),
            icon="bell-ringing",
        )
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        self.add(self.which)
        self.set_body(self._body)
        self.which.chosen.connect(self._on_which)
        self.rows.row_chosen.connect(self._on_chosen)

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
        self._model.set_ids(state.found)
        self._model.set_stale(state.found)
        self._model.put_rows({one: state.entries[one] for one in state.found})
        self.rows.choose(None if state.shown is None else state.shown.id)
        self._body.setCurrentWidget(self.rows if state.found or not state.loaded else self._empty)

    def _line(self, one: DueReminder) -> TwoLine:
        return line(one, self._now, self._tz)

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self.which_chosen.emit(Which(code))

    @Slot(object)
    def _on_chosen(self, reminder_id: bytes | None) -> None:
        if reminder_id is not None:
            self.chosen.emit(reminder_id)
