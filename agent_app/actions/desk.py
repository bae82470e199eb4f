"""The desk that acts: who sits at it and how a command becomes rows and an outbox entry in ONE transaction
(SYNC P1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from agent_app.store import outbox, runner
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Actor, Command, Rejected
from server_sync.domain.errors import KnownError
from server_sync.domain.ids import Ids


@dataclass(frozen=True)
class Desk:
    """An open store with the person who works on it. Its functions run on the store's thread."""

    store: Store
    clock: Clock
    ids: Ids
    actor: Actor
    device: bytes

    @property
    def person_id(self) -> bytes:
        """Who sits here; a desk always has a person."""
        if self.actor.person_id is None:
            raise ValueError("a desk belongs to a person")
        return self.actor.person_id


def record(
    desk: Desk,
    commands: Sequence[Command],
    origin: str,
    *,
    also: Callable[[Connection], object] | None = None,
) -> StoreChanges:
    """Run and record commands, all or none of them; on return they are on the disk.

    `also` writes what belongs to this desk alone in the same transaction, such as the draft that the
    commands replace.

    Raises KnownError with the first rejection's kind and values; then nothing has changed.
    """
    now = desk.clock.now()
    changes = StoreChanges(frozenset({"outbox"}), frozenset(), origin)
    with desk.store.write() as connection:
        for command in commands:
            decision = runner.run(connection, command, desk.actor, now)
            if isinstance(decision, Rejected):
                raise KnownError(decision.kind, **decision.values)
            outbox.append(connection, command, now)
            customer_id = getattr(command, "customer_id", None)
            changes = changes.merged(runner.touched(decision.changes, customer_id, origin))
        if also is not None:
            also(connection)
    return changes
