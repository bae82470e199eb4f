"""The actions on promises (承诺): those of a filled form as commands of its wrap-up, and what became of one."""

from collections.abc import Iterable, Sequence

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Command, MakeCommitment, SettleCommitment
from server_sync.domain.forms.promises import Promised
from server_sync.domain.model import CommitmentState


def making(
    desk: Desk,
    promised: Iterable[Promised],
    task_id: bytes,
    customer_id: bytes,
    attempt_id: bytes,
    response_id: bytes,
    now: int,
) -> Sequence[Command]:
    """The commands that make what was promised in the answers of a call, to stand in one transaction with them."""
    return [
        MakeCommitment(
            desk.ids.new(), task_id, customer_id, attempt_id, response_id, one.text, one.due_at, now
        )
        for one in promised
    ]


def keep_commitment(desk: Desk, customer_id: bytes, commitment_id: bytes) -> StoreChanges:
    """Say that a promise was kept."""
    return _settle(desk, customer_id, commitment_id, CommitmentState.KEPT, None)


def withdraw_commitment(desk: Desk, customer_id: bytes, commitment_id: bytes, note: str) -> StoreChanges:
    """Withdraw a promise, and say why."""
    return _settle(desk, customer_id, commitment_id, CommitmentState.WITHDRAWN, note)


def _settle(
    desk: Desk, customer_id: bytes, commitment_id: bytes, outcome: CommitmentState, note: str | None
) -> StoreChanges:
    command = SettleCommitment(commitment_id, customer_id, outcome.value, note, desk.clock.now())
    return record(desk, [command], "commitment")
