"""What the sections of the customer's column keep to: one customer at a time; what was begun outlives every refresh."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from sqlalchemy import Connection

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.state import LedgerState, PromisesState
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import KnownError

State = TypeVar("State", LedgerState, PromisesState)
Found = TypeVar("Found")


class SectionPresenter(ABC, Generic[State]):
    """A section of the customer who is shown; `tables` are those that it reads."""

    tables: ClassVar[tuple[str, ...]]

    def __init__(self, session: DeskSession, render: Callable[[State], object], blank: State) -> None:
        self._session = session
        self._render: Callable[[State], object] = render
        self._blank: State = blank
        self._state: State = blank
        self._customer_id: bytes | None = None

    def open(self, customer_id: bytes | None) -> None:
        """Show this customer's."""
        if customer_id != self._customer_id:
            self._customer_id = customer_id
            self._show(self._blank)
        if customer_id is not None:
            self._load(customer_id)

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when it concerns this customer."""
        customer_id = self._customer_id
        if customer_id is not None and changes.concerns(*self.tables, customer_id=customer_id):
            self._load(customer_id)

    @abstractmethod
    def _load(self, customer_id: bytes) -> None:
        """Have what there is by now read, by `_read`."""

    def _read(
        self,
        customer_id: bytes,
        query: Callable[[Connection], Found],
        on_found: Callable[[Found], None],
        key: str,
    ) -> None:
        """Query away from the main thread; what comes when another customer is shown is dropped."""

        def come(found: Found) -> None:
            if customer_id == self._customer_id:
                on_found(found)

        self._session.read(query, come, key=key)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._show(replace(self._state, error=error.kind, error_values=error.values))

    def _show(self, state: State) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)
