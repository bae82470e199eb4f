"""From when on a device's clock is off so much that whoever reads its times is told (journey C1)."""

from server_sync.domain.clock import MINUTE

OFF_FROM = 5 * MINUTE


def is_off(skew_ms: int | None) -> bool:
    """Whether a clock that is ahead by so much (behind: below zero) is worth a flag; one that nobody knows is not."""
    return skew_ms is not None and abs(skew_ms) > OFF_FROM
