"""The calendar's JSON form: what it accepts, what it refuses and where; the days of the table on top."""

from typing import Any

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.working_calendar import WorkingCalendar

ZONE = "Asia/Shanghai"
OFFICE = [["09:00", "12:00"], ["13:30", "18:00"]]


def test_json_form_survives_a_round_trip() -> None:
    text = {
        "timezone": "Asia/Shanghai",
        "week": {
            "mon": OFFICE,
            "tue": OFFICE,
            "wed": [["00:00", "24:00"]],
            "thu": [],
            "fri": OFFICE,
            "sat": [],
            "sun": [],
        },
        "exceptions": {"2026-10-01": [], "2026-10-10": [["09:00", "18:00"]]},
    }
    assert WorkingCalendar.from_json(text).to_json() == text


def test_weekday_left_out_is_closed_and_intervals_are_sorted() -> None:
    calendar = WorkingCalendar.from_json({"timezone": ZONE, "week": {"mon": OFFICE[::-1]}})
    assert calendar.week[0] == ((540, 720), (810, 1080))
    assert calendar.week[1:] == ((),) * 6


@pytest.mark.parametrize(
    ("value", "problem", "at"),
    [
        ([], "not_an_object", ""),
        ({"timezone": ZONE}, "not_an_object", "week"),
        ({"timezone": ZONE, "week": {}, "exceptions": []}, "not_an_object", "exceptions"),
        ({"timezone": ZONE, "week": {}, "holidays": {}}, "unknown_key", "holidays"),
        ({"timezone": ZONE, "week": {"monday": []}}, "unknown_key", "week.monday"),
        ({"timezone": ZONE, "week": {"mon": "09:00"}}, "interval_malformed", "week.mon"),
        (
            {"timezone": ZONE, "week": {"mon": [["9:00", "12:00"]]}},
            "interval_malformed",
            "week.mon.0",
        ),
        ({"timezone": ZONE, "week": {"mon": [["09:00"]]}}, "interval_malformed", "week.mon.0"),
        ({"timezone": ZONE, "week": {"mon": [[540, 720]]}}, "interval_malformed", "week.mon.0"),
        (
            {"timezone": ZONE, "week": {"mon": [["09:00", "25:00"]]}},
            "interval_malformed",
            "week.mon.0",
        ),
        (
            {"timezone": ZONE, "week": {"mon": [["12:00", "09:00"]]}},
            "interval_empty",
            "week.mon.0",
        ),
        (
            {"timezone": ZONE, "week": {"mon": [["09:00", "09:00"]]}},
            "interval_empty",
            "week.mon.0",
        ),
        (
            {"timezone": ZONE, "week": {"mon": [["13:00", "18:00"], ["09:00", "13:30"]]}},
            "intervals_overlap",
            "week.mon.0",
        ),
        ({"timezone": ZONE, "week": {"mon": [["00:00", "00:01"]] * 49}}, "too_many", "week.mon"),
        (
            {"timezone": ZONE, "week": {}, "exceptions": {"2026-02-30": []}},
            "not_a_day",
            "exceptions.2026-02-30",
        ),
        (
            {"timezone": ZONE, "week": {}, "exceptions": {"20261001": []}},
            "not_a_day",
            "exceptions.20261001",
        ),
        (
            {"timezone": ZONE, "week": {}, "exceptions": {"0001-01-01": []}},
            "not_a_day",
            "exceptions.0001-01-01",
        ),
    ],
)
def test_malformed_calendar_is_refused_with_the_place(value: Any, problem: str, at: str) -> None:
    with pytest.raises(KnownError) as caught:
        WorkingCalendar.from_json(value)
    assert caught.value.kind is ErrorKind.CALENDAR_INVALID
    assert (caught.value.values["problem"], caught.value.values["at"]) == (problem, at)


@pytest.mark.parametrize("name", ["Asia/Atlantis", "", "../etc/passwd", "/etc/localtime", "a\x00b", None, 8])
def test_unknown_timezone_is_refused(name: object) -> None:
    with pytest.raises(KnownError) as caught:
        WorkingCalendar.from_json({"timezone": name, "week": {}})
    assert caught.value.values["problem"] == "timezone_unknown"


def test_touching_intervals_are_allowed() -> None:
    calendar = WorkingCalendar.from_json(
        {"timezone": ZONE, "week": {"mon": [["09:00", "12:00"], ["12:00", "24:00"]]}}
    )
    assert calendar.week[0] == ((540, 720), (720, 1440))


def test_make_up_saturday_gets_ordinary_hours_and_holiday_none() -> None:
    calendar = WorkingCalendar.from_json(
        {"timezone": ZONE, "week": {"mon": OFFICE, "tue": [["10:00", "11:00"]]}}
    )
    changed = calendar.with_days([("2026-10-10", True), ("2026-10-05", False), ("2026-10-06", True)])
    assert changed.intervals(day_number("2026-10-10")) == calendar.week[0], "a Saturday of make-up work"
    assert changed.intervals(day_number("2026-10-05")) == (), "a Monday off"
    assert changed.intervals(day_number("2026-10-06")) == ((600, 660),), "a Tuesday stays as it is"
