"""Calendar days as people and spreadsheets write them, to ISO text: of a moment that says its offset the day that it is
in the company's time zone, of any other the day of its wall clock."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from server_sync.domain.clock import SECOND
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.local_time import Zone, iso_day
from server_sync.intake.cells import Refusal, as_text, value_text
from server_sync.intake.sheet import Cell


class DateOrder(StrEnum):
    """How a column writes days whose year does not come first; YEAR_FIRST refuses such days as ambiguous."""

    YEAR_FIRST = "year_first"
    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


_WEEKDAY = r"\(?(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\)?"
_HALF = r"(?:[ap]m|[上下中]午|凌晨|早上|晚上)?"
_ZONE = r"(?:z|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?|cst|[+-]\d{2}(?::?\d{2})?)?"
_FRACTION = r"(?:[:.时点分]\d{0,2}){1,2}(?:[:.,]\d+)?秒?"
_CLOCK = rf"{_HALF}\s*\d{{1,2}}(?:{_FRACTION}\s*{_HALF}\s*{_ZONE}|\s*{_HALF})"
_BEFORE = rf"(?:{_WEEKDAY}[\s,]+)?"
_BEHIND = rf"(?:[\s,]*{_WEEKDAY})?(?:[t\s,]+{_CLOCK})?"
"""What may stand beside a day: its weekday and a time of day. The end of a period, say, is not passed over."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_YEAR_FIRST = _form(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?" + _BEHIND)
_COMPACT = _form(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\d{{6}}|{_BEHIND})")
_YEAR_LAST = _form(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _BEHIND)
_DAY_MONTH_NAME = _form(_BEFORE + r"(\d{1,2})[-\s]([a-z]{3,9})[-,\s]+(\d{4})" + _BEHIND)
_MONTH_NAME_DAY = _form(_BEFORE + r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})" + _BEHIND)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MINUTES = 24 * 60
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_STAMP = _form(r"\d{8}(?P<hour>\d\d)(?P<minute>\d\d)\d\d")
_NAMED_HALF = r"[ap]m|[上下中]午|凌晨|早上|晚上"
_TIME = _form(
    rf"[t\s,日号](?P<before>{_NAMED_HALF})?\s*(?P<hour>\d{{1,2}})[:.时点](?P<minute>\d{{1,2}})?[\d:.分秒]*\s*"
    rf"(?P<after>{_NAMED_HALF})?"
)
_OFFSET = _form(
    rf"[:时点][\d:.,分秒]*\s*(?:{_NAMED_HALF})?\s*"
    r"(?:(?P<zero>z|utc|gmt)|(?:utc|gmt)?(?P<hours>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?)$"
)
"""Behind a time of day. CST is China's here, and so the company's own."""
_AFTERNOON = ("pm", "下午", "中午", "晚上")
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers; right from 1900-03-01 on, which is before any order."""
_SERIALS = range(10_000, 80_000)
"""1927 to 2119: a whole number outside is no day."""
_YEARS = range(1900, 2101)


def as_day(cell: Cell, order: DateOrder, local: Zone) -> str | None:
    """The day as "YYYY-MM-DD": 2017-04-27, 2017/4/27, 20170427, 2017年4月27日, 27-Apr-2017, or a serial number.

    A weekday and a time of day are left out, but for a time that says how far it is ahead of UTC: 2017-04-27 23:30 Z is
    the 28th in Shanghai. Raises Refusal DATE_INVALID, or DATE_AMBIGUOUS for 4/5/2017 in a column whose order is not
    known; 4/27/2017 can be one day only.
    """
    if cell is None:
        return None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _from_number(float(cell))
    text = as_text(cell)
    return None if text is None else _local_day(value_text(text), order, local)


def as_time(cell: Cell, order: DateOrder) -> str | None:
    """The day as it is written, with "THH:MM" behind it where the cell has a time of day, and "+HH:MM" behind that
    where it says how far it is ahead of UTC; seconds are left out.

    Raises Refusal as `as_day` does, and DATE_INVALID for a time that is none or may be either noon or midnight.
    """
    text = value_text(as_text(cell) or "")
    if not text:
        return None
    number = isinstance(cell, float | int) and not isinstance(cell, bool)
    day = _from_number(float(text)) if number else _from_text(text, order)
    serial = _SERIAL.fullmatch(text)
    minute = min(round(float(text) % 1 * _MINUTES), _MINUTES - 1) if serial else _minute(text)
    offset = _offset(text)
    if not offset and not minute:
        return day
    return f"{day}T{minute // 60:02}:{minute % 60:02}{offset}"


@lru_cache(maxsize=50_000)
def _local_day(text: str, order: DateOrder, local: Zone) -> str:
    """The day of a text in a time zone."""
    day, offset = _from_text(text, order), _offset(text)
    if not offset:
        return day
    minute = _minute(text)
    written = datetime.fromisoformat(f"{day}T{minute // 60:02}:{minute % 60:02}{offset}")
    return iso_day(local.day(round(written.timestamp() * SECOND)))


def _offset(text: str) -> str:
    """How far a written time is ahead of UTC, "+08:00"; nothing where it does not say."""
    found = _OFFSET.search(text)
    if found is None:
        return ""
    if found["zero"]:
        return "+00:00"
    hours, minutes = int(found["hours"][1:]), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise Refusal(ErrorKind.DATE_INVALID, value=text)
    return f"{found['hours'][0]}{hours:02}:{minutes:02}"


def _minute(text: str) -> int:
    """The minute of the day that is written behind a day; 0 for none."""
    digits = _STAMP.fullmatch(text)
    found = digits or _TIME.search(text)
    if found is None:
        return 0
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = "" if digits else (found["before"] or found["after"] or "").lower()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in ("am", "上午", "凌晨", "早上") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or (half == "晚上" and int(found["hour"]) == 12):
        raise Refusal(ErrorKind.DATE_INVALID, value=text)
    return hour * 60 + minute


def _from_number(number: float) -> str:
    if int(number) in _SERIALS:
        return (_EPOCH + timedelta(days=int(number))).isoformat()
    if number.is_integer() and 19_000_000 < number < 21_010_000:
        return _from_text(str(int(number)), DateOrder.YEAR_FIRST)
    raise Refusal(ErrorKind.DATE_INVALID, value=as_text(number))


def _from_text(text: str, order: DateOrder) -> str:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(text, *found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = found.groups()
        if order is DateOrder.YEAR_FIRST:
            order = guess_order([text])
        if order is DateOrder.MONTH_FIRST:
            return _day(text, year, first, second)
        if order is DateOrder.DAY_FIRST:
            return _day(text, year, second, first)
        neither = int(first) > 12 and int(second) > 12
        raise Refusal(ErrorKind.DATE_INVALID if neither else ErrorKind.DATE_AMBIGUOUS, value=text)
    if found := _DAY_MONTH_NAME.fullmatch(text):
        day, month, year = found.groups()
        return _day(text, year, _month_number(text, month), day)
    if found := _MONTH_NAME_DAY.fullmatch(text):
        month, day, year = found.groups()
        return _day(text, year, _month_number(text, month), day)
    if _SERIAL.fullmatch(text):
        return _from_number(float(text))
    raise Refusal(ErrorKind.DATE_INVALID, value=text)


def _month_number(text: str, name: str) -> str:
    number = _MONTHS.get(name[:3].lower())
    if number is None:
        raise Refusal(ErrorKind.DATE_INVALID, value=text)
    return str(number)


def _day(text: str, year: str, month: str, day: str) -> str:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Refusal(ErrorKind.DATE_INVALID, value=text) from error
    if value.year not in _YEARS:
        raise Refusal(ErrorKind.DATE_INVALID, value=text)
    return value.isoformat()


def guess_order(cells: list[Cell]) -> DateOrder:
    """The order that a column's year-last days prove by a number over 12; YEAR_FIRST when none or both are proved."""
    month_first = day_first = False
    for cell in cells:
        found = _YEAR_LAST.fullmatch(value_text(cell).strip()) if isinstance(cell, str) else None
        if found:
            day_first = day_first or int(found[1]) > 12
            month_first = month_first or int(found[2]) > 12
    if month_first == day_first:
        return DateOrder.YEAR_FIRST
    return DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST
