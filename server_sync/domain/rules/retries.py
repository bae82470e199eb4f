"""When a task is tried again after an attempt, and when it is given up (CONVENTIONS, call-scheduling rules)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.contact_frequency import Limits, free_at, refusal
from server_sync.domain.rules.dispositions import Disposition, Group
from server_sync.domain.rules.local_time import MINUTES_A_DAY, zone
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.retry_days import RetryDays

Retries = Mapping[str, int]
"""The setting: {"attempts": most attempts of a task, "attempts_per_day": most on one local day}."""

# Wall-clock minutes; a day on which people are off work is one part of its own.
DAY_PARTS: Mapping[str, tuple[int, int]] = {
    "morning": (8 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, 21 * 60),
}
WEEKEND = "weekend"
ROTATION_DAYS = 3  # so far ahead a less tried part of the day is worth waiting for
SEARCH_DAYS = 31  # so far ahead an open day is looked for at all


@dataclass(frozen=True)
class NextAttempt:
    """The earliest next attempt and why then; `at` None when there is none or a callback's own time decides. `skipped`
    are the closed days that were passed over, as `RetryDays.skipped` tells them."""

    at: int | None
    why: Reason
    skipped: tuple[Reason, ...] = ()


def closing_disposition(
    disposition: Disposition, attempts: int, retries: Retries, *, another_number: bool
) -> str | None:
    """The code with which the task ends after an attempt with `disposition`, None if it goes on.

    `attempts` counts this one; `another_number`: a valid number is left when this one is final. An
    appointment overrides the cap; otherwise the last attempt ends the task as 2.30 (known to be eligible) or
    3.90 (unknown).
    """
    if disposition.final or (disposition.number_final and not another_number):
        return disposition.code
    if disposition.callback_required or attempts < retries["attempts"]:
        return None
    return "2.30" if disposition.eligible else "3.90"


def next_attempt(
    disposition: Disposition,
    started: Sequence[int],
    now: int,
    retries: Retries,
    limits: Limits,
    days: RetryDays,
    preferred: str | None = None,
) -> NextAttempt:
    """When a task that goes on is tried again; `started` are the starts of its attempts, this one among them.

    The disposition's delay, then what `contact_frequency` allows to that number, then no more than so many
    attempts on a local day; and where nobody was reached, the least tried part of the day that is working
    time within ROTATION_DAYS; the part that the customer likes (`preferred`, M1.20) comes round once more than the
    others. Never on a day on which the company does not work, but for what goes on at once, in the same sitting, and
    where no day is open within SEARCH_DAYS. Reasons: "final", "at_callback" and "handed_over" {code}, "delay" {ms},
    "contact_too_often" {per, most, free_at},
    "attempts_of_the_day" {most}, "day_part" {part}.
    """
    if disposition.final:
        return NextAttempt(None, reason("final", code=disposition.code))
    if disposition.callback_required:
        return NextAttempt(None, reason("at_callback", code=disposition.code))
    if disposition.hand_over:
        return NextAttempt(None, reason("handed_over", code=disposition.code))
    wished = now + (disposition.delay or 0)
    capped = None if disposition.number_final else refusal(started, wished, limits)
    earliest = free_at(started, wished, limits) if capped else wished
    plain = NextAttempt(earliest, capped or reason("delay", ms=disposition.delay or 0))
    local = zone(days.calendar.timezone)
    of_day = Counter(local.day(at) for at in started)
    full = of_day[local.day(earliest)] >= retries["attempts_per_day"] and not disposition.number_final
    rotates = disposition.group in (Group.NON_CONTACT, Group.UNKNOWN_HOUSEHOLD) and wished - now >= HOUR
    closed = earliest > now and not days.is_open(local.day(earliest))
    if not (full or rotates or closed):
        return plain
    of_part = Counter(day_part(at, days) for at in started)
    openings = [
        (of_part[part] - (part == preferred) if rotates else 0, at, part)
        for at, part in _openings(earliest, days, of_day, retries["attempts_per_day"])
    ]
    if not openings:
        return plain
    _, at, part = min(openings)
    if at == earliest:
        return plain
    skipped = tuple(days.skipped(local.day(earliest), local.day(at)))
    if rotates:
        return NextAttempt(at, reason("day_part", part=part), skipped)
    if full:
        return NextAttempt(at, reason("attempts_of_the_day", most=retries["attempts_per_day"]), skipped)
    return NextAttempt(at, plain.why, skipped)


def day_part(at: int, days: RetryDays) -> str:
    """The part of the day of a moment; before and after hours count to the nearest part."""
    local = zone(days.calendar.timezone)
    if days.day_off(local.day(at)):
        return WEEKEND
    minute = local.minute(at)
    return next((name for name, (_, end) in DAY_PARTS.items() if minute < end), "evening")


def _openings(earliest: int, days: RetryDays, of_day: Counter[int], most: int) -> Iterator[tuple[int, str]]:
    """The first working moments of each part of the days from `earliest` on that have room for an attempt."""
    local = zone(days.calendar.timezone)
    today = local.day(earliest)
    found = False
    for day in range(today, today + SEARCH_DAYS):
        if found and day > today + ROTATION_DAYS:
            return
        if of_day[day] >= most:
            continue
        parts = {WEEKEND: (0, MINUTES_A_DAY)} if days.day_off(day) else DAY_PARTS
        for part, (start, end) in parts.items():
            for opens, closes in days.calendar.intervals(day):
                first = local.moment(day * DAY + max(start, opens) * MINUTE)
                last = local.moment(day * DAY + min(end, closes) * MINUTE)
                if max(first, earliest) < last:
                    found = True
                    yield max(first, earliest), part
                    break
