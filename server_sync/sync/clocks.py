"""A device's clock beside the server's: by how much it is ahead, and what of a push is stamped with that."""

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Change, Insert

MOST_SKEW = 100 * 366 * DAY
"""A device whose battery was empty may think it is 1970; what says more than this says nothing."""


def skew(sent_at: int | None, now: int) -> int | None:
    """By how much a device's clock is ahead, ms; None where it did not say what it shows."""
    return None if sent_at is None else max(-MOST_SKEW, min(sent_at - now, MOST_SKEW))


def stamped(change: Change, now: int, ahead: int | None) -> Change:
    """An attempt with when the server got the last of it, and the clock that its times are by (journey C1)."""
    if change.table != "attempt":
        return change
    stamps = {"received_at": now, "clock_skew_ms": ahead}
    if isinstance(change, Insert):
        return Insert(change.table, {**change.row, **stamps})
    return type(change)(change.table, change.row_id, {**change.values, **stamps})
