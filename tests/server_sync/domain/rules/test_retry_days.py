"""Retries and the calendar: never on a holiday, make-up days as working days, and what is chosen against a plain search
through every quarter of an hour."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.rules.contact_frequency import refusal
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.local_time import day_number, zone
from server_sync.domain.rules.reason import Reason
from server_sync.domain.rules.retries import NextAttempt, day_part, next_attempt
from server_sync.domain.rules.retry_days import LOOKS_AHEAD, LOOKS_BACK, RetryDays, needs, retry_days
from server_sync.domain.rules.settings import DEFAULTS, setting_id
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, calendar_day_id

ZONE = "Asia/Shanghai"
RETRIES = DEFAULTS["retries"]
LIMITS = {"per_day": 2, "per_week": 7, "minutes_between": 30}
QUARTER = 15 * MINUTE

Hours = dict[str, list[list[str]]]
"""Spans of wall clock by weekday or day."""
ORDINARY = DEFAULTS["working_week"]

# National Day of 2026 as the State Council has it: 1 to 7 October off, the Saturday after it is worked
NATIONAL_DAY = {f"2026-10-0{day}": False for day in range(1, 8)} | {
    "2026-09-20": True,
    "2026-10-10": True,
}


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


class Held:
    """Rows as a store has them, by id."""

    def __init__(self, *rows: tuple[str, dict[str, object]]) -> None:
        self._rows = {(table, row["id"]): row for table, row in rows}

    def get(self, table: str, row_id: bytes) -> dict[str, object] | None:
        return self._rows.get((table, row_id))


def days_of(
    public: dict[str, bool],
    week: object = ORDINARY,
    exceptions: Hours | None = None,
    *,
    provisional: bool = False,
    around: int = at("2026-09-30T16:00"),
) -> RetryDays:
    """The days around a moment, of rows."""
    rows: list[tuple[str, dict[str, object]]] = [
        (
            "calendar_day",
            {"id": calendar_day_id(on), "day": on, "working": working, "provisional": provisional},
        )
        for on, working in public.items()
    ]
    rows.append(("setting", {"id": setting_id("working_week"), "key": "working_week", "value": week}))
    hours = {"timezone": None, "week": None, "exceptions": exceptions or {}}
    rows.append(("working_hours", {"id": COMPANY_HOURS, **hours}))
    return retry_days(Held(*rows), around)


def again(code: str, started: str, days: RetryDays) -> NextAttempt:
    """The next attempt after a code given a quarter of an hour after the only start."""
    return next_attempt(BY_CODE[code], [at(started)], at(started) + QUARTER, RETRIES, LIMITS, days)


@pytest.mark.parametrize(
    ("code", "started", "expected"),
    [
        ("3.13", "2026-09-30T16:00", "2026-10-08T09:00"),  # nobody answered on the last day before
        ("1.2", "2026-09-30T10:00", "2026-10-08T09:00"),  # a part was left over: a day later
        ("2.112a", "2026-09-24T10:00", "2026-10-08T09:00"),  # put off: a week later
        ("3.12", "2026-10-03T10:00", "2026-10-08T09:00"),  # busy, on a day that somebody worked all the same
    ],
)
def test_nobody_is_tried_again_on_a_holiday_by_default(code: str, started: str, expected: str) -> None:
    assert again(code, started, days_of(NATIONAL_DAY)).at == at(expected)


def test_the_holiday_that_was_passed_over_is_told() -> None:
    found = again("3.13", "2026-09-30T16:00", days_of(NATIONAL_DAY))
    run = {"from_on": "2026-10-01", "to_on": "2026-10-07", "days": 7, "why": "holiday"}
    assert (found.why.kind, found.skipped) == ("day_part", (Reason("skipped", run),))
    friday = again("1.2", "2026-11-20T10:00", days_of({}))
    run = {"from_on": "2026-11-21", "to_on": "2026-11-22", "days": 2, "why": "weekend"}
    assert (friday.at, friday.skipped) == (at("2026-11-23T09:00"), (Reason("skipped", run),))
    assert again("3.13", "2026-11-17T10:00", days_of({})).skipped == ()


def test_a_make_up_saturday_is_a_working_day_with_its_usual_parts() -> None:
    days = days_of(NATIONAL_DAY)
    assert again("3.13", "2026-10-09T16:00", days).at == at("2026-10-10T09:00")
    assert day_part(at("2026-10-10T10:00"), days) == "morning"
    # the customer is at work then, though the company opens every Saturday
    six_days = days_of(NATIONAL_DAY, {**ORDINARY, "sat": [["10:00", "16:00"]]})
    assert day_part(at("2026-10-10T11:00"), six_days) == "morning"
    assert day_part(at("2026-10-17T11:00"), six_days) == "weekend"


def test_the_weekend_is_a_part_of_the_day_where_the_company_opens_then() -> None:
    open_saturdays = {**ORDINARY, "sat": [["10:00", "16:00"]]}
    assert again("1.2", "2026-11-20T14:00", days_of({}, open_saturdays)).at == at("2026-11-21T14:15")
    found = again("3.13", "2026-11-20T15:00", days_of({}, open_saturdays))
    assert (found.at, found.why.values) == (at("2026-11-21T10:00"), {"part": "weekend"})


def test_a_holiday_that_the_company_works_is_like_a_weekend() -> None:
    worked = days_of(NATIONAL_DAY, exceptions={"2026-10-05": [["10:00", "16:00"]]})
    assert again("1.2", "2026-09-30T10:00", worked).at == at("2026-10-05T10:00")
    assert day_part(at("2026-10-05T11:00"), worked) == "weekend"


def test_what_goes_on_at_once_goes_on_whatever_the_day() -> None:
    days = days_of(NATIONAL_DAY)
    assert again("4.32", "2026-10-03T10:00", days).at == at("2026-10-03T10:15")


def test_provisional_days_leave_it_to_the_weekday() -> None:
    days = days_of({"2026-10-01": False}, provisional=True)
    assert again("1.2", "2026-09-30T10:00", days).at == at("2026-10-01T10:15")


def test_what_is_read_are_the_days_around_the_call() -> None:
    wanted = {row_id for table, row_id, _ in needs(at("2026-10-01T00:30")) if table == "calendar_day"}
    first = date(2026, 9, 30)  # in UTC
    told = [first + timedelta(days=n) for n in range(-LOOKS_BACK, LOOKS_AHEAD + 1)]
    assert wanted == {calendar_day_id(one.isoformat()) for one in told}


@pytest.mark.parametrize("around", [-(2**63), 2**63 - 1, 0])
def test_a_clock_that_says_anything_breaks_nothing(around: int) -> None:
    assert len(needs(around)) == len(needs(at("2026-10-01T00:30")))
    assert days_of({}, around=around).public == {}


# ------------------------------------------------------------------------------------------ against a plain search

WEEKS = [
    ORDINARY,
    {**ORDINARY, "sat": [["10:00", "16:00"]]},
    {name: [] for name in ORDINARY}
    | {name: [["08:30", "12:00"], ["13:00", "21:00"]] for name in ("mon", "wed", "sat", "sun")},
]
FIRST = date(2026, 9, 21)
SPAN = 60

public_days = st.dictionaries(
    st.integers(0, SPAN).map(lambda n: str(FIRST + timedelta(days=n))), st.booleans()
)
CLOSED: list[list[str]] = []
special = st.dictionaries(
    st.integers(0, SPAN).map(lambda n: str(FIRST + timedelta(days=n))),
    st.sampled_from([CLOSED, [["09:00", "12:00"]], [["14:00", "20:00"]]]),
    max_size=4,
)


class Plain:
    """What the days are, said over again without any of the program's rules."""

    def __init__(self, public: dict[str, bool], week: Hours, own: Hours) -> None:
        self.public, self.week, self.own = public, week, own

    def hours(self, on: date) -> list[list[str]]:
        of_week = self.week.get(on.strftime("%a").lower(), [])
        if str(on) in self.own:
            return self.own[str(on)]
        if str(on) not in self.public:
            return of_week
        if not self.public[str(on)]:
            return []
        return of_week or next((hours for hours in self.week.values() if hours), [])

    def works(self, moment: int) -> bool:
        local = datetime.fromtimestamp(moment / 1000, ZoneInfo(ZONE))
        face = local.strftime("%H:%M")
        return any(start <= face < end for start, end in self.hours(local.date()))

    def part(self, moment: int) -> str:
        local = datetime.fromtimestamp(moment / 1000, ZoneInfo(ZONE))
        if not self.public.get(str(local.date()), local.isoweekday() <= 5):
            return "weekend"
        return "morning" if local.hour < 12 else "afternoon" if local.hour < 18 else "evening"

    def on(self, moment: int) -> date:
        return datetime.fromtimestamp(moment / 1000, ZoneInfo(ZONE)).date()

    def reachable(self, moment: int) -> bool:
        """Parts end at nine in the evening and begin at eight; a day off is one part."""
        hour = datetime.fromtimestamp(moment / 1000, ZoneInfo(ZONE)).hour
        return self.part(moment) == "weekend" or 8 <= hour < 21


@given(
    code=st.sampled_from(["3.13", "3.12", "2.20", "1.2", "2.112a", "2.13a", "2.36", "2.35a", "4.32"]),
    quarters=st.lists(st.integers(0, 9 * 96), min_size=1, max_size=5, unique=True),
    public=public_days,
    week=st.sampled_from(WEEKS),
    own=special,
    preferred=st.sampled_from([None, "morning", "evening", "weekend"]),
)
def test_the_next_try_is_what_a_plain_search_finds(
    code: str,
    quarters: list[int],
    public: dict[str, bool],
    week: Hours,
    own: Hours,
    preferred: str | None,
) -> None:
    started = sorted(at(f"{FIRST}T00:00") + one * QUARTER for one in quarters)
    now = started[-1] + QUARTER
    disposition, plain = BY_CODE[code], Plain(public, week, own)
    found = next_attempt(
        disposition,
        started,
        now,
        RETRIES,
        LIMITS,
        days_of(public, week, own, around=now),
        preferred,
    )
    assert found.at is not None
    wished = now + (disposition.delay or 0)
    earliest = wished
    while not disposition.number_final and refusal(started, earliest, LIMITS) is not None:
        earliest += QUARTER
    a_day = Counter(plain.on(one) for one in started)
    room = disposition.number_final or a_day[plain.on(earliest)] < RETRIES["attempts_per_day"]
    rotates = disposition.group in ("NC", "UH") and wished - now >= 60 * MINUTE
    shut = earliest > now and not plain.hours(plain.on(earliest))
    if room and not rotates and not shut:
        assert found.at == earliest
        return
    good = [
        moment
        for moment in range(earliest, earliest + 12 * DAY, QUARTER)
        if plain.works(moment)
        and plain.reachable(moment)
        and a_day[plain.on(moment)] < RETRIES["attempts_per_day"]
    ]
    assume(good)
    last = max(plain.on(earliest) + timedelta(days=3), plain.on(good[0]))
    tried = Counter(plain.part(one) for one in started)
    best = min(
        (tried[plain.part(one)] - (plain.part(one) == preferred) if rotates else 0, one)
        for one in good
        if plain.on(one) <= last
    )
    assert found.at == best[1]
    assert plain.works(found.at)
    shut_days = [
        plain.on(earliest) + timedelta(days=n)
        for n in range((plain.on(found.at) - plain.on(earliest)).days)
        if not plain.hours(plain.on(earliest) + timedelta(days=n))
    ]
    told = [
        on
        for run in found.skipped
        for on in range(day_number(run.values["from_on"]), day_number(run.values["to_on"]) + 1)
    ]
    assert told == [day_number(str(on)) for on in shut_days]
    assert zone(ZONE).day(found.at) not in told
