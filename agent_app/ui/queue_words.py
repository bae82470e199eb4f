"""Sentences for why a task stands where it does in the queue, and what keeps it back; other reasons are in
``reason_words``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from agent_app.ui import formats, words
from agent_app.ui.i18n import translate

Values = Mapping[str, Any]


def _appointment_due(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "appointment at {moment}").format(
        moment=formats.moment(values["appointment_at"], now, tz)
    )


def _appointment_missed(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "appointment missed: {moment}").format(
        moment=formats.moment(values["appointment_at"], now, tz)
    )


def _complaint_verification(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "complaint to be verified, {due}").format(
        due=formats.due(values["due_at"], now)
    )


def _promise_overdue(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "promise, {due}").format(due=formats.due(values["due_at"], now))


def _due(values: Values, now: int, tz: tzinfo) -> str:
    return formats.due(values["due_at"], now)


def _vip(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "VIP first")


def _fresh(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "by due time: {moment}").format(
        moment=formats.moment(values["due_at"], now, tz)
    )


def _retry(values: Values, now: int, tz: tzinfo) -> str:
    tried = translate("Reasons", "tried %n time(s)", int(values["attempts"]))
    last = values.get("disposition")
    return f"{tried} · {words.disposition_label(last)}" if last else tried


def _waiting(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "not before {moment}").format(
        moment=formats.moment(values["until_at"], now, tz)
    )


def _appointment_of_another(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "a colleague's appointment: {moment}").format(
        moment=formats.moment(values["at"], now, tz)
    )


def _available_later(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "not before {moment}").format(
        moment=formats.moment(values["available_at"], now, tz)
    )


def _attempts_used_up(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "all %n attempt(s) used", int(values["most"]))


def _do_not_call(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "do not call ({scope}): {source}, {moment}").format(
        scope=words.purpose_label(values["scope"]),
        source=words.do_not_call_source_label(values["source"]),
        moment=formats.moment(values["set_at"], now, tz),
    )


def _number_disputed(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "two different numbers: the supervisor decides")


def _plan_paused(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "the plan is paused: {plan}").format(plan=values["plan"])


def _pull_over(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "pulled until {moment}; it goes back to the pool").format(
        moment=formats.moment(values["leased_until"], now, tz)
    )


def _not_pulled(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "lies in the team's pool: pull it first")


def _skill_missing(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "asks for another skill: {wanted}").format(
        wanted=", ".join(str(one) for one in values["wanted"])
    )


def _customer_in_call(values: Values, now: int, tz: tzinfo) -> str:
    return translate("Reasons", "a colleague speaks with the customer since {moment}").format(
        moment=formats.clock_time(values["since"], tz)
    )


TELLERS: Mapping[str, Callable[[Values, int, tzinfo], str]] = {
    "appointment_due": _appointment_due,
    "appointment_later": _appointment_due,
    "appointment_missed": _appointment_missed,
    "complaint_verification": _complaint_verification,
    "promise_overdue": _promise_overdue,
    "overdue": _due,
    "due_soon": _due,
    "vip": _vip,
    "fresh": _fresh,
    "retry": _retry,
    "waiting": _waiting,
    "appointment_of_another": _appointment_of_another,
    "available_later": _available_later,
    "attempts_used_up": _attempts_used_up,
    "do_not_call": _do_not_call,
    "number_disputed": _number_disputed,
    "plan_paused": _plan_paused,
    "not_pulled": _not_pulled,
    "pull_over": _pull_over,
    "skill_missing": _skill_missing,
    "customer_in_call": _customer_in_call,
}
