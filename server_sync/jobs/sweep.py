"""The hourly job that lets go what has had its time: dossiers of tasks closed a day ago, jobs done long ago,
conflicts settled long ago, and what desks no longer need to be told of."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import HOUR
from server_sync.jobs import leases
from server_sync.store import feed, job_table, retention
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

SWEEP = "release_dossiers"


def enqueue(tx: Transaction) -> None:
    """See to it that a sweep waits: one for every hour of the clock, put in once by whichever process is first."""
    hour = tx.now // HOUR + 1
    job_table.enqueue(tx, [Job(SWEEP, {}, hour * HOUR, f"{SWEEP}:{hour}")])


def sweep(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Sweep, and see to the next one in the same transaction."""
    feed.release_dossiers(tx)
    leases.forget_done(tx)
    retention.forget_old(tx)
    retention.forget_settled(tx)
    enqueue(tx)
