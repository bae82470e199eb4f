"""Labels of the domain's codes: dispositions, presence, tiers, purposes, states …; sentences are in
``reason_words`` and ``error_words``. A code that is not known here is shown as it is: it comes from a newer server.

The codes are written out, not imported: the model would bring SQLAlchemy (0.4 s) before the first window.
"""

from __future__ import annotations

from collections.abc import Mapping

from agent_app.ui.i18n import mark, translate
from agent_app.ui.tokens import Tone

_DISPOSITIONS: Mapping[str, str] = {
    "1.1": mark("Words", "Completed"),
    "1.1o": mark("Words", "Completed by the customer online"),
    "1.2": mark("Words", "Partly completed"),
    "2.111a": mark("Words", "Soft refusal (another person)"),
    "2.112a": mark("Words", "Soft refusal (respondent)"),
    "2.111b": mark("Words", "Hard refusal (another person)"),
    "2.112b": mark("Words", "Hard refusal"),
    "2.112c": mark("Words", "Broken appointment"),
    "2.12a": mark("Words", "Appointment (respondent)"),
    "2.12b": mark("Words", "Appointment (another person)"),
    "2.13a": mark("Words", "Call later (respondent)"),
    "2.13b": mark("Words", "Call later (another person)"),
    "2.20": mark("Words", "Person not reached"),
    "2.221": mark("Words", "Voicemail (message left)"),
    "2.222": mark("Words", "Voicemail (no message)"),
    "2.30": mark("Words", "Most attempts reached (was reached before)"),
    "2.31": mark("Words", "Deceased"),
    "2.32": mark("Words", "Unable to take part"),
    "2.33": mark("Words", "Language barrier"),
    "2.34": mark("Words", "To the supervisor"),
    "2.35a": mark("Words", "Cut off"),
    "2.36": mark("Words", "Away"),
    "2.36s": mark("Words", "Link sent"),
    "3.11": mark("Words", "Not dialled"),
    "3.12": mark("Words", "Busy line"),
    "3.13": mark("Words", "No answer"),
    "3.13d": mark("Words", "Call declined"),
    "3.16": mark("Words", "Line fault"),
    "3.16o": mark("Words", "Switched off"),
    "3.16a": mark("Words", "Out of coverage"),
    "3.90": mark("Words", "Most attempts reached"),
    "3.91": mark("Words", "To the supervisor (person not confirmed)"),
    "4.10": mark("Words", "Out of sample"),
    "4.10w": mark("Words", "Wrong number"),
    "4.20": mark("Words", "Fax"),
    "4.32": mark("Words", "Number does not exist"),
    "4.32s": mark("Words", "Number suspended"),
    "4.51": mark("Words", "Not the target"),
    "4.70": mark("Words", "Nobody suitable"),
    "4.80": mark("Words", "Quota full"),
}

_BRANCHES: Mapping[str, str] = {
    "complete": mark("Words", "Completed"),
    "appointment": mark("Words", "Later"),
    "no_answer": mark("Words", "Not connected"),
    "not_met": mark("Words", "Not met"),
    "refused": mark("Words", "Refused"),
    "wrong_number": mark("Words", "Bad number"),
    "not_eligible": mark("Words", "Not the target"),
    "other": mark("Words", "Other"),
}

_PRESENCES: Mapping[str, tuple[str, Tone]] = {
    "ready": (mark("Words", "Ready"), Tone.NEUTRAL),
    "busy": (mark("Words", "Busy"), Tone.WARNING),
    "on_call": (mark("Words", "On a call"), Tone.SUCCESS),
    "wrap_up": (mark("Words", "Wrap-up"), Tone.ACCENT),
    "break": (mark("Words", "On a break"), Tone.WARNING),
    "offline": (mark("Words", "Offline"), Tone.NEUTRAL),
}

_PAUSES: Mapping[str, str] = {
    "meal": mark("Words", "Meal"),
    "meeting": mark("Words", "Meeting"),
    "training": mark("Words", "Training"),
    "rest": mark("Words", "Rest"),
}

_TIERS: Mapping[str, tuple[str, Tone]] = {
    "vip": (mark("Words", "VIP"), Tone.WARNING),
    "normal": (mark("Words", "Normal"), Tone.NEUTRAL),
    "potential": (mark("Words", "Potential"), Tone.ACCENT),
    "dormant": (mark("Words", "Dormant"), Tone.NEUTRAL),
}

_PURPOSES: Mapping[str, str] = {
    "service": mark("Words", "Service"),
    "marketing": mark("Words", "Marketing"),
    "survey": mark("Words", "Survey"),
    "all": mark("Words", "All purposes"),
}

_TASK_STATES: Mapping[str, tuple[str, Tone]] = {
    "open": (mark("Words", "Open"), Tone.NEUTRAL),
    "accepted": (mark("Words", "Accepted"), Tone.ACCENT),
    "done": (mark("Words", "Done"), Tone.SUCCESS),
    "cancelled": (mark("Words", "Cancelled"), Tone.NEUTRAL),
}

_PLAN_STATES: Mapping[str, tuple[str, Tone]] = {
    "draft": (mark("Words", "Draft"), Tone.NEUTRAL),
    "active": (mark("Words", "Running"), Tone.SUCCESS),
    "paused": (mark("Words", "Paused"), Tone.WARNING),
    "ended": (mark("Words", "Ended"), Tone.NEUTRAL),
}

_CHANNELS: Mapping[str, str] = {
    "phone": mark("Words", "Phone call"),
    "visit": mark("Words", "Visit on site"),
}

_ROLES: Mapping[str, str] = {
    "agent": mark("Words", "Agent"),
    "supervisor": mark("Words", "Supervisor"),
    "administrator": mark("Words", "Administrator"),
}

_ACTIVITIES: Mapping[str, str] = {
    "call": mark("Words", "Call"),
    "visit": mark("Words", "Visit"),
    "note": mark("Words", "Note"),
    "return": mark("Words", "Goods returned"),
    "callback_booked": mark("Words", "Callback booked"),
    "callback_released": mark("Words", "Callback passed to the team"),
    "commitment_made": mark("Words", "Promised"),
    "commitment_settled": mark("Words", "Promise settled"),
    "reassigned": mark("Words", "Reassigned"),
    "escalated": mark("Words", "Escalated"),
    "do_not_call_set": mark("Words", "Do not call set"),
    "do_not_call_cleared": mark("Words", "Do not call lifted"),
    "consent_given": mark("Words", "Consent given"),
    "consent_declined": mark("Words", "Consent declined"),
    "consent_withdrawn": mark("Words", "Consent withdrawn"),
    "field_corrected": mark("Words", "Data corrected"),
    "answers_corrected": mark("Words", "Answers corrected"),
    "conflict_settled": mark("Words", "Conflict settled"),
}

_FIELDS: Mapping[str, str] = {
    "name": mark("Words", "Name"),
    "title": mark("Words", "Form of address"),
    "segment": mark("Words", "Customer class"),
    "tier": mark("Words", "Tier"),
    "region": mark("Words", "Region"),
    "province": mark("Words", "Province"),
    "city": mark("Words", "City"),
    "address": mark("Words", "Address"),
    "language": mark("Words", "Language"),
    "product_line": mark("Words", "Product line"),
    "tags": mark("Words", "Tags"),
    "mood": mark("Words", "Mood"),
    "preferred_time": mark("Words", "Preferred time"),
    "birthday_on": mark("Words", "Birthday"),
    "note": mark("Words", "Note"),
    "text": mark("Words", "Text"),
    "number": mark("Words", "Number"),
    "value": mark("Words", "Number"),
    "callback_at": mark("Words", "Time"),
    "due_at": mark("Words", "Due"),
    "with_whom": mark("Words", "With whom"),
    "password": mark("Words", "Password"),
    "login": mark("Words", "User name"),
    "team": mark("Words", "Team"),
    "csat": mark("Words", "Satisfaction"),
    "nps": mark("Words", "Recommendation"),
    "pause_reason": mark("Words", "Reason of the break"),
    "keywords": mark("Words", "Keywords"),
    "body": mark("Words", "Content"),
    "purposes": mark("Words", "Purposes"),
}

_DAY_PARTS: Mapping[str, str] = {
    "morning": mark("Words", "Morning"),
    "afternoon": mark("Words", "Afternoon"),
    "evening": mark("Words", "Evening"),
    "weekend": mark("Words", "Weekend"),
}

_MOODS: Mapping[str, tuple[str, Tone]] = {
    "satisfied": (mark("Words", "Satisfied"), Tone.SUCCESS),
    "neutral": (mark("Words", "Neutral"), Tone.NEUTRAL),
    "dissatisfied": (mark("Words", "Dissatisfied"), Tone.DANGER),
}

_STAGES: Mapping[str, tuple[str, Tone]] = {
    "new": (mark("Words", "New customer"), Tone.ACCENT),
    "active": (mark("Words", "Active"), Tone.SUCCESS),
    "silent": (mark("Words", "Silent"), Tone.WARNING),
    "churning": (mark("Words", "Churning"), Tone.DANGER),
    "lost": (mark("Words", "Lost"), Tone.NEUTRAL),
}

_DEGREES: Mapping[str, str] = {
    "low": mark("Words", "low"),
    "medium": mark("Words", "medium"),
    "high": mark("Words", "high"),
}

_COMMITMENT_STATES: Mapping[str, tuple[str, Tone]] = {
    "open": (mark("Words", "Open"), Tone.NEUTRAL),
    "kept": (mark("Words", "Kept"), Tone.SUCCESS),
    "withdrawn": (mark("Words", "Withdrawn"), Tone.NEUTRAL),
}

_ARTICLE_KINDS: Mapping[str, tuple[str, Tone]] = {
    "knowledge": (mark("Words", "Knowledge"), Tone.ACCENT),
    "objection": (mark("Words", "Objection"), Tone.WARNING),
    "emergency": (mark("Words", "Emergency"), Tone.DANGER),
    "soothing": (mark("Words", "Soothing"), Tone.SUCCESS),
}

_WITH_WHOM: Mapping[str, str] = {
    "respondent": mark("Words", "The customer"),
    "other": mark("Words", "Another person"),
}

_SOURCES: Mapping[str, str] = {
    "call": mark("Words", "said on a call"),
    "import": mark("Words", "imported"),
    "link": mark("Words", "unsubscribed by link"),
    "supervisor": mark("Words", "set by a supervisor"),
}


def word_of(context: str, table: Mapping[str, str], code: str) -> str:
    """The translated word of a code; the code itself when it is not known here."""
    return translate(context, table[code]) if code in table else code


def toned_word_of(context: str, table: Mapping[str, tuple[str, Tone]], code: str) -> tuple[str, Tone]:
    """The same, and the tone of its badge."""
    if code not in table:
        return code, Tone.NEUTRAL
    words, tone = table[code]
    return translate(context, words), tone


def disposition_label(code: str) -> str:
    """``"1.1"`` → 完成."""
    return word_of("Words", _DISPOSITIONS, code)


def disposition_branch_label(branch: str) -> str:
    """A branch of the wrap-up's tree: ``"no_answer"`` → 未接通."""
    return word_of("Words", _BRANCHES, branch)


def presence_label(state: str, pause_reason: str | None = None) -> tuple[str, Tone]:
    """``("break", "meal")`` → 小休 · 用餐, and the tone of its badge."""
    words, tone = toned_word_of("Words", _PRESENCES, state)
    return (f"{words} · {pause_label(pause_reason)}" if pause_reason else words), tone


def pause_label(code: str) -> str:
    """``"meal"`` → 用餐."""
    return word_of("Words", _PAUSES, code)


def tier_label(code: str) -> tuple[str, Tone]:
    """``"vip"`` → VIP, and the tone of its badge."""
    return toned_word_of("Words", _TIERS, code)


def purpose_label(code: str) -> str:
    """``"service"`` → 服务; also the scopes of do-not-call (``"all"`` → 全部)."""
    return word_of("Words", _PURPOSES, code)


def channel_label(code: str) -> str:
    """``"phone"`` → 电话."""
    return word_of("Words", _CHANNELS, code)


def task_state_label(code: str) -> tuple[str, Tone]:
    """``"open"`` → 待回访, and the tone of its badge."""
    return toned_word_of("Words", _TASK_STATES, code)


def plan_state_label(code: str) -> tuple[str, Tone]:
    """``"active"`` → 执行中, and the tone of its badge."""
    return toned_word_of("Words", _PLAN_STATES, code)


def role_label(code: str) -> str:
    """``"agent"`` → 坐席."""
    return word_of("Words", _ROLES, code)


def activity_label(kind: str) -> str:
    """``"call"`` → 通话: the first words of a line of the timeline."""
    return word_of("Words", _ACTIVITIES, kind)


def field_label(name: str) -> str:
    """A column or argument that a person fills in: ``"address"`` → 地址."""
    return word_of("Words", _FIELDS, name)


def day_part_label(code: str) -> str:
    """``"morning"`` → 上午."""
    return word_of("Words", _DAY_PARTS, code)


def mood_label(code: str) -> tuple[str, Tone]:
    """``"satisfied"`` → 满意, and the tone of its badge."""
    return toned_word_of("Words", _MOODS, code)


def stage_label(code: str) -> tuple[str, Tone]:
    """A stage of the life cycle: ``"silent"`` → 沉默, and the tone of its badge."""
    return toned_word_of("Words", _STAGES, code)


def degree_label(code: str) -> str:
    """How much, such as of price sensitivity: ``"medium"`` → 中."""
    return word_of("Words", _DEGREES, code)


def commitment_state_label(code: str) -> tuple[str, Tone]:
    """``"kept"`` → 已兑现, and the tone of its badge."""
    return toned_word_of("Words", _COMMITMENT_STATES, code)


def article_kind_label(code: str) -> tuple[str, Tone]:
    """``"objection"`` → 异议, and the tone of its badge."""
    return toned_word_of("Words", _ARTICLE_KINDS, code)


def with_whom_label(code: str) -> str:
    """``"respondent"`` → 本人."""
    return word_of("Words", _WITH_WHOM, code)


def do_not_call_source_label(code: str) -> str:
    """``"call"`` → 通话中提出."""
    return word_of("Words", _SOURCES, code)
