"""What every fact that a desk reports keeps to: how long its text is, how old it may be, what its repetition is."""

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
