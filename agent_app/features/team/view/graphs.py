"""The two charts: fourteen days of completion and connect rates, and the period's tasks by plan or calls by result."""

from datetime import tzinfo

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from agent_app.features.team.model.bars import day_bar, plan_bar, result_bar
from agent_app.features.team.state import Breakdown, TeamState
from agent_app.store.queries.team import TeamSheet
from agent_app.ui.cards import Card, row
from agent_app.ui.charts import BarTrend, HorizontalBars
from agent_app.ui.choices import Segments
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, StatusDot, Text
from agent_app.ui.tokens import Tone, TypeRole


class Graphs(QObject):
    """Signals: ``opened(key of a bar)``: a Period, a PlanCount or a ResultCount; ``breakdown_chosen(Breakdown)``.
    ``line`` is the layout of the charts."""

    opened = Signal(object)
    breakdown_chosen = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        name = translate("Team", "Completion and connect rates, last 14 days")
        self._trend = BarTrend(name, most=100)
        self._told = Text("", TypeRole.SMALL, faint=True)
        self._bars = HorizontalBars(translate("Team", "By plan or by result"))
        self._nothing = Paragraph("", quiet=True)
        self._nothing.hide()
        self._by = Segments(
            translate("Team", "By plan or by result"),
            (
                (Breakdown.PLAN, translate("Team", "By plan")),
                (Breakdown.RESULT, translate("Team", "By result")),
            ),
        )
        self._unit = Text("", TypeRole.SMALL, faint=True)
        legend = row(
            StatusDot(translate("Team", "Completion %"), Tone.ACCENT),
            StatusDot(translate("Team", "Connected %"), Tone.WARNING),
            1,
            self._told,
            gap=16,
        )
        self.line = QHBoxLayout()
        self.line.setSpacing(12)
        self.line.addWidget(Card(legend, self._trend), 4)
        self.line.addWidget(Card(row(self._by, 1, self._unit), self._bars, self._nothing, 1), 3)
        self._trend.pointed_at.connect(self._on_pointed_at)
        self._trend.drilled.connect(self.opened)
        self._bars.drilled.connect(self.opened)
        self._by.chosen.connect(self._on_by)
        self._on_pointed_at("")

    def draw(self, state: TeamState, sheet: TeamSheet) -> None:
        """Show the days, and the plans or results, of the sheet."""
        self._trend.show_bars([day_bar(day, state.read_at, self._tz) for day in sheet.days])
        self._by.set_code(state.breakdown)
        if state.breakdown is Breakdown.PLAN:
            bars = [plan_bar(plan) for plan in sheet.plans]
            self._unit.setText(translate("Team", "completed / due"))
            nothing = translate("Team", "Nothing is due in this period.")
        else:
            bars = [result_bar(result) for result in sheet.results]
            self._unit.setText(translate("Team", "calls"))
            nothing = translate("Team", "No calls in this period yet.")
        self._bars.show_bars(bars)
        self._bars.setVisible(bool(bars))
        self._nothing.set_words(nothing)
        self._nothing.setVisible(not bars)

    @Slot(str)
    def _on_pointed_at(self, words: str) -> None:
        self._told.setText(words or translate("Team", "last 14 days"))

    @Slot(object)
    def _on_by(self, code: str) -> None:
        self.breakdown_chosen.emit(Breakdown(code))
