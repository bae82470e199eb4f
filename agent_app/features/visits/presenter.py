"""What happens in the list of visits: today or the week, choose one, the next one; its kit opens in the work column."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.session import DeskSession
from agent_app.features.visits.state import Span, VisitsState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import visits
from agent_app.store.queries.visits import Visits
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.rules.local_time import weekday, zone

TABLES = ("task", "customer", "contact_point", "draft", "outbox", "attachment_file", "plan")


class VisitsPresenter:
    """`render` takes each state."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[VisitsState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = VisitsState()
        self._zone = zone(str(session.timezone))
        self._minute = 0

    @property
    def state(self) -> VisitsState:
        """What is drawn now."""
        return self._state

    def start(self) -> None:
        """Load the visits."""
        self._minute = self._session.now() // MINUTE
        self._reload()

    def on_span_chosen(self, span: Span) -> None:
        """Another span of days."""
        self._state = replace(self._state, span=span)
        self._reload()

    def on_chosen(self, task_id: bytes) -> None:
        """A visit was chosen: its kit opens."""
        self._state = replace(self._state, chosen=task_id, nothing_left=False)
        self._show()
        self._route(Route("task", task_id))

    def on_next(self) -> None:
        """The next visit that is left, behind the one that is open."""
        left = [one.id for one in self._state.shown.visits if one.is_left]
        following = left[left.index(self._state.chosen) + 1 :] if self._state.chosen in left else left
        if following:
            self.on_chosen(following[0])
        else:
            self._state = replace(self._state, nothing_left=True)
            self._show()

    def on_opened_elsewhere(self, task_id: bytes | None) -> None:
        """Another part of the window opened a task: the list shows it as chosen."""
        self._state = replace(self._state, chosen=task_id, nothing_left=False)
        self._show()

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when the visits, or what is still to go up, may have changed."""
        if changes.concerns(*TABLES):
            self._reload()

    def on_tick(self, now: int) -> None:
        """The day goes on: once a minute."""
        if now // MINUTE != self._minute:
            self.start()

    def _reload(self) -> None:
        person, team = self._session.desk.person_id, self._session.desk.actor.team_id
        began_at, until_at = self._session.day_began_at(), self._until()
        self._session.read(
            lambda connection: visits.load(connection, person, team, began_at, until_at, self._zone),
            self._loaded,
            key="visits",
        )

    def _until(self) -> int | None:
        """The end of the span: of today, of the week's Sunday, or none."""
        today = self._zone.day(self._session.now())
        days = {Span.TODAY: 1, Span.WEEK: 7 - weekday(today), Span.ALL: None}[self._state.span]
        return None if days is None else self._zone.moment((today + days) * DAY)

    def _loaded(self, shown: Visits) -> None:
        self._state = replace(self._state, shown=shown, loaded=True)
        self._show()

    def _show(self) -> None:
        self._state = replace(self._state, now=self._session.now())
        self._render(self._state)
