"""The job that looks after leases of pool tasks towards their end; what it does is `automation.lease_ends`."""

from server_sync.domain.clock import MINUTE
from server_sync.store import company, job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

LEASES = "pool_leases"


def enqueue(tx: Transaction, until: int) -> None:
    """Look at the leases that end at a moment (ms): in time before it, and after it again."""
    renew = company.setting_of(tx.connection, "pool")["renew_minutes"] * MINUTE
    job_table.enqueue(tx, [Job(LEASES, {"until": until}, max(tx.now, until - renew), f"{LEASES}:{until}")])
