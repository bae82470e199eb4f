"""What was shown and answered when, in the events of ODK Collect's audit log (https://docs.getodk.org/form-audit-log);
measured by a clock that only goes forward, kept small enough to travel with the answers. Taking it down is
`audit_log`, judging it `quality`.

A row is (event, node, start, end, old, new). Times are milliseconds since `response.started_at`; `end` is None for what
has no length. A sitting begins with "form start" or "form resume" at the time of the wall clock, but never before the
end of the one before; within it a monotonic clock counts, so that lengths hold whatever is done to the wall clock.
`old` and `new` are values where an answer was changed, else None; the node of a page of several questions is the
page's key.

One question on a page is one "question". Several on one page are one "group questions", and each that is answered a
"question" within it, which lasts from the answer before it: their lengths add up to the group's.
"""

from collections.abc import Iterable, Mapping, Sequence

AuditRow = tuple[str, str, int, int | None, str | None, str | None]

START, RESUME, SAVE, EXIT, FINALIZE = "form start", "form resume", "form save", "form exit", "form finalize"
QUESTION, GROUP, REPEAT, JUMP, END = "question", "group questions", "add repeat", "jump", "end screen"
_OF_FORM = (START, RESUME, SAVE, EXIT, FINALIZE)
_SITTINGS = (START, RESUME)

LARGEST = 64 << 10
"""Bytes of an audit; beyond, the values go first, then visits, each the oldest first. A form of 500 questions that were
visited once has half of it."""
_ROW = 24
"""Bytes of a row besides its texts."""


def finalised(rows: Sequence[AuditRow], since: int) -> tuple[AuditRow, ...]:
    """The rows of a filling-in that is handed in, `since` ms after it was started by the wall clock."""
    return bounded([*rows, (FINALIZE, "", max(since, ended_at(rows)), None, None, None)])


def ended_at(rows: Iterable[AuditRow]) -> int:
    """When the last of it was, 0 for none."""
    return max((row[2] if row[3] is None else row[3] for row in rows), default=0)


def elapsed(rows: Sequence[AuditRow]) -> int:
    """How long somebody sat at it, ms: the sittings added up, without what lay between them."""
    total, began, ended = 0, 0, 0
    for event, _, start, end, _, _ in rows:
        if event in _SITTINGS:
            total, began, ended = total + ended - began, start, start
        elif event != FINALIZE:
            ended = max(ended, start if end is None else end)
    return total + ended - began


def times(rows: Iterable[AuditRow]) -> Mapping[str, int]:
    """How long each question was before somebody, ms, all visits added up; by indexed path."""
    found: dict[str, int] = {}
    for event, node, start, end, _, _ in rows:
        if event == QUESTION and end is not None:
            found[node] = found.get(node, 0) + end - start
    return found


def bounded(rows: Sequence[AuditRow]) -> tuple[AuditRow, ...]:
    """An audit within `LARGEST`: as it is, or without the oldest values, or without the oldest visits too; only when
    the form's own events are too many alone, without the oldest of these."""
    kept, excess = list(rows), sum(map(_size, rows)) - LARGEST
    for smaller in (_without_values, _without_visit, _nothing):
        shrunk: list[AuditRow] = []
        for row in kept:
            less = smaller(row) if excess > 0 else row
            excess -= _size(row) - (_size(less) if less else 0)
            if less is not None:
                shrunk.append(less)
        kept = shrunk
    return tuple(kept)


def _without_values(row: AuditRow) -> AuditRow | None:
    return (*row[:4], None, None)


def _without_visit(row: AuditRow) -> AuditRow | None:
    return row if row[0] in _OF_FORM and not row[1] else None


def _nothing(row: AuditRow) -> AuditRow | None:
    return None


def _size(row: AuditRow) -> int:
    return _ROW + sum(len(text.encode(errors="replace")) for text in (row[0], row[1], row[4], row[5]) if text)
