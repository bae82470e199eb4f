"""How often one number may be called: the law's caps and the company's stricter ones (CONVENTIONS, compliance)."""

from collections.abc import Iterable, Mapping

from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.rules.reason import Reason, reason

Limits = Mapping[str, int]
"""The setting: {"per_day", "per_week", "minutes_between"}: most calls in 24 hours and 7 times 24 hours, least gap."""

# The carriers' caps over all agents and caller ids, which nothing overrides: (name, span in ms, most calls).
HARD = (("five_minutes", 5 * MINUTE, 3), ("day", DAY, 5))


def refusal(starts: Iterable[int], at: int, limits: Limits, *, booked: bool = False) -> Reason | None:
    """Why a number called at `starts` may not be called at `at`: "contact_too_often" {per, most, free_at}, or None.

    `per` is five_minutes, day, week or gap (`most` is then the gap's minutes); `free_at` is when this cap lets go. A
    booked appointment answers to the hard caps alone.
    """
    before = sorted((start for start in starts if start <= at), reverse=True)
    for name, span, most in HARD if booked else (*HARD, *_own(limits)):
        if len(before) >= most and at - before[most - 1] < span:
            return reason("contact_too_often", per=name, most=most, free_at=before[most - 1] + span)
    gap = limits["minutes_between"]
    if before and not booked and at - before[0] < gap * MINUTE:
        return reason("contact_too_often", per="gap", most=gap, free_at=before[0] + gap * MINUTE)
    return None


def free_at(starts: Iterable[int], at: int, limits: Limits) -> int:
    """The earliest moment from `at` on at which none of the caps stands against a call."""
    known = list(starts)
    while (refused := refusal(known, at, limits)) is not None:
        at = refused.values["free_at"]
    return at


def _own(limits: Limits) -> tuple[tuple[str, int, int], ...]:
    return ("day", DAY, limits["per_day"]), ("week", 7 * DAY, limits["per_week"])
