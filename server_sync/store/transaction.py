"""One open write transaction as everything above the store sees it; how it begins and ends stands in `database`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from server_sync.domain.wire.messages import Commit
from server_sync.store.statement import run_text


@dataclass
class Transaction:
    """`connection` to read and to write server-only tables with; rows of replicated tables are written by
    `changes.write`, so that the feed hears of them. `now`: milliseconds, the time of the whole transaction."""

    connection: Connection
    now: int
    touched: set[str] = field(default_factory=set)
    """Names of the replicated tables with rows to publish."""
    moving: set[str] = field(default_factory=set)
    """Names of those with rows that may move dossiers between partitions (`memberships.MOVERS`)."""
    removed: bool = False
    """Whether rows of dossiers went."""
    bumped: set[str] = field(default_factory=set)
    """Names of partitions that move though no row of theirs was touched."""
    commits: dict[str, Commit] = field(default_factory=dict)
    """By partition, what this transaction is in its history; complete when the transaction has ended."""

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is undone alone when it raises."""
        run_text(self.connection, "SAVEPOINT part")
        try:
            yield
        except BaseException as error:
            try:
                run_text(self.connection, "ROLLBACK TO SAVEPOINT part")
            except DBAPIError:
                # A full disk makes SQLite undo the whole transaction: what it said of that counts, not of the rest.
                raise error from None
            raise
        run_text(self.connection, "RELEASE SAVEPOINT part")
