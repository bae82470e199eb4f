"""What happens in the conflicts list: look, try again, put away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agent_app.actions.conflicts import retry_conflict, settle_conflict
from agent_app.actions.session import DeskSession
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import conflicts
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.errors import ErrorKind, KnownError


@dataclass(frozen=True)
class ConflictsState:
    """The open entries, the latest first; `error` is why the last try to send one again was refused here."""

    entries: tuple[Conflict, ...] = ()
    loaded: bool = False
    now: int = 0
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)


class ConflictsPresenter:
    """Shows every open entry."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[ConflictsState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = ConflictsState()

    def start(self) -> None:
        """Load the entries."""
        self._session.read(conflicts.unsettled, self._loaded, key="conflicts")

    def on_changed(self, changes: StoreChanges) -> None:
        """Load again when an entry came or went."""
        if changes.concerns("conflict"):
            self.start()

    def on_retried(self, mid: int) -> None:
        """Send the same edit again."""
        self._session.act(lambda desk: retry_conflict(desk, mid), self._done, self._failed)

    def on_settled(self, mid: int) -> None:
        """It has been dealt with."""
        self._session.act(lambda desk: settle_conflict(desk, mid), self._done, self._failed)

    def on_customer_asked(self, customer_id: bytes) -> None:
        """Look at the customer concerned."""
        self._route(Route("queue"))
        self._route(Route("customer", customer_id))

    def _loaded(self, entries: tuple[Conflict, ...]) -> None:
        self._state = replace(self._state, entries=entries, loaded=True, now=self._session.now())
        self._render(self._state)

    def _done(self, _: StoreChanges) -> None:
        self._state = replace(self._state, error=None)
        self._render(self._state)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._state = replace(self._state, error=error.kind, error_values=error.values)
        self._render(self._state)
