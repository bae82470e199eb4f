"""What a customer's figures say of him: stage, RFM, activity, churn risk, lifetime value, tier, each with its reason.

Pure formulas over figures that somebody else gathered; the same in SQL, to find out whose values may have changed,
stand in `automation.segment_sieve`. Sources: M1.19, M2.5, M2.6, M2.8 to M2.11.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server_sync.domain.model import Stage, Tier
from server_sync.domain.rules.local_time import Zone, day_number, iso_day
from server_sync.domain.rules.reason import Reason, reason

Settings = Mapping[str, Mapping[str, Any]]
SETTINGS = ("tiers", "stages", "rfm", "activity", "churn", "lifetime", "portrait")
"""The keys of the settings that segmentation goes by."""
WEIGHED = ("orders", "contacts", "visits", "enquiries")
"""What the activity index counts."""
HIGHEST_DIGIT = 5


@dataclass(frozen=True)
class Bounds:
    """Where the RFM digits change: a value has one more than the number of bounds that are below it. Each is sorted;
    `recency` are days as ISO texts."""

    recency: tuple[str, ...]
    frequency: tuple[int, ...]
    money: tuple[int, ...]

    def to_json(self) -> dict[str, list[Any]]:
        """As it is kept between two passes."""
        return {"recency": [*self.recency], "frequency": [*self.frequency], "money": [*self.money]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Sequence[Any]]) -> "Bounds":
        """What `to_json` made."""
        return cls(tuple(kept["recency"]), tuple(kept["frequency"]), tuple(kept["money"]))


@dataclass(frozen=True)
class Figures:
    """What is known of one customer on a day. Moments in ms; a count or sum of nothing is 0.

    `year_cents` was spent in the last 365 days; `now` and `before` count what `WEIGHED` names in the two periods of the
    setting "activity"; complaints and low scores are of the days of the setting "churn" and as many before those.
    """

    created_at: int
    last_contact_at: int | None
    last_event_at: int | None
    first_order_on: str | None
    last_order_on: str | None
    order_count: int
    spent_cents: int
    year_cents: int
    now: Mapping[str, int]
    before: Mapping[str, int]
    complaints_now: int
    complaints_before: int
    low_scores: int
    late_replies: int


@dataclass(frozen=True)
class Standing:
    """The worked out values, by the columns of the customer, and why each is so."""

    values: Mapping[str, Any]
    because: Mapping[str, Reason]


def standing(figures: Figures, day: int, local: Zone, bounds: Bounds, settings: Settings) -> Standing:
    """Everything that the figures say on a day."""
    found: dict[str, tuple[Any, Reason]] = {
        "activity_index": activity_index(figures, settings["activity"]),
        "churn_risk": churn_risk(figures, settings),
        "rfm": rfm(figures, bounds),
        "tier": tier(figures, day, local, settings["tiers"]),
    }
    risk = found["churn_risk"][0]
    found["stage"] = stage(figures, day, local, risk, settings["stages"])
    found["lifetime_cents"] = lifetime(figures, risk, settings["lifetime"])
    return Standing(
        {name: value for name, (value, _) in found.items()}, {name: why for name, (_, why) in found.items()}
    )


def last_sign(figures: Figures, local: Zone) -> int:
    """The day of the customer's last order, contact or event; of one without any the day he came in."""
    moments = [at for at in (figures.last_contact_at, figures.last_event_at) if at is not None]
    days = [local.day(at) for at in moments]
    if figures.last_order_on is not None:
        days.append(day_number(figures.last_order_on))
    return max(days, default=local.day(figures.created_at))


def stage(
    figures: Figures, day: int, local: Zone, risk: int, setting: Mapping[str, Any]
) -> tuple[Stage, Reason]:
    """Where he stands: new, then by how long ago his last sign was; a high risk moves him to churning (M1.19, M2.9)."""
    first = local.day(figures.created_at)
    if figures.first_order_on is not None:
        first = day_number(figures.first_order_on)
    if first >= day - setting["new_days"]:
        return Stage.NEW, reason("first_seen", first_on=iso_day(first), days=setting["new_days"])
    last = last_sign(figures, local)
    seen = {"last_on": iso_day(last)}
    if last < day - setting["lost_days"]:
        return Stage.LOST, reason("silent", **seen, days=setting["lost_days"])
    if last < day - setting["churning_days"]:
        return Stage.CHURNING, reason("silent", **seen, days=setting["churning_days"])
    if risk >= setting["churn_risk"]:
        return Stage.CHURNING, reason("at_risk", risk=risk, least=setting["churn_risk"])
    if last < day - setting["silent_days"]:
        return Stage.SILENT, reason("silent", **seen, days=setting["silent_days"])
    return Stage.ACTIVE, reason("seen", **seen, days=setting["silent_days"])


def rfm(figures: Figures, bounds: Bounds) -> tuple[str | None, Reason]:
    """Three digits from 1 to 5, the higher the better; none for one who never bought (M2.5)."""
    if figures.last_order_on is None or not figures.order_count:
        return None, reason("no_orders")
    digits = (
        digit(figures.last_order_on, bounds.recency),
        digit(figures.order_count, bounds.frequency),
        digit(figures.spent_cents, bounds.money),
    )
    why = reason(
        "rfm", last_on=figures.last_order_on, orders=figures.order_count, spent_cents=figures.spent_cents
    )
    return "".join(map(str, digits)), why


def digit(value: Any, bounds: Sequence[Any]) -> int:
    """One more than the number of bounds below the value."""
    return 1 + sum(bool(bound < value) for bound in bounds)


def activity_index(figures: Figures, setting: Mapping[str, Any]) -> tuple[int, Reason]:
    """0 to 100: 50 is as active as before, 100 twice as active or more (M2.8)."""
    now, before = _weighed(figures, setting)
    days, before_days = int(setting["days"]), int(setting["before_days"])
    why = reason(
        "activity",
        days=days,
        before_days=before_days,
        now=dict(figures.now),
        before=dict(figures.before),
    )
    if not before:
        return (100 if now else 0), why
    expected = before * days
    return min(100, (100 * now * before_days + expected) // (2 * expected)), why


def activity_falls(figures: Figures, setting: Mapping[str, Any]) -> bool:
    """Whether he is less active than before by at least `drop_percent` (M2.8)."""
    now, before = _weighed(figures, setting)
    least = before * int(setting["days"]) * (100 - int(setting["drop_percent"]))
    return before > 0 and 100 * now * int(setting["before_days"]) <= least


def _weighed(figures: Figures, setting: Mapping[str, Any]) -> tuple[int, int]:
    weights: Mapping[str, int] = setting["weights"]
    now, before = (
        sum(weights[name] * part[name] for name in WEIGHED) for part in (figures.now, figures.before)
    )
    return now, before


def churn_signals(figures: Figures, settings: Settings) -> Iterator[str]:
    """What speaks for his leaving, by the names of the weights in the setting "churn" (M2.8, M2.9)."""
    if activity_falls(figures, settings["activity"]):
        yield "activity_falls"
    if figures.complaints_now > figures.complaints_before:
        yield "complaints_rise"
    if figures.low_scores:
        yield "low_score"
    if figures.late_replies:
        yield "late_reply"


def churn_risk(figures: Figures, settings: Settings) -> tuple[int, Reason]:
    """0 to 100: the weights of the signals that there are (M2.9)."""
    weights = settings["churn"]["weights"]
    points = {name: weights[name] for name in churn_signals(figures, settings)}
    return min(100, sum(points.values())), reason("signals", points=points)


def lifetime(figures: Figures, risk: int, setting: Mapping[str, Any]) -> tuple[int, Reason]:
    """What he has spent, and what he would in `years` more, less by the risk that he leaves, in cents (M2.11)."""
    kept, years = 100 - risk, setting["years"]
    value = figures.spent_cents + figures.year_cents * years * kept // 100
    why = reason(
        "estimate",
        spent_cents=figures.spent_cents,
        year_cents=figures.year_cents,
        years=years,
        kept_percent=kept,
    )
    return value, why


def tier(figures: Figures, day: int, local: Zone, setting: Mapping[str, Any]) -> tuple[Tier, Reason]:
    """VIP by what was spent in a year, potential without any order, dormant without any sign for long (M2.5, M2.6)."""
    least, days = setting["vip_year_cents"], setting["dormant_days"]
    if figures.year_cents >= least:
        return _given(Tier.VIP, "spent_in_a_year", year_cents=figures.year_cents, least_cents=least)
    if not figures.order_count:
        return _given(Tier.POTENTIAL, "no_orders")
    last = last_sign(figures, local)
    silent = last < day - days
    seen = {"last_on": iso_day(last), "days": days}
    return _given(Tier.DORMANT, "silent", **seen) if silent else _given(Tier.NORMAL, "seen", **seen)


def _given(tier: Tier, kind: str, **values: Any) -> tuple[Tier, Reason]:
    return tier, reason(kind, tier=tier.value, **values)


def may_set_tier(row: Mapping[str, Any]) -> bool:
    """Whether segmentation may change a customer's tier: one that a file or a person gave stays, the default and its
    own do not."""
    given = row["standing_because"].get("tier", {"values": {"tier": Tier.NORMAL}})
    return row["tier"] in (Tier.NORMAL, given["values"]["tier"])
