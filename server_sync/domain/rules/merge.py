"""What happens when two people correct one field of a customer (SYNC §5, "Who wins"); rows are written by
the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from server_sync.domain.clock import MINUTE

# Names, contact points and long texts are never decided by a clock: two different corrections go to a person.
NEVER_BY_CLOCK = frozenset({"name", "note"})

FURTHEST_AHEAD = MINUTE
"""How far a desk's clock may run ahead before its stamps are taken back."""

TAGS = "tags"
"""The name under which a change of the customer's tags is stamped."""

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

Stamps = Mapping[str, Mapping[str, Any]]
"""`customer.field_stamps`: by field {"at": ms of a hybrid logical clock, "by": person id as hex, "rev": the version of
the row that the correction made}."""


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
    """One field as the corrector saw it and as he wants it; `corrected_at` by the hybrid clock (`stamped`)."""

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


def stamped(at: int, now: int) -> int:
    """A desk's stamp as it is taken: one further ahead than a minute becomes the time of whoever decides."""
    return now if at > now + FURTHEST_AHEAD else at


def behind(at: int, seen_at: int | None) -> int:
    """A stamp of what was done in sight of another one: never at or before it, whatever the clock says. With this a
    wall clock that runs slow, or was set back, becomes a hybrid logical one."""
    return at if seen_at is None else max(at, seen_at + 1)


def changed_since(stamps: Stamps, seen_rev: int | None, field: str, person: str | None) -> tuple[str, ...]:
    """Which other fields somebody else changed after the version that the corrector saw: both corrections are kept,
    and said to have been merged. Nothing where the corrector did not say what he saw."""
    if seen_rev is None:
        return ()
    return tuple(
        name
        for name, stamp in sorted(stamps.items())
        if name != field and stamp["by"] != person and stamp.get("rev", 0) > seen_rev
    )
