"""The room's words: triggers, their fields and choices, faults, spans and why nothing was made for somebody."""

from collections.abc import Mapping
from typing import Any

from agent_app.actions.plans import Written
from agent_app.features.plans.state import PlansState
from agent_app.ui.definitions.words import joined
from agent_app.ui.i18n import mark, translate
from agent_app.ui.span_words import span_words
from agent_app.ui.words import word_of

TRIGGERS: Mapping[str, str] = {
    "silence": mark("Plans", "Nobody in touch for some time"),
    "after_order": mark("Plans", "After an order"),
    "after_event": mark("Plans", "After something that happened"),
    "after_score": mark("Plans", "After a score was given"),
    "before_date": mark("Plans", "Before a date of the customer"),
    "festival": mark("Plans", "Before a festival"),
    "recurring": mark("Plans", "Again and again"),
    "cadence": mark("Plans", "By tier and stage"),
    "signal": mark("Plans", "When something stirs"),
    "batch": mark("Plans", "Once, everybody of the audience"),
    "by_hand": mark("Plans", "Once, chosen customers"),
    "imported": mark("Plans", "Once, an imported list"),
}
FIELDS: Mapping[str, str] = {
    "days": mark("Plans", "Days"),
    "basis": mark("Plans", "Counted from"),
    "first_order": mark("Plans", "Which orders"),
    "catch_up_days": mark("Plans", "Still caught up with after so many days"),
    "event": mark("Plans", "What happened"),
    "measure": mark("Plans", "Which score"),
    "at_least": mark("Plans", "From"),
    "at_most": mark("Plans", "Up to"),
    "plans": mark("Plans", "Answers of these plans only (codes)"),
    "date": mark("Plans", "Which date"),
    "offers": mark("Plans", "What each reminder offers"),
    "name": mark("Plans", "Festival"),
    "dates": mark("Plans", "Its days, if the calendar has none (2027-02-06)"),
    "every": mark("Plans", "Every"),
    "times": mark("Plans", "How many times"),
    "spread": mark("Plans", "On which day"),
    "table": mark("Plans", "How often at least"),
    "signal": mark("Plans", "What stirs"),
    "percent": mark("Plans", "Less by (%)"),
    "least": mark("Plans", "From so many on"),
    "hours": mark("Plans", "Hours without a reply"),
    "batch": mark("Plans", "Name of the batch"),
    "customers": mark("Plans", "Customer codes"),
    "import": mark("Plans", "Number of the import"),
}
_DAYS_OF: Mapping[str, str] = {
    "silence": mark("Plans", "Days without contact"),
    "after_order": mark("Plans", "Days after it"),
    "before_date": mark("Plans", "Days before it, one or several"),
    "festival": mark("Plans", "Days before it"),
    "signal": mark("Plans", "Held against the days before (days)"),
}
_CHOICES: Mapping[str, str] = {
    "ordered_on": mark("Plans", "the order"),
    "shipped_on": mark("Plans", "the dispatch"),
    "delivered_on": mark("Plans", "the receipt"),
    "contract.expires_on": mark("Plans", "end of the contract"),
    "contract.signed_on": mark("Plans", "anniversary of the signing"),
    "customer.birthday_on": mark("Plans", "birthday"),
    "week": mark("Plans", "week"),
    "month": mark("Plans", "month"),
    "quarter": mark("Plans", "quarter"),
    "half_year": mark("Plans", "half-year"),
    "year": mark("Plans", "year"),
    "nps": mark("Plans", "Recommendation (NPS)"),
    "csat": mark("Plans", "Satisfaction (CSAT)"),
    "activity_drop": mark("Plans", "activity falls"),
    "slow_reply": mark("Plans", "an enquiry waits for a reply"),
    "complaints_rise": mark("Plans", "complaints rise"),
    "repeat_purchase": mark("Plans", "bought again"),
    "signing": mark("Plans", "a contract was signed"),
    "delivery": mark("Plans", "delivered"),
    "installation": mark("Plans", "installed"),
    "go_live": mark("Plans", "gone live"),
    "complaint": mark("Plans", "complained"),
    "complaint_solved": mark("Plans", "complaint solved"),
    "ticket_solved": mark("Plans", "ticket solved"),
    "course_ended": mark("Plans", "course ended"),
    "enquiry": mark("Plans", "enquired"),
    "visit": mark("Plans", "visited shop, site or app"),
    "new": mark("Plans", "new"),
    "active": mark("Plans", "active"),
    "silent": mark("Plans", "silent"),
    "churning": mark("Plans", "churning"),
    "lost": mark("Plans", "lost"),
    "normal": mark("Plans", "Ordinary"),
    "promise": mark("Plans", "Promise"),
    "complaint_verification": mark("Plans", "Verification of a complaint"),
    "balanced": mark("Plans", "Shared out evenly"),
    "owner": mark("Plans", "The customer's own agent"),
    "pool": mark("Plans", "The team's pool"),
    "lead": mark("Plans", "The supervisor"),
    "person": mark("Plans", "A certain agent"),
    "preview": mark("Plans", "Preview: the agent dials"),
    "progressive": mark("Plans", "Progressive: dials by itself"),
    "manual": mark("Plans", "By hand"),
}
_SKIPS: Mapping[str, str] = {
    "already_made": mark("Plans", "Task made before"),
    "control": mark("Plans", "Control group"),
    "do_not_call": mark("Plans", "Do not call"),
    "no_consent": mark("Plans", "No consent"),
    "contact_too_often": mark("Plans", "Contacted too often lately"),
    "open_task": mark("Plans", "A task of this plan is open"),
    "other_task": mark("Plans", "Another plan's task is open"),
}


def choice_words(code: str) -> str:
    """A choice of a field in words."""
    return word_of("Plans", _CHOICES, code)


def skip_words(code: str) -> str:
    """Why nothing was made for somebody."""
    return word_of("Plans", _SKIPS, code)


def field_words(trigger: str, name: str) -> str:
    """What a trigger's field is called."""
    known = _DAYS_OF.get(trigger) if name == "days" else None
    return translate("Plans", known if known is not None else FIELDS[name])


def trigger_words(written: Written) -> str:
    """When a plan makes its tasks, in one line."""
    params = {name: _said(value) for name, value in written["params"].items()}
    later = span_words(written["available_after"])
    text = _trigger(written["trigger"], written["params"]).format_map(_Open(params))
    return f"{text} · {translate('Plans', 'callable {span} later').format(span=later)}" if later else text


class _Open(dict[str, str]):
    """A field that is still open is said so."""

    def __missing__(self, key: str) -> str:
        return "…"


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "/".join(str(one) for one in value)
    return choice_words(value) if isinstance(value, str) and value in _CHOICES else str(value)


def _trigger(trigger: str, params: Mapping[str, Any]) -> str:
    match trigger:
        case "silence":
            return translate("Plans", "{days} days without contact")
        case "after_order":
            first = params.get("first_order") is True
            if first:
                return translate("Plans", "{days} days after {basis}, first order only")
            return translate("Plans", "{days} days after {basis}")
        case "after_event":
            return translate("Plans", "after: {event}")
        case "after_score":
            return translate("Plans", "{measure} from {at_least} to {at_most}")
        case "before_date":
            return translate("Plans", "{days} days before: {date}")
        case "festival":
            return translate("Plans", "{days} days before {name}")
        case "recurring":
            return translate("Plans", "every {every}, {times} time(s)")
        case "signal":
            return _signal(str(params.get("signal")))
        case "batch":
            return translate("Plans", "once: {batch}")
        case other:
            return translate("Plans", TRIGGERS[other])


def _signal(signal: str) -> str:
    match signal:
        case "activity_drop":
            return translate("Plans", "activity falls by {percent}% within {days} days")
        case "slow_reply":
            return translate("Plans", "no reply to an enquiry for {hours} hours")
        case "complaints_rise":
            return translate("Plans", "complaints rise within {days} days")
        case _:
            return translate("Plans", "bought again within {days} days")


def festival_words(state: PlansState) -> str:
    """That the calendar knows no such festival, and which it does; "" where it does."""
    if not state.unknown_festival:
        return ""
    words = translate(
        "Plans",
        "No day of this name is in the calendar, and the plan would never begin. There are: {known}. Name the day in "
        "the calendar, or give the days themselves.",
    )
    return words.format(known=joined(state.festivals))


def limit_words(limits: Mapping[str, Any]) -> str:
    """What a number may be."""
    if "least" not in limits:
        return ""
    return translate("Plans", "{least} to {most}").format(least=limits["least"], most=limits["most"])
