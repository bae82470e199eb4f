"""The list column: the whole team, what is overdue, what is nobody's, and every member with presence and load."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.team.model.lines import entry_line, member_line
from agent_app.features.team.state import Entry, TeamState
from agent_app.features.team.view.dragging import RowDrop
from agent_app.store.queries.team import Member
from agent_app.ui.buttons import Button
from agent_app.ui.cards import row
from agent_app.ui.i18n import translate
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel

_ENTRIES = {entry: entry.encode() for entry in Entry}
_BY_ID = {row_id: entry for entry, row_id in _ENTRIES.items()}


class MembersColumn(ListColumn):
    """Signals: ``chosen(Entry or person id)`` by click or arrow keys, ``dropped((task ids, person id))`` when tasks are
    laid onto somebody, ``roster_asked()``."""

    chosen = Signal(object)
    dropped = Signal(object)
    roster_asked = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(translate("Team", "Team"), parent)
        self._tz = timezone
        self._state = TeamState()
        self._model: ListModel[Entry | Member] = ListModel(self._want, self._line, self)
        self._list = RowList(translate("Team", "Team"), self._model)
        self.set_body(self._list)
        roster = Button(translate("Team", "Roster"), icon="calendar-blank", key="Alt S")
        self.set_foot(_foot(roster))
        roster.clicked.connect(self.roster_asked)
        self._list.row_chosen.connect(self._on_chosen)
        self._list.row_opened.connect(self._on_chosen)
        self._drop = RowDrop(self._list, self._model, lambda row_id: row_id not in _BY_ID, self._on_dropped)

    def draw(self, state: TeamState) -> None:
        """Show the members of the sheet."""
        self._state = state
        if state.sheet is None:
            return
        members = state.sheet.members
        count = translate("Team", "%n person(s)", len(members))
        title = " · ".join(part for part in (state.sheet.team, count) if part)
        self.set_title(translate("Team", "Team"), title)
        rows: dict[bytes, Entry | Member] = {row_id: entry for entry, row_id in _ENTRIES.items()}
        rows |= {member.person_id: member for member in members}
        self._model.set_ids(list(rows))
        self._model.put_rows(rows)
        chosen = state.chosen
        self._list.choose(_ENTRIES[chosen] if isinstance(chosen, Entry) else chosen)

    def _line(self, row: Entry | Member) -> TwoLine:
        if isinstance(row, Member):
            return member_line(row, self._state.read_at, self._tz)
        return entry_line(row, self._state.sheet) if self._state.sheet is not None else TwoLine("")

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_chosen(self, row_id: bytes | None) -> None:
        if row_id is not None:
            self.chosen.emit(_BY_ID.get(row_id, row_id))

    def _on_dropped(self, ids: Sequence[bytes], person_id: bytes) -> None:
        self.dropped.emit((ids, person_id))


def _foot(button: Button) -> QWidget:
    foot = QWidget()
    foot.setLayout(row(button, margins=12))
    return foot
