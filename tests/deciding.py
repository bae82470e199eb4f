"""One command of a person, decided and carried out at the server without a desk's push."""

from server_sync.domain.commands import Actor, Command, Decision
from server_sync.store.audit import Record, record
from server_sync.store.database import Database
from server_sync.sync.deciding import carry_out


def run_command(database: Database, actor: Actor, command: Command, now: int) -> Decision:
    """Decide a command in a transaction of its own, and write it into the audit."""
    with database.write(now) as tx:
        [decision] = carry_out(tx, actor, [command])
        record(tx, [Record(actor.person_id, command.name, decision)])
    return decision
