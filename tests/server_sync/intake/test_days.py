"""Days and times in cells: one day in any form, the company's day of a moment with an offset, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.local_time import iso_day, zone
from server_sync.intake.cells import Refusal
from server_sync.intake.days import DateOrder, as_day, as_time, guess_order
from server_sync.intake.fields import SheetKind
from server_sync.intake.sheet import Cell
from server_sync.store.database import Database
from tests.server_sync.intake.importing import (
    SHANGHAI,
    kinds,
    notices,
    rows,
    sheets_workbook,
    take_in,
    text_workbook,
)


def day(cell: Cell, order: DateOrder = DateOrder.YEAR_FIRST) -> str | None:
    return as_day(cell, order, SHANGHAI)


@pytest.mark.parametrize(
    "cell",
    [
        "2017-04-27", "2017/4/27", "20170427", 20170427.0, "2017年4月27日", "２０１７－０４－２７", 42852.0, "42852",
        "2017.4.27", "2017-04-27T10:30:00", "2017/4/27 8:05", "20170427103000", "27-Apr-2017", "Apr 27, 2017", 42852.5,
        "2017-04-27(周四)", "2017年4月27日 星期四 10时30分", "Thu Apr 27 2017", "Thursday, April 27, 2017", "27/4/2017",
        "4/27/2017", "2017-4-27 8:05 PM", "2017-4-27 上午10:00", "2017-04-27T10:30:00.000+08:00", '="2017-04-27"',
        "2017-04-27 23:59:59", "2017年4月27日 23时30分", 42852.99999, "2017-04-27 23:30 CST", "2017- 04-27",
    ],
)  # fmt: skip
def test_a_day_in_any_form_is_the_same_day(cell: Cell) -> None:
    assert day(cell) == "2017-04-27"


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01T23:30:00+00:00", "2026-03-01 23:30 Z", "2026-03-01T23:30:00.000Z", "2026/3/1 23:30 UTC",
        "2026年3月1日 23:30 GMT", "2026年3月1日 23时30分 UTC", "2026-03-01 23:30:00+00",
        "2026-03-01 16:00:00Z", "2026-03-02T00:30+0800", "2026-03-02 00:30 GMT+8", "2026-03-02 00:30 UTC+08:00",
        "2026-03-01 11:30 -05:00", "2026-03-01 11:30 PM +0000", "Sun, 01 Mar 2026 23:30:00 +0000",
        "２０２６－０３－０１ ２３：３０ Ｚ", "2026-03-02T23:59:59+08:00", "2026-03-03T00:30+09:30",
    ],
)  # fmt: skip
def test_a_moment_has_the_day_that_it_is_where_the_company_is(cell: Cell) -> None:
    assert day(cell) == "2026-03-02"


def test_another_company_has_another_day_of_the_same_moment() -> None:
    moment = "2026-03-01T23:30:00+00:00"
    days = [
        as_day(moment, DateOrder.YEAR_FIRST, zone(name))
        for name in ("UTC", "America/New_York", "Asia/Urumqi")
    ]
    assert days == ["2026-03-01", "2026-03-01", "2026-03-02"]


@given(st.integers(-1_900_000_000, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_a_moment_has_its_day_whatever_offset_it_is_written_with(seconds: int, offset: int) -> None:
    at = seconds * SECOND
    wall = at + offset * MINUTE
    minute = wall // MINUTE % (24 * 60)
    sign = "-" if offset < 0 else "+"
    clock = f"{minute // 60:02}:{minute % 60:02}:{wall // SECOND % 60:02}"
    text = f"{iso_day(wall // (24 * 60 * MINUTE))} {clock}{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    assert day(text) == iso_day(SHANGHAI.day(at))


@pytest.mark.parametrize(
    "cell",
    [
        "2017-13-01",
        "2017-02-30",
        "昨天",
        5.0,
        "27/4/17",
        "1817-04-27",
        True,
        "2017-04-27 至 2017-05-01",
        "2017-04-27 - 2017-04-30",
        "2017-04-27 或更晚",
        "31/31/2017",
        "2017-04-27 10:30+99:00",
        "2017-04-27 25:30Z",
        "2017-04-27T10Z",
    ],
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Refusal) as caught:
        day(cell)
    assert caught.value.kind is ErrorKind.DATE_INVALID


def test_a_year_last_day_needs_a_column_that_proves_its_order() -> None:
    with pytest.raises(Refusal) as caught:
        day("4/5/2017")
    assert caught.value.kind is ErrorKind.DATE_AMBIGUOUS
    assert day("4/5/2017", guess_order(["4/5/2017", "4/27/2017"])) == "2017-04-05"
    assert day("4/5/2017", guess_order(["4/5/2017", "27/4/2017"])) == "2017-05-04"
    assert guess_order(["4/27/2017", "27/4/2017"]) is DateOrder.YEAR_FIRST


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20 00:00:00", "2026-11-20"),
        ("2026-11-20T09:30:59", "2026-11-20T09:30"),
        ("2026年11月20日 下午3点05分", "2026-11-20T15:05"),
        ("2026年11月20日 9时", "2026-11-20T09:00"),
        ("20/11/2026 12:30 PM", "2026-11-20T12:30"),
        ("2026/11/20 12:30 AM", "2026-11-20T00:30"),
        ("20261120153000", "2026-11-20T15:30"),
        ("2026-11-20T00:00:00.000Z", "2026-11-20T00:00+00:00"),
        ("2026-11-20 09:30 +0530", "2026-11-20T09:30+05:30"),
        ("2026-11-20 09:30:00+00", "2026-11-20T09:30+00:00"),
        ("2026-11-20 09:30 GMT+8", "2026-11-20T09:30+08:00"),
        ("2026-11-20 09:30 CST", "2026-11-20T09:30"),
        ("27-Nov-2026", "2026-11-27"),
        (46346.75, "2026-11-20T18:00"),
        (46346.99999, "2026-11-20T23:59"),
        (46346, "2026-11-20"),
        (None, None),
        ("  ", None),
    ],
)
def test_a_time_is_read_as_it_is_written(cell: Any, expected: str | None) -> None:
    assert as_time(cell, DateOrder.YEAR_FIRST) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-20 25:00",
        "2026-11-20 09:61",
        "20261120250000",
        "2026-11-20 晚上12点",
        "2026-11-20 09:30+99:00",
        True,
        "x",
    ],
)
def test_a_time_that_is_none_is_refused(cell: Any) -> None:
    with pytest.raises(Refusal):
        as_time(cell, DateOrder.YEAR_FIRST)


def test_orders_contracts_and_contacts_have_the_days_of_the_company(database: Database) -> None:
    midnight = "2026-03-01T16:00:00Z"  # how web services write 2 March of Shanghai
    orders = sheets_workbook(
        Sheet1=[
            ["订单编号", "客户编号", "客户姓名", "订单日期", "发货日期", "签收日期", "金额", "商品名称"],
            ["1", "K1", "客户 A", midnight, "2026/3/2", 46083.97, 10.0, "甲"],
        ]
    )
    plan, _ = take_in(database, orders, SheetKind.ORDERS)
    assert kinds(plan) == []
    (order,) = rows(database, "sales_order")
    days = [order[name] for name in ("ordered_on", "shipped_on", "delivered_on")]
    assert days == ["2026-03-02", "2026-03-02", "2026-03-02"]
    contracts = f"合同编号,客户编号,签约日期,到期日\nC1,K1,{midnight},2027年3月1日\n"
    take_in(database, text_workbook(contracts), SheetKind.CONTRACTS)
    (contract,) = rows(database, "contract")
    assert (contract["signed_on"], contract["expires_on"]) == ("2026-03-02", "2027-03-01")
    take_in(database, text_workbook(f"客户编号,生日\nK1,{midnight}\n"), SheetKind.CONTACTS)
    assert rows(database, "customer")[0]["birthday_on"] == "2026-03-02"


def test_the_same_moment_written_otherwise_is_the_same_event(database: Database) -> None:
    take_in(database, text_workbook("客户编号,姓名\nK1,客户 A\n"), SheetKind.CUSTOMERS)
    text = "客户编号,事件类型,时间\nK1,签收,2026-03-01T23:30:00Z\nK1,签收,2026-03-02 07:30\n"
    plan, _ = take_in(database, text_workbook(text), SheetKind.EVENTS)
    assert [row["happened_at"] for row in rows(database, "event")] == [1772407800000]
    assert notices(plan) == [(3, "line_repeated")]
