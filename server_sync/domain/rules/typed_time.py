"""What a person types for a promised call, such as "明天 10:30 本人", "3/15 9点" or "下周三 14:00", as a moment;
whether anybody may be called then is `calling_window`'s rule.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules import calling_window
from server_sync.domain.rules.calling_window import Window
from server_sync.domain.rules.local_time import Zone, clock_face, day_number, iso_day, weekday, zone

_FIELD = {"field": "callback_at"}
_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十]+")
_WHOM = re.compile(r"本人|他人")
_WEEKDAY = re.compile(
    r"(?P<which>下下|下|本|这)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])"
    r"|(?P<next>next\s+)?(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*",
)
_AFTER = re.compile(
    r"(?P<count>\d+|半)?个?(?P<half>半)?(?P<unit>分钟|小时|钟头|天)(?:以|之)?后"
    r"|in\s*(?P<number>\d+)\s*(?P<english>min|h|day)[a-z]*"
)
_WORDED_DAY = re.compile(
    r"大后天|后天|明天|明日|今天|今日|the day after tomorrow|tomorrow|today|明(?=[早晚上中下])|今(?=[早晚上中下])"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?|(?P<alone>\d{1,2})[日号]"
)
PART = re.compile(r"凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|[点时]钟?(?:(?P<half>半)|(?P<quarters>[13])刻|(?P<minutes>\d{1,2})分?)?)?"
    r"\s*(?P<english>am|pm)?"
)
FILLER = re.compile(r"[\s,。、的在]|\bat\b")
_DAYS = {
    "今天": 0, "今日": 0, "今": 0, "today": 0,
    "明天": 1, "明日": 1, "明": 1, "tomorrow": 1,
    "后天": 2, "the day after tomorrow": 2, "大后天": 3,
}  # fmt: skip
WEEKDAYS = {name: day for names in ("一二三四五六日", "1234567") for day, name in enumerate(names)} | {
    "天": 6
}
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"分钟": MINUTE, "min": MINUTE, "小时": HOUR, "钟头": HOUR, "h": HOUR, "天": DAY, "day": DAY}
_AFTERNOON = ("下午", "傍晚", "晚上", "晚", "pm")


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A moment (ms) and, if it was said, with whom ("respondent" 本人, "other" 他人); or why it is no time to call.

    Faults: FIELD_MISSING (nothing typed, or a day without a time), FIELD_INVALID (not understood), IN_THE_PAST {at},
    OUTSIDE_CALLING_WINDOW {at, from, to}; the first two with {field: "callback_at"}.
    """

    at: int | None = None
    with_whom: str | None = None
    fault: ErrorKind | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def parse(text: str, now: int, timezone: str) -> TypedTime:
    """The moment that is meant, seen from `now`.

    A time without a day is the next one; a day of the year without a year the next one; a weekday the coming one
    (下周三: that of next week); 1 to 7 o'clock without a word before it is in the afternoon, since nobody calls at
    night ("07:30" is the morning).
    """
    rest = unicodedata.normalize("NFKC", text).lower().strip()
    if not rest:
        return _fault(ErrorKind.FIELD_MISSING)
    whom, rest = take(_WHOM, rest)
    with_whom = None if whom is None else "respondent" if whom[0] == "本人" else "other"
    week, rest = take(_WEEKDAY, rest)
    rest = with_digits(rest)
    after, rest = take(_AFTER, rest)
    local = zone(timezone)
    if after is not None and (after["unit"] or after["english"]) not in ("天", "day"):
        if week is not None or FILLER.sub("", rest):
            return _fault(ErrorKind.FIELD_INVALID)
        return TypedTime((now + _span(after)) // MINUTE * MINUTE, with_whom)
    worded, rest = take(_WORDED_DAY, rest)
    dated, rest = take(_DATE, rest)
    part, rest = take(PART, rest)
    clock, rest = take(CLOCK, rest)
    if FILLER.sub("", rest) or sum(one is not None for one in (week, after, worded, dated)) > 1:
        return _fault(ErrorKind.FIELD_INVALID)
    if clock is None:
        return _fault(ErrorKind.FIELD_MISSING)
    minute = minute_of(clock, part[0] if part else "")
    if minute is None:
        return _fault(ErrorKind.FIELD_INVALID)
    at = _moment(local, now, minute, week, after, worded, dated)
    return _fault(ErrorKind.FIELD_INVALID) if at is None else TypedTime(at, with_whom)


def promised(text: str, now: int, timezone: str, window: Window) -> TypedTime:
    """The moment that is meant, if a call may be promised for it (journey A2: 22:00 is refused)."""
    meant = parse(text, now, timezone)
    if meant.at is None:
        return meant
    if meant.at <= now - MINUTE:
        return TypedTime(None, meant.with_whom, ErrorKind.IN_THE_PAST, {"at": meant.at})
    outside = calling_window.refusal(meant.at, timezone, window)
    if outside is None:
        return meant
    values = {"at": meant.at, **outside.values}
    return TypedTime(None, meant.with_whom, ErrorKind.OUTSIDE_CALLING_WINDOW, values)


def quick_moments(now: int, timezone: str, window: Window) -> tuple[int, ...]:
    """Moments that are often agreed: in an hour, this afternoon, tomorrow morning and afternoon, next Monday."""
    local = zone(timezone)
    today = local.day(now)
    hour_later = -(-(now + HOUR) // (5 * MINUTE)) * 5 * MINUTE
    monday = today + 7 - weekday(today)
    at_clock = ((today, 16), (today + 1, 10), (today + 1, 15), (monday, 10))
    wished = [hour_later, *(local.moment(day * DAY + hour * HOUR) for day, hour in at_clock)]
    open_then = {
        at for at in wished if at >= hour_later and calling_window.refusal(at, timezone, window) is None
    }
    return tuple(sorted(open_then))


def written(at: int, timezone: str) -> str:
    """A moment as `parse` reads it back: "2026-11-19 10:00"."""
    local = zone(timezone)
    return f"{iso_day(local.day(at))} {clock_face(local.minute(at))}"


def _fault(kind: ErrorKind) -> TypedTime:
    return TypedTime(fault=kind, values=_FIELD)


def with_digits(text: str) -> str:
    """The text with Chinese numerals written as digits: 三月十五 → 3月15."""
    return _NUMERAL.sub(lambda numeral: str(_number(numeral[0])), text)


def take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text without it."""
    found = pattern.search(text)
    return found, text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _number(numeral: str) -> int:
    """Chinese numerals up to 99: 三, 十五, 二十, 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _span(after: re.Match[str]) -> int:
    unit = _UNITS[after["unit"] or after["english"]]
    if after["number"]:
        return int(after["number"]) * unit
    whole = 0 if after["count"] in (None, "半") else int(after["count"])
    half = after["count"] == "半" or after["half"] is not None
    return whole * unit + (unit // 2 if half else 0)


def minute_of(clock: re.Match[str], part: str, *, by_day: bool = True) -> int | None:
    """The minute of the day that a match of CLOCK means, `part` being that of PART; None for none. After "晚上12点"
    comes the next day. `by_day`: 1 to 7 o'clock without a word is in the afternoon."""
    hour = int(clock["hour"])
    minute = int(clock["minute"] or clock["minutes"] or 0) + (30 if clock["half"] else 0)
    minute += 15 * int(clock["quarters"] or 0)
    said = clock["english"] or part
    if not said and clock["minute"] is None and "点" not in clock[0] and "时" not in clock[0]:
        return None
    if said in _AFTERNOON and (hour < 12 or part in ("晚上", "晚")):
        hour += 12 if hour <= 12 else 0
    elif (said == "中午" and hour < 3) or (
        by_day and not said and 1 <= hour <= 7 and not clock["hour"].startswith("0")
    ):
        hour += 12
    elif said in ("am", "凌晨") and hour == 12:
        hour = 0
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _moment(
    local: Zone,
    now: int,
    minute: int,
    week: re.Match[str] | None,
    after: re.Match[str] | None,
    worded: re.Match[str] | None,
    dated: re.Match[str] | None,
) -> int | None:
    today = local.day(now)
    if worded is not None:
        return _at(local, today + _DAYS[worded[0]], minute)
    if after is not None:
        return _at(local, today + _span(after) // DAY, minute)
    if dated is not None:
        day = _dated(dated, today)
        return None if day is None else _at(local, day, minute)
    if week is None:
        at = _at(local, today, minute)
        return at if at > now else _at(local, today + 1, minute)
    monday = today - weekday(today)
    day = ENGLISH_DAYS.index(week["english"]) if week["english"] else WEEKDAYS[week["day"]]
    weeks = {"下": 1, "下下": 2}.get(week["which"] or "", 1 if week["next"] else 0)
    at = _at(local, monday + day + 7 * weeks, minute)
    free = not week["which"] and not week["next"]
    return _at(local, monday + day + 7, minute) if free and at <= now else at


def _at(local: Zone, day: int, minute: int) -> int:
    return local.moment(day * DAY + minute * MINUTE)


def _dated(dated: re.Match[str], today: int) -> int | None:
    """The day of "2026-3-15", "3/15" or "15号": where year or month is not said, the next one."""
    this = date.fromisoformat(iso_day(today))
    if dated["alone"]:
        month = this.year * 12 + this.month - 1 + (1 if int(dated["alone"]) < this.day else 0)
        return _day(month // 12, month % 12 + 1, int(dated["alone"]))
    month, day = int(dated["month"]), int(dated["day"])
    if dated["year"]:
        return _day(int(dated["year"]), month, day)
    coming = _day(this.year, month, day)
    return coming if coming is None or coming >= today else _day(this.year + 1, month, day)


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return day_number(date(year, month, day).isoformat())
    except ValueError:
        return None
