"""What happens in the conflicts room: look, let be, send again, hand over; a lead settles for his team."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from agent_app.actions.conflicts import (
    hand_over_conflict,
    retry_conflict,
    settle_conflict,
    settle_team_conflict,
)
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.state import ConflictsState, Whose
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import conflicts
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.errors import KnownError
from server_sync.domain.model import Resolution, Role

TABLES = ("conflict", "team_conflict", "customer", "contact_point", "task", "do_not_call", "person")
_Lists = tuple[tuple[Conflict, ...], tuple[Conflict, ...]]


class ConflictsPresenter:
    """Shows one's own entries, and to a lead those of his team; the chosen one stays chosen while it is there."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[ConflictsState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = ConflictsState(leads=session.desk.actor.role is not Role.AGENT)
        if self._state.leads:
            self._state = replace(self._state, whose=Whose.TEAM)

    @property
    def state(self) -> ConflictsState:
        """What is drawn now."""
        return self._state

    def start(self) -> None:
        """Load the entries."""
        self._session.read(_load, self._loaded, key="conflicts")

    def on_changed(self, changes: StoreChanges) -> None:
        """Load again when an entry came or went, or what stands against it changed."""
        listed = bool(self._state.own or self._state.team)
        if changes.concerns(*TABLES[:2]) or (listed and changes.concerns(*TABLES)):
            self.start()

    def on_whose_chosen(self, whose: Whose) -> None:
        """Look at the other list."""
        if whose is not self._state.whose:
            self._show(replace(self._state, whose=whose, chosen=None, editing=False, error=None))
            self._choose_first()

    def on_chosen(self, entry_id: bytes | None) -> None:
        """Look at this entry."""
        if entry_id != self._state.chosen:
            self._show(replace(self._state, chosen=entry_id, editing=False, error=None))

    def on_edit_asked(self) -> None:
        """Write it otherwise, or leave that."""
        entry = self._state.entry
        if entry is not None and self._state.may_edit(entry):
            self._show(replace(self._state, editing=not self._state.editing, error=None))

    def on_kept(self, note: str) -> None:
        """What the server holds stays; of what is not a lead's to decide he has only taken note."""
        entry = self._state.entry
        if entry is None:
            return
        if entry.mid is None:
            self._settle(entry, Resolution.THEIRS if entry.awaits_lead else Resolution.NOTED, note)
        else:
            mid = entry.mid
            self._act(lambda desk: settle_conflict(desk, mid))

    def on_pressed(self, note: str, edited: str | None) -> None:
        """What was meant is to be carried out, with `edited` in place of what was written (None: as it was)."""
        entry = self._state.entry
        if entry is None or not self._state.may_press(entry):
            return
        if entry.mid is None:
            self._settle(entry, Resolution.MINE, note, edited)
        else:
            mid = entry.mid
            self._act(lambda desk: retry_conflict(desk, mid, edited))

    def on_handed_over(self, note: str) -> None:
        """The lead is to decide."""
        entry = self._state.entry
        if entry is not None and entry.mid is not None:
            mid = entry.mid
            self._act(lambda desk: hand_over_conflict(desk, mid, note))

    def on_customer_asked(self) -> None:
        """Look at the customer concerned, if he is here."""
        entry = self._state.entry
        if entry is not None and entry.customer_id is not None and entry.customer is not None:
            self._route(Route("queue"))
            self._route(Route("customer", entry.customer_id))

    def _settle(self, entry: Conflict, resolution: Resolution, note: str, edited: str | None = None) -> None:
        self._act(lambda desk: settle_team_conflict(desk, entry.id, resolution, note, edited))

    def _act(self, action: Callable[[Desk], StoreChanges]) -> None:
        self._session.act(action, self._done, self._failed)

    def _loaded(self, lists: _Lists) -> None:
        place = self._place()
        own, team = lists
        self._state = replace(self._state, own=own, team=team, loaded=True, now=self._session.now())
        if self._state.entry is None:
            # Whoever goes through the list goes on with the entry that took the place.
            entries = self._state.entries
            following = entries[min(place or 0, len(entries) - 1)].id if entries else None
            self._state = replace(self._state, chosen=following, editing=False)
        self._render(self._state)

    def _place(self) -> int | None:
        """Where the chosen entry stands in the list."""
        ids = [entry.id for entry in self._state.entries]
        return ids.index(self._state.chosen) if self._state.chosen in ids else None

    def _choose_first(self) -> None:
        if self._state.entries:
            self.on_chosen(self._state.entries[0].id)

    def _done(self, _: StoreChanges) -> None:
        self._show(replace(self._state, error=None, editing=False))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._show(replace(self._state, error=error.kind, error_values=error.values))

    def _show(self, state: ConflictsState) -> None:
        self._state = state
        self._render(state)


def _load(connection: Connection) -> _Lists:
    return conflicts.unsettled(connection), conflicts.of_team(connection)
