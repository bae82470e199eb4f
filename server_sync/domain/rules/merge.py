"""What happens when two people correct one field of a customer (SYNC §5, "Who wins"); rows are written by
the command."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

# Names and contact points are never decided by a clock: two different corrections go to a person.
NEVER_BY_CLOCK = frozenset({"name"})

CORRECTABLE = frozenset(
    {
        "name",
        "title",
        "segment",
        "province",
        "city",
        "address",
        "language",
        "mood",
        "preferred_time",
        "birthday_on",
        "note",
    }
)


class Verdict(Enum):
    """Whose value stands."""

    CLEAN = "clean"
    """Nobody else changed the field since the corrector saw it."""
    MINE = "mine"
    """Both changed it; the corrector was later."""
    THEIRS = "theirs"
    """Both changed it; the other was later."""
    CONFLICT = "conflict"
    """Both changed it, and a person has to decide."""


@dataclass(frozen=True)
class Correction:
    """One field as the corrector saw it and as he wants it."""

    field: str
    base: Any
    value: Any
    corrected_at: int


def judge(correction: Correction, current: Any, current_at: int | None) -> Verdict:
    """Who wins a field. `current_at`: when the current value was set by a correction, ms, or None for never."""
    if current in (correction.base, correction.value):
        return Verdict.CLEAN
    if correction.field in NEVER_BY_CLOCK:
        return Verdict.CONFLICT
    return Verdict.MINE if current_at is None or correction.corrected_at >= current_at else Verdict.THEIRS
