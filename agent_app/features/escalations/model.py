"""The lines of the inbox and what is told of one entry, in words."""

from collections.abc import Mapping
from datetime import tzinfo

from agent_app.features.escalations.state import Which
from agent_app.store.queries.reminders import DueReminder
from agent_app.ui import formats
from agent_app.ui.i18n import mark, translate
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.words import word_of
from server_sync.domain.model import ReminderMeans, ReminderState, Urgency
from server_sync.domain.rules.escalation import Subject

_CONTEXT = "Escalations"
_WHICH: Mapping[str, str] = {
    Which.OPEN: mark("Escalations", "Open"),
    Which.FAILED: mark("Escalations", "Not sent"),
    Which.SEEN: mark("Escalations", "Seen"),
}
_MEANS: Mapping[str, str] = {
    ReminderMeans.POPUP: mark("Escalations", "pop-up"),
    ReminderMeans.MAIL: mark("Escalations", "mail"),
    ReminderMeans.SMS: mark("Escalations", "text message"),
    ReminderMeans.ROBOT: mark("Escalations", "group robot"),
    ReminderMeans.SUPERVISOR: mark("Escalations", "notice to the lead"),
    ReminderMeans.HAND_OVER: mark("Escalations", "handed to the lead"),
}
_SUBJECTS: Mapping[str, str] = {
    Subject.TASK: mark("Escalations", "Task"),
    Subject.COMMITMENT: mark("Escalations", "Promise"),
    Subject.CALLBACK: mark("Escalations", "Callback"),
}
_REFUSALS: Mapping[str, str] = {
    "no_channel": mark("Escalations", "This channel is not set up at the server."),
    "no_address": mark("Escalations", "There is no address or number to send it to."),
    "unreachable": mark("Escalations", "The other side could not be reached."),
    "timed_out": mark("Escalations", "The other side did not answer in time."),
    "sign_in_refused": mark("Escalations", "The other side refused the sign-in."),
    "refused": mark("Escalations", "The other side refused the message."),
}
"""By the `error` of a reminder that failed."""


def which_words(which: Which) -> str:
    """ "failed" → 未送达."""
    return word_of(_CONTEXT, _WHICH, which)


def means_words(one: DueReminder) -> str:
    """By what it came."""
    return word_of(_CONTEXT, _MEANS, one.means)


def subject_words(one: DueReminder) -> str:
    """What it is about."""
    return word_of(_CONTEXT, _SUBJECTS, one.subject)


def step_words(one: DueReminder) -> str:
    """The how manieth step of its ladder."""
    return translate("Escalations", "Step {step} of {steps}").format(step=one.step, steps=one.steps)


def holder_words(one: DueReminder) -> str:
    """Who has it."""
    return one.holder or translate("Escalations", "Nobody")


def refusal_words(one: DueReminder) -> str:
    """Why it could not be sent, "" if it was."""
    if one.state != ReminderState.FAILED:
        return ""
    return word_of(_CONTEXT, _REFUSALS, one.error or "refused")


def urgency_mark(one: DueReminder) -> Mark | None:
    """The urgency, of those that are urgent."""
    if one.urgency == Urgency.COMPLAINT_VERIFICATION:
        return Mark(translate("Escalations", "Complaint"), Tone.DANGER)
    if one.urgency == Urgency.PROMISE or one.subject is Subject.COMMITMENT:
        return Mark(translate("Escalations", "Promise"), Tone.WARNING)
    return None


def line(one: DueReminder, now: int, tz: tzinfo) -> TwoLine:
    """An entry in the list."""
    urgent = urgency_mark(one)
    step = Mark(step_words(one), Tone.ACCENT)
    return TwoLine(
        one.name,
        marks=(step,) if urgent is None else (urgent, step),
        note=formats.due(one.due_at, now),
        note_tone=Tone.DANGER if one.due_at <= now else None,
        second=" · ".join(part for part in (one.label or subject_words(one), holder_words(one)) if part),
        second_note=means_words(one),
        tooltip=formats.exact(one.due_at, tz),
    )
