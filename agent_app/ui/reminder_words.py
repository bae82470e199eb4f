"""What a reminder says at the desk, and why it came when it did."""

from datetime import tzinfo

from agent_app.store.queries.reminders import DueReminder
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.reason_words import reason_text
from server_sync.domain.rules.escalation import Subject


def reminder_words(reminder: DueReminder, now: int, tz: tzinfo) -> str:
    """One sentence: whom it is about, what has not been done, and until when it was to be."""
    text = _escalated(reminder) if reminder.raised else _own(reminder)
    return text.format(
        name=reminder.name,
        label=reminder.label,
        holder=reminder.holder or translate("Reminders", "nobody"),
        due=formats.moment(reminder.due_at, now, tz),
    )


def reminder_why(reminder: DueReminder, now: int, tz: tzinfo) -> str:
    """The sum of its time, a step a line."""
    return "\n".join(reason_text(kind, values, now, tz) for kind, values in reminder.clock_steps)


def _own(reminder: DueReminder) -> str:
    if reminder.subject is Subject.COMMITMENT:
        return translate("Reminders", "What was promised to {name} is due: {due}")
    if reminder.subject is Subject.CALLBACK:
        return translate("Reminders", "{name} was promised a call: {due}")
    if reminder.accepted:
        return translate("Reminders", "Not finished: {name}, {label}; due {due}")
    return translate("Reminders", "Not accepted yet: {name}, {label}; due {due}")


def _escalated(reminder: DueReminder) -> str:
    if reminder.subject is Subject.COMMITMENT:
        return translate(
            "Reminders", "Escalated: what was promised to {name} is open; due {due}, with {holder}"
        )
    if reminder.subject is Subject.CALLBACK:
        return translate("Reminders", "Escalated: {name} was promised a call, {due}; with {holder}")
    if reminder.accepted:
        return translate("Reminders", "Escalated: {name}, {label} is not finished; due {due}, with {holder}")
    return translate("Reminders", "Escalated: {name}, {label} is not accepted; due {due}, with {holder}")
