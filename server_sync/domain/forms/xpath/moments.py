"""Dates and times as ODK XForms write and count them: ISO texts, and days since 1970-01-01 UTC; no clock."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    if text == "Z":
        return UTC
    return datetime.strptime(text, "%z").tzinfo or zone


def _micros(fraction: str | None) -> int:
    return int((fraction or "0").ljust(6, "0")[:6])


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment of an ISO date (midnight in `zone`) or dateTime (in `zone` where it names none), else None."""
    if text[4:5] != "-":
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        return datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), _micros(fraction),
            tzinfo=_offset(offset, zone),
        )  # fmt: skip
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """The time of day of "HH:MM", "HH:MM:SS" or "HH:MM:SS.fff", its offset kept, else None."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    try:
        zone = _offset(offset, UTC) if offset else None
        return time(int(hour), int(minute), int(second or 0), _micros(fraction), tzinfo=zone)
    except ValueError:
        return None


def days_since_epoch(moment: datetime) -> float:
    """Days since 1970-01-01 UTC, with the fraction of the day (ODK XForms, `number()`)."""
    return (moment - _EPOCH) / _DAY


def from_days(days: float, zone: tzinfo) -> datetime | None:
    """The moment so many days since 1970-01-01 UTC, to the millisecond, in `zone`; None where no calendar reaches."""
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * 86_400_000))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def from_milliseconds(at: int, zone: tzinfo) -> datetime:
    """The moment of our own clock in `zone`."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def iso_date(moment: datetime | date) -> str:
    """The ODK form of a date: "2017-12-30"."""
    return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"


def iso_moment(moment: datetime) -> str:
    """The ODK form of a dateTime, offset included: "2017-12-30T09:15:00.000+08:00"."""
    return moment.isoformat(timespec="milliseconds")


def iso_time(value: time) -> str:
    """The ODK form of a time: "09:15:00.000", with the offset it has."""
    return value.isoformat(timespec="milliseconds")
