"""The durable work list: putting work in; taking it out, leases and the worker are the jobs' own business."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from server_sync.store.tables import job
from server_sync.store.transaction import Transaction


class JobState(StrEnum):
    """A job's life."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Job:
    """Work with a due time; `payload` is a JSON value, `dedupe_key` says what makes it the same work."""

    kind: str
    payload: Mapping[str, Any]
    due_at: int
    dedupe_key: str


def enqueue(tx: Transaction, jobs: Iterable[Job]) -> None:
    """Put jobs in, in the transaction of what they follow from; one whose key is known already is passed over."""
    rows = [
        {
            "kind": one.kind,
            "payload": one.payload,
            "due_at": one.due_at,
            "dedupe_key": one.dedupe_key,
            "state": JobState.WAITING,
            "enqueued_at": tx.now,
        }
        for one in jobs
    ]
    if rows:
        insert = (sqlite if tx.connection.dialect.name == "sqlite" else postgresql).insert(job)
        tx.connection.execute(insert.on_conflict_do_nothing(index_elements=["dedupe_key"]), rows)
