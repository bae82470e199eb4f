"""Sentences for the domain's reasons: why a task is there, why then, why not now; single labels are in ``words``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from agent_app.ui import assignment_words, formats, plan_reason_words, queue_words, words, working_time_words
from agent_app.ui.i18n import translate
from agent_app.ui.plan_reason_words import labelled
from server_sync.domain.clock import HOUR

Values = Mapping[str, Any]


def reason_text(kind: str, values: Values, now: int, tz: tzinfo) -> str:
    """One reason in words: ``("days_after_order", {"days": 3, "label": "首访"})`` → 下单后第3天·首访.

    ``now`` (ms) and ``tz`` are for the moments among the values. An unknown kind (of a newer server) shows
    its label, if any.
    """
    teller = _TELLERS.get(kind)
    return teller(values, now, tz) if teller is not None else str(values.get("label") or "")


def also_text(also: Sequence[tuple[str, Values]], now: int, tz: tzinfo) -> str:
    """The further purposes of a contact: 同时：满意度调查; "" for none."""
    if not also:
        return ""
    purposes = [str(values.get("label") or reason_text(kind, values, now, tz)) for kind, values in also]
    return translate("Reasons", "as well: {purposes}").format(
        purposes=translate("Reasons", ", ").join(purposes)
    )


def _days_after_order(values: Values, now: int, tz: tzinfo) -> str:
    basis = values.get("basis", "ordered_on")
    days = int(values["days"])
    if basis == "delivered_on":
        return labelled(translate("Reasons", "day %n after delivery", days), values)
    if basis == "shipped_on":
        return labelled(translate("Reasons", "day %n after shipping", days), values)
    return labelled(translate("Reasons", "day %n after the order", days), values)


def _silence(values: Values, now: int, tz: tzinfo) -> str:
    return labelled(translate("Reasons", "%n day(s) without contact", int(values["days"])), values)


def _batch(values: Values, now: int, tz: tzinfo) -> str:
    return str(values.get("batch") or values.get("label") or "")


def _not_a_working_day(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "Today is no working day; surveys do better on working days.")


def _outside_advised_hours(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "Surveys do better between {start} and {end}.").format(
        start=values["from"], end=values["to"]
    )


def _outside_calling_window(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "outside {start}–{end}").format(start=values["from"], end=values["to"])


def _do_not_call_stale(values: Values, now: int, tz: tzinfo) -> str:
    if values.get("in_step_at") is None:
        return translate("Reasons", "The do-not-call list has not been fetched yet.")
    return translate("Reasons", "The do-not-call list is of {moment}, older than {hours} hours.").format(
        moment=formats.moment(values["in_step_at"], now, tz), hours=values["hours"]
    )


def _contact_too_often(values: Values, now: int, tz: tzinfo) -> str:
    free = formats.moment(values["free_at"], now, tz)
    per, most = values["per"], values["most"]
    if per == "gap":
        text = translate("Reasons", "Less than {most} minutes since the last call; possible from {free} on.")
    elif per == "five_minutes":
        text = translate("Reasons", "Already called {most} times in 5 minutes; possible from {free} on.")
    elif per == "week":
        text = translate("Reasons", "Already called {most} times in 7 days; possible from {free} on.")
    elif per == "customer_day":
        text = translate("Reasons", "Already reached {most} times in 24 hours; possible from {free} on.")
    elif per == "customer_week":
        text = translate("Reasons", "Already reached {most} times in 7 days; possible from {free} on.")
    elif per == "customer_gap":
        most = formats.span(round(most * HOUR))
        text = translate("Reasons", "Contacted within the last {most}; possible from {free} on.")
    else:
        text = translate("Reasons", "Already called {most} times in 24 hours; possible from {free} on.")
    return text.format(most=most, free=free)


def _no_consent(values: Values, now: int, tz: tzinfo) -> str:
    purpose = words.purpose_label(values["purpose"])
    if values["answer"] == "never_asked":
        return translate("Reasons", "Never asked for consent: {purpose}").format(purpose=purpose)
    if values["answer"] == "withdrawn":
        text = translate("Reasons", "Consent withdrawn on {moment}: {purpose}")
    else:
        text = translate("Reasons", "Consent declined on {moment}: {purpose}")
    return text.format(purpose=purpose, moment=formats.moment(values["since_at"], now, tz))


def _final(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "finished: {disposition}").format(
        disposition=words.disposition_label(values["code"])
    )


def _at_callback(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "at the time agreed")


def _handed_over(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "with the supervisor")


def _delay(values: Values, now: int, tz: tzinfo) -> str:
    if "not_before_at" in values:
        return translate("Reasons", "{disposition}; again from {moment} on").format(
            disposition=words.disposition_label(values.get("disposition") or ""),
            moment=formats.moment(values["not_before_at"], now, tz),
        )
    if not values["ms"]:
        return translate("Reasons", "again at once")
    return translate("Reasons", "again after {span}").format(span=formats.span(values["ms"]))


def _attempts_of_the_day(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "%n attempt(s) a day at most", values["most"])


def _day_part(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "another part of the day: {part}").format(
        part=words.day_part_label(values["part"])
    )


_TELLERS: Mapping[str, Callable[[Values, int, tzinfo], str]] = {
    **working_time_words.TELLERS,
    **queue_words.TELLERS,
    **assignment_words.TELLERS,
    **plan_reason_words.TELLERS,
    "days_after_order": _days_after_order,
    "silence": _silence,
    "batch": _batch,
    "not_a_working_day": _not_a_working_day,
    "outside_advised_hours": _outside_advised_hours,
    "outside_calling_window": _outside_calling_window,
    "do_not_call_stale": _do_not_call_stale,
    "contact_too_often": _contact_too_often,
    "no_consent": _no_consent,
    "final": _final,
    "at_callback": _at_callback,
    "handed_over": _handed_over,
    "delay": _delay,
    "attempts_of_the_day": _attempts_of_the_day,
    "day_part": _day_part,
}
