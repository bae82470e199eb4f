"""A command of the domain decided and carried out by the server itself; desks' commands come in by push."""

from server_sync.domain.commands import Accepted, Actor, Command, Decision
from server_sync.domain.model import Role
from server_sync.jobs import ladders
from server_sync.store import changes
from server_sync.store.audit import Record, record
from server_sync.store.rows import FetchedRows, lock_customers
from server_sync.store.transaction import Transaction

SERVER = Actor(person_id=None, role=Role.ADMINISTRATOR, team_id=None)


def run(tx: Transaction, command: Command, customer_id: bytes | None) -> Decision:
    """Decide on the rows as they stand now, write what comes of it, plan its reminders, and record it in the audit.

    `customer_id`: whose dossier the command is about, None for a command about none.
    """
    lock_customers(tx, [] if customer_id is None else [customer_id])
    decision = command.decide(FetchedRows(tx, command.reads()), SERVER, tx.now)
    if isinstance(decision, Accepted):
        changes.write(tx, decision.changes)
        ladders.follow(tx, decision.changes)
    record(tx, [Record(None, command.name, decision)])
    return decision
