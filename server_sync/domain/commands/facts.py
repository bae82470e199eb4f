"""What every fact that a desk reports keeps to: how long its text is, how old it may be, what its repetition is; and
what becomes of company data that two have written."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.commands.decision import Accepted, Decision, rejected
from server_sync.domain.errors import ErrorKind

LONGEST_TEXT = 10_000
"""Characters of what a person writes."""
LONGEST_OFFLINE = 90 * DAY
"""As long as tombstones are kept (SYNC E3): what a desk did is not older when it arrives."""


def clamp(at: int, now: int) -> int:
    """A device's time of a fact, as far as it can be: never ahead of whoever decides (SYNC §5: clocks that run ahead
    are clamped), nor before the longest time that a desk may be away."""
    return max(min(at, now), now - LONGEST_OFFLINE)


def already_there(same: bool, table: str) -> Decision:
    """What becomes of a fact whose id is taken: the same fact again changes nothing (SYNC §5: duplicates are
    ignored)."""
    return Accepted(()) if same else rejected(ErrorKind.ALREADY_EXISTS, table=table)


def written_over(
    stands: Mapping[str, Any], seen: Mapping[str, Any], wanted: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What is to be written into a row of company data, and which of these fields would lose what somebody else wrote
    meanwhile.

    `seen` are the fields that the writer changed, as they stood before him. A field that only one of two touched is
    kept; one that both made the same is no loss.
    """
    changed = {name: value for name, value in wanted.items() if name in seen and value != stands.get(name)}
    return changed, [name for name in changed if stands.get(name) != seen[name]]
