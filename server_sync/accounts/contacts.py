"""Where reminders reach people outside the desk: e-mail and mobile, kept with the account, never replicated."""

import re

from sqlalchemy import update

from server_sync.accounts import people
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.phone import NumberKind, normalise
from server_sync.store.tables import account
from server_sync.store.transaction import Transaction

LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


def set_contacts(tx: Transaction, login: str, email: str | None, mobile: str | None) -> None:
    """Say one or both anew: None leaves as it is, an empty text takes it away.

    Raises KnownError NOT_FOUND {table, name}, EMAIL_INVALID and PHONE_INVALID {value}.
    """
    found = people.existing(tx.connection, login)
    values: dict[str, str | None] = {}
    if email is not None:
        values["email"] = checked_email(email.strip()) or None
    if mobile is not None:
        values["mobile"] = checked_mobile(mobile.strip()) or None
    if not values:
        return
    person = account.c.person_id == found["id"]
    known = tx.connection.execute(update(account).where(person).values(values))
    if known.rowcount == 0:  # imported, and never given a password
        raise KnownError(ErrorKind.NOT_FOUND, table="account", name=login)


def checked_email(text: str) -> str:
    """An e-mail address, or nothing. Raises KnownError EMAIL_INVALID {value}."""
    if text and (len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text) or not text.isprintable()):
        raise KnownError(ErrorKind.EMAIL_INVALID, value=text)
    return text


def checked_mobile(text: str) -> str:
    """A mobile number in its normal form, or nothing. Raises KnownError PHONE_INVALID {value}."""
    if not text:
        return ""
    number = normalise(text)
    if number.refusal is not None or number.kind is NumberKind.LANDLINE or ";" in number.text:
        raise KnownError(ErrorKind.PHONE_INVALID, value=text)
    return number.text
