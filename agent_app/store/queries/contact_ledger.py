"""The contact ledger of one customer: who contacted him when, which occasions did not become a task and why, what he
agreed to, and what would stand against a call now; the rules are `rules.contact_ledger`'s."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from agent_app.store.rows import StoreRows
from server_sync.domain.commands import Row
from server_sync.domain.model import Channel, Purpose, person, plan
from server_sync.domain.rules import consent, contact_ledger, next_call
from server_sync.domain.rules.contact_ledger import Contact, Ledger
from server_sync.domain.rules.reason import Reason

MOST_ENTRIES = 100


class EntryKind(StrEnum):
    """What a line of the ledger is."""

    CONTACT = "contact"
    MERGED = "merged"
    SKIPPED = "skipped"
    CONTROL = "control"


@dataclass(frozen=True)
class Entry:
    """One line: a contact with its channel, result and who made it, or an occasion with its plan, the reason it was
    seen for and, where it was skipped, `because` (kind and values)."""

    id: bytes
    kind: EntryKind
    at: int
    channel: str = ""
    disposition: str | None = None
    person: str | None = None
    plan: str | None = None
    reason: tuple[str, Mapping[str, Any]] | None = None
    because: tuple[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Standing:
    """How things stand for one purpose: the customer's latest word, whether it is needed, what stands against a call
    now and until when (ms; None where no time ends it)."""

    purpose: Purpose
    needs_consent: bool
    granted: bool | None
    said_at: int | None
    wording: str | None
    against: tuple[Reason, ...]
    until_at: int | None


@dataclass(frozen=True)
class CustomerLedger:
    """The whole of it; `entries` the latest first."""

    standings: tuple[Standing, ...]
    entries: tuple[Entry, ...]


def load(connection: Connection, customer_id: bytes, now: int) -> CustomerLedger | None:
    """The ledger, or None when this desk does not hold the customer."""
    rows = StoreRows(connection)
    customer = rows.get("customer", customer_id)
    if customer is None:
        return None
    tables = (rows.where(table, "customer_id", customer_id) for table in contact_ledger.TABLES)
    ledger = Ledger(customer, *tables)
    rules = {key: settings.load(connection, key) for key in contact_ledger.SETTINGS}
    people = {one.id: one.name for one in connection.execute(select(person.c.id, person.c.name))}
    plans = {one.id: one.name for one in connection.execute(select(plan.c.id, plan.c.name))}
    made = [_contact(attempt, people) for attempt in ledger.attempts]
    seen = [_occasion(occasion, plans) for occasion in rows.where("occasion", "customer_id", customer_id)]
    entries = sorted((*made, *seen), key=lambda one: (-one.at, one.id))
    standings = tuple(_standing(ledger, purpose, now, rules) for purpose in Purpose)
    return CustomerLedger(standings, tuple(entries[:MOST_ENTRIES]))


def _standing(ledger: Ledger, purpose: Purpose, now: int, rules: contact_ledger.Settings) -> Standing:
    word = consent.standing(ledger.consents, purpose, Channel.PHONE, now)
    against = tuple(contact_ledger.against_contact(ledger, Contact(purpose, Channel.PHONE, now), rules))
    granted = None if word is None else consent.holds(word, now)
    said_at = (
        None
        if word is None
        else (word["withdrawn_at"] if word["granted"] and not granted else word["given_at"])
    )
    return Standing(
        purpose,
        purpose in rules["consent"]["purposes"],
        granted,
        said_at,
        None if word is None else word["wording"],
        against,
        next_call.until(against),
    )


def _contact(attempt: Row, people: Mapping[bytes, str]) -> Entry:
    return Entry(
        attempt["id"],
        EntryKind.CONTACT,
        attempt["started_at"],
        channel=attempt["channel"],
        disposition=attempt["disposition"],
        person=people.get(attempt["person_id"]),
    )


def _occasion(occasion: Row, plans: Mapping[bytes, str]) -> Entry:
    because = occasion["because"]
    return Entry(
        occasion["id"],
        EntryKind(occasion["outcome"]),
        occasion["decided_at"],
        plan=plans.get(occasion["plan_id"]),
        reason=(occasion["reason"], occasion["reason_values"]),
        because=None if because is None else (because, occasion["because_values"]),
    )
