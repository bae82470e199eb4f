"""Date and time functions (ODK XForms, "Date and Time Functions"), in the form's time zone and by its own clock."""

import math
import re
from datetime import UTC, datetime

from server_sync.domain.forms.functions.adapters import on_values
from server_sync.domain.forms.functions.calendars import Names, names_in
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.moments import (
    days_since_epoch,
    from_days,
    from_milliseconds,
    iso_date,
    iso_moment,
    parse_moment,
    parse_time,
)
from server_sync.domain.forms.xpath.values import Value, joined, to_text

_IDENTIFIER = re.compile("%[YymnbdeaHhMS3%]")
_UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)


def _now(context: Context) -> datetime:
    return from_milliseconds(context.scope.now(), context.scope.zone)


def _moment(context: Context, value: Value) -> datetime | None:
    """The moment a value stands for: days since 1970 as a number, an ISO text (days and months unpadded too)."""
    zone = context.scope.zone
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return None if math.isnan(value) else from_days(value, zone)
    text = to_text(value).strip()
    match = _UNPADDED.fullmatch(text)
    if match is not None:
        year, month, day, rest = match.groups()
        text = f"{year}-{int(month):02d}-{int(day):02d}{rest or ''}"
    moment = parse_moment(text, zone)
    return moment if moment is None else moment.astimezone(zone)


def _date(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return "" if moment is None else iso_date(moment)


def _date_time(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return "" if moment is None else iso_moment(moment)


def _decimal_date_time(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return math.nan if moment is None else days_since_epoch(moment)


def _decimal_time(context: Context, value: Value) -> Value:
    text = to_text(value)
    time = parse_time(text)
    if time is None:
        moment = _moment(context, value) if "T" in text else None
        if moment is None:
            return math.nan
        time = moment.time()
    elif time.tzinfo is not None:
        time = datetime.combine(_now(context).date(), time).astimezone(context.scope.zone).time()
    midnight = datetime(1970, 1, 1, tzinfo=UTC)
    return days_since_epoch(datetime.combine(midnight, time.replace(tzinfo=None), tzinfo=UTC))


def _format(context: Context, value: Value, pattern: Value) -> Value:
    """Names of months and days are in the form's language, or the reader's where it names none."""
    moment = _moment(context, value)
    if moment is None:
        return ""
    names = names_in(context.scope.locale)
    parts = _parts(moment, names)
    text = to_text(pattern)
    context.scope.budget.spend(len(text) // 100)
    # Piece by piece, so that no pattern makes a text that is longer than one may be.
    pieces = re.split(f"({_IDENTIFIER.pattern})", text)
    return joined(parts[piece[1]] if at % 2 else piece for at, piece in enumerate(pieces))


def _parts(moment: datetime, names: Names) -> dict[str, str]:
    return {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": names.months[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "a": names.weekdays[moment.weekday()],
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "%": "%",
    }


FUNCTIONS = (
    on_values("today", 0, 0, lambda context: iso_date(_now(context))),
    on_values("now", 0, 0, lambda context: iso_moment(_now(context))),
    on_values("date", 1, 1, _date),
    on_values("date-time", 1, 1, _date_time),
    on_values("format-date", 2, 2, _format, spends=True),
    on_values("format-date-time", 2, 2, _format, spends=True),
    on_values("decimal-date-time", 1, 1, _decimal_date_time),
    on_values("decimal-time", 1, 1, _decimal_time),
)
