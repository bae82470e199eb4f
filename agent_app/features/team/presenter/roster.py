"""What happens in the roster: another week, a day of somebody is set, the store has changed."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.roster import set_day
from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter.figures import led_team
from agent_app.features.team.state import Brush, RosterState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import roster
from agent_app.store.queries.roster import DayOf, RosterWeek
from server_sync.domain.errors import KnownError
from server_sync.domain.model import ShiftKind
from server_sync.domain.rules.local_time import weekday, zone
from server_sync.domain.rules.shifts import Window

TABLES = ("shift", "person", "setting", "calendar_day", "working_hours")
_KINDS = {Brush.LEAVE: ShiftKind.LEAVE, Brush.WORK: ShiftKind.WORK, Brush.CLEAR: None}


class RosterPresenter:
    """`render` takes the state; nothing is read while the roster is closed."""

    def __init__(self, session: DeskSession, render: Callable[[RosterState], object]) -> None:
        self._session = session
        self._render = render
        self._state = RosterState()

    def on_opened(self) -> None:
        """Show this week's roster."""
        today = zone(str(self._session.timezone)).day(self._session.now())
        self._state = RosterState(monday=today - weekday(today), today=today)
        self._reload()

    def on_closed(self) -> None:
        """Back to the figures."""
        self._draw(RosterState())

    def on_week(self, weeks: int) -> None:
        """So many weeks on, or back."""
        if self._state.monday is not None:
            self._state = replace(self._state, monday=self._state.monday + weeks * roster.DAYS)
            self._reload()

    def on_brush(self, brush: Brush) -> None:
        """What a press on a day sets from now on."""
        self._draw(replace(self._state, brush=brush))

    def on_day(self, person_id: bytes, number: int) -> None:
        """A day of somebody was pressed; pressed again, the roster says nothing of it any more."""
        week = self._state.week
        row = next((one for one in week.rows if one.person_id == person_id), None) if week else None
        if week is None or row is None or not 0 <= number < roster.DAYS:
            return
        kind = _KINDS[self._state.brush]
        again = kind is not None and row.days[number].kind == DayOf(kind)
        day = week.days[number]
        span = _shift(week, number) if kind is ShiftKind.WORK else None
        new = None if again else kind
        self._session.act(
            lambda desk: set_day(desk, person_id, day, new, None if again else span),
            lambda _: self._draw(replace(self._state, error=None)),
            self._failed,
        )

    def on_changed(self, changes: StoreChanges) -> None:
        """Show what the store says."""
        if changes.concerns(*TABLES):
            self._reload()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, error=error.kind, error_values=error.values))

    def _reload(self) -> None:
        monday, team_id = self._state.monday, led_team(self._session)
        if monday is not None:
            self._session.read(
                lambda connection: roster.load(connection, team_id, monday), self._loaded, key="team roster"
            )

    def _loaded(self, week: RosterWeek) -> None:
        if week.monday == self._state.monday:
            self._draw(replace(self._state, week=week))

    def _draw(self, state: RosterState) -> None:
        self._state = state
        self._render(state)


def _shift(week: RosterWeek, number: int) -> Window:
    """A shift of work: the company's hours of that day, or where it is closed those of another day of the week."""
    hours = week.hours[number]
    if hours is not None:
        return hours
    begins = week.days[number][0]
    for (midnight, _), usual in zip(week.days, week.hours, strict=True):
        if usual is not None:
            return begins + usual[0] - midnight, begins + usual[1] - midnight
    return week.days[number]
