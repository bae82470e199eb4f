"""What a refused edit was, in words without ids."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from agent_app.store.queries.conflicts import Conflict
from agent_app.ui import formats
from agent_app.ui.i18n import mark, translate
from agent_app.ui.words import disposition_label, field_label, purpose_label
from server_sync.domain.rules.phone import mask

_COMMANDS: Mapping[str, str] = {
    "accept_task": mark("Conflicts", "Take up a task"),
    "reassign_task": mark("Conflicts", "Reassign a task"),
    "start_attempt": mark("Conflicts", "A call"),
    "record_answers": mark("Conflicts", "Answers of a call"),
    "finish_attempt": mark("Conflicts", "Wrap-up of a call"),
    "book_callback": mark("Conflicts", "A callback"),
    "add_note": mark("Conflicts", "A note"),
    "correct_customer": mark("Conflicts", "A corrected field"),
    "correct_contact_point": mark("Conflicts", "A corrected number"),
    "set_do_not_call": mark("Conflicts", "Do not call"),
    "clear_do_not_call": mark("Conflicts", "Do not call lifted"),
    "set_presence": mark("Conflicts", "Presence"),
}


def command_label(command: str) -> str:
    """ "finish_attempt" → 通话小结."""
    known = _COMMANDS.get(command)
    return translate("Conflicts", known) if known else command


def told(entry: Conflict, now: int, tz: tzinfo) -> Sequence[tuple[str, str]]:
    """What was meant, line by line: the arguments that a person entered."""
    given = entry.arguments
    lines: list[tuple[str, str]] = []
    if "field" in given:
        lines.append((field_label(given["field"]), str(given.get("value") or "")))
    elif "value" in given:
        lines.append((translate("Conflicts", "New"), _shown(entry, given["value"])))
    if "base" in given:
        lines.append((translate("Conflicts", "Before"), _shown(entry, given["base"])))
    if "disposition" in given:
        lines.append((translate("Conflicts", "Result"), disposition_label(given["disposition"])))
    if "callback_at" in given:
        lines.append((translate("Conflicts", "Callback"), formats.moment(given["callback_at"], now, tz)))
    if "scope" in given:
        lines.append((translate("Conflicts", "Do not call"), purpose_label(given["scope"])))
    lines += [
        (translate("Conflicts", "Note"), str(given[name])) for name in ("note", "text") if given.get(name)
    ]
    lines += [(path.rpartition("/")[2], str(value)) for path, value in given.get("answers", {}).items()]
    if "theirs" in entry.values:
        lines.append((translate("Conflicts", "Now it says"), _shown(entry, entry.values["theirs"])))
    return lines


def _shown(entry: Conflict, value: str | None) -> str:
    """A number is masked here as everywhere; its last digits tell it from another."""
    return mask(value or "") if entry.command == "correct_contact_point" else value or ""
