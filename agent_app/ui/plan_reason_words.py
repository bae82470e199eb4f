"""Sentences for why a plan wanted a contact: the kinds of reasons that its triggers give; the others are in
``reason_words``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from agent_app.ui import formats
from agent_app.ui.i18n import mark, translate

Values = Mapping[str, Any]

_EVENTS: Mapping[str, str] = {
    "signing": mark("Reasons", "after the signing on {moment}"),
    "delivery": mark("Reasons", "after the delivery on {moment}"),
    "installation": mark("Reasons", "after the installation on {moment}"),
    "go_live": mark("Reasons", "after the go-live on {moment}"),
    "complaint": mark("Reasons", "after the complaint of {moment}"),
    "complaint_solved": mark("Reasons", "complaint solved on {moment}"),
    "ticket_solved": mark("Reasons", "ticket solved on {moment}"),
    "course_ended": mark("Reasons", "course ended on {moment}"),
    "enquiry": mark("Reasons", "after the enquiry of {moment}"),
    "visit": mark("Reasons", "after the visit on {moment}"),
}
_PERIODS: Mapping[str, str] = {
    "week": mark("Reasons", "weekly"),
    "month": mark("Reasons", "monthly"),
    "quarter": mark("Reasons", "quarterly"),
    "half_year": mark("Reasons", "half-yearly"),
    "year": mark("Reasons", "yearly"),
}


def labelled(text: str, values: Values) -> str:
    """A reason with its plan's short word behind it."""
    label = values.get("label")
    return f"{text}·{label}" if label else text


def _after_event(values: Values, now: int, tz: tzinfo) -> str:
    known = _EVENTS.get(values["event"])
    moment = formats.moment(values["happened_at"], now, tz)
    return labelled(moment if known is None else translate("Reasons", known).format(moment=moment), values)


def _after_score(values: Values, now: int, tz: tzinfo) -> str:
    text = translate("Reasons", "{measure} was {score}").format(
        measure=str(values["measure"]).upper(), score=values["score"]
    )
    return labelled(text, values)


def _before_date(values: Values, now: int, tz: tzinfo) -> str:
    days = int(values["days"])
    if values["date"] == "customer.birthday_on":
        text = translate("Reasons", "birthday on {on}").format(on=values["on"])
    elif values["date"] == "contract.signed_on":
        text = translate("Reasons", "anniversary of the contract on {on}").format(on=values["on"])
    elif days < 0:
        text = translate("Reasons", "contract ended on {on}").format(on=values["on"])
    else:
        text = translate("Reasons", "%n day(s) to the end of the contract", days)
    offer = values.get("offer")
    return labelled(f"{text}·{offer}" if offer else text, values)


def _festival(values: Values, now: int, tz: tzinfo) -> str:
    text = translate("Reasons", "{festival} on {on}").format(festival=values["festival"], on=values["on"])
    return labelled(text, values)


def _recurring(values: Values, now: int, tz: tzinfo) -> str:
    known = _PERIODS.get(values["every"])
    return labelled(str(values["every"]) if known is None else translate("Reasons", known), values)


def _cadence(values: Values, now: int, tz: tzinfo) -> str:
    text = translate("Reasons", "{days} days without contact, at most {most} are meant").format(
        days=values["days"], most=values["every_days"]
    )
    return labelled(text, values)


def _signal(values: Values, now: int, tz: tzinfo) -> str:
    signal = values["signal"]
    if signal == "activity_drop":
        text = translate("Reasons", "activity fell from {before} to {recent} in {days} days")
    elif signal == "complaints_rise":
        text = translate("Reasons", "complaints rose from {before} to {recent} in {days} days")
    elif signal == "slow_reply":
        moment = formats.moment(values["happened_at"], now, tz)
        text = translate("Reasons", "enquiry of {moment} unanswered for {hours} hours")
        return labelled(text.format(moment=moment, hours=values["hours"]), values)
    elif signal == "repeat_purchase":
        text = translate("Reasons", "bought again on {ordered_on}")
    else:
        return str(values.get("label") or "")
    return labelled(text.format(**{name: value for name, value in values.items() if name != "label"}), values)


def _plan_step(values: Values, now: int, tz: tzinfo) -> str:
    text = translate("Reasons", "contact {step} of {steps}").format(
        step=values["step"], steps=values["steps"]
    )
    return labelled(text, values)


def _by_hand(values: Values, now: int, tz: tzinfo) -> str:
    return labelled(translate("Reasons", "chosen by hand"), values)


def _imported(values: Values, now: int, tz: tzinfo) -> str:
    return labelled(translate("Reasons", "from an imported list"), values)


TELLERS: Mapping[str, Callable[[Values, int, tzinfo], str]] = {
    "after_event": _after_event,
    "after_score": _after_score,
    "before_date": _before_date,
    "festival": _festival,
    "recurring": _recurring,
    "cadence": _cadence,
    "signal": _signal,
    "plan_step": _plan_step,
    "by_hand": _by_hand,
    "imported": _imported,
}
