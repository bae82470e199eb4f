"""The roster over the figures: a week of everybody, and what a press on a day sets."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot

from agent_app.actions.session import DeskSession
from agent_app.features.team.model.days import roster_columns, week_words
from agent_app.features.team.presenter import RosterPresenter
from agent_app.features.team.state import Brush, RosterState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.roster import RosterRow
from agent_app.ui.buttons import Button
from agent_app.ui.cards import column, row
from agent_app.ui.cell_tables import CellTable
from agent_app.ui.choices import Segments
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground, WorkColumn
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import Tone, TypeRole, Weight


class RosterPanel(Ground):
    """Signals: ``week_asked(+1 or -1)``, ``brush_chosen(Brush)``, ``day_pressed((person id, day's number))``,
    ``closed()``."""

    week_asked = Signal(int)
    brush_chosen = Signal(object)
    day_pressed = Signal(object)
    closed = Signal()

    def __init__(self, session: DeskSession) -> None:
        super().__init__("surface")
        self._session = session
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM, tabular=True)
        back = Button(translate("Team", "Back"), icon="arrow-left", key="Esc")
        before = Button(translate("Team", "Week before"), icon="caret-left")
        after = Button(translate("Team", "Week after"), icon="caret-right")
        self._brushes = Segments(
            translate("Team", "What a press on a day sets"),
            (
                (Brush.LEAVE, translate("Team", "Leave")),
                (Brush.WORK, translate("Team", "Work")),
                (Brush.CLEAR, translate("Team", "Clear")),
            ),
        )
        hint = Text(
            translate("Team", "Press a day, or Enter on it; pressed again, it is as usual."),
            TypeRole.SMALL,
            quiet=True,
        )
        self._banner = Banner()
        columns = roster_columns(0, 0, session.timezone)
        self.model: TableModel[RosterRow] = TableModel(self._want, columns, self)
        self.table = CellTable(translate("Team", "Roster"), self.model)
        head = row(back, self._title, 1, before, after, gap=12)
        head.setContentsMargins(16, 10, 16, 10)
        second = row(self._brushes, hint, 1, gap=12)
        second.setContentsMargins(16, 0, 16, 8)
        told = row(self._banner)
        told.setContentsMargins(16, 0, 16, 0)
        body = column(head, second, told, gap=0)
        framed = row(self.table)
        framed.setContentsMargins(16, 0, 16, 12)
        body.addLayout(framed, 1)
        self.setLayout(body)
        back.clicked.connect(self.closed)
        before.clicked.connect(self._on_before)
        after.clicked.connect(self._on_after)
        self._brushes.chosen.connect(self._on_brush)
        self.table.cell_opened.connect(self._on_cell)

    def draw(self, state: RosterState) -> None:
        """Show the week of a state that has one."""
        if state.monday is None:
            return
        self._title.setText(translate("Team", "Roster · {week}").format(week=week_words(state.monday)))
        self._brushes.set_code(state.brush)
        now, tz = self._session.now(), self._session.timezone
        words = error_text(state.error, state.error_values, now, tz) if state.error is not None else ""
        self._banner.say(words, Tone.DANGER)
        rows = state.week.rows if state.week is not None else ()
        self.model.set_columns(roster_columns(state.monday, state.today, tz))
        self.model.set_ids([one.person_id for one in rows])
        self.model.put_rows({one.person_id: one for one in rows})

    @Slot(object)
    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot()
    def _on_before(self) -> None:
        self.week_asked.emit(-1)

    @Slot()
    def _on_after(self) -> None:
        self.week_asked.emit(1)

    @Slot(object)
    def _on_brush(self, code: str) -> None:
        self.brush_chosen.emit(Brush(code))

    @Slot(object)
    def _on_cell(self, cell: tuple[bytes, int]) -> None:
        person_id, place = cell
        if place:
            self.day_pressed.emit((person_id, place - 1))


class RosterPart(QObject):
    """Lays the roster over the figures' column, and takes it away; it is seldom wanted, and made when it is. Main
    thread."""

    def __init__(self, session: DeskSession, over: WorkColumn) -> None:
        super().__init__(over)
        self._session = session
        self._over = over
        self._panel: RosterPanel | None = None
        self.presenter = RosterPresenter(session, self._draw)

    @property
    def is_open(self) -> bool:
        """Whether it lies over the figures."""
        return self._panel is not None and not self._panel.isHidden()

    def open(self) -> None:
        """Show this week."""
        self.presenter.on_opened()

    @Slot()
    def close(self) -> None:
        """Back to the figures."""
        self.presenter.on_closed()

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def _draw(self, state: RosterState) -> None:
        if state.monday is not None:
            panel = self._panel = self._panel or self._made()
            panel.draw(state)
            if panel.isHidden():
                self._over.slide_over(panel)
                panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.is_open:
            self._over.slide_back()

    def _made(self) -> RosterPanel:
        panel = RosterPanel(self._session)
        panel.setParent(self._over)
        panel.hide()
        panel.closed.connect(self.close)
        panel.week_asked.connect(self._on_week)
        panel.brush_chosen.connect(self._on_brush)
        panel.day_pressed.connect(self._on_day)
        return panel

    @Slot(int)
    def _on_week(self, weeks: int) -> None:
        self.presenter.on_week(weeks)

    @Slot(object)
    def _on_brush(self, brush: Brush) -> None:
        self.presenter.on_brush(brush)

    @Slot(object)
    def _on_day(self, what: tuple[bytes, int]) -> None:
        self.presenter.on_day(*what)
