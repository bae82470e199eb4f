"""Sentences for error kinds as a banner says them: what happened, what is safe, what to do; reasons are in
``reason_words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from agent_app.ui import condition_words, formats, words
from agent_app.ui.calendar_words import calendar_problem
from agent_app.ui.i18n import mark, translate
from agent_app.ui.reason_words import reason_text
from server_sync.domain.errors import ErrorKind

_TEXTS: Mapping[str, str] = {
    ErrorKind.BAD_CREDENTIALS: mark("Errors", "The user name or the password is wrong."),
    ErrorKind.TOO_MANY_TRIES: mark("Errors", "Too many tries. Try again in {seconds} seconds."),
    ErrorKind.TOKEN_INVALID: mark(
        "Errors", "This sign-in has ended. Please sign in again; your work is safe here."
    ),
    ErrorKind.ACCOUNT_DISABLED: mark("Errors", "This account is disabled. Please ask your supervisor."),
    ErrorKind.DEVICE_REVOKED: mark(
        "Errors",
        "This computer is no longer admitted. What had not been sent was handed to your supervisor.",
    ),
    ErrorKind.LEASE_OVER: mark(
        "Errors",
        "No contact with the server for {days} days. Connect this computer to the network and sign in; what you saved "
        "is safe.",
    ),
    ErrorKind.NOT_PERMITTED: mark("Errors", "You may not do this. Please ask your supervisor."),
    ErrorKind.DEVICE_CLONED: mark(
        "Errors", "This desk's data was copied to another machine. Please sign in again."
    ),
    ErrorKind.MALFORMED: mark(
        "Errors", "The server did not understand this program. Please update it; your work is safe here."
    ),
    ErrorKind.TOO_LARGE: mark("Errors", "This is too large to send. It stays on this machine."),
    ErrorKind.UNKNOWN_COMMAND: mark(
        "Errors", "The server is older than this program. Your work is safe here until it is updated."
    ),
    ErrorKind.UPGRADE_NEEDED: mark(
        "Errors", "This program is too old for the server. Please update it; your work is safe here."
    ),
    ErrorKind.SERVER_RESTORED: mark(
        "Errors",
        "The server was restored from a backup. This desk is fetching its data anew; your work is kept.",
    ),
    ErrorKind.CURSOR_TOO_OLD: mark(
        "Errors", "This desk was away for too long. It is fetching its data anew; your work is kept."
    ),
    ErrorKind.SERVER_FAILED: mark(
        "Errors", "The server has a fault. Your work is safe here and will be sent later."
    ),
    ErrorKind.SERVER_BUSY: mark(
        "Errors", "The server is busy. Your work is safe here and will be sent soon."
    ),
    ErrorKind.SERVER_WOULD_EMPTY_DESK: mark(
        "Errors", "The server would empty this desk. Nothing was deleted; please ask your administrator."
    ),
    ErrorKind.OFFLINE: mark(
        "Errors", "No connection to the server. You can go on working; everything is sent later."
    ),
    ErrorKind.NOT_A_SERVER: mark(
        "Errors", "There is no follow-up server at this address. Please check the address."
    ),
    ErrorKind.OUT_OF_RANGE: mark("Errors", "This value is out of range."),
    ErrorKind.PLAN_CHANGED: mark(
        "Errors",
        "Somebody else has changed this plan meanwhile. Nothing was overwritten; look at the plan and save again.",
    ),
    ErrorKind.ARTICLE_CHANGED: mark(
        "Errors", "Somebody else has changed this article meanwhile. Nothing was overwritten."
    ),
    ErrorKind.GOAL_CHANGED: mark(
        "Errors",
        "Somebody else has changed this goal meanwhile. Nothing was overwritten; look at the goal and save again.",
    ),
    ErrorKind.LADDER_CHANGED: mark(
        "Errors",
        "Somebody else has changed this ladder meanwhile. Nothing was overwritten; look at it and save again.",
    ),
    ErrorKind.CALENDAR_CHANGED: mark(
        "Errors",
        "Somebody else has changed these hours meanwhile. Nothing was overwritten; look at them and save again.",
    ),
    ErrorKind.CALENDAR_INVALID: mark("Errors", "The working hours are not valid: {problem}."),
    ErrorKind.CONDITION_INVALID: mark(
        "Errors", "A condition is not valid. Nothing was saved; look at the conditions and save again."
    ),
    ErrorKind.TOO_MANY_TASKS: mark(
        "Errors",
        "The plan would make {count} tasks, more than {most}. It makes none until that is confirmed.",
    ),
    ErrorKind.TOO_HEAVY: mark(
        "Errors",
        "Counting takes longer than {seconds} seconds and was stopped: {looked_up} of {conditions} conditions look "
        "through orders, contacts and the like, most often {heaviest}. Use fewer of these.",
    ),
    ErrorKind.NOT_FOUND: mark("Errors", "This entry no longer exists. It may have been moved or removed."),
    ErrorKind.ALREADY_EXISTS: mark("Errors", "This entry exists already."),
    ErrorKind.ALREADY_TAKEN: mark("Errors", "Somebody else has taken this task."),
    ErrorKind.NOT_PULLED: mark(
        "Errors", "This task lies in the team's pool. Pull it first: that needs the connection to the server."
    ),
    ErrorKind.PULL_OVER: mark(
        "Errors", "Your time with this pulled task is over; it goes back to the team's pool."
    ),
    ErrorKind.TASK_CLOSED: mark("Errors", "This task is closed already."),
    ErrorKind.ATTEMPT_CLOSED: mark("Errors", "This call has its wrap-up already."),
    ErrorKind.COMMITMENT_SETTLED: mark("Errors", "This promise is settled already."),
    ErrorKind.FIELD_MISSING: mark("Errors", "{field} is missing."),
    ErrorKind.FIELD_INVALID: mark("Errors", "{field} is not valid."),
    ErrorKind.FIELD_CONFLICT: mark(
        "Errors", "{field} was changed by somebody else meanwhile. Both versions are kept."
    ),
    ErrorKind.NUMBER_DISPUTED: mark(
        "Errors",
        "Two people corrected this number differently ({since}). It is not called until the supervisor has decided.",
    ),
    ErrorKind.NOTE_REQUIRED: mark("Errors", "This result needs a note."),
    ErrorKind.CALLBACK_REQUIRED: mark("Errors", "This result needs an agreed time."),
    ErrorKind.UNKNOWN_DISPOSITION: mark("Errors", "This result is not known."),
    ErrorKind.OUTSIDE_CALLING_WINDOW: mark("Errors", "Outside {from}–{to}: nobody may be called then."),
    ErrorKind.IN_THE_PAST: mark("Errors", "This time has passed already."),
    ErrorKind.DO_NOT_CALL: mark("Errors", "Do not call ({scope}): {source}, {set_at}."),
    ErrorKind.APPOINTMENT_OF_ANOTHER: mark(
        "Errors", "A colleague has an appointment with this customer: {at}."
    ),
    ErrorKind.CUSTOMER_IN_CALL: mark(
        "Errors", "A colleague speaks with this customer since {since}. Take another one first."
    ),
    ErrorKind.FILE_TYPE_REFUSED: mark("Errors", "Files of this type are not taken."),
    ErrorKind.FILE_DAMAGED: mark("Errors", "The file was damaged on its way or on this machine."),
    ErrorKind.ATTACHMENT_TOO_LARGE: mark("Errors", "The file is larger than {most_megabytes} MB."),
    ErrorKind.TOO_MANY_ATTACHMENTS: mark(
        "Errors", "This customer has {most} files already. Remove one that is not needed."
    ),
    ErrorKind.OFFSET_WRONG: mark(
        "Errors", "The file goes on from another place. It is tried again by itself."
    ),
    ErrorKind.PASSPHRASE_WRONG: mark("Errors", "The passphrase is wrong."),
    ErrorKind.STORE_KEY_WRONG: mark(
        "Errors", "The key does not fit this desk's data. Nothing was deleted; please ask your administrator."
    ),
    ErrorKind.STORE_KEY_MISSING: mark(
        "Errors",
        "The key of this desk's data is missing. Nothing was deleted; please ask your administrator.",
    ),
    ErrorKind.STORE_DAMAGED: mark(
        "Errors", "This desk's data is damaged. Nothing was deleted; please ask your administrator."
    ),
    ErrorKind.STORE_TOO_NEW: mark(
        "Errors",
        "This desk's data was saved by a newer program. Nothing was changed; please update this program.",
    ),
    ErrorKind.STORE_UNREADABLE: mark(
        "Errors", "This desk's data cannot be read. Nothing was deleted; please ask your administrator."
    ),
    ErrorKind.DISK_FULL: mark(
        "Errors",
        "The disk is full: nothing can be saved. What you wrote is still on the screen; please free some space.",
    ),
    ErrorKind.PROFILE_IN_USE: mark(
        "Errors", "You are signed in on this computer already. Please go on in the window that is open."
    ),
    ErrorKind.DIAL_FAILED: mark(
        "Errors", "The call could not be placed. Dial by hand and go on; the attempt is recorded."
    ),
    ErrorKind.FILE_UNREADABLE: mark("Errors", "This file cannot be read."),
    ErrorKind.FILE_UNWRITABLE: mark("Errors", "The file cannot be written there. Choose another folder."),
    ErrorKind.ANSWER_REQUIRED: mark("Errors", "Please answer this question."),
    ErrorKind.ANSWER_CONSTRAINT: mark("Errors", "This answer is not possible."),
    ErrorKind.ANSWER_OUT_OF_RANGE: mark("Errors", "This answer is out of range."),
    ErrorKind.ANSWER_WRONG_TYPE: mark("Errors", "This answer is of the wrong kind."),
    ErrorKind.ANSWER_TOO_LONG: mark("Errors", "This answer is too long."),
    ErrorKind.ANSWER_NOT_OFFERED: mark("Errors", "This answer is not among the choices."),
    ErrorKind.ANSWER_NOT_RELEVANT: mark("Errors", "This question is not asked here."),
    ErrorKind.ANSWER_READ_ONLY: mark("Errors", "This answer cannot be changed."),
    ErrorKind.ANSWER_UNKNOWN_QUESTION: mark("Errors", "This question is not in the form."),
    ErrorKind.FORM_UNREADABLE: mark(
        "Errors", "The guide cannot be read. You can go on with notes; please tell your supervisor."
    ),
    ErrorKind.FORM_UNSUPPORTED: mark("Errors", "The guide needs a newer program. You can go on with notes."),
}

_REASONS = frozenset({ErrorKind.DO_NOT_CALL_STALE, ErrorKind.NO_CONSENT, ErrorKind.CONTACT_TOO_OFTEN})
"""Kinds whose values are those of the reason of the same name."""


class _Shown(dict[str, str]):
    """Values in words; one that is missing leaves nothing instead of hiding the error behind another."""

    def __missing__(self, key: str) -> str:
        return ""


def error_text(kind: ErrorKind | str, values: Mapping[str, Any], now: int, tz: tzinfo) -> str:
    """An error in words. ``now`` (ms) and ``tz`` are for the moments among its values.

    A question's own message (``message`` of ANSWER_CONSTRAINT and ANSWER_REQUIRED, the form's words) goes before ours.
    """
    if kind in _REASONS:
        return reason_text(str(kind), values, now, tz)
    own = values.get("message")
    if own and str(kind).startswith("answer_"):
        return str(own)
    text = _TEXTS.get(kind)
    if text is None:
        return translate(
            "Errors", "This did not work. What you entered is safe; please tell your supervisor."
        )
    return translate("Errors", text).format_map(_shown(values, now, tz))


def _shown(values: Mapping[str, Any], now: int, tz: tzinfo) -> _Shown:
    shown = _Shown({name: str(value) for name, value in values.items()})
    for name in ("at", "set_at", "since"):
        if isinstance(values.get(name), int):
            shown[name] = formats.moment(values[name], now, tz)
    for name, label in (
        ("field", words.field_label),
        ("scope", words.purpose_label),
        ("source", words.do_not_call_source_label),
        ("problem", calendar_problem),
        ("heaviest", condition_words.field_label),
    ):
        if name in values:
            shown[name] = label(str(values[name]))
    return shown
