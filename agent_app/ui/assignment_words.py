"""Why a task is with whom it is, and why not with the others, in words; the values are those of
`task.assigned_because`."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from agent_app.ui.i18n import mark, translate
from agent_app.ui.words import word_of

Values = Mapping[str, Any]

_CHOSEN = {
    "holder": mark("Reasons", "has another task of the customer"),
    "owner": mark("Reasons", "the customer's own agent"),
    "named": mark("Reasons", "named by the plan"),
    "lead": mark("Reasons", "the team's supervisor"),
}
_HANDED_BACK = {
    "lease_over": mark("Reasons", "not done in time by who had pulled it"),
    "on_leave": mark("Reasons", "taken over: on leave"),
    "away": mark("Reasons", "taken over: not heard of for long"),
    "disabled": mark("Reasons", "taken over: account disabled"),
    "refused": mark("Reasons", "declined before: for a refusal converter"),
}


def _assigned(values: Values, now: int, tz: tzinfo) -> str:
    """By a person, or by the region, the skills and the load that decided."""
    if values.get("by") == "supervisor":
        return translate("Reasons", "given by the supervisor")
    if values.get("by") == "pool":
        return translate("Reasons", "taken from the team's pool")
    spoken = {
        "zh": translate("Reasons", "Chinese"),
        "en": translate("Reasons", "English"),
        "yue": translate("Reasons", "Cantonese"),
        "refusal": translate("Reasons", "refusal conversion"),
    }
    because = values.get("handed_back")
    parts = [word_of("Reasons", _HANDED_BACK, because)] if because is not None else []
    parts += [translate("Reasons", words) for key, words in _CHOSEN.items() if values.get(key)]
    parts += [values["region"]] if values.get("region") else []
    parts += [spoken.get(skill, skill) for skill in values.get("skills", ())]
    if "experience" in values:
        parts.append(translate("Reasons", "experience {level}").format(level=values["experience"]))
    if "load" in values:
        parts.append(translate("Reasons", "%n open task(s) before it", int(values["load"])))
    return " · ".join(parts)


def _not_the_others(values: Values, now: int, tz: tzinfo) -> str:
    told: dict[str, Callable[[int], str]] = {
        "more_load": lambda count: translate("Reasons", "%n with more open tasks or less fitting", count),
        "full": lambda count: translate("Reasons", "%n with a full day", count),
        "away": lambda count: translate("Reasons", "%n not at work that day", count),
        "offline": lambda count: translate("Reasons", "%n not signed in", count),
        "regions": lambda count: translate("Reasons", "%n for other regions", count),
        "languages": lambda count: translate("Reasons", "%n without the language", count),
        "product_lines": lambda count: translate("Reasons", "%n for other products", count),
        "trained": lambda count: translate("Reasons", "%n without the skill", count),
        "experience": lambda count: translate("Reasons", "%n with less experience", count),
    }
    others: Mapping[str, int] = values.get("others", {})
    counts = [say(others[kind]) for kind, say in told.items() if others.get(kind)]
    return translate("Reasons", ", ").join(counts)


TELLERS: Mapping[str, Callable[[Values, int, tzinfo], str]] = {
    "assigned": _assigned,
    "not_the_others": _not_the_others,
}
