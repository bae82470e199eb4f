"""The audit: one row for every decided mutation or server command; it names rows, never what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from server_sync.domain.commands import Accepted, Decision
from server_sync.store.bulk import insert_rows
from server_sync.store.tables import audit
from server_sync.store.transaction import Transaction

Status = Literal["accepted", "merged", "rejected"]

LONGEST_NAME = 80


@dataclass(frozen=True)
class Record:
    """What was asked for and what became of it; `device_id` and `mid` for what came by push."""

    person_id: bytes | None
    command: str
    decision: Decision
    device_id: bytes | None = None
    mid: int | None = None


def record(tx: Transaction, records: Iterable[Record]) -> None:
    """Write the rows, in the transaction that carries the decisions out."""
    insert_rows(
        tx.connection,
        audit,
        ("at", "person_id", "device_id", "mid", "command", "status", "kind", "rows"),
        ((tx.now, one.person_id, one.device_id, one.mid, _name(one), *_outcome(one)) for one in records),
    )


def _name(one: Record) -> str:
    """What was asked for may be anything; a database takes no NUL."""
    return one.command[:LONGEST_NAME].replace("\0", "\ufffd")


def _outcome(one: Record) -> tuple[Status, str | None, list[list[str]]]:
    if isinstance(one.decision, Accepted):
        return (
            status(one.decision),
            None,
            [[change.table, change.row_id.hex()] for change in one.decision.changes],
        )
    return status(one.decision), one.decision.kind, []


def status(decision: Decision) -> Status:
    """The decision in one word, as in `wire.messages.Result`."""
    if isinstance(decision, Accepted):
        return "merged" if decision.merged else "accepted"
    return "rejected"
