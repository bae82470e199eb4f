"""The desk that acts: who sits at it and how a command becomes rows and an outbox entry in ONE transaction
(SYNC P1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from agent_app.store import outbox, runner
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Accepted, Actor, Command, Decision, Rejected
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
    tables = {"outbox"}
    with desk.store.write() as connection:
        for decision in runner.run(connection, commands, desk.actor, now):
            if isinstance(decision, Rejected):
                raise KnownError(decision.kind, **decision.values)
            tables.update(change.table for change in decision.changes)
        outbox.append(connection, commands, now)
        if also is not None:
            also(connection)
    return _told(commands, tables, origin)


def record_each(
    desk: Desk, commands: Sequence[Command], origin: str
) -> tuple[StoreChanges, Sequence[Decision]]:
    """Run commands that do not depend on each other, and record those that hold; one decision for each, in order."""
    now = desk.clock.now()
    tables = {"outbox"}
    with desk.store.write() as connection:
        decisions = runner.run(connection, commands, desk.actor, now)
        held = [
            command
            for command, decision in zip(commands, decisions, strict=True)
            if isinstance(decision, Accepted)
        ]
        for decision in decisions:
            if isinstance(decision, Accepted):
                tables.update(change.table for change in decision.changes)
        outbox.append(connection, held, now)
    return _told(held, tables, origin), decisions


def _told(commands: Sequence[Command], tables: set[str], origin: str) -> StoreChanges:
    customers = frozenset(getattr(command, "customer_id", None) for command in commands)
    of_customers = frozenset(one for one in customers if one is not None)
    return StoreChanges(frozenset(tables), None if None in customers else of_customers, origin)
