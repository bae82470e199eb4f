"""The job that reckons the windows of open tasks anew when the company's hours or holidays are other ones; the
reckoning is `automation.recounting`."""

from collections.abc import Iterable

from server_sync.domain.commands import Change
from server_sync.domain.model import calendar_day
from server_sync.domain.rules.settings import setting_id
from server_sync.domain.rules.working_calendar import COMPANY_HOURS
from server_sync.store import job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

RECOUNT = "recount_windows"
_HOURS = frozenset((COMPANY_HOURS, setting_id("company"), setting_id("working_week")))


def follow(tx: Transaction, changes: Iterable[Change]) -> None:
    """A change of the company's clock is followed at once."""
    if any(change.table == calendar_day.name or change.row_id in _HOURS for change in changes):
        enqueue(tx, b"")


def enqueue(tx: Transaction, after: bytes) -> None:
    """Have the tasks behind an id seen to."""
    name = after.hex()
    job_table.enqueue(tx, [Job(RECOUNT, {"after": name}, tx.now, f"{RECOUNT}:{tx.now}:{name}")])
