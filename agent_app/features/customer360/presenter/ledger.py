"""What happens with the contact ledger: shown with what stands against a call now; consent asked for and withdrawn."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.customers import give_consent, withdraw_consent
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.state import ConsentAsked, LedgerState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import contact_ledger
from agent_app.store.queries.contact_ledger import CustomerLedger
from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import KnownError

TABLES = ("attempt", "occasion", "consent", "do_not_call", "customer", "contact_point", "setting", "plan")


class LedgerPresenter:
    """One customer at a time; words that were begun outlive every refresh."""

    def __init__(self, session: DeskSession, render: Callable[[LedgerState], object]) -> None:
        self._session = session
        self._render = render
        self._state = LedgerState()
        self._customer_id: bytes | None = None
        self._minute = 0

    def open(self, customer_id: bytes | None) -> None:
        """Show this customer's ledger."""
        if customer_id != self._customer_id:
            self._customer_id = customer_id
            self._show(LedgerState())
        if customer_id is not None:
            self._load(customer_id)

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when it concerns this customer."""
        customer_id = self._customer_id
        if customer_id is not None and changes.concerns(*TABLES, customer_id=customer_id):
            self._load(customer_id)

    def on_tick(self, now: int) -> None:
        """What stands against a call goes by with the minutes."""
        if self._customer_id is not None and now // MINUTE != self._minute:
            self._load(self._customer_id)

    def on_unfolded(self) -> None:
        """All of the entries, or the latest again."""
        self._show(replace(self._state, unfolded=not self._state.unfolded))

    def on_consent_asked(self, asked: ConsentAsked) -> None:
        """The customer said something about consent: in which words was he asked? The same again takes it back."""
        again = self._state.asked == asked
        self._show(replace(self._state, asked=None if again else asked, error=None))

    def on_worded(self, wording: str) -> None:
        """The words were given: they are kept with who, when and how."""
        asked, customer_id = self._state.asked, self._customer_id
        if asked is None or customer_id is None:
            return
        purpose = asked.purpose

        def record(desk: Desk) -> StoreChanges:
            if asked.granted is None:
                return withdraw_consent(desk, customer_id, purpose, None, wording.strip() or None)
            return give_consent(desk, customer_id, purpose, None, wording, granted=asked.granted)

        self._session.act(record, self._recorded, self._failed)

    def _recorded(self, _: StoreChanges) -> None:
        self._show(replace(self._state, asked=None, error=None))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._show(replace(self._state, error=error.kind, error_values=error.values))

    def _load(self, customer_id: bytes) -> None:
        now = self._session.now()
        self._minute = now // MINUTE
        self._session.read(
            lambda connection: contact_ledger.load(connection, customer_id, now),
            lambda found: self._loaded(customer_id, found),
            key="contact ledger",
        )

    def _loaded(self, customer_id: bytes, found: CustomerLedger | None) -> None:
        if customer_id == self._customer_id:
            self._show(replace(self._state, ledger=found))

    def _show(self, state: LedgerState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)
