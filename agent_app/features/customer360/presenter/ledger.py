"""What happens with the contact ledger: shown with what stands against a call now; consent asked for and withdrawn."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.customers import give_consent, withdraw_consent
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter.section import SectionPresenter
from agent_app.features.customer360.state import ConsentAsked, LedgerState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import contact_ledger
from agent_app.store.queries.contact_ledger import CustomerLedger
from server_sync.domain.clock import MINUTE


class LedgerPresenter(SectionPresenter[LedgerState]):
    """Shows the ledger; the words of a consent that were begun stay."""

    tables = ("attempt", "occasion", "consent", "do_not_call", "customer", "contact_point", "setting", "plan")

    def __init__(self, session: DeskSession, render: Callable[[LedgerState], object]) -> None:
        super().__init__(session, render, LedgerState())
        self._minute = 0

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

    def _load(self, customer_id: bytes) -> None:
        now = self._session.now()
        self._minute = now // MINUTE
        self._read(
            customer_id,
            lambda connection: contact_ledger.load(connection, customer_id, now),
            self._loaded,
            "contact ledger",
        )

    def _loaded(self, found: CustomerLedger | None) -> None:
        self._show(replace(self._state, ledger=found))
