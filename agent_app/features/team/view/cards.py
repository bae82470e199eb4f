"""The six figures of the team or of one person, by the KPI dictionary; each leads to its tasks."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from agent_app.features.team.model.measures import nps_words
from agent_app.features.team.state import Span, TeamState
from agent_app.store.queries.task_parts import Part
from agent_app.store.queries.team import Figures, TeamSheet
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.stat_cards import StatCard
from agent_app.ui.tokens import Tone


class FigureCards(QObject):
    """Signal: ``opened(Part)``. ``line`` is the layout of the cards."""

    opened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards = {
            Part.DUE: StatCard(translate("Team", "Due")),
            Part.COMPLETED: StatCard(translate("Team", "Completed")),
            Part.OVERDUE: StatCard(translate("Team", "Overdue")),
            Part.DIALLED: StatCard(translate("Team", "Connect rate")),
            Part.RATED: StatCard(translate("Team", "CSAT")),
            Part.RECOMMENDED: StatCard(translate("Team", "NPS")),
        }
        self.line = QHBoxLayout()
        self.line.setSpacing(12)
        for part, card in self._cards.items():
            card.setProperty("part", part.value)
            card.clicked.connect(self._on_clicked)
            self.line.addWidget(card)

    def draw(self, state: TeamState, sheet: TeamSheet) -> None:
        """Show the figures of the sheet."""
        figures = sheet.shown
        self._draw_tasks(state, sheet)
        self._cards[Part.DIALLED].show_figure(
            formats.percent(figures.connect),
            translate("Team", "{answered} of {dialled} calls").format(
                answered=formats.number(figures.answered), dialled=formats.number(figures.dialled)
            ),
            tooltip=translate("Team", "Answered calls ÷ dialled calls, by the end of the call."),
        )
        self._draw_scores(figures)

    def _draw_tasks(self, state: TeamState, sheet: TeamSheet) -> None:
        figures = sheet.shown
        note = ""
        if figures.cancelled:
            note = translate("Team", "{count} more cancelled").format(count=formats.number(figures.cancelled))
        elif state.span is Span.TODAY and len(sheet.days) > 1:
            yesterday = formats.number(sheet.days[-2].figures.due)
            note = translate("Team", "Yesterday {count}").format(count=yesterday)
        self._cards[Part.DUE].show_figure(
            formats.number(figures.due),
            note,
            tooltip=translate("Team", "Tasks due in the period; cancelled ones are not counted."),
        )
        self._cards[Part.COMPLETED].show_figure(
            formats.number(figures.completed),
            translate("Team", "{share} completed").format(share=formats.percent(figures.completion)),
            tooltip=translate(
                "Team", "Tasks due in the period with a success ÷ tasks due. Finished in the period: {done}."
            ).format(done=formats.number(figures.done)),
        )
        self._cards[Part.OVERDUE].show_figure(
            formats.number(figures.overdue),
            translate("Team", "of {waiting} waiting").format(waiting=formats.number(figures.waiting)),
            Tone.DANGER if figures.overdue else None,
            tooltip=translate("Team", "Open tasks whose due time has passed, as of now."),
        )

    def _draw_scores(self, figures: Figures) -> None:
        unscored = formats.number(figures.responses - figures.csat_count)
        satisfied = formats.percent(figures.satisfaction)
        self._cards[Part.RATED].show_figure(
            formats.NONE if figures.csat is None else formats.number(figures.csat, 1),
            translate("Team", "{share} satisfied").format(share=satisfied) if figures.csat_count else "",
            aside=f"n={formats.number(figures.csat_count)}",
            tooltip=translate(
                "Team",
                "Mean of the answers 1–5; satisfied are 4 and 5. {count} answer sheets without a score.",
            ).format(count=unscored),
        )
        interval, note = figures.nps_interval, ""
        if interval is not None:
            note = translate("Team", "95% CI {low} to {high}").format(
                low=nps_words(interval[0]), high=nps_words(interval[1])
            )
        self._cards[Part.RECOMMENDED].show_figure(
            nps_words(figures.nps),
            note,
            aside=f"n={formats.number(figures.nps_count)}",
            tooltip=translate("Team", "Share of 9–10 minus share of 0–6, with its 95 % confidence interval."),
        )

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(Part(self.sender().property("part")))
