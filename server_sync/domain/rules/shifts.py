"""Who works when by the roster: spans of work and of leave; without any work of his in a week, somebody works the
company's hours of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server_sync.domain.model import ShiftKind

Row = Mapping[str, Any]
Window = tuple[int, int]
"""From (ms) to before (ms)."""


def works_on(shifts: Iterable[Row], day: Window, hours: Sequence[Window], week: Window) -> bool:
    """Whether a person works at any time of a day. `shifts` are his; `hours` are the company's open spans of the day,
    `week` is the week that the day is in: his roster counts where he has one for it."""
    known = [shift for shift in shifts if shift["starts_at"] < shift["ends_at"]]
    works = [_span(shift) for shift in known if shift["kind"] == ShiftKind.WORK]
    leaves = [_span(shift) for shift in known if shift["kind"] == ShiftKind.LEAVE]
    if any(_common(work, week) for work in works):
        spans = [common for work in works if (common := _common(work, day)) is not None]
    else:
        spans = list(hours) or [day]
    return any(not _covered(span, leaves) for span in spans)


def back_at(shifts: Iterable[Row], at: int) -> int | None:
    """When the leave that holds at a moment ends, with those that follow without a gap; None: no leave holds then."""
    leaves = sorted(_span(shift) for shift in shifts if shift["kind"] == ShiftKind.LEAVE)
    until: int | None = None
    for begins, ends in leaves:
        if begins <= (at if until is None else until) < ends:
            until = ends
    return until


def shift_ends_at(shifts: Iterable[Row], at: int) -> int | None:
    """When the shift of work that holds at a moment ends; None: none holds then."""
    ends = [
        shift["ends_at"]
        for shift in shifts
        if shift["kind"] == ShiftKind.WORK and shift["starts_at"] <= at < shift["ends_at"]
    ]
    return max(ends, default=None)


def _span(shift: Row) -> Window:
    return shift["starts_at"], shift["ends_at"]


def _common(one: Window, other: Window) -> Window | None:
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return (begins, ends) if begins < ends else None


def _covered(span: Window, leaves: Iterable[Window]) -> bool:
    begins, ends = span
    for leave_begins, leave_ends in sorted(leaves):
        if leave_begins <= begins:
            begins = max(begins, leave_ends)
    return begins >= ends
