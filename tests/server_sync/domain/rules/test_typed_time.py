"""Times as people type them for a promised call, and which of them may be promised."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.local_time import zone
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.typed_time import parse, promised, quick_moments, written

ZONE = "Asia/Shanghai"
WINDOW = DEFAULTS["calling_window"]


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


NOW = at("2026-11-18T14:20")  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("明天 10:30", "2026-11-19T10:30"),
        ("明天10:30", "2026-11-19T10:30"),
        ("明天上午9点半", "2026-11-19T09:30"),
        ("明早9点", "2026-11-19T09:00"),
        ("明晚7点", "2026-11-19T19:00"),
        ("后天下午三点一刻", "2026-11-20T15:15"),
        ("大后天 14点", "2026-11-21T14:00"),
        ("今天 16:00", "2026-11-18T16:00"),
        ("今晚八点", "2026-11-18T20:00"),
        ("今天 9:00", "2026-11-18T09:00"),
        ("15:00", "2026-11-18T15:00"),
        ("9:30", "2026-11-19T09:30"),
        ("3点", "2026-11-18T15:00"),
        ("07:30", "2026-11-19T07:30"),
        ("中午12点半", "2026-11-19T12:30"),
        ("中午1点", "2026-11-19T13:00"),
        ("3/15 9点", "2027-03-15T09:00"),
        ("12-5 14:30", "2026-12-05T14:30"),
        ("12月5日 14:30", "2026-12-05T14:30"),
        ("十二月五号下午两点", "2026-12-05T14:00"),
        ("2027-3-15 9:00", "2027-03-15T09:00"),
        ("25号 10点", "2026-11-25T10:00"),
        ("3号 10点", "2026-12-03T10:00"),
        ("周五 16:00", "2026-11-20T16:00"),
        ("周三 15:00", "2026-11-18T15:00"),
        ("周三 10:00", "2026-11-25T10:00"),
        ("周一10点", "2026-11-23T10:00"),
        ("下周三 14:00", "2026-11-25T14:00"),
        ("下下周一上午十点", "2026-11-30T10:00"),
        ("本周五下午4点", "2026-11-20T16:00"),
        ("星期天 10:00", "2026-11-22T10:00"),
        ("3天后 10:00", "2026-11-21T10:00"),
        ("半小时后", "2026-11-18T14:50"),
        ("一个半小时后", "2026-11-18T15:50"),
        ("2小时以后", "2026-11-18T16:20"),
        ("20分钟后", "2026-11-18T14:40"),
        ("tomorrow 10:30", "2026-11-19T10:30"),
        ("tomorrow at 3pm", "2026-11-19T15:00"),
        ("next Wed 14:00", "2026-11-25T14:00"),
        ("friday 9am", "2026-11-20T09:00"),
        ("in 2 hours", "2026-11-18T16:20"),
        ("晚上12点", "2026-11-19T00:00"),
    ],
)
def test_a_typed_time_means_what_people_mean(typed: str, meant: str) -> None:
    assert parse(typed, NOW, ZONE).at == at(meant)


@pytest.mark.parametrize(
    ("typed", "whom"), [("明天 10:30 本人", "respondent"), ("他人 明天10:30", "other"), ("明天 10:30", None)]
)
def test_with_whom_may_be_typed_along(typed: str, whom: str | None) -> None:
    assert (parse(typed, NOW, ZONE).at, parse(typed, NOW, ZONE).with_whom) == (at("2026-11-19T10:30"), whom)


@pytest.mark.parametrize("typed", ["", "  ", "明天", "下周三", "3/15", "明天上午"])
def test_a_day_without_a_time_lacks_the_time(typed: str) -> None:
    assert parse(typed, NOW, ZONE).fault is ErrorKind.FIELD_MISSING


@pytest.mark.parametrize(
    "typed",
    [
        "尽快",
        "明天 25:00",
        "明天 10:75",
        "2/30 9点",
        "13/5 9点",
        "明天 后天 9点",
        "31号 10点",
        "10",
        "明天 10",
        "打 10:30",
    ],
)
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert parse(typed, NOW, ZONE).fault is ErrorKind.FIELD_INVALID


def test_ten_in_the_evening_may_not_be_promised() -> None:
    refused = promised("明天 22:00", NOW, ZONE, WINDOW)  # journey A2
    assert refused.fault is ErrorKind.OUTSIDE_CALLING_WINDOW
    assert refused.values == {"at": at("2026-11-19T22:00"), "from": "08:00", "to": "21:00"}


def test_what_has_passed_may_not_be_promised() -> None:
    assert promised("今天 9:00", NOW, ZONE, WINDOW).fault is ErrorKind.IN_THE_PAST


def test_what_is_allowed_is_promised_as_typed() -> None:
    assert promised("明天 10:30 本人", NOW, ZONE, WINDOW) == parse("明天 10:30 本人", NOW, ZONE)


@pytest.mark.parametrize("now", [NOW, at("2026-11-18T20:30"), at("2026-11-20T07:00"), at("2026-11-22T15:59")])
def test_quick_moments_are_in_order_ahead_and_inside_the_window(now: int) -> None:
    moments = quick_moments(now, ZONE, WINDOW)
    assert 3 <= len(moments) <= 5
    assert list(moments) == sorted(set(moments))
    local = zone(ZONE)
    assert all(one > now and 8 * 60 <= local.minute(one) < 21 * 60 for one in moments)


@given(st.datetimes(datetime.fromisoformat("2026-11-19"), datetime.fromisoformat("2027-11-17T23:59")))
def test_every_written_moment_of_a_year_is_read_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert parse(written(at(moment.isoformat()), ZONE), NOW, ZONE).at == at(moment.isoformat())


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_fault(text: str) -> None:
    read = parse(text, NOW, ZONE)
    assert (read.at is None) == (read.fault is not None)
