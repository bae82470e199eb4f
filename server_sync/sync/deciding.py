"""Commands decided for a person and carried out: read at once, decided in order, written at once (SYNC P2)."""

import logging
from collections.abc import Sequence

from sqlalchemy.exc import DataError, IntegrityError

from server_sync.domain.commands import Accepted, Actor, Change, Command, Decision, Rejected, Update
from server_sync.domain.errors import ErrorKind
from server_sync.store import changes
from server_sync.store.rows import FetchedRows, lock_customers
from server_sync.store.transaction import Transaction
from server_sync.sync import clocks, effects

logger = logging.getLogger(__name__)

# What the database says of rows that cannot be; anything else (a full disk, a lost connection) fails the whole push,
# which the desk then sends again.
_IMPOSSIBLE = (IntegrityError, DataError, changes.RowExists)


def carry_out(
    tx: Transaction, actor: Actor, commands: Sequence[Command], ahead: int | None = None
) -> list[Decision]:
    """Decide each command on the rows as those before it left them, write what comes of it, and follow its effects.
    `ahead`: by how much the clock is ahead that the commands' times are by, ms; None where nobody knows.

    When the database refuses the rows, each half is tried by itself, until only the ones at fault are rejected.
    """
    if not commands:
        return []
    # Every command on a dossier names its customer and refuses rows of another one. Locked once and in order, whatever
    # is tried afterwards: two pushes never wait for each other in a circle.
    named = (getattr(one, "customer_id", None) for one in commands)
    lock_customers(tx, (customer_id for customer_id in named if customer_id is not None))
    return _tried(tx, actor, commands, ahead)


def _tried(
    tx: Transaction,
    actor: Actor,
    commands: Sequence[Command],
    ahead: int | None,
    disputed: Sequence[Update] = (),
) -> list[Decision]:
    try:
        with tx.savepoint():
            return _together(tx, actor, commands, ahead, disputed)
    except _IMPOSSIBLE as error:
        if len(commands) == 1:
            about = {"command": commands[0].name, "error": type(error).__name__}
            logger.warning("rows of a command cannot be", extra=about)
            return [Rejected(ErrorKind.ALREADY_EXISTS, {})]
    middle = len(commands) // 2
    first = _tried(tx, actor, commands[:middle], ahead, disputed)
    found = (_disputed(*one, tx.now) for one in zip(commands[:middle], first, strict=True))
    disputed = [*disputed, *(update for updates in found for update in updates)]
    return [*first, *_tried(tx, actor, commands[middle:], ahead, disputed)]


def _together(
    tx: Transaction, actor: Actor, commands: Sequence[Command], ahead: int | None, disputed: Sequence[Update]
) -> list[Decision]:
    rows = FetchedRows(tx, (need for command in commands for need in command.reads()))
    rows.lay_over(disputed)
    decisions: list[Decision] = []
    made: list[Change] = []
    for command in commands:
        decision = _decide(command, rows, actor, tx.now)
        decisions.append(decision)
        if isinstance(decision, Accepted):
            rows.lay_over(decision.changes)
            made += [clocks.stamped(change, tx.now, ahead) for change in decision.changes]
        rows.lay_over(_disputed(command, decision, tx.now))
    changes.write(tx, made)
    effects.follow(tx, made)
    return decisions


def _disputed(command: Command, decision: Decision, now: int) -> tuple[Update, ...]:
    """The number that is in dispute by a decision, so that what comes later in the push is decided as if it had come by
    itself; `refusals` writes it."""
    point_id = getattr(command, "contact_point_id", None)
    if (
        point_id is None
        or not isinstance(decision, Rejected)
        or decision.kind is not ErrorKind.FIELD_CONFLICT
    ):
        return ()
    return (Update("contact_point", point_id, {"disputed_at": now}),)


def _decide(command: Command, rows: FetchedRows, actor: Actor, now: int) -> Decision:
    try:
        return command.decide(rows, actor, now)
    except Exception:
        # A mistake of ours in one command: the others go on, and this one waits among its sender's conflicts (SYNC P3).
        logger.exception("a command failed", extra={"command": command.name})
        return Rejected(ErrorKind.SERVER_FAILED, {})
