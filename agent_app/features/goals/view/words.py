"""The room's words: what is measured and in what, states, and how far a goal has come."""

from collections.abc import Mapping

from agent_app.store.queries.goals import Measured
from agent_app.ui import formats
from agent_app.ui.definitions.state import Written
from agent_app.ui.i18n import mark, translate
from agent_app.ui.tokens import Tone
from agent_app.ui.words import toned_word_of, word_of
from server_sync.domain.model import GoalState
from server_sync.domain.rules.goals import RANGES, Metric

METRICS: Mapping[str, str] = {
    "completion_rate": mark("Goals", "Follow-ups completed"),
    "contact_rate": mark("Goals", "Customers reached"),
    "csat_share": mark("Goals", "Satisfied (CSAT 4 or 5)"),
    "csat_mean": mark("Goals", "Satisfaction, mean (CSAT)"),
    "nps": mark("Goals", "Recommendation (NPS)"),
    "repurchase_rate": mark("Goals", "Bought again"),
    "renewal_rate": mark("Goals", "Contracts renewed"),
}
_MEANINGS: Mapping[str, str] = {
    "completion_rate": mark("Goals", "tasks closed with success, of those due"),
    "contact_rate": mark("Goals", "attempts in which somebody was reached, of all attempts"),
    "csat_share": mark("Goals", "answers of 4 or 5, of all valid answers"),
    "csat_mean": mark("Goals", "the mean of all valid answers"),
    "nps": mark("Goals", "share of 9–10 less share of 0–6"),
    "repurchase_rate": mark("Goals", "customers with two orders or more, of those who ordered"),
    "renewal_rate": mark("Goals", "contracts renewed, of those that expire"),
}
_STATES: Mapping[str, tuple[str, Tone]] = {
    "active": (mark("Goals", "Under way"), Tone.ACCENT),
    "reached": (mark("Goals", "Reached"), Tone.SUCCESS),
    "missed": (mark("Goals", "Missed"), Tone.DANGER),
    "withdrawn": (mark("Goals", "Withdrawn"), Tone.NEUTRAL),
}
COLUMNS: Mapping[str, str] = {
    "code": mark("Goals", "Code"),
    "name": mark("Goals", "Name"),
    "metric": mark("Goals", "What is measured"),
    "target": mark("Goals", "Target"),
    "baseline": mark("Goals", "Today's value"),
    "starts_on": mark("Goals", "From (day)"),
    "deadline_on": mark("Goals", "Until (day)"),
    "scope": mark("Goals", "Whose"),
    "state": mark("Goals", "State"),
    "owner_id": mark("Goals", "Who answers for it"),
    "source": mark("Goals", "Source"),
}
SCOPES: Mapping[str, str] = {
    "teams": mark("Goals", "Teams"),
    "plans": mark("Goals", "Plans"),
    "tiers": mark("Goals", "Tiers"),
    "regions": mark("Goals", "Regions"),
    "product_lines": mark("Goals", "Product lines"),
}


def metric_words(code: str) -> str:
    """What is measured."""
    return word_of("Goals", METRICS, code)


def metric_hint(code: str) -> str:
    """How it is counted."""
    return word_of("Goals", _MEANINGS, code)


def state_words(code: str) -> tuple[str, Tone]:
    """A goal's state."""
    return toned_word_of("Goals", _STATES, code)


def column_words(name: str) -> str:
    """What a field is called; a part of the scope by its own name."""
    return word_of("Goals", SCOPES if name in SCOPES else COLUMNS, name)


def unit_words(metric: str) -> str:
    """In what it is measured."""
    if metric not in tuple(Metric):
        return ""
    least, most = RANGES.get(Metric(metric), (0, 100))
    if Metric(metric) in RANGES:
        return translate("Goals", "points, {least} to {most}").format(least=least, most=most)
    return translate("Goals", "percent, {least} to {most}").format(least=least, most=most)


def figure(value: str | None, metric: str) -> str:
    """A value with its unit."""
    if value is None:
        return formats.NONE
    in_percent = metric in tuple(Metric) and Metric(metric) not in RANGES
    return f"{value}%" if in_percent else value


def way_words(measured: Measured) -> tuple[str, Tone | None]:
    """How far it has come, against how much of the time is over."""
    on_the_way = measured.progress
    if measured.state == GoalState.REACHED or on_the_way.percent == 100:
        return translate("Goals", "the target is reached"), Tone.SUCCESS
    if on_the_way.percent is None:
        return translate("Goals", "nothing counted yet"), None
    words = translate("Goals", "{percent}% of the way, {expected}% of the time").format(
        percent=on_the_way.percent, expected=on_the_way.expected_percent
    )
    return words, Tone.WARNING if on_the_way.behind else None


def line_words(written: Written, measured: Measured | None) -> str:
    """A goal in the list's second line."""
    metric, target = str(written["metric"]), written["target"]
    aim = figure(str(target), metric) if target else formats.NONE
    if measured is None:
        return f"{aim} · {metric_words(metric)}"
    value = translate("Goals", "{value} of {target}").format(value=figure(measured.value, metric), target=aim)
    return f"{value} · {metric_words(metric)}"
