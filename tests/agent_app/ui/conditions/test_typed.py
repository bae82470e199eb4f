"""What a person types becomes the value of a rule; what nobody understands stays as it is, and is found wrong."""

from datetime import date
from typing import Any

import pytest

from agent_app.ui.conditions import typed
from server_sync.domain.rules.conditions import FieldType

TODAY = date(2026, 11, 22)
NUMBER, MONEY, DAY, TEXT = FieldType.NUMBER, FieldType.MONEY, FieldType.DAY, FieldType.TEXT


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (NUMBER, "3", 3),
        (NUMBER, "３", 3),
        (NUMBER, " 1,299 ", 1299),
        (NUMBER, "1.5万", 15_000),
        (NUMBER, "1.5", "1.5"),
        (NUMBER, "-2", -2),
        (NUMBER, "许多", "许多"),
        (NUMBER, "", ""),
        (MONEY, "1299.50", "1299.5"),
        (MONEY, "¥1,299", "1299"),
        (MONEY, "￥3千", "3000"),
        (MONEY, "2 亿元", "200000000"),
        (MONEY, "0.00", "0"),
        (MONEY, "1e5", "1e5"),
        (MONEY, "9" * 40, "9" * 40),
        (DAY, "今天", "2026-11-22"),
        (DAY, "-7", "2026-11-15"),
        (DAY, "2026-3-1", "2026-03-01"),
        (DAY, "某天", "某天"),
        (DAY, "", ""),
        (TEXT, " 上海 ", "上海"),
    ],
)
def test_one_value(kind: FieldType, text: str, value: Any) -> None:
    assert typed.one(kind, text, TODAY) == value


@pytest.mark.parametrize(
    ("text", "value"), [("15", 15), ("15天", 15), (" 15 天", 15), ("1.5", "1.5"), ("x", "x")]
)
def test_days(text: str, value: Any) -> None:
    assert typed.days(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("上海、杭州", ["上海", "杭州"]),
        ("上海, 杭州，上海;", ["上海", "杭州"]),
        (" 、 ", []),
        ("上海 浦东", ["上海 浦东"]),
    ],
)
def test_several_texts_have_commas_between_them(text: str, values: list[str]) -> None:
    assert typed.several(text) == values


@pytest.mark.parametrize("value", [["上海", "杭州"], []])
def test_several_texts_are_read_as_they_were_written(value: list[str]) -> None:
    assert typed.several(typed.written(value)) == value
