"""Hours of a day as people type them."""

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.typed_hours import parse_hours, write_hours


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("", []),
        ("9-12", [["09:00", "12:00"]]),
        ("9:00–12:00, 13:30–18:00", [["09:00", "12:00"], ["13:30", "18:00"]]),
        ("13:30-18  0900-1200", [["09:00", "12:00"], ["13:30", "18:00"]]),
        ("９：００－１２：００；１３：３０－２４：００", [["09:00", "12:00"], ["13:30", "24:00"]]),
        ("9点到12点、13点至18点", [["09:00", "12:00"], ["13:00", "18:00"]]),
        ("0-24", [["00:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, hours: list[list[str]]) -> None:
    assert parse_hours(typed) == hours
    assert parse_hours(write_hours(hours)) == hours


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("all day", "interval_malformed"),
        ("9-12, 11-13", "intervals_overlap"),
        ("12-9", "interval_empty"),
        ("9-25", "interval_malformed"),
        ("9:70-12", "interval_malformed"),
        ("9-12 and later", "interval_malformed"),
    ],
)
def test_what_are_no_hours_says_why(typed: str, problem: str) -> None:
    with pytest.raises(KnownError) as raised:
        parse_hours(typed)
    assert raised.value.kind is ErrorKind.CALENDAR_INVALID
    assert (raised.value.values["problem"], raised.value.values["at"]) == (problem, typed)
