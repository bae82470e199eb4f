"""The hours in which a customer may be called at all; how often he may be called stands in `contact_frequency`."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.rules.local_time import clock_minute, zone
from server_sync.domain.rules.reason import Reason, reason


def refusal(at: int, timezone: str, window: Mapping[str, Any]) -> Reason | None:
    """Why a call at this moment is outside the window (08:00–21:00 unless set), or None.

    `window` is {"from": "HH:MM", "to": "HH:MM"} on the wall clock of `timezone`; `to` itself is outside.
    """
    minute = zone(timezone).minute(at)
    if clock_minute(window["from"]) <= minute < clock_minute(window["to"]):
        return None
    return reason("outside_calling_window", **{"from": window["from"], "to": window["to"]})
