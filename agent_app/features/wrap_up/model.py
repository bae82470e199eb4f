"""The wrap-up's values in words."""

from datetime import tzinfo

from agent_app.features.wrap_up.state import Part, WrapUpState, Wrong
from agent_app.ui import formats
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import translate
from agent_app.ui.reason_words import reason_text
from agent_app.ui.tokens import Tone
from agent_app.ui.words import disposition_branch_label, disposition_label, purpose_label
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel
from server_sync.domain.rules.dispositions import tree

SCOPES = ("all", "marketing", "service", "survey")


def branches(channel: str) -> list[tuple[str, str]]:
    """The first level of the tree."""
    return [(branch, disposition_branch_label(branch)) for branch in tree(channel)]


def codes(state: WrapUpState) -> list[tuple[str, str]]:
    """The second level."""
    return [(code, disposition_label(code)) for code in state.codes]


def scopes() -> list[tuple[str, str]]:
    """For what he may not want to be called."""
    return [(scope, purpose_label(scope)) for scope in SCOPES]


def effect_words(state: WrapUpState, tz: tzinfo) -> str:
    """What the result will do to the task."""
    effect = state.effect
    if effect is None:
        return ""
    if effect.kind == "final":
        if state.disposition is not None and state.disposition.success:
            return translate("WrapUp", "The task is completed.")
        if effect.values["code"] != state.code:
            return translate("WrapUp", "That was the last attempt: the task ends.")
        return translate("WrapUp", "The task ends and is not called again.")
    if effect.kind == "at_callback":
        return translate("WrapUp", "Called again at the time agreed, by you.")
    if effect.kind == "handed_over":
        return translate("WrapUp", "Goes to the supervisor, who decides what comes next.")
    skipped = (reason_text("skipped", run, state.now, tz) for run in effect.values.get("skipped", ()))
    why = translate("WrapUp", "; ").join((reason_text(effect.kind, effect.values, state.now, tz), *skipped))
    at = effect.values.get("at")
    if at is None or at <= state.now:
        return translate("WrapUp", "Stays in the queue; it may be called again at once.")
    return translate("WrapUp", "Called again from {moment} on ({why}).").format(
        moment=formats.moment(at, state.now, tz), why=why
    )


def effect_look(state: WrapUpState) -> tuple[str, Tone]:
    """The picture beside it."""
    if state.effect is not None and state.effect.kind == "final":
        done = state.disposition is not None and state.disposition.success
        return ("check-circle", Tone.SUCCESS) if done else ("x-circle", Tone.NEUTRAL)
    return "arrow-clockwise", Tone.ACCENT


def collected_words(state: WrapUpState) -> str:
    """What the guide brings along: 已答 6 题 · CSAT 5 · NPS 9."""
    collected = state.collected
    if not collected.answered:
        return translate("WrapUp", "no answers yet")
    parts = [translate("WrapUp", "%n answered", collected.answered)]
    if collected.csat is not None:
        parts.append(f"CSAT {collected.csat}")
    if collected.nps is not None:
        parts.append(f"NPS {collected.nps}")
    return " · ".join(parts)


def result_words(state: WrapUpState) -> str:
    """What is asked for first."""
    if state.channel == Channel.VISIT:
        return translate("WrapUp", "Result of the visit")
    return translate("WrapUp", "Result")


def path_words(state: WrapUpState) -> str:
    """The way down the tree so far: 未接通 › 无人接听."""
    if state.branch is None:
        return ""
    branch = disposition_branch_label(state.branch)
    if not state.codes:
        return branch
    return f"{branch} › {disposition_label(state.code)}" if state.code is not None else f"{branch} ›"


def advice(state: WrapUpState) -> tuple[str, Tone]:
    """What does not stand against saving, and should be seen before; "" for nothing."""
    completes = state.disposition is not None and state.disposition.success
    if completes and state.collected.unanswered:
        words = translate(
            "WrapUp",
            "%n question(s) of the guide have no answer yet: go back (Esc), or choose a partial result.",
            state.collected.unanswered,
        )
        return words, Tone.WARNING
    if state.code is not None and not state.dialled and state.channel == Channel.VISIT:
        words = translate("WrapUp", "Not checked in: the visit is recorded together with its result.")
        return words, Tone.ACCENT
    if state.code is not None and not state.dialled:
        words = translate("WrapUp", "Not dialled from here: the call is recorded together with its result.")
        return words, Tone.ACCENT
    return "", Tone.ACCENT


def wrong_words(part: Part, wrong: Wrong | None, state: WrapUpState, tz: tzinfo) -> str:
    """What is wrong with a part; "" for nothing."""
    if wrong is None:
        return ""
    if part is Part.RESULT:
        return translate("WrapUp", "Please choose the result of the call first.")
    if part is Part.SCOPE:
        return translate("WrapUp", "Please choose what the customer is not to be called for.")
    return error_text(wrong.kind, wrong.values, state.now, tz)


def when_wrong_words(state: WrapUpState, tz: tzinfo) -> str:
    """What is wrong with a time that was typed to its end; while it is half typed, nothing yet."""
    fault = state.when.fault
    if fault is None or fault in (ErrorKind.FIELD_MISSING, ErrorKind.FIELD_INVALID):
        return ""
    return error_text(fault, state.when.values, state.now, tz)
