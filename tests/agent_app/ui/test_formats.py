"""Numbers, money, spans and moments as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from agent_app.ui import formats, i18n
from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = int(datetime(2026, 11, 22, 10, 26, 8, tzinfo=SHANGHAI).timestamp() * 1000)


@pytest.fixture(autouse=True)
def chinese() -> None:
    i18n.install("zh_CN")


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0, 0, "0"),
        (1299, 0, "1,299"),
        (-4, 0, "−4"),
        (4.55, 1, "4.6"),
        (Decimal("2.5"), 0, "3"),
        (None, 0, "—"),
    ],
)
def test_numbers_are_grouped_and_halves_rounded_up(value: float | None, digits: int, shown: str) -> None:
    assert formats.number(value, digits) == shown


@pytest.mark.parametrize(
    ("amount", "shown"), [("1299", "¥1,299.00"), ("129.696", "¥129.70"), ("-0.5", "−¥0.50"), (None, "—")]
)
def test_money_is_rounded_only_when_shown(amount: str | None, shown: str) -> None:
    assert formats.money(amount) == shown


def test_sums_in_cents() -> None:
    assert formats.cents(5_832_000) == "¥58,320.00"
    assert formats.cents(5_832_000, digits=0) == "¥58,320"


def test_a_share_of_nothing_is_a_dash() -> None:
    assert (formats.percent(0.614), formats.percent(None)) == ("61%", "—")


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (30 * SECOND, "不到 1 分钟"),
        (5 * MINUTE, "5 分钟"),
        (2 * HOUR, "2 小时"),
        (HOUR + 20 * MINUTE, "1 小时 20 分"),
        (DAY + 2 * HOUR, "1 天 2 小时"),
        (3 * DAY + 2 * HOUR, "3 天"),
    ],
)
def test_spans_are_said_in_their_two_largest_units(length: int, shown: str) -> None:
    assert formats.span(length) == shown


@pytest.mark.parametrize(
    ("due_at", "shown"),
    [
        (NOW + HOUR + 20 * MINUTE, "剩 1 小时 20 分"),
        (NOW - 2 * HOUR - 40 * MINUTE, "逾期 2 小时"),
        (NOW - 3 * DAY, "逾期 3 天"),
        (NOW, "剩 不到 1 分钟"),
        (None, "—"),
    ],
)
def test_what_is_due_says_what_is_left_or_how_late_it_is(due_at: int | None, shown: str) -> None:
    assert formats.due(due_at, NOW) == shown


@pytest.mark.parametrize(
    ("past", "shown"),
    [(10 * SECOND, "刚刚"), (5 * MINUTE, "5 分钟前"), (3 * DAY + HOUR, "3 天前"), (-MINUTE, "刚刚")],
)
def test_how_long_ago(past: int, shown: str) -> None:
    assert formats.ago(NOW - past, NOW) == shown


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("2026-11-21", "昨天"),
        ("2026-11-22", "今天"),
        ("2026-11-23", "明天"),
        ("2026-11-24", "后天"),
        ("2026-11-19", "11-19"),
        ("2025-11-19", "2025-11-19"),
    ],
)
def test_days_near_today_have_names(on: str, shown: str) -> None:
    assert formats.day(on, date(2026, 11, 22)) == shown


def test_a_moment_is_its_day_and_time_in_the_zone_asked_for() -> None:
    assert formats.moment(NOW, NOW, SHANGHAI) == "今天 10:26"
    assert formats.moment(NOW + 14 * HOUR, NOW, SHANGHAI) == "明天 00:26"
    assert formats.moment(NOW, NOW, UTC) == "今天 02:26"


def test_a_corner_shows_the_time_today_and_the_day_otherwise() -> None:
    assert formats.brief(NOW, NOW, SHANGHAI) == "10:26"
    assert formats.brief(NOW - DAY, NOW, SHANGHAI) == "昨天"


def test_the_tooltip_has_the_whole_moment() -> None:
    assert formats.exact(NOW, SHANGHAI) == "2026-11-22 10:26:08 UTC+08:00"


@pytest.mark.parametrize(("length", "shown"), [(161_000, "02:41"), (3_761_000, "1:02:41"), (-5, "00:00")])
def test_running_times(length: int, shown: str) -> None:
    assert formats.stopwatch(length) == shown
