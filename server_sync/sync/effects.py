"""What follows from row changes besides the rows: work put in within the same transaction."""

from collections.abc import Callable, Sequence

from server_sync.domain.commands import Change
from server_sync.jobs import absences, callbacks, ladders, plan_look, recount
from server_sync.store.transaction import Transaction
from server_sync.sync import attachments

Effect = Callable[[Transaction, Sequence[Change]], None]

EFFECTS: tuple[Effect, ...] = (
    callbacks.enqueue,
    ladders.follow,
    plan_look.follow,
    recount.follow,
    absences.follow,
    attachments.forget_removed,
)


def follow(tx: Transaction, changes: Sequence[Change]) -> None:
    """Let every effect look at the changes."""
    for effect in EFFECTS:
        effect(tx, changes)
