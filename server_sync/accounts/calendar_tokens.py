"""The token in a person's private calendar address: one each, kept only as a hash, revocable."""

import secrets

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.accounts.devices import TOKEN_BYTES, token_hash
from server_sync.domain.model import person
from server_sync.store.tables import calendar_feed
from server_sync.store.transaction import Transaction


def issue(tx: Transaction, person_id: bytes) -> str:
    """A new token for a person; an earlier one ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": token_hash(token), "issued_at": tx.now}
    insert = (sqlite if tx.connection.dialect.name == "sqlite" else postgresql).insert(calendar_feed)
    new = insert.values(person_id=person_id, **values)
    tx.connection.execute(new.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return token


def revoke(tx: Transaction, person_id: bytes) -> None:
    """End a person's address."""
    tx.connection.execute(delete(calendar_feed).where(calendar_feed.c.person_id == person_id))


def person_of(connection: Connection, token: str) -> bytes | None:
    """Whose calendar an address shows; None for one that has ended, or of somebody who may not sign in."""
    found = (
        select(person.c.id)
        .join(calendar_feed, calendar_feed.c.person_id == person.c.id)
        .where(calendar_feed.c.token_hash == token_hash(token), person.c.active)
    )
    person_id: bytes | None = connection.scalar(found)
    return person_id
