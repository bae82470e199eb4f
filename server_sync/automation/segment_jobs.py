"""The jobs of segmentation: every night all customers, in between those who changed, a handful of them a job."""

from collections.abc import Mapping
from typing import Any

from server_sync.automation import goals
from server_sync.automation.segments import Segmentation
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.local_time import iso_day
from server_sync.store import company, job_table, watermarks
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

SEGMENTS = "segments"
SEEN = "segments_seen"
HANDFUL = 500
MOST_CHANGED = 5_000
"""Of more customers who changed all are looked at."""


def work(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Do one: {"all": true}, {"customers": [ids as hex]}, or those who changed since the last time."""
    run = Segmentation(tx, tx.now)
    if "customers" in payload:
        run.settle(bytes.fromhex(name) for name in payload["customers"])
        return
    found = watermarks.news(tx.connection, SEEN, MOST_CHANGED)
    if "all" in payload or found.customers is None:
        run.draw_bounds()
        goals.measure_all(tx, tx.now)
        _hand_out(tx, run.find())
    else:
        _hand_out(tx, found.customers)
    watermarks.remember(tx, SEEN, found.heads)
    enqueue(tx)


def enqueue(tx: Transaction) -> None:
    """See to it that the next look and the next night wait; each once, whoever is first."""
    setting = company.setting_of(tx.connection, "segments")
    step = setting["minutes"] * MINUTE
    number = tx.now // step + 2  # never at once: a server that starts has other things to do
    local = company.working_time(tx.connection).zone
    night = local.day(tx.now)
    at = local.moment(night * DAY + setting["at_hour"] * HOUR)
    if at <= tx.now:
        night += 1
        at = local.moment(night * DAY + setting["at_hour"] * HOUR)
    job_table.enqueue(
        tx,
        [
            Job(SEGMENTS, {}, number * step, f"{SEGMENTS}:{number * step}"),
            Job(SEGMENTS, {"all": True}, at, f"{SEGMENTS}:{iso_day(night)}"),
        ],
    )


def _hand_out(tx: Transaction, customer_ids: list[bytes]) -> None:
    """A job for every handful: several processes share them, and nobody waits long for a customer."""
    jobs = []
    for start in range(0, len(customer_ids), HANDFUL):
        names = [row_id.hex() for row_id in customer_ids[start : start + HANDFUL]]
        jobs.append(Job(SEGMENTS, {"customers": names}, tx.now, f"{SEGMENTS}:{tx.now}:{start}"))
    job_table.enqueue(tx, jobs)
