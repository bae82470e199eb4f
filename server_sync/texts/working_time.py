"""What a sum of working time is made of, said step by step; the steps themselves come from the domain's rules."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server_sync.domain.clock import HOUR, SECOND
from server_sync.domain.rules.reason import Reason
from server_sync.texts.catalogue import _

Values = Mapping[str, Any]


def step_words(step: Reason, zone: ZoneInfo) -> str:
    """One step of `working_steps` as a sentence, its moments on the wall clock of a zone."""
    return _TELLERS[step.kind](step.values, zone)


def _worked(values: Values, zone: ZoneInfo) -> str:
    told = _("{start}–{end}: counts {hours} h").format(
        start=_moment(values["from_at"], zone),
        end=_end(values["from_at"], values["to_at"], zone),
        hours=_hours(values["ms"]),
    )
    return _("{what} (make-up working day)").format(what=told) if values["make_up"] else told


def _skipped(values: Values, zone: ZoneInfo) -> str:
    if values["why"] == "weekend":
        return _("{days}: skipped, not a working day of the week").format(days=_days(values))
    return _("{days}: skipped, holiday").format(days=_days(values))


def _working_days(values: Values, zone: ZoneInfo) -> str:
    return _("{days}: counts {count} working days").format(days=_days(values), count=values["days"])


def _next_opening(values: Values, zone: ZoneInfo) -> str:
    return _("{start} is closed: moved to the next opening, {end}").format(
        start=_moment(values["from_at"], zone), end=_moment(values["to_at"], zone)
    )


def _natural_hours(values: Values, zone: ZoneInfo) -> str:
    return _("{start} to {end}: {hours} h, every hour counts").format(
        start=_moment(values["from_at"], zone),
        end=_moment(values["to_at"], zone),
        hours=_hours(values["ms"]),
    )


def _natural_days(values: Values, zone: ZoneInfo) -> str:
    return _("{start} to {end}: {count} days, every day counts").format(
        start=_moment(values["from_at"], zone), end=_moment(values["to_at"], zone), count=values["days"]
    )


_TELLERS: Mapping[str, Callable[[Values, ZoneInfo], str]] = {
    "worked": _worked,
    "skipped": _skipped,
    "working_days": _working_days,
    "next_opening": _next_opening,
    "natural_hours": _natural_hours,
    "natural_days": _natural_days,
}


def _moment(at: int, zone: ZoneInfo) -> str:
    when = datetime.fromtimestamp(at / SECOND, zone)
    return f"{_day(when.date())} {_clock(when)}"


def _end(start: int, end: int, zone: ZoneInfo) -> str:
    """The end of a span of one day; at midnight it is that day's 24:00."""
    first, last = (datetime.fromtimestamp(at / SECOND, zone) for at in (start, end))
    return _clock(last) if last.date() == first.date() else "24:00"


def _clock(when: datetime) -> str:
    return when.strftime("%H:%M:%S" if when.second or when.microsecond else "%H:%M")


def _days(values: Values) -> str:
    first, last = (_day(date.fromisoformat(values[name])) for name in ("from_on", "to_on"))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _day(on: date) -> str:
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{on.isoformat()} {weekdays[on.weekday()]}"


def _hours(ms: int) -> str:
    """Hours without zeros behind the point: "1.5"."""
    return f"{ms / HOUR:.4f}".rstrip("0").rstrip(".")
