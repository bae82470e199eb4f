"""Goals: what can be measured, what a definition may say, and how far a goal has come (M1.1).

The measures are those of the KPI dictionary; a share is in percent. How they are counted stands in `automation.goals`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import GoalState, Tier
from server_sync.domain.rules.definition_fields import LONGEST_NAME, Fields, checked, looked_at
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.local_time import day_number

MOST_NAMED = 50
LONGEST_NUMBER = 20
_PLACES = Decimal("0.01")


class Metric(StrEnum):
    """What a goal measures; more is better."""

    COMPLETION_RATE = "completion_rate"
    """Tasks with a success-final outcome among those due, cancelled ones left out (回访完成率)."""
    CONTACT_RATE = "contact_rate"
    """CON1 ((I+P)+R+O) ÷ ((I+P)+R+O+NC+UH+UO) of the attempts (有效接触率)."""
    CSAT_SHARE = "csat_share"
    """Answers of 4 or 5 among the valid ones."""
    CSAT_MEAN = "csat_mean"
    NPS = "nps"
    """Promoters (9–10) less detractors (0–6), in points from −100 to 100."""
    REPURCHASE_RATE = "repurchase_rate"
    """Customers with two orders or more among those who ordered (复购率)."""
    RENEWAL_RATE = "renewal_rate"
    """Contracts renewed among those that expire (续费率)."""


RANGES: Mapping[Metric, tuple[int, int]] = {
    Metric.NPS: (-100, 100),
    Metric.CSAT_MEAN: (1, 5),
}
"""What a target may be; of a share 0 to 100."""
SCOPES = ("plans", "teams", "regions", "tiers", "product_lines")
"""By what a goal may be narrowed: each a list of which one has to fit."""
_KEYS = (
    *("baseline", "code", "deadline_on", "metric", "name", "scope", "source", "starts_on", "state", "target"),
)
_STATES = tuple(state.value for state in (GoalState.ACTIVE, GoalState.WITHDRAWN))


def goal_id(code: str) -> bytes:
    """The id of the goal of a code, the same everywhere: two who set it set one goal."""
    told = f"goal:{code}".encode(errors="replace")
    return hashlib.blake2b(told, digest_size=ID_BYTES).digest()


def checked_goal(item: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `goal` that an object says, with all that it leaves out.

    It has "code", "name", "metric", "target", "starts_on", "deadline_on" and may have "baseline", "scope" (everything),
    "state" (active), "source".

    Raises KnownError FIELD_MISSING {field}, FIELD_INVALID {field, value, choices | known | least, most | not_before}.
    """
    return checked(item, "goal", _read)


def looked_at_goal(item: Any) -> tuple[dict[str, Any] | None, list[Placed]]:
    """All that is wrong with the definition of one object, and what it comes to with something sound in its place."""
    return looked_at(item, "goal", _read)


def _read(given: Fields, code: str) -> dict[str, Any]:
    given.only(*_KEYS)
    metric = Metric(given.choice("metric", tuple(Metric)))
    given.needed("target")
    everything: dict[str, list[str]] = {}
    return {
        "code": code,
        "name": given.text("name", LONGEST_NAME),
        "metric": metric.value,
        "scope": given.attempt(lambda: _scope(given.object("scope")), everything),
        "baseline": given.attempt(lambda: _number(given, "baseline", metric), None),
        "target": given.attempt(lambda: _number(given, "target", metric), None),
        "starts_on": given.needed_day("starts_on"),
        "deadline_on": given.attempt(lambda: _deadline(given), ""),
        "state": given.choice("state", _STATES, GoalState.ACTIVE.value),
        "source": given.text_or_none("source", LONGEST_NAME),
    }


def _deadline(given: Fields) -> str:
    starts_on, deadline_on = given.needed_day("starts_on"), given.needed_day("deadline_on")
    if not given.refused("starts_on", "deadline_on") and deadline_on < starts_on:
        given.refuse("deadline_on", value=deadline_on, not_before=starts_on)
    return deadline_on


def _scope(given: Fields) -> dict[str, list[str]]:
    found = {name: given.texts(name, MOST_NAMED, LONGEST_NAME) for name in SCOPES}
    wrong = next((tier for tier in found["tiers"] if tier not in tuple(Tier)), None)
    if wrong is not None:
        choices = [one.value for one in Tier]
        given.attempt(lambda: given.refuse("tiers", value=wrong, choices=choices), None)
    given.finish()
    return {name: names for name, names in found.items() if names}


def _number(given: Fields, key: str, metric: Metric) -> str | None:
    """An exact decimal as text; numbers are taken as they print."""
    if not given.has(key):
        return None
    told, (least, most) = given.value(key), RANGES.get(metric, (0, 100))
    number = _decimal(told)
    if number is None or not (least <= number <= most or given.refused("metric")):
        given.refuse(key, value=told, least=least, most=most, decimal=True)
    return format(number, "f")


def _decimal(told: Any) -> Decimal | None:
    """A finite number that is not too long; None for anything else."""
    if isinstance(told, bool) or not isinstance(told, int | float | str) or len(str(told)) > LONGEST_NUMBER:
        return None
    try:
        number = Decimal(str(told))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def share(part: int, whole: int) -> str | None:
    """A share in percent with two decimals, None of nothing."""
    return None if not whole else str((Decimal(100 * part) / whole).quantize(_PLACES))


def mean(total: int, count: int) -> str | None:
    """A mean with two decimals, None of nothing."""
    return None if not count else str((Decimal(total) / count).quantize(_PLACES))


def settled_state(goal: Mapping[str, Any], value: str | None, day: int) -> GoalState:
    """The state after a measurement: what the deadline finds decides, and only after its day is over."""
    if goal["state"] == GoalState.WITHDRAWN or day <= day_number(goal["deadline_on"]):
        return GoalState(goal["state"])
    reached = value is not None and Decimal(value) >= Decimal(goal["target"])
    return GoalState.REACHED if reached else GoalState.MISSED


@dataclass(frozen=True)
class Progress:
    """How far a goal has come. `percent`: of the way from the baseline (or nothing) to the target, 0 to 100, None where
    nothing was measured; `expected_percent`: of the time; `days_left` is negative after the deadline."""

    percent: int | None
    expected_percent: int
    days_left: int

    @property
    def behind(self) -> bool:
        """Whether less of the way is done than of the time is over."""
        return self.percent is None or self.percent < self.expected_percent


def progress(goal: Mapping[str, Any], day: int) -> Progress:
    """How far a goal is on a day, as it was last measured."""
    starts, ends = day_number(goal["starts_on"]), day_number(goal["deadline_on"])
    expected = 100 * min(max(day - starts + 1, 0), ends - starts + 1) // (ends - starts + 1)
    percent = None
    if goal["value"] is not None:
        value, target = Decimal(goal["value"]), Decimal(goal["target"])
        start = Decimal(goal["baseline"]) if goal["baseline"] is not None else min(Decimal(0), value)
        if value >= target:
            percent = 100
        else:
            percent = max(0, int(100 * (value - start) / (target - start))) if target > start else 0
    return Progress(percent, expected, ends - day)
