"""Labels of condition fields, their topics, operators, units and choices; whole lines are in ``sentences``.

The codes are the domain's (`conditions.FIELDS`); what another room of words has a label for is asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent_app.ui.i18n import mark, translate
from agent_app.ui.words import (
    channel_label,
    day_part_label,
    degree_label,
    disposition_label,
    mood_label,
    purpose_label,
    stage_label,
    tier_label,
    word_of,
)
from agent_app.ui.words import (
    field_label as column_label,
)

_TOPICS: Mapping[str, str] = {
    "person": mark("Conditions", "Customer"),
    "standing": mark("Conditions", "Segments and portrait"),
    "orders": mark("Conditions", "Orders"),
    "contracts": mark("Conditions", "Contracts"),
    "events": mark("Conditions", "Events"),
    "contacts": mark("Conditions", "Contacts"),
    "answers": mark("Conditions", "Satisfaction and answers"),
    "permission": mark("Conditions", "Permission"),
}

_COLUMNS = frozenset(
    (
        "name",
        "title",
        "segment",
        "tier",
        "region",
        "province",
        "city",
        "language",
        "product_line",
        "tags",
        "mood",
        "preferred_time",
        "birthday_on",
        "team",
    )
)
"""Fields that are called as the column they are."""

_FIELDS: Mapping[str, str] = {
    "code": mark("Conditions", "Customer number"),
    "kind": mark("Conditions", "Person or company"),
    "owner": mark("Conditions", "Responsible agent"),
    "preferred_channel": mark("Conditions", "Preferred channel"),
    "birthday_month": mark("Conditions", "Month of birth"),
    "created_at": mark("Conditions", "Customer since"),
    "reached_by": mark("Conditions", "Can be reached by"),
    "stage": mark("Conditions", "Life-cycle stage"),
    "segments": mark("Conditions", "Segment"),
    "rfm_recency": mark("Conditions", "RFM: how recent"),
    "rfm_frequency": mark("Conditions", "RFM: how often"),
    "rfm_money": mark("Conditions", "RFM: how much"),
    "activity_index": mark("Conditions", "Activity index"),
    "churn_risk": mark("Conditions", "Churn risk"),
    "lifetime": mark("Conditions", "Lifetime value"),
    "occupation": mark("Conditions", "Occupation"),
    "habits": mark("Conditions", "Habits"),
    "preferences": mark("Conditions", "Preferences"),
    "price_sensitivity": mark("Conditions", "Price sensitivity"),
    "purchase_cycle_days": mark("Conditions", "Purchase cycle"),
    "order_count": mark("Conditions", "Number of orders"),
    "spent": mark("Conditions", "Amount spent"),
    "last_order_on": mark("Conditions", "Last order"),
    "first_order_on": mark("Conditions", "First order"),
    "last_delivery_on": mark("Conditions", "Last delivery"),
    "orders_within": mark("Conditions", "Orders placed"),
    "spent_within": mark("Conditions", "Amount of orders"),
    "bought_lines_within": mark("Conditions", "Product lines bought"),
    "deliveries_within": mark("Conditions", "Deliveries"),
    "returns_within": mark("Conditions", "Returns"),
    "contract_count": mark("Conditions", "Running contracts"),
    "contract_expires_on": mark("Conditions", "Contract expires"),
    "contract_lapsed_on": mark("Conditions", "Contract lapsed without renewal"),
    "contract_amount": mark("Conditions", "Amount of running contracts"),
    "contract_signed_on": mark("Conditions", "Last contract signed"),
    "contract_lines": mark("Conditions", "Product lines under contract"),
    "event_signing_within": mark("Conditions", "Signings"),
    "event_signing_last_on": mark("Conditions", "Last signing"),
    "event_delivery_within": mark("Conditions", "Deliveries reported"),
    "event_delivery_last_on": mark("Conditions", "Last delivery reported"),
    "event_installation_within": mark("Conditions", "Installations"),
    "event_installation_last_on": mark("Conditions", "Last installation"),
    "event_go_live_within": mark("Conditions", "Go-lives"),
    "event_go_live_last_on": mark("Conditions", "Last go-live"),
    "event_complaint_within": mark("Conditions", "Complaints reported"),
    "event_complaint_last_on": mark("Conditions", "Last complaint reported"),
    "event_complaint_solved_within": mark("Conditions", "Complaints solved"),
    "event_complaint_solved_last_on": mark("Conditions", "Last complaint solved"),
    "event_ticket_solved_within": mark("Conditions", "Tickets solved"),
    "event_ticket_solved_last_on": mark("Conditions", "Last ticket solved"),
    "event_course_ended_within": mark("Conditions", "Courses ended"),
    "event_course_ended_last_on": mark("Conditions", "Last course ended"),
    "event_enquiry_within": mark("Conditions", "Enquiries"),
    "event_enquiry_last_on": mark("Conditions", "Last enquiry"),
    "event_visit_within": mark("Conditions", "Visits by the customer"),
    "event_visit_last_on": mark("Conditions", "Last visit by the customer"),
    "complaints_within": mark("Conditions", "Complaints in all"),
    "last_contact_at": mark("Conditions", "Last contact"),
    "next_contact_at": mark("Conditions", "Next contact planned"),
    "open_task_count": mark("Conditions", "Open follow-ups"),
    "tasks_done_within": mark("Conditions", "Follow-ups completed"),
    "attempts_within": mark("Conditions", "Attempts"),
    "contacts_within": mark("Conditions", "Attempts answered"),
    "refusals_within": mark("Conditions", "Refusals"),
    "last_attempt_on": mark("Conditions", "Last attempt"),
    "last_disposition": mark("Conditions", "Last result"),
    "open_commitments": mark("Conditions", "Open promises"),
    "overdue_commitments": mark("Conditions", "Overdue promises"),
    "responses_within": mark("Conditions", "Questionnaires answered"),
    "last_csat": mark("Conditions", "Last satisfaction (CSAT)"),
    "mean_csat_within": mark("Conditions", "Average satisfaction (CSAT)"),
    "last_nps": mark("Conditions", "Last recommendation (NPS)"),
    "mean_nps_within": mark("Conditions", "Average recommendation (NPS)"),
    "answer": mark("Conditions", "Last answer to a question"),
    "do_not_call": mark("Conditions", "Do not call"),
    "consented_to": mark("Conditions", "Consent given for"),
    "consent_withdrawn": mark("Conditions", "Consent withdrawn for"),
}

_OPERATORS: Mapping[str, str] = {
    "=": mark("Conditions", "is"),
    "!=": mark("Conditions", "is not"),
    "in": mark("Conditions", "is one of"),
    "notIn": mark("Conditions", "is none of"),
    "contains": mark("Conditions", "contains"),
    "beginsWith": mark("Conditions", "begins with"),
    "null": mark("Conditions", "is empty"),
    "notNull": mark("Conditions", "is not empty"),
    "between": mark("Conditions", "between"),
    "within_last_days": mark("Conditions", "within the last"),
    "older_than_days": mark("Conditions", "more than … ago"),
    "within_next_days": mark("Conditions", "within the next"),
    "anniversary_within_days": mark("Conditions", "anniversary within"),
}
_SIGNS: Mapping[str, str] = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_OF_DAYS: Mapping[str, str] = {
    "<": mark("Conditions", "before"),
    "<=": mark("Conditions", "on or before"),
    ">": mark("Conditions", "after"),
    ">=": mark("Conditions", "on or after"),
}
_OF_LISTS: Mapping[str, str] = {
    "in": mark("Conditions", "contains one of"),
    "notIn": mark("Conditions", "contains none of"),
}

_KINDS: Mapping[str, str] = {
    "person": mark("Conditions", "Person"),
    "company": mark("Conditions", "Company"),
}
_ADDRESSES: Mapping[str, str] = {
    "mobile": mark("Conditions", "Mobile number"),
    "landline": mark("Conditions", "Landline"),
    "email": mark("Conditions", "E-mail"),
    "wechat": mark("Conditions", "WeChat"),
}
REACHED_BY = tuple(_ADDRESSES)
"""What a customer can be reached by; the domain takes any text for it."""


def _of(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: word_of("Conditions", table, code)


_CHOICES: Mapping[str, Callable[[str], str]] = {
    "kind": _of(_KINDS),
    "tier": lambda code: tier_label(code)[0],
    "mood": lambda code: mood_label(code)[0],
    "preferred_time": day_part_label,
    "preferred_channel": channel_label,
    "stage": lambda code: stage_label(code)[0],
    "price_sensitivity": degree_label,
    "reached_by": _of(_ADDRESSES),
    "last_disposition": disposition_label,
    "do_not_call": purpose_label,
    "consented_to": purpose_label,
    "consent_withdrawn": purpose_label,
}


def topic_label(topic: str) -> str:
    """``"orders"`` → 订单."""
    return word_of("Conditions", _TOPICS, topic)


def field_label(name: str) -> str:
    """``"order_count"`` → 累计下单次数; the name itself of a field that is not known here."""
    return column_label(name) if name in _COLUMNS else word_of("Conditions", _FIELDS, name)


def operator_label(kind: str, operator: str) -> str:
    """How a field of this type is asked: ``("number", ">=")`` → ≥, ``("day", ">=")`` → 不早于."""
    if kind == "day" and operator in _OF_DAYS:
        return translate("Conditions", _OF_DAYS[operator])
    if kind in ("number", "money", "decimal") and operator in _SIGNS:
        return _SIGNS[operator]
    if kind == "list" and operator in _OF_LISTS:
        return translate("Conditions", _OF_LISTS[operator])
    return word_of("Conditions", _OPERATORS, operator)


def choice_label(field: str, value: str) -> str:
    """``("stage", "silent")`` → 沉默; the value itself of what is no choice."""
    return _CHOICES[field](value) if field in _CHOICES else value


def unit_label(unit: str | None) -> str:
    """What stands behind a number: 天, 元, 分, 次; nothing where it needs no unit."""
    match unit:
        case "days":
            return translate("Conditions", "days")
        case "money":
            return translate("Conditions", "yuan")
        case "points":
            return translate("Conditions", "points")
        case "times":
            return translate("Conditions", "times")
    return ""
