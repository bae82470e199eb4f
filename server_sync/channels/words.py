"""What a reminder says outside the desk, in the company's language: a masked name, what is due and when, no more."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from server_sync.domain.clock import SECOND
from server_sync.domain.commands import Row
from server_sync.domain.model import TaskState, callback, commitment, customer, task
from server_sync.domain.rules.escalation import Subject, watched_of
from server_sync.domain.rules.names import mask_customer
from server_sync.store import company
from server_sync.texts import _, speak


@dataclass(frozen=True)
class Facts:
    """What a reminder is about. `label`: the task's own, such as "首访"; `name` is masked."""

    subject: Subject
    name: str
    label: str
    due_at: int
    accepted: bool


def text_of(connection: Connection, reminder: Row) -> tuple[str, str]:
    """Subject and text of a reminder."""
    about = company.setting_of(connection, "company")
    speak(about["language"])
    return _subject(), _text(_facts(connection, reminder), ZoneInfo(about["timezone"]))


def _facts(connection: Connection, reminder: Row) -> Facts:
    found = (
        select(task.c.due_at, task.c.state, task.c.reason_values, customer.c.kind, customer.c.name)
        .join(customer, customer.c.id == task.c.customer_id)
        .where(task.c.id == reminder["task_id"])
    )
    row = connection.execute(found).one()
    subject, due_at = Subject.TASK, row.due_at
    about = watched_of(reminder)
    for table, column in ((commitment, commitment.c.due_at), (callback, callback.c.callback_at)):
        promised_at = connection.scalar(select(column).where(table.c.id == about))
        if promised_at is not None:
            subject, due_at = Subject(table.name), promised_at
    label = row.reason_values.get("label") or ""
    name = mask_customer(row.kind, row.name)
    return Facts(subject, name, label, due_at, row.state == TaskState.ACCEPTED)


def trial_text(language: str) -> tuple[str, str]:
    """Subject and text of a message that tries a channel."""
    speak(language)
    return _subject(), _("This is a test of the reminders.")


def _subject() -> str:
    return _("Follow-up reminder")


def _text(facts: Facts, zone: ZoneInfo) -> str:
    values = {"name": facts.name, "label": facts.label, "due": _moment(facts.due_at, zone)}
    if facts.subject is Subject.COMMITMENT:
        return _("Follow-up reminder: what was promised to {name} is due {due}.").format(**values)
    if facts.subject is Subject.CALLBACK:
        return _("Follow-up reminder: {name} was promised a call at {due}.").format(**values)
    if facts.accepted:
        return _("Follow-up reminder: “{label}” of {name} is not finished; due {due}.").format(**values)
    return _("Follow-up reminder: “{label}” of {name} is not accepted yet; due {due}.").format(**values)


def _moment(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / SECOND, zone).strftime("%Y-%m-%d %H:%M")
