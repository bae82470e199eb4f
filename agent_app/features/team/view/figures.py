"""The work column: whose figures these are and as of when, the cards, the charts, the table of agents."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.team.model.measures import Measure, measures
from agent_app.features.team.model.tasks import span_words
from agent_app.features.team.state import Span, TeamState
from agent_app.features.team.view.cards import FigureCards
from agent_app.features.team.view.goals import GoalLines
from agent_app.features.team.view.graphs import Graphs
from agent_app.store.queries.team import Member, TeamSheet
from agent_app.ui import formats
from agent_app.ui.cards import Card, column
from agent_app.ui.cell_tables import CellTable
from agent_app.ui.choices import Segments
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import TypeRole

_ROWS_SEEN = 5


class FiguresColumn(WorkColumn):
    """Signals: ``seen(bool)`` as the place comes and goes; ``span_chosen(Span)``; ``cell_opened((person id, Measure))``
    of the table; those of ``cards``, ``graphs`` and ``goals``."""

    span_chosen = Signal(object)
    cell_opened = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._members: tuple[Member, ...] = ()
        self._sorted: tuple[int, bool] | None = None
        self._measures: tuple[Measure, ...] = measures(Span.TODAY, 0, timezone)
        self.cards = FigureCards(self)
        self.graphs = Graphs(timezone, self)
        self.goals = GoalLines(self)
        self._title = Text("", TypeRole.FIGURE)
        self._as_of = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        spans = [(span, span_words(span)) for span in Span]
        self._spans = Segments(translate("Team", "Period"), spans)
        self._model: TableModel[Member] = TableModel(self._want, [one.column for one in self._measures], self)
        self._table = CellTable(translate("Team", "Agents"), self._model)
        self._table.setMinimumHeight(self._table.horizontalHeader().height() * (_ROWS_SEEN + 1) + 4)
        self.header.line.addLayout(column(self._title, self._as_of, gap=2), 1)
        self.header.line.addWidget(self._spans)
        self.body.addLayout(self.cards.line)
        self.body.addLayout(self.graphs.line)
        self.body.addWidget(self.goals)
        self.body.addWidget(Card(self._table), 1)
        self._spans.chosen.connect(self._on_span)
        self._table.cell_opened.connect(self._on_cell)
        self._table.sort_wanted.connect(self._on_sort)

    def draw(self, state: TeamState) -> None:
        """Show the sheet."""
        self._spans.set_code(state.span)
        sheet = state.sheet
        if sheet is None:
            return
        self._draw_header(state, sheet)
        self.cards.draw(state, sheet)
        self.graphs.draw(state, sheet)
        self.goals.draw(state)
        self._measures = measures(state.span, state.read_at, self._tz)
        self._model.set_columns([one.column for one in self._measures])
        self._members = sheet.members
        self._draw_table()

    def _draw_header(self, state: TeamState, sheet: TeamSheet) -> None:
        everybody = sheet.team or translate("Team", "All teams")
        self._title.setText(state.member.name if state.member is not None else everybody)
        now, parts = state.read_at, [span_words(state.span)]
        if state.member is not None:
            parts.insert(0, everybody)
        if sheet.in_step_at is None:
            parts.append(translate("Team", "this desk's copy is not complete yet"))
        else:
            at = sheet.in_step_at
            same_day = formats.today(at, self._tz) == formats.today(now, self._tz)
            moment = formats.clock_time(at, self._tz) if same_day else formats.moment(at, now, self._tz)
            parts.append(translate("Team", "as of {moment} (this desk's copy)").format(moment=moment))
        self._as_of.setText(" · ".join(parts))

    def _draw_table(self) -> None:
        members = list(self._members)
        if self._sorted is not None:
            place, descending = self._sorted
            members.sort(key=self._measures[place].key, reverse=descending)
        self._model.set_ids([member.person_id for member in members])
        self._model.put_rows({member.person_id: member for member in members})

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_span(self, code: str) -> None:
        self.span_chosen.emit(Span(code))

    @Slot(object)
    def _on_cell(self, cell: tuple[bytes, int]) -> None:
        person_id, place = cell
        self.cell_opened.emit((person_id, self._measures[place]))

    @Slot(object)
    def _on_sort(self, wanted: tuple[int, bool]) -> None:
        self._sorted = wanted
        self._draw_table()
