"""What happens with the customer's promises: shown, marked as kept, withdrawn with the reason."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.commitments import keep_commitment, withdraw_commitment
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter.section import SectionPresenter
from agent_app.features.customer360.state import PromisesState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import commitments
from agent_app.store.queries.commitments import Commitment


class PromisesPresenter(SectionPresenter[PromisesState]):
    """Shows the promises; a withdrawal that was begun stays."""

    tables = ("commitment",)

    def __init__(self, session: DeskSession, render: Callable[[PromisesState], object]) -> None:
        super().__init__(session, render, PromisesState())

    def on_kept(self, commitment_id: bytes | None = None) -> None:
        """A promise was kept; without a name the one that is due first."""
        first = next((one.id for one in self._state.promises if one.is_open), None)
        chosen, customer_id = commitment_id or first, self._customer_id
        if chosen is not None and customer_id is not None:
            self._act(lambda desk: keep_commitment(desk, customer_id, chosen))

    def on_withdraw_asked(self, commitment_id: bytes) -> None:
        """Why is it withdrawn? Asked again, it stays."""
        asked = None if self._state.withdrawing == commitment_id else commitment_id
        self._show(replace(self._state, withdrawing=asked, error=None))

    def on_withdrawn(self, note: str) -> None:
        """The reason was given."""
        chosen, customer_id = self._state.withdrawing, self._customer_id
        if chosen is not None and customer_id is not None:
            self._act(lambda desk: withdraw_commitment(desk, customer_id, chosen, note))

    def _act(self, action: Callable[[Desk], StoreChanges]) -> None:
        self._session.act(action, self._done, self._failed)

    def _done(self, _: StoreChanges) -> None:
        self._show(replace(self._state, withdrawing=None, error=None))

    def _load(self, customer_id: bytes) -> None:
        self._read(
            customer_id,
            lambda connection: commitments.load(connection, customer_id),
            self._loaded,
            "promises",
        )

    def _loaded(self, found: tuple[Commitment, ...]) -> None:
        still = self._state.withdrawing in [one.id for one in found if one.is_open]
        asked = self._state.withdrawing if still else None
        self._show(replace(self._state, promises=found, withdrawing=asked))
