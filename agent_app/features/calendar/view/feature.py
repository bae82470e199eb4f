"""The room itself: whose calendar, which month, and the cards beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.calendar.model import subject_words
from agent_app.features.calendar.presenter import CalendarPresenter
from agent_app.features.calendar.state import CalendarState, DayChoice
from agent_app.features.calendar.view.month import MonthPage
from agent_app.features.calendar.view.panels import DayCard, TrialCard, WeekCard
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.cards import Card, column, row
from agent_app.ui.fields import Picker
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import TypeRole, Weight

SIDE = 340


class CalendarFeature(QObject):
    """The page and what the shell calls. Main thread."""

    def __init__(self, session: DeskSession) -> None:
        super().__init__()
        self._whose = Picker(translate("Calendar", "Whose calendar"))
        self._whose.setMinimumWidth(180)
        self._month = Text("", TypeRole.TITLE, weight=Weight.MEDIUM, tabular=True)
        self._back = IconButton(translate("Calendar", "Month before"), "caret-left")
        self._on = IconButton(translate("Calendar", "Next month"), "caret-right")
        self._today = Button(translate("Calendar", "Today"), Kind.QUIET, small=True)
        self._page = MonthPage()
        self._day = DayCard(session.timezone)
        self._week = WeekCard(session.timezone)
        self._trial = TrialCard(session.timezone)
        self._room = WorkColumn()
        self.presenter = CalendarPresenter(session, self._draw)
        self._lay_out()
        self._join()
        self.presenter.start()

    @property
    def widget(self) -> QWidget:
        return self._room

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show one's calendar; None: as it was."""
        if item is not None:
            self.presenter.on_subject(item)
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        """Its keys are those of the month's page: arrows, Page Up and Down, Enter."""
        return ()

    def _lay_out(self) -> None:
        title = Text(translate("Calendar", "Working time"), TypeRole.FIGURE, weight=Weight.MEDIUM)
        self._room.header.line.addWidget(title)
        self._room.header.line.addSpacing(16)
        self._room.header.line.addWidget(self._whose)
        self._room.header.line.addStretch(1)
        head = row(self._month, 1, self._today, self._back, self._on)
        side = QWidget()
        side.setFixedWidth(SIDE)
        side.setLayout(column(self._day, self._week, 1, gap=12))
        month = Card(head, self._page)
        both = row(column(month, self._trial, 1, gap=12), side, gap=12)
        both.setStretch(0, 1)
        self._room.body.addLayout(both)
        self._room.body.addStretch(1)

    def _join(self) -> None:
        self._whose.picked.connect(self._on_whose)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_next)
        self._today.clicked.connect(self._on_today)
        self._page.picked.connect(self._on_day)
        self._page.turned.connect(self._on_turned)
        self._page.asked.connect(self._day.start)
        self._day.chosen.connect(self._on_day_chosen)
        self._week.saved.connect(self._on_week)
        self._week.dropped.connect(self._on_week_dropped)
        self._trial.tried.connect(self._on_trial)

    def _draw(self, state: CalendarState) -> None:
        whose = [(one.id.hex(), subject_words(one)) for one in state.subjects]
        if [(self._whose.itemData(n), self._whose.itemText(n)) for n in range(self._whose.count())] != whose:
            self._whose.set_choices(whose)
        if state.subject is not None:
            self._whose.set_code(state.subject.id.hex())
        year, month = state.month.split("-")
        self._month.setText(translate("Calendar", "{year}-{month}").format(year=year, month=month))
        self._page.show_days(state.cells, state.selected, state.today)
        self._day.show_day(state)
        self._week.show_week(state)
        self._trial.show_trial(state)

    @Slot(object)
    def _on_whose(self, code: str) -> None:
        self.presenter.on_subject(bytes.fromhex(code))

    @Slot()
    def _on_back(self) -> None:
        self.presenter.on_month(-1)

    @Slot()
    def _on_next(self) -> None:
        self.presenter.on_month(1)

    @Slot()
    def _on_today(self) -> None:
        self.presenter.on_today()

    @Slot(object)
    def _on_day(self, on: str) -> None:
        self.presenter.on_day(on)

    @Slot(int)
    def _on_turned(self, months: int) -> None:
        self.presenter.on_month(months)

    @Slot(object, object, object)
    def _on_day_chosen(self, choice: DayChoice, typed: str, called: str) -> None:
        self.presenter.on_day_chosen(choice, typed, called)

    @Slot(object)
    def _on_week(self, typed: Sequence[str]) -> None:
        self.presenter.on_week(typed)

    @Slot()
    def _on_week_dropped(self) -> None:
        self.presenter.on_week_dropped()

    @Slot(object, object, object)
    def _on_trial(self, since: str, amount: str, unit: str) -> None:
        self.presenter.on_trial(since, amount, unit)
