"""How often a number and a customer may be contacted: the law's caps and the company's stricter ones (CONVENTIONS,
compliance; M1.21)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.reason import Reason, reason

Limits = Mapping[str, int]
"""The setting: {"per_day", "per_week", "minutes_between"}: most calls in 24 hours and 7 times 24 hours, least gap."""

Fatigue = Mapping[str, Mapping[str, Any]]
"""The setting "contact_fatigue": {"per_day": {tier: most}, "per_week": {tier: most}, "hours_between": {purpose:
hours}}; a tier or purpose left out has no limit."""

# The carriers' caps over all agents and caller ids, which nothing overrides: (name, span in ms, most calls).
HARD = (("five_minutes", 5 * MINUTE, 3), ("day", DAY, 5))


def refusal(starts: Iterable[int], at: int, limits: Limits, *, booked: bool = False) -> Reason | None:
    """Why a number called at `starts` may not be called at `at`: the first of `refusals`, or None."""
    return next(refusals(starts, at, limits, booked=booked), None)


def refusals(starts: Iterable[int], at: int, limits: Limits, *, booked: bool = False) -> Iterator[Reason]:
    """All that stands against another call to a number: "contact_too_often" {per, most, free_at}.

    `per` is five_minutes, day, week or gap (`most` is then the gap's minutes); `free_at` is when this cap lets go. A
    booked appointment answers to the hard caps alone.
    """
    before = _latest_first(starts, at)
    yield from _capped(before, at, HARD if booked else (*HARD, *_own(limits)))
    gap = limits["minutes_between"]
    if before and not booked and at - before[0] < gap * MINUTE:
        yield reason("contact_too_often", per="gap", most=gap, free_at=before[0] + gap * MINUTE)


def of_customer(
    contacts: Iterable[int], elsewhere: Iterable[int], at: int, tier: str, purpose: str, fatigue: Fatigue
) -> Iterator[Reason]:
    """All that stands against another contact of a customer, whatever the number, the channel and the plan.

    `contacts` are the moments at which he was reached, `elsewhere` those of them on other tasks.
    "contact_too_often" {per, most, free_at} with `per` customer_day or customer_week by his tier, or customer_gap by
    the purpose (`most` is then the gap's hours, with `contacted_at`).
    """
    spans = (("customer_day", DAY, "per_day"), ("customer_week", 7 * DAY, "per_week"))
    caps = [(per, span, fatigue[name][tier]) for per, span, name in spans if tier in fatigue[name]]
    yield from _capped(_latest_first(contacts, at), at, caps)
    hours = fatigue["hours_between"].get(purpose, 0)
    last = max((contact for contact in elsewhere if contact <= at), default=None)
    if last is not None and at - last < hours * HOUR:
        free = last + round(hours * HOUR)
        yield reason("contact_too_often", per="customer_gap", most=hours, contacted_at=last, free_at=free)


def looks_back(fatigue: Fatigue) -> int:
    """How long ago (ms) a contact of a customer may have been that still stands against another one."""
    gaps: list[int] = [round(hours * HOUR) for hours in fatigue["hours_between"].values()]
    return max(7 * DAY, *gaps)


def free_at(starts: Iterable[int], at: int, limits: Limits) -> int:
    """The earliest moment from `at` on at which none of the caps stands against a call."""
    known = list(starts)
    while (refused := refusal(known, at, limits)) is not None:
        at = refused.values["free_at"]
    return at


def _latest_first(moments: Iterable[int], at: int) -> list[int]:
    return sorted((moment for moment in moments if moment <= at), reverse=True)


def _capped(before: list[int], at: int, caps: Iterable[tuple[str, int, int]]) -> Iterator[Reason]:
    for name, span, most in caps:
        if len(before) >= most and at - before[most - 1] < span:
            yield reason("contact_too_often", per=name, most=most, free_at=before[most - 1] + span)


def _own(limits: Limits) -> tuple[tuple[str, int, int], ...]:
    return ("day", DAY, limits["per_day"]), ("week", 7 * DAY, limits["per_week"])
