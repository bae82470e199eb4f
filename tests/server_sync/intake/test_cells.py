"""What people type into cells, and what it means."""

from decimal import Decimal

import pytest

from server_sync.domain.errors import ErrorKind
from server_sync.intake.cells import (
    Refusal,
    as_code,
    as_decimal,
    as_flag,
    as_number,
    as_tags,
    as_text,
    guarded,
)
from server_sync.intake.sheet import Cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  客户 A\u3000", "客户 A"),
        ("\ufeff甲\u200b乙\xa0", "甲乙"),
        ("   ", None),
        (None, None),
        (13800000001.0, "13800000001"),
        (2.5, "2.5"),
        ("（华东）分公司", "（华东）分公司"),
        ("'=1+1", "=1+1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ('="0012"', "0012"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ('\'="0012"', '="0012"'),
    ],
)
def test_text_loses_what_cannot_be_seen_and_nothing_else(cell: Cell, text: str | None) -> None:
    assert as_text(cell) == text


def test_codes_are_narrowed_and_never_rounded() -> None:
    assert as_code("ＣＮ－００１２") == "CN-0012"
    assert as_code(12345.0) == "12345"
    for spoilt in ("1.38E+10", 123456789012345678.0):
        with pytest.raises(Refusal) as caught:
            as_code(spoilt)
        assert caught.value.kind is ErrorKind.NUMBER_ROUNDED
    assert as_code("2E5") == "2E5"


@pytest.mark.parametrize(
    "cell", ["'13800000001", '="13800000001"', "`13800000001", "\t13800000001", "＇13800000001"]
)
def test_signs_that_exports_put_before_numbers_kept_as_text_are_no_part_of_them(cell: Cell) -> None:
    assert as_code(cell) == "13800000001"
    assert as_number(cell) == "13800000001"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (129.696, "129.696"),
        (125.43999999999998, "125.43999999999998"),
        (1e-05, "0.00001"),
        ("1,299.00", "1299"),
        ("¥1,299.50", "1299.5"),
        ("￥ 12", "12"),
        ("１２．５元", "12.5"),
        ("-¥3.20", "-3.2"),
        ("(35.00)", "-35"),
        ("20%", "0.2"),
        (".5", "0.5"),
        ("1299.", "1299"),
        ("1,299元整", "1299"),
        ("人民币 35", "35"),
        ("US$35.10", "35.1"),
        ("35.00-", "-35"),
        (-0.0, "0"),
        ("", None),
    ],
)
def test_numbers_are_the_exact_decimals_of_the_file(cell: Cell, number: str | None) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["12,99", "1.299,00", "ca. 5", "--5", "-5-", "(5-)", "-", float("nan"), float("inf"), True, "1e30"],
)
def test_what_could_be_read_two_ways_is_no_number(cell: Cell) -> None:
    with pytest.raises(Refusal) as caught:
        as_decimal(cell)
    assert caught.value.kind is ErrorKind.NUMBER_INVALID


def test_the_sum_of_floats_is_taken_in_decimals() -> None:
    values = [as_decimal(0.1) for _ in range(10)]
    assert sum(value for value in values if value is not None) == Decimal(1)


def test_flags_and_tags() -> None:
    assert [as_flag(cell) for cell in ("是", "Yes", 1.0, True, "否", None, "0")] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(Refusal):
        as_flag("也许")
    assert as_tags("老客户、VIP；老客户, 易怒") == ["老客户", "VIP", "易怒"]


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-x", "@SUM(A1)", "\tx", "\r=1"])
def test_an_exported_cell_cannot_run_and_comes_back_unchanged(text: str) -> None:
    assert guarded(text)[0] == "'"
    assert as_text(guarded(text)) == text.strip() or text[0] in "\t\r"


def test_an_ordinary_cell_is_exported_as_it_is() -> None:
    assert guarded("客户 A") == "客户 A"
