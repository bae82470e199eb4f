"""May a customer be called at this hour: the window that binds and the hours that are advised."""

import re
from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.model import Purpose
from server_sync.domain.rules.local_time import clock_face, clock_minute, iso_day, zone
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.working_calendar import WorkingCalendar

Window = Mapping[str, Any]
"""{"from": "08:00", "to": "21:00"} on the customer's wall clock, the end not included (CONVENTIONS, compliance), with
"regions": {province or region: {"timezone", "from", "to"}, each optional} where it differs."""

# Working days, 09:00 to 18:00, are advised for surveys (CONVENTIONS, compliance).
ADVISED: Mapping[Purpose, tuple[int, int]] = {Purpose.SURVEY: (9 * 60, 18 * 60)}

_FORMAL = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$")
"""What the full name of a province has behind its short one: 新疆维吾尔自治区 is 新疆, 浙江省 is 浙江."""


def refusal(at: int, timezone: str, window: Window) -> Reason | None:
    """Why nobody may be called at `at`, booked or not: "outside_calling_window" {from, to}, or None (journey A2).

    `timezone` is the customer's, or the company's where the customer's is unknown.
    """
    if clock_minute(window["from"]) <= zone(timezone).minute(at) < clock_minute(window["to"]):
        return None
    return Reason("outside_calling_window", {"from": window["from"], "to": window["to"]})


def opens_at(at: int, timezone: str, window: Window) -> int:
    """The next moment after `at` at which the window opens."""
    local, start = zone(timezone), clock_minute(window["from"])
    return local.moment((local.day(at) + (local.minute(at) >= start)) * DAY + start * MINUTE)


def of_customer(customer: Mapping[str, Any], timezone: str, window: Window) -> tuple[str, Window]:
    """The time zone and the window of a customer: those of his province or region where the setting names it, by its
    short name or its full one, else the company's `timezone` and `window`."""
    regions: Mapping[str, Window] = {_short(name): own for name, own in window.get("regions", {}).items()}
    places = (_short(place) for place in (customer["province"], customer["region"]) if place is not None)
    own = next((regions[place] for place in places if place in regions), {})
    return own.get("timezone", timezone), {name: own.get(name, window[name]) for name in ("from", "to")}


def _short(place: str) -> str:
    return _FORMAL.sub("", place)


def advice(at: int, purpose: Purpose, calendar: WorkingCalendar) -> Reason | None:
    """Why another hour would be better for the purpose, though this one is allowed; None when the hour is good.

    "not_a_working_day" {on} or "outside_advised_hours" {from, to}.
    """
    if purpose not in ADVISED:
        return None
    local = zone(calendar.timezone)
    start, end = ADVISED[purpose]
    if not calendar.intervals(local.day(at)):
        return reason("not_a_working_day", on=iso_day(local.day(at)))
    if not start <= local.minute(at) < end:
        return Reason("outside_advised_hours", {"from": clock_face(start), "to": clock_face(end)})
    return None
