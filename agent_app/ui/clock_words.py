"""How far a device's clock is off, and where it was, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent_app.ui import formats
from agent_app.ui.i18n import translate
from server_sync.domain.rules.clock_skew import is_off


def skew_words(skew_ms: int | None) -> str:
    """ "device clock 1 day(s) ahead"; "" where it is not worth a word, or not known."""
    if skew_ms is None or not is_off(skew_ms):
        return ""
    words = (
        translate("Clocks", "device clock {span} ahead")
        if skew_ms > 0
        else translate("Clocks", "device clock {span} behind")
    )
    return words.format(span=formats.span(skew_ms))


def place_words(place: Mapping[str, Any] | None) -> str:
    """ "31.23040, 121.47370 ±40 m"; "" without one."""
    if place is None:
        return ""
    at = f"{place['latitude']:.5f}, {place['longitude']:.5f}"
    if place["accuracy"] is None:
        return at
    return translate("Clocks", "{position} ±{metres} m").format(
        position=at, metres=formats.number(place["accuracy"])
    )
