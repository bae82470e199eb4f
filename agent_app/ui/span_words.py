"""A span of time as people say it: so many working or natural hours or days."""

from collections.abc import Mapping
from typing import Any

from agent_app.ui.i18n import mark
from agent_app.ui.words import word_of

_SPANS: Mapping[str, str] = {
    "natural_hours": mark("Values", "{amount} h"),
    "working_hours": mark("Values", "{amount} working hours"),
    "natural_days": mark("Values", "{amount} days"),
    "working_days": mark("Values", "{amount} working days"),
}
UNITS: Mapping[str, str] = {
    "working_days": mark("Values", "working days"),
    "working_hours": mark("Values", "working hours"),
    "natural_days": mark("Values", "days of the calendar"),
    "natural_hours": mark("Values", "hours by the clock"),
}


def span_words(span: Mapping[str, Any] | None) -> str:
    """ "2 working days"; "" for none."""
    if span is None:
        return ""
    return word_of("Values", _SPANS, str(span.get("unit"))).format(amount=span.get("amount"))
