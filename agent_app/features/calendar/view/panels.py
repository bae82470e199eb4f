"""The cards beside the month: what is said of the selected day, the week, and a sum tried out."""

from datetime import date, timedelta, tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.features.calendar.model import choice_words, fault_words, kind_words, units
from agent_app.features.calendar.state import WEEK, CalendarState, DayChoice
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.choices import Segments
from agent_app.ui.fields import Field, Picker, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.moment_field import weekday_words
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.working_time_words import TELLERS
from server_sync.domain.model import HoursSubject
from server_sync.domain.rules.working_calendar import WEEKDAYS


class DayCard(Card):
    """Signal: `chosen(DayChoice, hours, name)` when what is said of the day is to be saved."""

    chosen = Signal(object, object, object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._timezone = timezone
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._badge = Badge("")
        self._note = Paragraph("", TypeRole.SMALL, quiet=True)
        self._offered: tuple[DayChoice, ...] = ()
        self._segments = Segments(translate("Calendar", "This day"), ())
        self._hours = TextField(translate("Calendar", "Hours of this day"), "9:00-12:00, 13:30-18:00")
        self._hours_field = Field(translate("Calendar", "Hours"), self._hours)
        self._name = TextField(
            translate("Calendar", "Name of this day"), translate("Calendar", "Spring Festival")
        )
        self._name_field = Field(translate("Calendar", "Name"), self._name)
        self._save = Button(translate("Calendar", "Save this day"), Kind.SECONDARY, small=True)
        self._key: tuple[object, ...] = ()
        self.body.addLayout(row(self._title, self._badge, 1))
        self.body.addWidget(self._note)
        self._place = self.body.count()
        self.body.addWidget(self._segments)
        self.body.addWidget(self._hours_field)
        self.body.addWidget(self._name_field)
        self.body.addLayout(row(1, self._save))
        self._hours.returnPressed.connect(self._on_save)
        self._name.returnPressed.connect(self._on_save)
        self._save.clicked.connect(self._on_save)

    def show_day(self, state: CalendarState) -> None:
        """What the selected day is; what is being typed stays until another day, person or saved state is shown."""
        cell, subject = state.day, state.subject
        if cell is None or subject is None:
            return
        words, tone = kind_words(cell.kind)
        on = date.fromisoformat(cell.on)
        self._title.setText(f"{cell.on} {weekday_words(on)}")
        self._badge.set_words(words, tone)
        hours = cell.hours or translate("Calendar", "Closed")
        if cell.provisional:
            hours += " · " + translate("Calendar", "The official days of this year are not published yet.")
        self._note.set_words(hours)
        if state.offered != self._offered:
            self._offer(state.offered)
        key = (cell, subject.id, state.choice, state.saved)
        if key != self._key:
            self._key = key
            self._segments.set_code(state.choice)
            self._hours.setText(cell.hours)
            self._name.setText(cell.name)
        for widget in (self._segments, self._hours_field, self._name_field, self._save):
            widget.setEnabled(subject.may_edit)
        fault = state.fault
        self._hours_field.set_error(
            fault_words(fault, state.now, self._timezone)
            if fault is not None and fault.place == "day"
            else ""
        )
        self._on_picked(self._segments.code())

    def start(self) -> None:
        """Take the keyboard."""
        self._segments.start()

    def _offer(self, offered: tuple[DayChoice, ...]) -> None:
        """Other choices: a team has fewer than the company."""
        self._offered = offered
        former = self._segments
        self._segments = Segments(
            translate("Calendar", "This day"), [(one.value, choice_words(one)) for one in offered]
        )
        self._segments.chosen.connect(self._on_picked)
        self.body.replaceWidget(former, self._segments)
        former.hide()
        former.deleteLater()

    @Slot(object)
    def _on_picked(self, code: str) -> None:
        self._hours_field.setVisible(code == DayChoice.HOURS)
        self._name_field.setVisible(DayChoice.WORKING in self._offered and code != DayChoice.USUAL)

    @Slot()
    def _on_save(self) -> None:
        choice = DayChoice(self._segments.code())
        name = "" if choice is DayChoice.USUAL else self._name.text()
        self.chosen.emit(choice, self._hours.text(), name)


class WeekCard(Card):
    """Signals: `saved(texts)` with the hours from Monday on, `dropped()` when the week above is to apply again."""

    saved = Signal(object)
    dropped = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._timezone = timezone
        monday = date(2024, 1, 1)
        self._fields = [
            TextField(weekday_words(monday + timedelta(days=place)), translate("Calendar", "closed"))
            for place in range(WEEK)
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, field in enumerate(self._fields):
            grid.addWidget(Text(field.accessibleName(), TypeRole.SMALL, quiet=True, keep=True), place, 0)
            grid.addWidget(field, place, 1)
        self._note = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._save = Button(translate("Calendar", "Save the week"), Kind.SECONDARY, small=True)
        self._drop = Button(translate("Calendar", "As the company"), Kind.QUIET, small=True)
        self._shown: tuple[str, ...] = ()
        self.body.addWidget(Text(translate("Calendar", "Week"), TypeRole.TITLE, weight=Weight.MEDIUM))
        self.body.addLayout(grid)
        self.body.addWidget(self._note)
        self.body.addLayout(row(1, self._drop, self._save))
        self._save.clicked.connect(self._on_save)
        self._drop.clicked.connect(self.dropped)

    def show_week(self, state: CalendarState) -> None:
        """The hours as they apply; what is being typed stays until others apply."""
        if state.subject is None:
            return
        if state.week != self._shown:
            self._shown = state.week
            for field, text in zip(self._fields, state.week, strict=True):
                field.setText(text)
        fault = state.fault if state.fault is not None and state.fault.place in (*WEEKDAYS, "week") else None
        for name, field in zip(WEEKDAYS, self._fields, strict=True):
            field.set_invalid(fault is not None and fault.place == name)
            field.setEnabled(state.subject.may_edit)
        zone = translate("Calendar", "Time zone {name}").format(name=state.timezone)
        self._note.setText(
            f"{_whose(state)}{zone}" if fault is None else fault_words(fault, state.now, self._timezone)
        )
        self._note.set_tone(Tone.DANGER if fault is not None else None)
        self._save.setEnabled(state.subject.may_edit)
        self._drop.setVisible(state.week_is_own and state.subject.may_edit)

    @Slot()
    def _on_save(self) -> None:
        self.saved.emit([field.text() for field in self._fields])


class TrialCard(Card):
    """Signal: `tried(since, amount, unit)`."""

    tried = Signal(object, object, object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._timezone = timezone
        self._since = TextField(translate("Calendar", "From when"), translate("Calendar", "now · Fri 16:30"))
        self._amount = TextField(translate("Calendar", "How much"), "4")
        self._amount.setText("4")
        self._amount.setFixedWidth(64)
        self._unit = Picker(translate("Calendar", "Unit"), units())
        self._result = Text("", weight=Weight.MEDIUM, wrap=True)
        self._steps = Paragraph("", TypeRole.SMALL, quiet=True)
        go = Button(translate("Calendar", "Try"), Kind.SECONDARY, small=True)
        self.body.addWidget(Text(translate("Calendar", "Try a sum"), TypeRole.TITLE, weight=Weight.MEDIUM))
        line = row(self._since, Text("+"), self._amount, self._unit, go)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._result)
        self.body.addWidget(self._steps)
        for field in (self._since, self._amount):
            field.returnPressed.connect(self._on_tried)
        go.clicked.connect(self._on_tried)

    def show_trial(self, state: CalendarState) -> None:
        """The result with its steps, or what is wrong."""
        wrong = state.fault is not None and state.fault.place == "trial"
        if state.fault is not None and wrong:
            self._result.setText(fault_words(state.fault, state.now, self._timezone))
        elif state.trial is not None:
            ends = (state.trial.start_at, state.trial.end_at)
            moments = [_moment(at, self._timezone) for at in ends]
            self._result.setText(" → ".join(moments))
        self._result.set_tone(Tone.DANGER if wrong else None)
        steps = () if wrong or state.trial is None else state.trial.steps
        told = [TELLERS[one.kind](one.values, state.now, self._timezone) for one in steps]
        self._steps.set_words("\n".join(told))
        self._steps.setVisible(bool(told))

    @Slot()
    def _on_tried(self) -> None:
        self.tried.emit(self._since.text(), self._amount.text(), self._unit.code())


def _moment(at: int, tz: tzinfo) -> str:
    """A moment with its weekday: 2026-10-09 周五 16:30."""
    on = formats.today(at, tz)
    return f"{on} {weekday_words(on)} {formats.clock_time(at, tz)}"


def _whose(state: CalendarState) -> str:
    """Whether a team or person has a week of its own."""
    if state.subject is None or state.subject.kind is HoursSubject.COMPANY:
        return ""
    own = state.week_is_own and state.week != state.inherited
    words = translate("Calendar", "A week of its own") if own else translate("Calendar", "The company's week")
    return f"{words} · "
