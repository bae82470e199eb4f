"""What happens beside the work: show a customer, correct his data, write a note."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from agent_app.actions.customers import (
    add_note,
    add_tag,
    correct_contact_point,
    correct_customer,
    remove_tag,
)
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.state import Correction, CustomerState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import customer360, response_sheet, settings, task_sheet
from agent_app.store.queries.customer360 import Customer360
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.commands import Actor
from server_sync.domain.errors import KnownError
from server_sync.domain.rules import queue_order
from server_sync.domain.rules.merge import TAGS

TABLES = (
    "customer",
    "contact_point",
    "do_not_call",
    "sales_order",
    "activity",
    "callback",
    "task",
    "attempt",
    "response",
)


@dataclass(frozen=True)
class _Loaded:
    customer_id: bytes
    customer: Customer360 | None
    sheet: TaskSheet | None
    why: tuple[str, Mapping[str, Any]] | None
    correctable: Mapping[bytes, bytes]


class CustomerPresenter:
    """Shows one customer at a time; what is being typed outlives every refresh."""

    def __init__(self, session: DeskSession, render: Callable[[CustomerState], object]) -> None:
        self._session = session
        self._render = render
        self._state = CustomerState()
        self._customer_id: bytes | None = None
        self._task_id: bytes | None = None

    def open(self, customer_id: bytes | None, task_id: bytes | None) -> None:
        """Show this customer, with the task that he is called for."""
        self._customer_id, self._task_id = customer_id, task_id
        if customer_id is None:
            self._state = CustomerState()
            self._render(self._state)
            return
        self._reload()

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when it concerns this customer."""
        if self._customer_id is not None and changes.concerns(*TABLES, customer_id=self._customer_id):
            self._reload()

    def on_correct_asked(self) -> None:
        """Show or hide the fields to correct."""
        self._state = replace(self._state, correcting=not self._state.correcting, writing=False, error=None)
        self._render(self._state)

    def on_note_asked(self) -> None:
        """Show or hide the line for a note."""
        self._state = replace(self._state, writing=not self._state.writing, correcting=False, error=None)
        self._render(self._state)

    def on_corrected(self, given: Correction) -> None:
        """A field or number has another value now, of the customer whom it was typed for, whoever is shown."""
        point_id, value = given.contact_point_id, given.value.strip()
        if value == (given.seen or ""):
            return
        if given.field == TAGS:
            change, tag = (add_tag, value) if value else (remove_tag, given.seen or "")
            self._act(lambda desk: change(desk, given.customer_id, tag))
        elif point_id is None:
            self._act(lambda desk: correct_customer(desk, given.customer_id, given.field, given.seen, value))
        elif value:
            seen = given.seen or ""
            self._act(lambda desk: correct_contact_point(desk, given.customer_id, point_id, seen, value))

    def on_note_written(self, text: str) -> None:
        """A note is finished."""
        customer, sheet = self._state.customer, self._state.sheet
        if customer is None or not text.strip():
            return
        task_id = None if sheet is None else sheet.id
        self._act(lambda desk: add_note(desk, customer.id, text, task_id), self._noted)

    def _noted(self, _: StoreChanges) -> None:
        self._state = replace(self._state, writing=False, error=None)
        self._render(self._state)

    def _act(
        self, action: Callable[[Desk], StoreChanges], on_done: Callable[[StoreChanges], object] | None = None
    ) -> None:
        self._session.act(action, on_done or self._done, self._failed)

    def _done(self, _: StoreChanges) -> None:
        self._state = replace(self._state, error=None)
        self._render(self._state)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._state = replace(
            self._state, error=error.kind, error_values=error.values, now=self._session.now()
        )
        self._render(self._state)

    def _reload(self) -> None:
        customer_id, task_id, now = self._customer_id, self._task_id, self._session.now()
        actor = self._session.desk.actor
        midnight = self._session.day_began_at()
        if customer_id is None:
            return
        self._session.read(
            lambda connection: _load(connection, customer_id, task_id, now, midnight, actor),
            self._loaded,
            key="customer360",
        )

    def _loaded(self, loaded: _Loaded) -> None:
        if loaded.customer_id != self._customer_id:
            return
        before, after = self._state.customer, loaded.customer
        if before is None or after is None or before.id != after.id:
            self._state = CustomerState()
        self._state = replace(
            self._state,
            customer=loaded.customer,
            sheet=loaded.sheet,
            why=loaded.why,
            correctable=loaded.correctable,
            now=self._session.now(),
        )
        self._render(self._state)


def _load(
    connection: Connection, customer_id: bytes, task_id: bytes | None, now: int, midnight: int, actor: Actor
) -> _Loaded:
    customer = customer360.load(connection, customer_id, midnight)
    correctable = response_sheet.correctable(connection, customer_id, actor)
    sheet = task_sheet.load(connection, task_id) if task_id is not None else None
    if customer is None or sheet is None:
        return _Loaded(customer_id, customer, sheet, None, correctable)
    rules = {key: settings.load(connection, key) for key in ("callbacks", "queue")}
    why = queue_order.why(sheet.task, customer.fields, now, rules)
    return _Loaded(customer_id, customer, sheet, (why.kind, why.values), correctable)
