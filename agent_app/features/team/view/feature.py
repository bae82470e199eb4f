"""Joins the team's columns with their presenters, and what the shell calls."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.team.model.measures import Measure
from agent_app.features.team.presenter import DrillPresenter, FiguresPresenter
from agent_app.features.team.state import Breakdown, DrillState, Entry, Given, Span, TeamState
from agent_app.features.team.view.drill import DrillPanel
from agent_app.features.team.view.figures import FiguresColumn
from agent_app.features.team.view.members import MembersColumn
from agent_app.features.team.view.roster import RosterPart
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.task_list import Order, TaskFilter, TaskRow
from agent_app.store.queries.task_parts import Part, Period
from agent_app.store.queries.team import PlanCount, ResultCount
from agent_app.ui.feedback import UndoBar
from agent_app.ui.i18n import translate


class FiguresPart(QObject):
    """The work column for the shell. Main thread."""

    def __init__(
        self, session: DeskSession, route: Callable[[Route], object], members: MembersColumn
    ) -> None:
        super().__init__()
        self._route = route
        self._members = members
        self._state = TeamState()
        self._before: QWidget | None = None
        self.presenter = FiguresPresenter(session, self._draw, self._open_drill)
        self.drill = DrillPresenter(session, self._draw_drill, self._put_rows, self._offer_back)
        self._column = FiguresColumn(session.timezone)
        self._panel = DrillPanel(session.now, session.timezone, self.drill.on_rows_wanted, self._column)
        self._panel.hide()
        self._roster = RosterPart(session, self._column)
        self._undo = UndoBar(self._column)
        self._connect()

    def _connect(self) -> None:
        figures, panel = self._column, self._panel
        self._members.chosen.connect(self._on_chosen)
        figures.seen.connect(self._on_seen)
        figures.span_chosen.connect(self._on_span)
        figures.cell_opened.connect(self._on_cell)
        figures.cards.opened.connect(self._on_card)
        figures.goals.goals_asked.connect(self._on_goals_asked)
        figures.graphs.opened.connect(self._on_bar)
        figures.graphs.breakdown_chosen.connect(self._on_breakdown)
        panel.closed.connect(self._on_back)
        panel.give_asked.connect(self._on_give_asked)
        panel.part_chosen.connect(self._on_part)
        panel.sorted.connect(self._on_sorted)
        panel.task_opened.connect(self._on_task)
        panel.takers.taken.connect(self._on_taken)
        panel.takers.given_up.connect(self._on_back)
        panel.balance_asked.connect(self._on_balance_asked)
        panel.balance.agreed.connect(self._on_balance_agreed)
        panel.balance.given_up.connect(self._on_back)
        panel.stopped.connect(self._on_stopped)
        self._members.dropped.connect(self._on_dropped)
        self._members.roster_asked.connect(self._on_roster)
        self._undo.undone.connect(self._on_undone)

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show a person's figures, the whole team's, or, by a ``TaskFilter``, the tasks of the filter."""
        if isinstance(detail, TaskFilter):
            self._open_drill(detail)
        else:
            self._on_chosen(item if item is not None else Entry.ALL)

    def on_changed(self, changes: StoreChanges) -> None:
        if changes.concerns("task", "customer", "person", "plan"):
            self._panel.model.set_stale(self._panel.model.ids())
        self.presenter.on_changed(changes)
        self.drill.on_changed(changes)
        self._roster.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self.presenter.on_tick(now)
        self.drill.on_tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("team.back", "Esc", translate("Team", "Back to the figures"), self._on_back),
            KeyBinding(
                "team.reassign", "Alt+R", translate("Team", "Reassign chosen tasks"), self._panel.ask_to_give
            ),
            KeyBinding("team.roster", "Alt+S", translate("Team", "Roster"), self._on_roster),
            KeyBinding(
                "team.balance", "Alt+B", translate("Team", "Even the load out"), self._on_balance_asked
            ),
            KeyBinding("team.undo", "Ctrl+Z", translate("Team", "Undo reassigning"), self._undo.undo),
        )

    def _draw(self, state: TeamState) -> None:
        self._state = state
        self._members.draw(state)
        self._column.draw(state)

    def _open_drill(self, wanted: TaskFilter) -> None:
        if self._roster.is_open:
            self._roster.close()
        sheet = self._state.sheet
        members = sheet.members if sheet is not None else ()
        plans = sheet.plans if sheet is not None else ()
        member = next((one.name for one in members if one.person_id == wanted.whose.person_id), None)
        plan_id = wanted.plan.plan_id if wanted.plan is not None else None
        plan = next((one.name for one in plans if one.plan_id == plan_id), None)
        self.drill.open(wanted, member, plan)

    def _draw_drill(self, state: DrillState) -> None:
        opened = state.wanted is not None
        was_open = not self._panel.isHidden()
        self._panel.draw(state)
        if opened and not was_open:
            focused = QApplication.focusWidget()
            inside = focused is not None and self._column.isAncestorOf(focused)
            self._before = focused if inside else None
            self._column.slide_over(self._panel)
            if inside:
                self._panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif was_open and not opened:
            self._column.slide_back()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_rows(self, rows: Mapping[bytes, TaskRow]) -> None:
        self._panel.put_rows(rows)

    def _offer_back(self, given: Given) -> None:
        self._panel.table.clearSelection()
        taker = given.name or translate("Team", "the team's pool")
        words = (
            translate("Team", "%n task(s) moved, the load is even", given.count)
            if given.evened
            else translate("Team", "%n task(s) now with {name}", given.count).format(name=taker)
        )
        if given.back:
            self._undo.offer(words, given)

    def _close_drill(self) -> None:
        while not self._panel.isHidden():
            self.drill.on_closed()

    @Slot(object)
    def _on_chosen(self, chosen: Entry | bytes) -> None:
        self._close_drill()
        self.presenter.on_chosen(chosen)

    @Slot(bool)
    def _on_seen(self, seen: bool) -> None:
        self.presenter.on_seen(seen)

    @Slot(object)
    def _on_span(self, span: Span) -> None:
        self._close_drill()
        self.presenter.on_span_chosen(span)

    @Slot(object)
    def _on_breakdown(self, breakdown: Breakdown) -> None:
        self.presenter.on_breakdown_chosen(breakdown)

    @Slot(object)
    def _on_card(self, part: Part) -> None:
        self.presenter.on_part_opened(part)

    @Slot(object)
    def _on_cell(self, cell: tuple[bytes, Measure]) -> None:
        person_id, measure = cell
        if measure.part is None:
            self._on_chosen(person_id)
        else:
            self.presenter.on_cell_opened(person_id, measure.part)

    @Slot(object)
    def _on_bar(self, key: object) -> None:
        if isinstance(key, Period):
            self.presenter.on_day_opened(key)
        elif isinstance(key, PlanCount):
            self.presenter.on_plan_opened(key.plan_id)
        elif isinstance(key, ResultCount):
            self.presenter.on_result_opened(key.disposition)

    @Slot()
    def _on_back(self) -> None:
        if self._roster.is_open:
            self._roster.close()
        else:
            self.drill.on_closed()

    @Slot(object)
    def _on_give_asked(self, ids: tuple[bytes, ...]) -> None:
        self.drill.on_give_asked(ids)

    @Slot(object)
    def _on_part(self, part: Part) -> None:
        self.drill.on_part_chosen(part)

    @Slot(object)
    def _on_sorted(self, wanted: tuple[Order, bool]) -> None:
        self.drill.on_sorted(*wanted)

    @Slot(object)
    def _on_task(self, task_id: bytes) -> None:
        self._route(Route("task", task_id))

    @Slot()
    def _on_goals_asked(self) -> None:
        self._route(Route("goals"))

    @Slot(object)
    def _on_taken(self, person_id: bytes | None) -> None:
        self.drill.on_given(person_id)

    @Slot()
    def _on_roster(self) -> None:
        if not self._roster.is_open:
            self._close_drill()
            self._roster.open()

    @Slot()
    def _on_balance_asked(self) -> None:
        if not self._panel.isHidden():
            self.drill.on_balance_asked()

    @Slot()
    def _on_balance_agreed(self) -> None:
        self.drill.on_balance_agreed()

    @Slot()
    def _on_stopped(self) -> None:
        self.drill.on_stopped()

    @Slot(object)
    def _on_dropped(self, what: tuple[tuple[bytes, ...], bytes]) -> None:
        self.drill.on_dropped(*what)

    @Slot(object)
    def _on_undone(self, given: Given) -> None:
        self.drill.on_taken_back(given)


class TeamFeature:
    """The team's place: the figures, and the column of members that they fill; main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        self.members = MembersColumn(session.timezone)
        self.figures = FiguresPart(session, route, self.members)
