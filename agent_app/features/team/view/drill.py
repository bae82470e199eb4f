"""The tasks behind a figure, laid over the figures: a table to choose many rows in, and giving those to somebody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from agent_app.features.team.model.tasks import part_words, task_columns
from agent_app.features.team.presenter.drill import MOST_AT_ONCE
from agent_app.features.team.state import DrillState
from agent_app.features.team.view.balance import BalancePanel
from agent_app.features.team.view.dragging import RowDrag
from agent_app.store.queries.task_list import Order, TaskFilter, TaskRow
from agent_app.store.queries.task_parts import Part
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Separator, column, row
from agent_app.ui.choices import Segments
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState, ProgressLine
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.row_views import RowTable
from agent_app.ui.tables import TableModel
from agent_app.ui.takers import Takers
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import disposition_label

PARTS = (Part.WAITING, Part.OVERDUE, Part.DUE, Part.COMPLETED, Part.DONE, Part.CANCELLED)
"""Parts of one's tasks, among which one can go over without going back to the figures."""


MOST_SAID = 8
"""So many customers are named for each reason that stands against giving a task."""


def _on_the_way(progress: tuple[int, int]) -> str:
    done, total = progress
    return translate("Team", "Reassigning: {done} of {total}").format(
        done=formats.number(done), total=formats.number(total)
    )


class DrillPanel(Ground):
    """Signals: ``give_asked(ids)``, ``closed()``, ``part_chosen(Part)``, ``sorted((Order, descending))``,
    ``task_opened(id)``, ``balance_asked()``, ``stopped()``."""

    give_asked = Signal(object)
    closed = Signal()
    part_chosen = Signal(object)
    sorted = Signal(object)
    task_opened = Signal(object)
    balance_asked = Signal()
    stopped = Signal()

    def __init__(
        self,
        now: Callable[[], int],
        timezone: tzinfo,
        want_rows: Callable[[Sequence[bytes]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        self._now, self._tz = now, timezone
        self._wanted: TaskFilter | None = None
        self.takers = Takers(timezone)
        self.balance = BalancePanel()
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._count = Text("", quiet=True, tabular=True)
        self._chosen = Text("", TypeRole.SMALL, quiet=True, tabular=True, keep=True)
        self._back = Button(translate("Team", "Back"), icon="arrow-left", key="Esc")
        self._give = Button(translate("Team", "Reassign"), Kind.PRIMARY, key="Alt R")
        self._even = Button(translate("Team", "Even out"), key="Alt B")
        self._stop = Button(translate("Team", "Stop"), small=True)
        self._way = ProgressLine()
        self._parts = Segments(
            translate("Team", "Which tasks"), [(part.value, part_words(part)) for part in PARTS]
        )
        self._banner = Banner()
        self._orders, columns = task_columns(now(), timezone)
        self.model: TableModel[TaskRow] = TableModel(want_rows, columns, self)
        self.table = RowTable(translate("Team", "Tasks"), self.model, several=True)
        self._drag = RowDrag(self.table)
        self._empty = EmptyState("", icon="check-circle")
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        self._lay_out()
        self._back.clicked.connect(self.closed)
        self._give.clicked.connect(self.ask_to_give)
        self._even.clicked.connect(self.balance_asked)
        self._stop.clicked.connect(self.stopped)
        self._parts.chosen.connect(self._on_part)
        self.table.rows_chosen.connect(self._on_rows)
        self.table.row_opened.connect(self.task_opened)
        self.table.sort_wanted.connect(self._on_sort)

    def _lay_out(self) -> None:
        head = row(self._back, self._title, self._count, 1, self._chosen, self._even, self._give, gap=12)
        head.setContentsMargins(16, 10, 16, 10)
        second = row(self._parts)
        second.setContentsMargins(16, 0, 16, 8)
        self._under_way = QWidget()
        self._under_way.setLayout(row(self._way, self._stop, gap=12))
        told = column(self._banner, self._under_way, gap=8)
        told.setContentsMargins(16, 0, 16, 8)
        self._second, self._told = QWidget(), QWidget()
        self._second.setLayout(second)
        self._told.setLayout(told)
        list_side = column(head, self._second, self._told, gap=0)
        framed = row(self._body)
        framed.setContentsMargins(16, 0, 16, 12)
        list_side.addLayout(framed, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(list_side, 1)
        self._line = Separator(vertical=True)
        layout.addWidget(self._line)
        layout.addWidget(self.takers)
        layout.addWidget(self.balance)

    def draw(self, state: DrillState) -> None:
        """Show the list of a state that has one."""
        if state.wanted is None:
            return
        if state.wanted != self._wanted:
            self._wanted = state.wanted
            self.table.clearSelection()
            self.table.scrollToTop()
        self._draw_head(state, state.wanted)
        self.model.set_columns(task_columns(self._now(), self._tz)[1])
        self.model.set_ids(state.ids)
        self._empty.say(
            translate("Team", "No tasks here"),
            translate("Team", "Nothing belongs to this figure at the moment."),
        )
        self._body.setCurrentWidget(self._empty if state.loaded and not state.ids else self.table)
        self._say(state)
        beside = state.giving is not None or state.balance is not None
        self._line.setVisible(beside)
        self.table.setColumnHidden(self._orders.index(Order.ATTEMPTS), beside)
        if not beside and (self.takers.isVisible() or self.balance.isVisible()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        giving = state.giving
        if giving is None:
            self.takers.draw(None, "", "", self._now())
        else:
            title = translate("Team", "Give %n task(s) to", len(giving.tasks))
            closed = translate(
                "Team", "%n more of those chosen are closed and stay as they are.", giving.closed
            )
            self.takers.draw(giving.candidates, title, closed if giving.closed else "", self._now())
        self.balance.draw(state.balance)
        self._give.setEnabled(bool(self.table.chosen()) and not state.busy)
        self._even.setEnabled(not state.busy)

    def put_rows(self, rows: Mapping[bytes, TaskRow]) -> None:
        """Rows that came into sight."""
        self.model.put_rows(rows)

    def _draw_head(self, state: DrillState, wanted: TaskFilter) -> None:
        title = [part_words(wanted.part)]
        if wanted.plan is not None:
            title.append(state.plan or translate("Team", "Without a plan"))
        if wanted.disposition is not None:
            title.append(disposition_label(wanted.disposition))
        if wanted.whose.nobodys:
            title.append(translate("Team", "Unassigned"))
        elif state.member is not None:
            title.append(state.member)
        if wanted.part not in (Part.WAITING, Part.OVERDUE):
            title.append(self._period_words(wanted))
        self._title.setText(" · ".join(title))
        self._count.setText(formats.number(len(state.ids)) if state.loaded else "")
        self._second.setVisible(wanted.part in PARTS and not wanted.whose.nobodys)
        self._parts.set_code(wanted.part.value)

    def _period_words(self, wanted: TaskFilter) -> str:
        today = formats.today(self._now(), self._tz)
        first = formats.today(wanted.period.begins_at, self._tz)
        last = formats.today(wanted.period.ends_at - 1, self._tz)
        if first == last:
            return formats.day(first, today)
        return f"{first:%m-%d} – {last:%m-%d}"

    def _say(self, state: DrillState) -> None:
        words, tone = "", Tone.DANGER
        if state.error is not None:
            words = error_text(state.error, state.error_values, self._now(), self._tz)
        elif state.progress is not None:
            words, tone = _on_the_way(state.progress), Tone.ACCENT
            self._way.show_share(state.progress[0] / max(state.progress[1], 1), words)
        elif state.refused:
            words, tone = self._refused_words(state), Tone.WARNING
        elif state.stopped:
            words, tone = (
                translate("Team", "Stopped; %n task(s) stay where they are.", state.stopped),
                Tone.WARNING,
            )
        elif state.too_many:
            words, tone = (
                translate(
                    "Team", "{chosen} tasks are chosen; at most {most} can be reassigned at once."
                ).format(chosen=formats.number(state.too_many), most=formats.number(MOST_AT_ONCE)),
                Tone.WARNING,
            )
        elif state.all_closed:
            words, tone = translate("Team", "None of the chosen tasks is open any more."), Tone.WARNING
        self._banner.say(words, tone)
        self._under_way.setVisible(state.progress is not None)
        self._told.setVisible(bool(words))

    def _refused_words(self, state: DrillState) -> str:
        """By reason: how many, and of which customers the first are."""
        by_reason: dict[str, list[str]] = {}
        for one in state.refused:
            why = error_text(one.kind, one.values, self._now(), self._tz)
            by_reason.setdefault(why, []).append(one.name)
        lines = [translate("Team", "%n task(s) stay where they are:", len(state.refused))]
        comma = translate("Team", ", ")
        for why, names in by_reason.items():
            first = comma.join(name for name in names[:MOST_SAID] if name)
            more = "…" if len(names) > MOST_SAID else ""
            lines.append(f"{formats.number(len(names))} · {why} {first}{more}")
        return "\n".join(lines)

    @Slot()
    def ask_to_give(self) -> None:
        """As if the button were pressed: for the key."""
        if self._give.isEnabled():
            self.give_asked.emit(self.table.chosen())

    @Slot(object)
    def _on_rows(self, ids: tuple[bytes, ...]) -> None:
        self._chosen.setText(
            translate("Team", "{count} chosen").format(count=formats.number(len(ids))) if ids else ""
        )
        self._give.setEnabled(bool(ids))

    @Slot(object)
    def _on_part(self, code: str) -> None:
        self.part_chosen.emit(Part(code))

    @Slot(object)
    def _on_sort(self, wanted: tuple[int, bool]) -> None:
        place, descending = wanted
        self.sorted.emit((self._orders[place], descending))
