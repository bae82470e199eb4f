"""Where reminders reach people: kept with the account in one form, changed one by one, refused when it cannot be."""

import pytest
from sqlalchemy import insert, select

from server_sync.accounts.contacts import set_contacts
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.database import Database
from server_sync.store.tables import account
from tests.server_sync.organisation import NOW, Organisation

LOGIN = "p03"


@pytest.fixture(autouse=True)
def _signed_up(database: Database, organisation: Organisation) -> None:
    row = {"person_id": organisation.north_agents[0].person_id, "password_hash": "", "changed_at": 0}
    with database.write(NOW) as tx:
        tx.connection.execute(insert(account).values(row))


def contacts(database: Database) -> tuple[str | None, str | None]:
    with database.read() as connection:
        email, mobile = connection.execute(select(account.c.email, account.c.mobile)).one()
    return email, mobile


def test_each_is_said_by_itself_and_taken_away_by_an_empty_text(database: Database) -> None:
    with database.write(NOW) as tx:
        set_contacts(tx, LOGIN, " agent@example.com ", None)
        set_contacts(tx, LOGIN, None, "138 0000 0000")
    assert contacts(database) == ("agent@example.com", "+8613800000000")
    with database.write(NOW) as tx:
        set_contacts(tx, LOGIN, "", None)
    assert contacts(database) == (None, "+8613800000000")


@pytest.mark.parametrize(
    ("email", "mobile", "kind"),
    [
        ("nobody", None, ErrorKind.EMAIL_INVALID),
        ("a@b\r\nBcc: c@d", None, ErrorKind.EMAIL_INVALID),
        ("a@b,c@d", None, ErrorKind.EMAIL_INVALID),
        (None, "12", ErrorKind.PHONE_INVALID),
        (None, "021-12345678", ErrorKind.PHONE_INVALID),
    ],
)
def test_what_is_no_address_is_refused(
    database: Database, email: str | None, mobile: str | None, kind: ErrorKind
) -> None:
    with pytest.raises(KnownError) as refused, database.write(NOW) as tx:
        set_contacts(tx, LOGIN, email, mobile)
    assert refused.value.kind is kind


def test_who_has_no_account_has_no_addresses_either(database: Database) -> None:
    with pytest.raises(KnownError) as refused, database.write(NOW) as tx:
        set_contacts(tx, "p04", "agent@example.com", None)
    assert (refused.value.kind, refused.value.values["table"]) == (ErrorKind.NOT_FOUND, "account")
