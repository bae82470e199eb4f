"""What follows from row changes besides the rows: work put in within the same transaction."""

from collections.abc import Callable, Sequence

from server_sync.domain.commands import Change
from server_sync.jobs import callbacks
from server_sync.store.transaction import Transaction

Effect = Callable[[Transaction, Sequence[Change]], None]

EFFECTS: tuple[Effect, ...] = (callbacks.enqueue,)


def follow(tx: Transaction, changes: Sequence[Change]) -> None:
    """Let every effect look at the changes."""
    for effect in EFFECTS:
        effect(tx, changes)
