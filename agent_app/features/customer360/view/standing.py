"""The portrait card: where the customer stands with the company and why, and what his orders tell of him (M2.13)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, tzinfo
from typing import Any

from PySide6.QtWidgets import QWidget

from agent_app.store.queries.customer360 import Customer360
from agent_app.ui import formats
from agent_app.ui.cards import KeyValues, SectionHeader, column
from agent_app.ui.i18n import mark, translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.words import channel_label, degree_label, stage_label, word_of

_SIGNALS = {
    "activity_falls": mark("Standing", "less active than before"),
    "complaints_rise": mark("Standing", "more complaints"),
    "low_score": mark("Standing", "low score"),
    "late_reply": mark("Standing", "enquiry answered late"),
}
_RISKY, _FALLEN = 60, 35
"""From which risk on, and up to which index, the figure stands out."""
Values = Mapping[str, Any]


class StandingSection(QWidget):
    """Main thread. Nothing is shown of a customer whom segmentation has not looked at yet."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = KeyValues(names)
        layout = column(SectionHeader(translate("Standing", "Portrait")), self._values)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setVisible(False)

    def show_customer(self, customer: Customer360 | None, now: int, tz: tzinfo) -> None:
        """Show where this one stands."""
        self._values.clear()
        lines = [] if customer is None else list(_lines(customer, formats.today(now, tz)))
        for name, value, why, tone in lines:
            shown = column(Text(value, tone=tone, wrap=True), *([_soft(why)] if why else []), gap=0)
            shown.setContentsMargins(0, 0, 0, 0)
            holder = QWidget()
            holder.setLayout(shown)
            self._values.add(name, holder)
        self.setVisible(bool(lines))


def _soft(words: str) -> Text:
    return Text(words, TypeRole.SMALL, quiet=True, wrap=True)


Line = tuple[str, str, str, Tone | None]
"""Name, value, why, and the value's tone."""


def _lines(customer: Customer360, today: date) -> Iterator[Line]:
    fields = customer.fields
    because = {name: (why["kind"], why["values"]) for name, why in fields["standing_because"].items()}

    def why(name: str, words: Callable[[str, Values, date], str]) -> str:
        return words(*because[name], today) if name in because else ""

    if fields["stage"]:
        label, tone = stage_label(fields["stage"])
        yield translate("Standing", "Stage"), label, why("stage", _stage_why), tone
    if fields["rfm"]:
        digits = " · ".join(f"{name} {digit}" for name, digit in zip("RFM", fields["rfm"], strict=True))
        yield "RFM", digits, why("rfm", _rfm_why), None
    if fields["activity_index"] is not None and fields["order_count"]:
        index = fields["activity_index"]
        fallen = Tone.WARNING if index <= _FALLEN else None
        yield (
            translate("Standing", "Activity"),
            f"{index} / 100",
            why("activity_index", _activity_why),
            fallen,
        )
    if fields["churn_risk"]:
        risk = fields["churn_risk"]
        tone = Tone.DANGER if risk >= _RISKY else Tone.WARNING
        yield translate("Standing", "Churn risk"), f"{risk} / 100", why("churn_risk", _risk_why), tone
    if fields["lifetime_cents"]:
        value = formats.cents(fields["lifetime_cents"])
        yield translate("Standing", "Lifetime"), value, why("lifetime_cents", _lifetime_why), None
    if customer.segments:
        yield translate("Standing", "Segments"), translate("Standing", ", ").join(customer.segments), "", None
    yield from _portrait(fields)


def _portrait(fields: Values) -> Iterator[Line]:
    portrait = fields["portrait"]
    for key, name in (
        ("occupation", translate("Standing", "Occupation")),
        ("habits", translate("Standing", "Habits")),
    ):
        if portrait.get(key):
            yield name, str(portrait[key]), "", None
    if portrait.get("preferences"):
        liked = translate("Standing", ", ").join(portrait["preferences"])
        yield translate("Standing", "Prefers"), liked, "", None
    if portrait.get("price_sensitivity"):
        words = degree_label(portrait["price_sensitivity"])
        yield translate("Standing", "Price sensitivity"), words, "", None
    if portrait.get("purchase_cycle_days"):
        cycle = translate("Standing", "every %n day(s)", portrait["purchase_cycle_days"])
        yield translate("Standing", "Buys"), cycle, "", None
    if fields["preferred_channel"]:
        yield translate("Standing", "Reached by"), channel_label(fields["preferred_channel"]), "", None


def _stage_why(kind: str, values: Values, today: date) -> str:
    if kind == "first_seen":
        return translate("Standing", "since {day}").format(day=formats.day(values["first_on"], today))
    if kind == "at_risk":
        return translate("Standing", "churn risk of {risk}").format(risk=values["risk"])
    last = formats.day(values["last_on"], today)
    if kind == "seen":
        return translate("Standing", "last sign {day}").format(day=last)
    words = translate("Standing", "no sign since {day}, more than %n day(s)", values["days"])
    return words.format(day=last)


def _rfm_why(kind: str, values: Values, today: date) -> str:
    return translate("Standing", "last order {day}, %n order(s), {amount}", values["orders"]).format(
        day=formats.day(values["last_on"], today), amount=formats.cents(values["spent_cents"])
    )


def _activity_why(kind: str, values: Values, today: date) -> str:
    """The counts alone: the index weighs them."""
    now, before = sum(values["now"].values()), sum(values["before"].values())
    return translate("Standing", "{now} in {days} days, {before} in the {before_days} days before").format(
        now=now, days=values["days"], before=before, before_days=values["before_days"]
    )


def _risk_why(kind: str, values: Values, today: date) -> str:
    signals = (
        f"{word_of('Standing', _SIGNALS, name)} +{points}" for name, points in values["points"].items()
    )
    return translate("Standing", ", ").join(signals)


def _lifetime_why(kind: str, values: Values, today: date) -> str:
    words = translate(
        "Standing", "{spent} so far, {year} a year for %n more year(s), {percent} % of it", values["years"]
    )
    return words.format(
        spent=formats.cents(values["spent_cents"]),
        year=formats.cents(values["year_cents"]),
        percent=values["kept_percent"],
    )
