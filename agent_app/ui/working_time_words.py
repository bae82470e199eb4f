"""Sentences for the steps of a sum of working time (the "why" of a due moment); other reasons are in
``reason_words``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from agent_app.ui import formats
from agent_app.ui.i18n import translate

Values = Mapping[str, Any]


def _natural_hours(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "{span}, every hour counts: until {end}").format(
        span=formats.span(values["ms"]), end=formats.moment(values["to_at"], now, tz)
    )


def _natural_days(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "{days} days, every day counts: until {end}").format(
        days=values["days"], end=formats.moment(values["to_at"], now, tz)
    )


def _worked(values: Values, now: int, tz: tzinfo) -> str:
    text = translate("Reasons", "{start} to {end}: {span} of working time").format(
        start=formats.moment(values["from_at"], now, tz),
        end=formats.clock_time(values["to_at"], tz),
        span=formats.span(values["ms"]),
    )
    return text + translate("Reasons", " (make-up working day)") if values.get("make_up") else text


def _skipped(values: Values, now: int, tz: tzinfo) -> str:
    days = _days(values, now, tz)
    if values["why"] == "weekend":
        return translate("Reasons", "{days} skipped: weekend").format(days=days)
    return translate("Reasons", "{days} skipped: public holiday").format(days=days)


def _working_days(values: Values, now: int, tz: tzinfo) -> str:
    days = _days(values, now, tz)
    return translate("Reasons", "{days}: %n working day(s)", values["days"]).format(days=days)


def _days(values: Values, now: int, tz: tzinfo) -> str:
    today = formats.today(now, tz)
    first, last = formats.day(values["from_on"], today), formats.day(values["to_on"], today)
    return (
        first if first == last else translate("Reasons", "{first} to {last}").format(first=first, last=last)
    )


def _next_opening(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "closed then; moved to {moment}").format(
        moment=formats.moment(values["to_at"], now, tz)
    )


def _last_closing(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "closed then; moved back to {moment}").format(
        moment=formats.moment(values["to_at"], now, tz)
    )


def _counted_from(values: Values, now: int, tz: tzinfo) -> str:
    start = formats.moment(values["at"], now, tz)
    return {
        "created": translate("Reasons", "counted from when it was made, {moment}"),
        "available": translate("Reasons", "counted from when it could be begun, {moment}"),
        "due": translate("Reasons", "counted from when it was due, {moment}"),
        "before_due": translate("Reasons", "counted back from when it is due, {moment}"),
        "given": translate("Reasons", "counted from when it was given to its holder, {moment}"),
    }[values["basis"]].format(moment=start)


def _quiet_hours(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "quiet hours; sent at {moment}").format(
        moment=formats.moment(values["to_at"], now, tz)
    )


def _passed_over(values: Values, now: int, tz: tzinfo) -> str:
    return translate(
        "Reasons", "%n step(s) before it left out: past when the ladder began", len(values["steps"])
    )


TELLERS: Mapping[str, Callable[[Values, int, tzinfo], str]] = {
    "natural_hours": _natural_hours,
    "natural_days": _natural_days,
    "worked": _worked,
    "skipped": _skipped,
    "working_days": _working_days,
    "next_opening": _next_opening,
    "last_closing": _last_closing,
    "counted_from": _counted_from,
    "quiet_hours": _quiet_hours,
    "passed_over": _passed_over,
}
