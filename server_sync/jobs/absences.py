"""The jobs by which tasks leave whoever does not do them: of those who are away, and refusals for a converter; the work
is `automation.flow_back`."""

from collections.abc import Iterable

from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.model import ShiftKind, shift, task
from server_sync.domain.rules.skills import REFUSAL
from server_sync.store import job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

FLOW_BACK = "flow_back"
CONVERT = "convert_refusal"


def enqueue(tx: Transaction, at: int, cause: str) -> None:
    """Look who is away at a moment (ms); `cause` names what happened, once and for all."""
    job_table.enqueue(tx, [Job(FLOW_BACK, {}, at, f"{FLOW_BACK}:{cause}")])


def follow(tx: Transaction, changes: Iterable[Change]) -> None:
    """A leave in the roster is looked at when it begins; a task that asks for a converter at once."""
    for change in changes:
        values = change.row if isinstance(change, Insert) else change.values
        name = change.row_id.hex()
        if change.table == shift.name and values.get("kind") == ShiftKind.LEAVE:
            begins_at = max(tx.now, values["starts_at"])
            enqueue(tx, begins_at, f"{name}:{begins_at}")
        elif change.table == task.name and isinstance(change, Update) and REFUSAL in values.get("skills", ()):
            job_table.enqueue(tx, [Job(CONVERT, {"task": name}, tx.now, f"{CONVERT}:{name}:{tx.now}")])
