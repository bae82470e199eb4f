"""What a person types for a day or a time in a form, such as "3/15", "下周三", "+3" or "下午3点半"; a promised call,
which lies ahead and within office hours, is `typed_time`'s.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from server_sync.domain.rules.typed_time import (
    CLOCK,
    ENGLISH_DAYS,
    FILLER,
    PART,
    WEEKDAYS,
    minute_of,
    take,
    with_digits,
)

_WORDED = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1,
    "后天": 2, "大后天": 3,
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?P<which>上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])"
    r"|(?:(?P<english_which>next|last|this)\s+)?(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_WEEKS = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_SHIFT = re.compile(
    r"(?P<sign>[+-])\s*(?P<plain>\d{1,4})\s*天?"
    r"|(?P<count>\d{1,4})个?(?P<unit>天|日|周|星期|礼拜|月|年)(?:以|之)?(?P<side>后|前)"
    r"|in\s*(?P<ahead>\d{1,4})\s*(?P<ahead_unit>day|week|month|year)s?"
    r"|(?P<ago>\d{1,4})\s*(?P<ago_unit>day|week|month|year)s?\s*ago"
)
_UNITS = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year",
}  # fmt: skip
_DATE = re.compile(
    r"(?:(?P<year>\d{4}|[今明去前]年)\s*[-/.年]?\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<packed>\d{8})"
    r"|(?:(?P<which>上|下|本|这)个?月)?(?:(?P<alone>\d{1,2})\s*[日号]|(?P<last>月?底))"
)
_YEARS = {"去": -1, "今": 0, "明": 1, "前": -2}
_MONTH = re.compile(r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_PACKED_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_HOUR = re.compile(r"\d{1,2}")


def day(text: str, today: date) -> date | None:
    """The day that is meant, seen from `today`; None for none.

    A day of the year without a year is of this one, a day alone is of this month; a weekday is the coming one, today
    included (上周三, 下周三: that of last or next week); "+3" is in three days.
    """
    typed = _plain(text)
    try:
        return _worded(typed, today) or _dated(with_digits(typed), today)
    except (ValueError, OverflowError):
        return None


def month(text: str, today: date) -> date | None:
    """The first of the month that is meant by "2026-3", "3月" or a whole day in it; None for none."""
    found = _MONTH.fullmatch(with_digits(_plain(text)))
    if found is None:
        whole = day(text, today)
        return None if whole is None else whole.replace(day=1)
    try:
        return date(int(found["year"] or today.year), int(found["month"]), 1)
    except ValueError:
        return None


def year(text: str, today: date) -> date | None:
    """The first day of the year that is meant by "2026" or a whole day in it; None for none."""
    found = _YEAR.fullmatch(_plain(text))
    if found is None:
        whole = day(text, today)
        return None if whole is None else whole.replace(month=1, day=1)
    return date(int(found[1]), 1, 1) if int(found[1]) else None


def minute(text: str) -> int | None:
    """The minute of the day that is meant by "14:30", "1430", "9", "下午3点半" or "3pm"; None for none."""
    typed = with_digits(_plain(text))
    packed = _PACKED_CLOCK.fullmatch(typed)
    if packed is not None:
        return int(packed[1]) * 60 + int(packed[2])
    if _HOUR.fullmatch(typed):
        return int(typed) * 60 if int(typed) < 24 else None
    found, rest = _take_clock(typed)
    return found if not FILLER.sub("", rest) else None


def moment(text: str, today: date, now_minute: int) -> tuple[date, int] | None:
    """The day and its minute that are meant by "3/15 14:30" or "明天下午3点"; a time alone is today's, "now" the
    present minute; None for none."""
    typed = _plain(text)
    if typed in ("现在", "now"):
        return today, now_minute
    words, _, last = typed.rpartition(" ")
    if words and (at := minute(last)) is not None and (on := day(words, today)) is not None:
        return on, at
    # A weekday's numeral is no figure: it is read before the others are written as digits.
    named, rest = take(_WEEKDAY, typed)
    at, rest = _take_clock(with_digits(rest))
    rest = FILLER.sub("", rest)
    if at is None or (named is not None and rest):
        return None
    said = named[0] if named is not None else rest
    on = day(said, today) if said else today
    return None if on is None else (on, at)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _take_clock(typed: str) -> tuple[int | None, str]:
    """The minute of the day that is said somewhere in a text, and the rest of it."""
    part, rest = take(PART, typed)
    for clock in reversed(list(CLOCK.finditer(rest))):
        found = minute_of(clock, part[0] if part else "", by_day=False)
        if found is not None:
            within = found if found < 24 * 60 else None
            return within, f"{rest[: clock.start()]} {rest[clock.end() :]}"
    return None, typed


def _worded(typed: str, today: date) -> date | None:
    """A day by its name or its distance."""
    if typed in _WORDED:
        return today + timedelta(days=_WORDED[typed])
    named = _WEEKDAY.fullmatch(typed)
    if named is not None:
        return _weekday(named, today)
    shift = _SHIFT.fullmatch(with_digits(typed))
    return None if shift is None else _shifted(shift, today)


def _weekday(named: re.Match[str], today: date) -> date:
    at = ENGLISH_DAYS.index(named["english"]) if named["english"] else WEEKDAYS[named["day"]]
    which = named["which"] or named["english_which"]
    if which is None:
        return today + timedelta(days=(at - today.weekday()) % 7)
    return today + timedelta(days=at - today.weekday() + 7 * _WEEKS[which])


def _shifted(shift: re.Match[str], today: date) -> date:
    if shift["plain"]:
        count, unit = int(shift["sign"] + shift["plain"]), "day"
    elif shift["count"]:
        count, unit = int(shift["count"]) * (1 if shift["side"] == "后" else -1), _UNITS[shift["unit"]]
    elif shift["ahead"]:
        count, unit = int(shift["ahead"]), shift["ahead_unit"]
    else:
        count, unit = -int(shift["ago"]), shift["ago_unit"]
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    return _months_on(today, count * (12 if unit == "year" else 1))


def _months_on(today: date, count: int) -> date:
    """So many months later; the 31st of a shorter month is its last day."""
    at, month_before = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(at, month_before + 1, min(today.day, monthrange(at, month_before + 1)[1]))


def _dated(typed: str, today: date) -> date | None:
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    if found["packed"]:
        return date.fromisoformat(found["packed"])
    if found["month"]:
        said = found["year"] or str(today.year)
        at = int(said) if said.isdecimal() else today.year + _YEARS[said[0]]
        return date(at, int(found["month"]), int(found["day"]))
    first = _months_on(today.replace(day=1), {"上": -1, "下": 1}.get(found["which"] or "", 0))
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=int(found["alone"]) if found["alone"] else last)
