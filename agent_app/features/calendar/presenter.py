"""What happens in the room of the calendar: whose hours, which month, which day; what is changed is saved at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agent_app.actions.calendars import hours_of, save
from agent_app.actions.session import DeskSession
from agent_app.features.calendar.state import CalendarState, DayCell, DayChoice, DayKind, Fault, Trial
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import calendars
from agent_app.store.queries.calendars import CalendarBook, PublicDay, Subject
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.commands import SaveWorkingHours, SetCalendarDay
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import HoursSubject
from server_sync.domain.rules import typed_day
from server_sync.domain.rules.local_time import clock_face, day_number, iso_day, weekday
from server_sync.domain.rules.typed_hours import parse_hours, write_hours
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, WEEKDAYS, WorkingCalendar
from server_sync.domain.rules.working_hours import calendar_of
from server_sync.domain.rules.working_steps import steps_of_add
from server_sync.domain.rules.working_time import Span, WorkingTime

PAGE_DAYS = 42
_TABLES = ("calendar_day", "working_hours", "setting", "team", "person")


class CalendarPresenter:
    """`render` takes the state; main thread."""

    def __init__(self, session: DeskSession, render: Callable[[CalendarState], object]) -> None:
        self._session = session
        self._render = render
        self._state = CalendarState()
        self._book: CalendarBook | None = None

    def start(self) -> None:
        """Show the calendar as the store has it."""
        actor = self._session.desk.actor
        self._session.read(lambda connection: calendars.load(connection, actor), self._loaded, key="calendar")

    def on_changed(self, changes: StoreChanges) -> None:
        """Show what the store says."""
        if changes.concerns(*_TABLES):
            self.start()

    def on_subject(self, subject_id: bytes) -> None:
        """Somebody else's hours are looked at."""
        subject = next((one for one in self._state.subjects if one.id == subject_id), None)
        self._show(replace(self._state, subject=subject, fault=None, saved=False))

    def on_month(self, months: int) -> None:
        """So many months on, or back; the same day of the month is selected, or its last."""
        at = date.fromisoformat(self._state.selected)
        first = _months_on(at.replace(day=1), months)
        last = (_months_on(first, 1) - timedelta(days=1)).day
        self.on_day(first.replace(day=min(at.day, last)).isoformat())

    def on_today(self) -> None:
        """Back to today."""
        self.on_day(self._state.today)

    def on_day(self, on: str) -> None:
        """A day is selected; its month is shown."""
        self._show(replace(self._state, selected=on, month=on[:7], fault=None, saved=False))

    def on_day_chosen(self, choice: DayChoice, typed: str, called: str) -> None:
        """Something else is said of the selected day; `typed` are its hours, `called` is its name."""
        subject, on = self._state.subject, self._state.selected
        if subject is None or self._book is None:
            return
        try:
            hours = parse_hours(typed) if choice is DayChoice.HOURS else []
        except KnownError as error:
            self._fail("day", error)
            return
        exceptions = dict(self._row(subject).get("exceptions", {}))
        exceptions.pop(on, None)
        day = None
        if choice is DayChoice.HOURS or (
            choice is DayChoice.CLOSED and subject.kind is not HoursSubject.COMPANY
        ):
            exceptions[on] = hours
        if subject.kind is HoursSubject.COMPANY:
            usual = weekday(day_number(on)) < 5
            working = {DayChoice.USUAL: usual, DayChoice.CLOSED: False}.get(choice, True)
            public = self._book.days.get(on)
            seen = {} if public is None else {"working": public.working, "name": public.name}
            day = SetCalendarDay(on, working, called, {"working": None, "name": None} | seen)
        self._keep("day", self._changed(subject, exceptions=exceptions), day)

    def on_week(self, typed: Sequence[str]) -> None:
        """The week of this subject is set, each day's hours as typed."""
        subject, week = self._state.subject, {}
        if subject is None:
            return
        for name, text in zip(WEEKDAYS, typed, strict=True):
            try:
                week[name] = parse_hours(text)
            except KnownError as error:
                self._fail(name, error)
                return
        self._keep("week", self._changed(subject, week=week), None)

    def on_week_dropped(self) -> None:
        """The week of those above applies again."""
        if self._state.subject is not None:
            self._keep("week", self._changed(self._state.subject, week=None), None)

    def on_trial(self, since: str, amount: str, unit: str) -> None:
        """Try a sum: so much of a unit from a typed moment (now if nothing is typed)."""
        time = WorkingTime(self._calendar())
        try:
            start = self._typed_moment(since, time)
            span = Span.from_json({"amount": amount.strip(), "unit": unit})
            trial = Trial(start, time.add(start, span), steps_of_add(time, start, span))
        except KnownError as error:
            self._fail("trial", error)
            return
        self._show(replace(self._state, trial=trial, fault=None))

    def _typed_moment(self, text: str, time: WorkingTime) -> int:
        now = self._session.now()
        if not text.strip():
            return now
        found = typed_day.moment(text, date.fromisoformat(iso_day(time.zone.day(now))), time.zone.minute(now))
        if found is None:
            raise KnownError(ErrorKind.FIELD_INVALID, field="since")
        on, minute = found
        return time.zone.moment(day_number(on.isoformat()) * DAY + minute * MINUTE)

    def _loaded(self, book: CalendarBook) -> None:
        self._book = book
        now = self._session.now()
        zone = WorkingTime(WorkingCalendar.always(book.timezone)).zone
        today = iso_day(zone.day(now))
        chosen = self._state.subject.id if self._state.subject is not None else COMPANY_HOURS
        subject = next((one for one in book.subjects if one.id == chosen), book.subjects[0])
        selected = self._state.selected or today
        self._show(
            replace(
                self._state,
                subjects=book.subjects,
                subject=subject,
                today=today,
                selected=selected,
                month=self._state.month or selected[:7],
                now=now,
            )
        )

    def _show(self, state: CalendarState) -> None:
        """Work out what follows from book, subject, month and day, and render it."""
        self._state = state
        subject, book = state.subject, self._book
        if subject is None or book is None:
            return
        calendar, above = self._calendar(), self._calendar(above=True)
        row = self._row(subject)
        first = date.fromisoformat(f"{state.month}-01")
        start = first - timedelta(days=first.weekday())
        days = [(start + timedelta(days=place)).isoformat() for place in range(PAGE_DAYS)]
        own = row.get("exceptions", {})
        cells = tuple(_cell(on, state.month, calendar, book.days.get(on), own) for on in days)
        self._state = replace(
            state,
            cells=cells,
            week=_faces(calendar),
            inherited=_faces(above),
            week_is_own=row.get("week") is not None,
            timezone=calendar.timezone,
            offered=_offered(subject),
            choice=_choice(subject, state.selected, book.days.get(state.selected), own),
        )
        self._render(self._state)

    def _row(self, subject: Subject) -> Mapping[str, Any]:
        return {} if self._book is None else self._book.hours.get(subject.id, {})

    def _calendar(self, *, above: bool = False) -> WorkingCalendar:
        """That of the subject; `above`: what would apply to it without a row of its own."""
        book, subject = self._book, self._state.subject
        assert book is not None
        assert subject is not None
        settings = {"timezone": book.timezone, "week": book.week}
        public = [(on, day.working) for on, day in book.days.items() if not day.provisional]
        of_company = subject.kind is HoursSubject.COMPANY
        company = None if of_company and above else book.hours.get(COMPANY_HOURS)
        team = None if subject.team_id is None else book.hours.get(subject.team_id)
        own = None if of_company else book.hours.get(subject.id, team)
        if above:
            own = team if subject.kind is HoursSubject.PERSON else None
        return calendar_of(settings, public, company, own)

    def _changed(self, subject: Subject, **values: Any) -> SaveWorkingHours | None:
        """The command for other hours; None where there is nothing to be said."""
        known = None if self._book is None else self._book.hours.get(subject.id)
        nothing = known is None and not any(values.values())
        return None if nothing else hours_of(subject.id, subject.kind, known, **values)

    def _keep(self, place: str, hours: SaveWorkingHours | None, day: SetCalendarDay | None) -> None:
        if hours is None and day is None:
            return

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            self._fail(place, error)

        self._session.act(lambda desk: save(desk, hours, day), lambda _: self._kept(), failed)

    def _kept(self) -> None:
        self._show(replace(self._state, fault=None, saved=True))

    def _fail(self, place: str, error: KnownError) -> None:
        self._show(replace(self._state, fault=Fault(place, error.kind, error.values), saved=False))


def _months_on(first: date, months: int) -> date:
    """The first of a month so many months after another."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _faces(calendar: WorkingCalendar) -> tuple[str, ...]:
    """The hours of each weekday as they are typed."""
    return tuple(_written(items) for items in calendar.week)


def _written(items: Sequence[tuple[int, int]]) -> str:
    return write_hours((clock_face(start), clock_face(end)) for start, end in items)


def _cell(
    on: str, month: str, calendar: WorkingCalendar, public: PublicDay | None, own: Mapping[str, Any]
) -> DayCell:
    number = day_number(on)
    items, usual = calendar.intervals(number), calendar.week[weekday(number)]
    if on in own and items:
        kind = DayKind.OWN
    elif items:
        kind = DayKind.WORKING if usual else DayKind.MAKE_UP
    else:
        kind = DayKind.HOLIDAY if usual or (public is not None and public.name) else DayKind.REST
    name = "" if public is None else public.name or ""
    return DayCell(
        on, on.startswith(month), kind, _written(items), name, public is not None and public.provisional
    )


def _offered(subject: Subject) -> tuple[DayChoice, ...]:
    """What may be said of a day; a team or person is told its hours outright."""
    if subject.kind is HoursSubject.COMPANY:
        return tuple(DayChoice)
    return DayChoice.USUAL, DayChoice.CLOSED, DayChoice.HOURS


def _choice(subject: Subject, on: str, public: PublicDay | None, own: Mapping[str, Any]) -> DayChoice:
    """What is said of a day now."""
    if on in own:
        return DayChoice.HOURS if own[on] else DayChoice.CLOSED
    usual = weekday(day_number(on)) < 5
    if subject.kind is not HoursSubject.COMPANY or public is None or public.provisional:
        return DayChoice.USUAL
    if public.working == usual and not public.name:
        return DayChoice.USUAL
    return DayChoice.WORKING if public.working else DayChoice.CLOSED
