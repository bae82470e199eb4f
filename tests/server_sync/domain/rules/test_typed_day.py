"""Days and times as they are typed into a form, seen from Sunday 2026-11-22."""

from datetime import date

import pytest

from server_sync.domain.rules import typed_day

TODAY = date(2026, 11, 22)
assert TODAY.weekday() == 6


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/15", "2026-03-15"),
        ("3-15", "2026-03-15"),
        ("3.15", "2026-03-15"),
        ("12月3日", "2026-12-03"),
        ("十二月三号", "2026-12-03"),
        ("１２／３", "2026-12-03"),
        ("2027-1-5", "2027-01-05"),
        ("2027年1月5日", "2027-01-05"),
        ("20270105", "2027-01-05"),
        ("明年3月1日", "2027-03-01"),
        ("去年12月31号", "2025-12-31"),
        ("15号", "2026-11-15"),
        ("下个月3号", "2026-12-03"),
        ("上月31号", "2026-10-31"),
        ("月底", "2026-11-30"),
        ("下个月底", "2026-12-31"),
        ("今天", "2026-11-22"),
        ("明天", "2026-11-23"),
        ("后天", "2026-11-24"),
        ("大后天", "2026-11-25"),
        ("昨天", "2026-11-21"),
        ("前天", "2026-11-20"),
        ("周三", "2026-11-25"),
        ("周日", "2026-11-22"),
        ("下周三", "2026-11-25"),
        ("下星期天", "2026-11-29"),
        ("本周三", "2026-11-18"),
        ("上周五", "2026-11-13"),
        ("下下礼拜一", "2026-11-30"),
        ("+3", "2026-11-25"),
        ("-2", "2026-11-20"),
        ("+ 10 天", "2026-12-02"),
        ("三天后", "2026-11-25"),
        ("两周前", "2026-11-08"),
        ("3个月后", "2027-02-22"),
        ("1年前", "2025-11-22"),
        ("Tomorrow", "2026-11-23"),
        ("next wed", "2026-11-25"),
        ("last Friday", "2026-11-13"),
        ("in 2 weeks", "2026-12-06"),
        ("3 days ago", "2026-11-19"),
    ],
)
def test_a_day_as_people_type_it(typed: str, meant: str) -> None:
    found = typed_day.day(typed, TODAY)
    assert found is not None
    assert found.isoformat() == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "2月30",
        "13/1",
        "31/31",
        "soon",
        "下周",
        "周八",
        "32号",
        "3/15x",
        "20261341",
        "+99999",
        "9999年后",
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert typed_day.day(typed, TODAY) is None


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert typed_day.day("1个月后", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", 14 * 60 + 30),
        ("1430", 14 * 60 + 30),
        ("7:05", 7 * 60 + 5),
        ("9", 9 * 60),
        ("3点", 3 * 60),
        ("下午3点半", 15 * 60 + 30),
        ("晚上八点一刻", 20 * 60 + 15),
        ("14时05分", 14 * 60 + 5),
        ("3pm", 15 * 60),
        ("12 am", 0),
        ("中午12点", 12 * 60),
        ("00:00", 0),
    ],
)
def test_a_time_as_people_type_it(typed: str, meant: int) -> None:
    assert typed_day.minute(typed) == meant


@pytest.mark.parametrize("typed", ["", "25", "24:01", "14:60", "2460", "早上", "3点x", "晚上12点"])
def test_what_is_no_time_of_a_day_is_refused(typed: str) -> None:
    assert typed_day.minute(typed) is None


@pytest.mark.parametrize(
    ("typed", "on", "at"),
    [
        ("3/15 14:30", "2026-03-15", "14:30"),
        ("2026-3-15 9", "2026-03-15", "09:00"),
        ("明天下午3点", "2026-11-23", "15:00"),
        ("明天 10:30", "2026-11-23", "10:30"),
        ("12月3日上午9点半", "2026-12-03", "09:30"),
        ("下周三 14:00", "2026-11-25", "14:00"),
        ("下周三下午两点", "2026-11-25", "14:00"),
        ("+3 8:15", "2026-11-25", "08:15"),
        ("15:00", "2026-11-22", "15:00"),
        ("现在", "2026-11-22", "10:10"),
    ],
)
def test_a_moment_as_people_type_it(typed: str, on: str, at: str) -> None:
    found = typed_day.moment(typed, TODAY, 10 * 60 + 10)
    assert found is not None
    day, minute = found
    assert (day.isoformat(), f"{minute // 60:02}:{minute % 60:02}") == (on, at)


@pytest.mark.parametrize("typed", ["", "3/15", "明天", "14:30 14:30", "下周三", "x 10:30"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    assert typed_day.moment(typed, TODAY, 0) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("2026-3", "2026-03-01"), ("3月", "2026-03-01"), ("5", "2026-05-01")]
)
def test_a_month_is_its_first_day(typed: str, meant: str) -> None:
    assert typed_day.month(typed, TODAY) == date.fromisoformat(meant)
    assert typed_day.month("明天", TODAY) == date(2026, 11, 1)
    assert typed_day.month("13月", TODAY) is None


def test_a_year_is_its_first_day() -> None:
    assert typed_day.year("1998年", TODAY) == date(1998, 1, 1)
    assert typed_day.year("3/15", TODAY) == date(2026, 1, 1)
    assert typed_day.year("98", TODAY) is None
