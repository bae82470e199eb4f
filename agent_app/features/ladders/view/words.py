"""The room's words: subjects, bases, means and to whom they go, and a step in one line."""

from collections.abc import Callable, Mapping
from typing import Any

from agent_app.features.ladders.state import span_of
from agent_app.ui import formats
from agent_app.ui.definitions.state import Written
from agent_app.ui.definitions.words import joined
from agent_app.ui.i18n import mark, translate
from agent_app.ui.span_words import span_words
from agent_app.ui.words import purpose_label, tier_label, word_of
from server_sync.domain.model import ReminderMeans, Urgency
from server_sync.domain.rules.escalation import BEFORE_DUE, Basis, Subject, While

_CONTEXT = "Ladders"
SUBJECTS: Mapping[str, str] = {
    Subject.TASK: mark("Ladders", "Tasks"),
    Subject.COMMITMENT: mark("Ladders", "Promises"),
    Subject.CALLBACK: mark("Ladders", "Callbacks"),
}
BASES: Mapping[str, str] = {
    Basis.CREATED: mark("Ladders", "after it was made"),
    Basis.AVAILABLE: mark("Ladders", "after it could be called"),
    Basis.DUE: mark("Ladders", "after it was due"),
    BEFORE_DUE: mark("Ladders", "before it is due"),
}
LASTS: Mapping[str, str] = {
    While.UNACCEPTED: mark("Ladders", "while nobody has accepted it"),
    While.OPEN: mark("Ladders", "while it is open"),
}
_MEANS: Mapping[str, str] = {
    ReminderMeans.POPUP: mark("Ladders", "Pop-up"),
    ReminderMeans.MAIL: mark("Ladders", "Mail"),
    ReminderMeans.SMS: mark("Ladders", "Text message"),
    ReminderMeans.ROBOT: mark("Ladders", "Group robot"),
    ReminderMeans.SUPERVISOR: mark("Ladders", "Notice to the lead"),
    ReminderMeans.HAND_OVER: mark("Ladders", "Hand-over"),
}
_WHOM: Mapping[str, str] = {
    ReminderMeans.POPUP: mark("Ladders", "to whoever has the task"),
    ReminderMeans.MAIL: mark("Ladders", "to whoever has the task"),
    ReminderMeans.SMS: mark("Ladders", "to whoever has the task"),
    ReminderMeans.ROBOT: mark("Ladders", "to the group"),
    ReminderMeans.SUPERVISOR: mark("Ladders", "to the team's leads"),
    ReminderMeans.HAND_OVER: mark("Ladders", "taken away; the lead gives it to somebody else"),
}
_URGENCIES: Mapping[str, str] = {
    Urgency.NORMAL: mark("Ladders", "Ordinary"),
    Urgency.PROMISE: mark("Ladders", "Promise"),
    Urgency.COMPLAINT_VERIFICATION: mark("Ladders", "Verification of a complaint"),
}
_COLUMNS: Mapping[str, str] = {
    "code": mark("Ladders", "Code"),
    "name": mark("Ladders", "Name"),
    "active": mark("Ladders", "In force"),
    "position": mark("Ladders", "Asked in which order"),
    "applies_to": mark("Ladders", "For which"),
    "steps": mark("Ladders", "Steps"),
    "source": mark("Ladders", "Source"),
}
FILTERS: Mapping[str, str] = {
    "urgencies": mark("Ladders", "Classes in the queue"),
    "tiers": mark("Ladders", "Tiers"),
    "purposes": mark("Ladders", "Purposes"),
    "plans": mark("Ladders", "Plans"),
}


def subject_words(code: str) -> str:
    """What a ladder watches."""
    return word_of(_CONTEXT, SUBJECTS, code)


def basis_words(code: str) -> str:
    """From where a step counts."""
    return word_of(_CONTEXT, BASES, code)


def lasts_words(code: str) -> str:
    """How long a step is waited for."""
    return word_of(_CONTEXT, LASTS, code)


def means_label(code: str) -> str:
    """By what a step comes."""
    return word_of(_CONTEXT, _MEANS, code)


def whom_words(means: list[str]) -> str:
    """To whom a step goes by its means, each said once."""
    return joined(dict.fromkeys(word_of(_CONTEXT, _WHOM, one) for one in means))


def urgency_label(code: str) -> str:
    """A class of the queue."""
    return word_of(_CONTEXT, _URGENCIES, code)


def column_words(name: str) -> str:
    """What a field is called; of the filters each by its own name."""
    return word_of(_CONTEXT, FILTERS if name in FILTERS else _COLUMNS, name)


def step_words(step: Mapping[str, Any]) -> str:
    """ "2 working hours: pop-up"."""
    said = [means_label(one) for one in step["means"]]
    span = span_words(span_of(step)) or formats.NONE
    if "before" in step:
        span = translate("Ladders", "{span} before it is due").format(span=span)
    return translate("Ladders", "{span}: {means}").format(span=span, means=joined(said) or formats.NONE)


def steps_words(steps: list[Mapping[str, Any]]) -> str:
    """All steps in one line."""
    return " → ".join(step_words(one) for one in steps) or formats.NONE


def filter_words(applies_to: Mapping[str, Any]) -> str:
    """For which it is, in one line."""
    labels: Mapping[str, Callable[[str], str]] = {
        "urgencies": urgency_label,
        "tiers": lambda code: tier_label(code)[0],
        "purposes": purpose_label,
        "plans": str,
    }
    parts = [subject_words(str(applies_to.get("subject", Subject.TASK)))]
    parts += [
        joined(label(one) for one in applies_to[name]) for name, label in labels.items() if name in applies_to
    ]
    return " · ".join(parts)


def value_words(name: str, written: Written) -> str:
    """What stands in a field, in one line."""
    value = written[name]
    match name:
        case "applies_to":
            return filter_words(value)
        case "steps":
            return steps_words(value)
        case "active":
            return translate("Ladders", "In force") if value else translate("Ladders", "Switched off")
    return str(value if value is not None else formats.NONE)
