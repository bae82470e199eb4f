"""What an entry of the conflicts room was, why it is there and what stands against it, in words without ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from agent_app.features.conflicts.differences import masked_apart
from agent_app.store.queries.conflicts import Conflict
from agent_app.ui import formats
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import mark, translate
from agent_app.ui.tokens import Tone
from agent_app.ui.words import (
    day_part_label,
    disposition_label,
    field_label,
    mood_label,
    presence_label,
    purpose_label,
    task_state_label,
    toned_word_of,
    with_whom_label,
    word_of,
)
from server_sync.domain.errors import ErrorKind

_COMMANDS: Mapping[str, str] = {
    "accept_task": mark("Conflicts", "Take up a task"),
    "reassign_task": mark("Conflicts", "Reassign a task"),
    "escalate_task": mark("Conflicts", "A task escalated"),
    "see_reminder": mark("Conflicts", "A reminder taken note of"),
    "hand_back_task": mark("Conflicts", "A task handed back"),
    "save_shift": mark("Conflicts", "A shift in the roster"),
    "remove_shift": mark("Conflicts", "A shift taken out"),
    "start_attempt": mark("Conflicts", "A call"),
    "check_in": mark("Conflicts", "A check-in at a visit"),
    "record_answers": mark("Conflicts", "Answers of a call"),
    "correct_answers": mark("Conflicts", "Corrected answers"),
    "finish_attempt": mark("Conflicts", "Wrap-up of a call"),
    "book_callback": mark("Conflicts", "A callback"),
    "release_callback": mark("Conflicts", "A callback given to the team"),
    "make_commitment": mark("Conflicts", "A promise"),
    "settle_commitment": mark("Conflicts", "A promise settled"),
    "add_note": mark("Conflicts", "A note"),
    "correct_customer": mark("Conflicts", "A corrected field"),
    "correct_contact_point": mark("Conflicts", "A corrected number"),
    "add_tag": mark("Conflicts", "A new tag"),
    "remove_tag": mark("Conflicts", "A tag taken off"),
    "set_do_not_call": mark("Conflicts", "Do not call"),
    "clear_do_not_call": mark("Conflicts", "Do not call lifted"),
    "give_consent": mark("Conflicts", "Consent"),
    "withdraw_consent": mark("Conflicts", "Consent withdrawn"),
    "set_presence": mark("Conflicts", "Presence"),
    "save_article": mark("Conflicts", "An article of the knowledge base"),
    "save_working_hours": mark("Conflicts", "Working hours"),
    "set_calendar_day": mark("Conflicts", "A day of the calendar"),
    "save_goal": mark("Conflicts", "A goal"),
    "save_escalation_policy": mark("Conflicts", "A ladder of reminders"),
    "save_quiet_hours": mark("Conflicts", "Quiet hours"),
    "save_plan": mark("Conflicts", "A plan"),
    "set_plan_state": mark("Conflicts", "The state of a plan"),
    "add_attachment": mark("Conflicts", "A file"),
    "remove_attachment": mark("Conflicts", "A file removed"),
    "revoke_device": mark("Conflicts", "A device shut out"),
    "wipe_device": mark("Conflicts", "A device to be emptied"),
    "admit_device": mark("Conflicts", "A device admitted again"),
    "hand_over_conflict": mark("Conflicts", "Handing over"),
    "withdraw_conflict": mark("Conflicts", "Letting be"),
    "settle_conflict": mark("Conflicts", "A decision"),
}

_STATUSES: Mapping[str, tuple[str, Tone]] = {
    "rejected": (mark("Conflicts", "Not taken"), Tone.DANGER),
    "merged": (mark("Conflicts", "Merged"), Tone.ACCENT),
    "set_aside": (mark("Conflicts", "Set aside"), Tone.WARNING),
    "late": (mark("Conflicts", "Offline update"), Tone.WARNING),
    "handed_over": (mark("Conflicts", "Handed over"), Tone.ACCENT),
    "revoked": (mark("Conflicts", "Device revoked"), Tone.WARNING),
}

_OF_TASKS = ("accept_task", "finish_attempt", "start_attempt", "book_callback")
_CHOICES = {"mood": lambda code: mood_label(code)[0], "preferred_time": day_part_label}


@dataclass(frozen=True)
class Line:
    """One thing side by side: what the person saw (None: not known), meant, and what stands (None: nothing against
    it)."""

    label: str
    base: str | None
    mine: str
    theirs: str | None


def command_label(command: str) -> str:
    """ "finish_attempt" → 通话小结."""
    return word_of("Conflicts", _COMMANDS, command)


def title(entry: Conflict) -> str:
    """What it was, of a field with its name."""
    words = command_label(entry.command)
    name = entry.arguments.get("field")
    return f"{words} · {field_label(name)}" if name else words


def status_label(status: str) -> tuple[str, Tone]:
    """ "late" → 离线更新, and the tone of its badge."""
    return toned_word_of("Conflicts", _STATUSES, status)


def why(entry: Conflict, now: int, tz: tzinfo) -> str:
    """Why it stands here."""
    values = entry.values
    if entry.kind == "merged":
        fields = field_label(values["field"]) if "field" in values else _names(values.get("merged", ()))
        return translate(
            "Conflicts", "Somebody else changed this too: {fields}. The later value stands."
        ).format(fields=fields)
    if entry.kind == ErrorKind.SERVER_FAILED:
        return translate(
            "Conflicts",
            "The server failed at this again and again. It was set aside so that the rest could go on.",
        )
    if entry.is_late:
        return translate(
            "Conflicts",
            "The result came after the task had been closed or given to somebody else. It is kept as history; the task "
            "stays as it is until the supervisor decides.",
        )
    if entry.kind == "revoked":
        return translate(
            "Conflicts", "Left unsent on a device that was revoked. Nothing of it has been carried out."
        )
    if entry.kind == ErrorKind.FIELD_CONFLICT and values.get("field") == "number":
        return translate(
            "Conflicts",
            "Two people corrected this number differently. It is not called until the supervisor has decided.",
        )
    if entry.decided_by_lead:
        return translate("Conflicts", "Two people corrected this differently. The supervisor decides.")
    if entry.kind == ErrorKind.NOT_FOUND:
        return translate("Conflicts", "The task or customer is no longer yours.")
    return error_text(entry.kind, values, now, tz)


def compared(entry: Conflict, now: int, tz: tzinfo) -> tuple[Line, ...]:
    """What was meant beside what was seen and what stands, line by line: the arguments that a person entered."""
    given, stands = entry.arguments, entry.stands
    if entry.command == "correct_contact_point":
        theirs = entry.values.get("theirs", stands.get("value"))
        shown = masked_apart([given.get("base") or "", given.get("value") or "", theirs or ""])
        return (Line(field_label("number"), shown[0], shown[1], shown[2]),)
    if entry.command == "correct_customer" and given:
        theirs = entry.values.get("theirs", stands.get("value"))
        said = [_value(given["field"], one) for one in (given.get("base"), given.get("value"), theirs)]
        return (Line(field_label(given["field"]), *said),)
    return tuple(_lines(entry, now, tz))


def _lines(entry: Conflict, now: int, tz: tzinfo) -> Iterable[Line]:
    yield from _call_lines(entry, now, tz)
    yield from _state_lines(entry)
    yield from _written_lines(entry.arguments)
    yield from _company_lines(entry)


def _call_lines(entry: Conflict, now: int, tz: tzinfo) -> Iterable[Line]:
    """What came of a call, and when."""
    given, stands = entry.arguments, entry.stands
    if "disposition" in given:
        result = stands.get("disposition")
        yield Line(
            translate("Conflicts", "Result"),
            None,
            disposition_label(given["disposition"]),
            disposition_label(result) if result else None,
        )
    if "callback_at" in given:
        agreed = stands.get("appointment_at")
        yield Line(
            translate("Conflicts", "Callback"),
            None,
            formats.moment(given["callback_at"], now, tz),
            formats.moment(agreed, now, tz) if agreed else None,
        )
        yield Line(field_label("with_whom"), None, with_whom_label(given.get("with_whom", "")), None)
    if "started_at" in given:
        yield Line(translate("Conflicts", "Begun"), None, formats.moment(given["started_at"], now, tz), None)


def _state_lines(entry: Conflict) -> Iterable[Line]:
    """What customer, task or person were to become."""
    given, stands = entry.arguments, entry.stands
    if "tag" in given:
        yield Line(field_label("tags"), None, str(given["tag"]), _listed(stands.get("tags")))
    if "scope" in given:
        scopes = _listed([purpose_label(scope) for scope in stands.get("scopes", ())])
        yield Line(translate("Conflicts", "Do not call"), None, purpose_label(given["scope"]), scopes)
    if entry.command == "reassign_task":
        wanted = stands.get("wanted") or translate("Conflicts", "the team's pool")
        yield Line(translate("Conflicts", "Assigned to"), None, wanted, stands.get("assignee"))
    if entry.command == "set_presence":
        words, _ = presence_label(given.get("state", ""), given.get("pause_reason"))
        yield Line(translate("Conflicts", "Presence"), None, words, None)
    if entry.command in _OF_TASKS and "state" in stands:
        state, _ = task_state_label(stands["state"])
        held = " · ".join(part for part in (state, stands.get("assignee")) if part)
        yield Line(translate("Conflicts", "Task"), None, "", held)


def _written_lines(given: Mapping[str, Any]) -> Iterable[Line]:
    """What was typed, attached and answered."""
    for name in ("note", "text"):
        if given.get(name):
            yield Line(translate("Conflicts", "Note"), None, str(given[name]), None)
    if given.get("file_name"):
        yield Line(translate("Conflicts", "A file"), None, str(given["file_name"]), None)
    for path, value in given.get("answers", {}).items():
        yield Line(path.rpartition("/")[2], None, str(value), None)


def _company_lines(entry: Conflict) -> Iterable[Line]:
    """What company data is to be known by, and of an article what was to stand in it."""
    definition = entry.arguments.get("definition")
    if isinstance(definition, Mapping) and definition.get("name"):
        yield Line(field_label("name"), None, str(definition["name"]), None)
    if entry.command == "set_calendar_day" and entry.arguments:
        yield Line(translate("Conflicts", "Day"), None, str(entry.arguments["on"]), None)
    if entry.command == "save_article" and entry.arguments:
        given, stands = entry.arguments, entry.stands
        seen = given["seen"] or {}
        yield Line(translate("Conflicts", "Article"), None, given["title"], stands.get("title"))
        yield Line(field_label("body"), seen.get("body"), given["body"], stands.get("body"))


def _value(name: str, value: Any) -> str:
    """A field's value as it is read elsewhere."""
    label = _CHOICES.get(name)
    return label(value) if label and value else str(value or "")


def _names(fields: Iterable[str]) -> str:
    return ", ".join(field_label(name) for name in fields)


def _listed(words: Iterable[str] | None) -> str | None:
    return ", ".join(words) if words else None
