"""What a KnownError says on the command line and on web pages: a sentence for each kind; desks have their own."""

from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts.catalogue import _
from server_sync.texts.problems import calendar_problem
from server_sync.texts.tables import table_words


class Values(dict[str, Any]):
    """Values for a sentence; one that is missing shows as "?" instead of hiding the error behind another."""

    def __missing__(self, key: str) -> str:
        return "?"


def error_words(error: KnownError) -> str:
    """One sentence for a person. A kind without words of its own is named, with its values."""
    sentence = _sentences().get(error.kind)
    if sentence is None:
        values = ", ".join(f"{key}={value}" for key, value in sorted(error.values.items()))
        return _("This is not possible: {kind} ({values}).").format(kind=error.kind.value, values=values)
    told = Values(error.values)
    if error.kind is ErrorKind.CALENDAR_INVALID and "problem" in told:
        told["problem"] = calendar_problem(told["problem"])
    if "table" in told:
        told["table"] = table_words(told["table"])
    return sentence.format_map(told)


def _sentences() -> dict[ErrorKind, str]:
    return {
        ErrorKind.BAD_CREDENTIALS: _("The user name or the password is wrong."),
        ErrorKind.TOO_MANY_TRIES: _("Too many tries. Wait {seconds} seconds and try again."),
        ErrorKind.TOKEN_INVALID: _("The sign-in is no longer valid. Sign in again."),
        ErrorKind.ACCOUNT_DISABLED: _("This account is disabled."),
        ErrorKind.NOT_PERMITTED: _("This account may not do that."),
        ErrorKind.DEVICE_REVOKED: _("This device is no longer admitted."),
        ErrorKind.MALFORMED: _("The request cannot be read: {what}."),
        ErrorKind.TOO_LARGE: _("That is larger than the limit of {most}."),
        ErrorKind.UPGRADE_NEEDED: _("This version is too old for the server. Upgrade it."),
        ErrorKind.SERVER_RESTORED: _(
            "The server was restored from a backup; the desk fetches its data anew."
        ),
        ErrorKind.CURSOR_TOO_OLD: _("The desk was away for too long; it fetches its data anew."),
        ErrorKind.SERVER_FAILED: _("Something went wrong in the server. It is logged under {request}."),
        ErrorKind.SERVER_BUSY: _("The server has too much to do. Try again in a moment."),
        ErrorKind.DATABASE_MISSING: _("There is no database yet at {database}. Make it with: init"),
        ErrorKind.DATABASE_OLD: _("The database {database} is of an earlier version. Upgrade it with: init"),
        ErrorKind.DATABASE_UNREACHABLE: _(
            "The database {database} cannot be opened or reached, or another program keeps it to itself."
        ),
        ErrorKind.DATABASE_FILLED: _(
            "The database {database} has data already. Nothing was changed; with --replace it is kept aside."
        ),
        ErrorKind.DATABASE_IN_USE: _("The database {database} is in use. Stop the server first."),
        ErrorKind.BACKUP_DAMAGED: _("The copy {file} is damaged or not whole. Nothing was changed."),
        ErrorKind.FILE_UNREADABLE: _("This cannot be read: {file}."),
        ErrorKind.FILE_UNWRITABLE: _("This cannot be written: {file}."),
        ErrorKind.STORE_TOO_NEW: _(
            "The database is of a later version ({found}) than this program ({known})."
        ),
        ErrorKind.ADDRESS_UNAVAILABLE: _(
            "Nobody can be answered at {address}: it is in use or not of this machine."
        ),
        ErrorKind.CERTIFICATE_UNREADABLE: _("The certificate or its key cannot be read: {file}."),
        ErrorKind.WORKERS_NEED_POSTGRESQL: _(
            "Several workers need PostgreSQL; on SQLite one process serves. Leave --workers out."
        ),
        ErrorKind.CALENDAR_INVALID: _("The calendar or the working hours are not valid: {problem}."),
        ErrorKind.PLAN_CHANGED: _("Somebody else has changed this plan meanwhile. Nothing was overwritten."),
        ErrorKind.GOAL_CHANGED: _("Somebody else has changed this goal meanwhile. Nothing was overwritten."),
        ErrorKind.LADDER_CHANGED: _(
            "Somebody else has changed this ladder meanwhile. Nothing was overwritten."
        ),
        ErrorKind.CALENDAR_CHANGED: _(
            "Somebody else has changed these hours meanwhile. Nothing was overwritten."
        ),
        ErrorKind.ARTICLE_CHANGED: _(
            "Somebody else has changed this article meanwhile. Nothing was overwritten."
        ),
        ErrorKind.TOO_MANY_TASKS: _(
            "{plan} would make {count} tasks, more than {most}. Nothing was changed; with --yes it makes them."
        ),
        ErrorKind.TOO_HEAVY: _(
            "Counting takes longer than {seconds} seconds and was stopped: {looked_up} of {conditions} conditions look "
            "through orders, contacts and the like, most often {heaviest}. Nothing was changed; ask for less."
        ),
        ErrorKind.CONDITION_INVALID: _("A condition is not valid: {problem}."),
        ErrorKind.OUT_OF_RANGE: _("A value is out of range: {field}."),
        ErrorKind.NOT_FOUND: _("There is no such entry: {table} {name}."),
        ErrorKind.ALREADY_EXISTS: _("This exists already: {table} {name}."),
        ErrorKind.EMAIL_INVALID: _("This is no e-mail address: {value}."),
        ErrorKind.PHONE_INVALID: _("This is no mobile number: {value}."),
        ErrorKind.FIELD_MISSING: _("A value is missing: {field}."),
        ErrorKind.FIELD_INVALID: _("A value is not valid: {field}."),
    }
