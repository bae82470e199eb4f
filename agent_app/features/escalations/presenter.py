"""What happens in the inbox of escalations: one is looked at, taken over, given to somebody, or taken note of."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from agent_app.actions import escalations
from agent_app.actions.desk import Desk
from agent_app.actions.reminders import see_reminder
from agent_app.actions.session import DeskSession
from agent_app.features.escalations.state import Act, EscalationsState, Which, of_kind
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import reminders, team
from agent_app.store.queries.reminders import DueReminder
from agent_app.store.queries.team import Member
from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import KnownError
from server_sync.domain.model import Role

_TABLES = ("reminder", "task", "commitment", "callback", "customer", "escalation_policy", "person", "plan")
_ACTIONS: Mapping[Act, Callable[[Desk, DueReminder], StoreChanges]] = {
    Act.TAKE_OVER: escalations.take_over,
    Act.TAKE_AWAY: escalations.take_away,
    Act.SEE: lambda desk, one: see_reminder(desk, one.id, one.task_id, one.customer_id),
}


class EscalationsPresenter:
    """`render` takes the state, whether somebody looks or not: the rail shows how many there are."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[EscalationsState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = EscalationsState()
        self._minute = 0

    @property
    def state(self) -> EscalationsState:
        """What is drawn now."""
        return self._state

    def look(self) -> None:
        """Read what there is."""
        actor, now = self._session.desk.actor, self._session.now()
        self._session.read(
            lambda connection: reminders.inbox(connection, actor, now), self._loaded, key="escalations"
        )

    def on_changed(self, changes: StoreChanges) -> None:
        """Something that is told of has changed."""
        if changes.concerns(*_TABLES):
            self.look()

    def on_tick(self, now: int) -> None:
        """Steps come due with time."""
        if now // MINUTE != self._minute:
            self._minute = now // MINUTE
            self.look()

    def on_which(self, which: Which) -> None:
        """List the open ones, those that failed, or those seen."""
        self._draw(replace(self._state, which=which, shown=None, candidates=None, error=None))

    def on_chosen(self, reminder_id: bytes) -> None:
        """Look at this one."""
        if self._state.shown is None or self._state.shown.id != reminder_id:
            shown = self._state.entries.get(reminder_id)
            self._draw(replace(self._state, shown=shown, candidates=None, error=None))

    def on_act(self, act: Act) -> None:
        """Do this about the one that is shown."""
        one = self._state.shown
        if one is not None:
            self._session.act(lambda desk: _ACTIONS[act](desk, one), lambda _: self._done(), self._failed)

    def on_give_asked(self) -> None:
        """Who could get its task?"""
        actor, now = self._session.desk.actor, self._session.now()
        team_id = actor.team_id if actor.role is Role.SUPERVISOR else None
        if self._state.shown is not None:
            self._session.read(
                lambda connection: team.loads(connection, team_id, now), self._ready, key="escalations takers"
            )

    def on_given(self, person_id: bytes | None) -> None:
        """To this person, or to the team's pool."""
        one = self._state.shown
        if one is not None:
            self._session.act(
                lambda desk: escalations.give(desk, one, person_id), lambda _: self._done(), self._failed
            )

    def on_given_up(self) -> None:
        """It stays where it is."""
        self._draw(replace(self._state, candidates=None))

    def on_customer(self) -> None:
        """Open whom it is about."""
        if self._state.shown is not None:
            self._route(Route("customer", self._state.shown.customer_id))

    def on_notice_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, error=None))

    def _loaded(self, found: tuple[DueReminder, ...]) -> None:
        self._draw(replace(self._state, loaded=True, entries={one.id: one for one in found}))

    def _ready(self, candidates: tuple[Member, ...]) -> None:
        self._draw(replace(self._state, candidates=candidates, error=None))

    def _done(self) -> None:
        self._draw(replace(self._state, candidates=None, error=None))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, candidates=None, error=error.kind, error_values=error.values))

    def _draw(self, state: EscalationsState) -> None:
        """The one that was shown, or where it has gone, the one that took its place in the list."""
        found = tuple(one.id for one in state.entries.values() if of_kind(one) is state.which)
        shown = state.shown
        if shown is not None and shown.id in found:
            chosen: bytes | None = shown.id
        else:
            place = (
                self._state.found.index(shown.id)
                if shown is not None and shown.id in self._state.found
                else 0
            )
            chosen = found[min(place, len(found) - 1)] if found else None
        kept = shown is not None and shown.id == chosen
        self._state = replace(
            state,
            found=found,
            shown=None if chosen is None else state.entries[chosen],
            candidates=state.candidates if kept else None,
            now=self._session.now(),
        )
        self._render(self._state)
