"""What stands against contacting a customer for a purpose by a channel at a moment: the one statement of it, asked
before a task is made and again before it is dialled (M1.21, M12.4); each rule has its own file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server_sync.domain.model import Channel, Urgency
from server_sync.domain.rules import calling_window, consent, contact_frequency, do_not_call
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.reason import Reason, reason

Row = Mapping[str, Any]
Settings = Mapping[str, Mapping[str, Any]]
"""The values of SETTINGS by key."""

DIALLED = ("mobile", "landline")
"""The kinds of contact points that are called."""

TABLES = ("do_not_call", "consent", "attempt", "contact_point")
"""The tables whose rows of the customer a ledger is made of, by "customer_id"."""

SETTINGS = ("company", "calling_window", "contact_frequency", "contact_fatigue", "consent")


@dataclass(frozen=True, slots=True)
class Ledger:
    """One customer with his do-not-call entries, consents, attempts and contact points, in any order; the last are
    only asked when a contact is made."""

    customer: Row
    refusals: Sequence[Row]
    consents: Sequence[Row]
    attempts: Sequence[Row]
    points: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that somebody wants to make at a moment (ms)."""

    purpose: str
    channel: str
    at: int
    urgency: str = Urgency.NORMAL
    """What was promised is owed: how often the customer is reached does not stand against it."""
    booked: bool = False
    """A callback that is due: of the caps on his numbers only the law's stand against it."""
    task_id: bytes | None = None
    """The task it belongs to, None before there is one: what was said on the same task is no other contact."""
    contact_point_id: bytes | None = None
    """The number, None where it is not chosen yet: then the calls to all of his numbers count."""


def against_task(ledger: Ledger, contact: Contact, settings: Settings) -> Iterator[Reason]:
    """All that stands against a task for this contact, the gravest first.

    "do_not_call" {scope, source, set_at}; "no_consent" {purpose, answer, since_at}; "contact_too_often" {per, most,
    free_at} with `per` customer_day, customer_week or customer_gap.
    """
    yield from _unwanted(ledger, contact, settings)
    yield from _tiring(ledger, contact, settings)


def against_contact(ledger: Ledger, contact: Contact, settings: Settings) -> Iterator[Reason]:
    """All that stands against making this contact now: what stands against a task for it, and for a call
    "number_disputed" {since}, "outside_calling_window" {from, to, free_at} and the caps on the number,
    "contact_too_often" {per, most, free_at} with `per` five_minutes, day, week or gap."""
    yield from _unwanted(ledger, contact, settings)
    if contact.channel == Channel.PHONE:
        yield from _untimely(ledger, contact, settings)
    yield from _tiring(ledger, contact, settings)


def _unwanted(ledger: Ledger, contact: Contact, settings: Settings) -> Iterator[Reason]:
    """What the customer said."""
    purpose, at = contact.purpose, contact.at
    entry = do_not_call.blocking_entry(ledger.refusals, purpose, at)
    if entry is not None:
        yield reason("do_not_call", scope=entry["scope"], source=entry["source"], set_at=entry["set_at"])
    without = consent.refusal(ledger.consents, purpose, contact.channel, at, settings["consent"])
    if without is not None:
        yield without


def _untimely(ledger: Ledger, contact: Contact, settings: Settings) -> Iterator[Reason]:
    """The number, the hour, and the calls to the number."""
    since = disputed_since(ledger.points, contact.contact_point_id)
    if since is not None:
        yield reason("number_disputed", since=since)
    timezone, window = calling_window.of_customer(
        ledger.customer, settings["company"]["timezone"], settings["calling_window"]
    )
    outside = calling_window.refusal(contact.at, timezone, window)
    if outside is not None:
        free_at = calling_window.opens_at(contact.at, timezone, window)
        yield Reason(outside.kind, {**outside.values, "free_at": free_at})
    calls = [
        attempt["started_at"]
        for attempt in ledger.attempts
        if attempt["channel"] == Channel.PHONE and _on_number(attempt, contact.contact_point_id)
    ]
    limits = settings["contact_frequency"]
    yield from contact_frequency.refusals(calls, contact.at, limits, booked=contact.booked)


def _tiring(ledger: Ledger, contact: Contact, settings: Settings) -> Iterator[Reason]:
    """How often he was reached."""
    if contact.booked or contact.urgency != Urgency.NORMAL:
        return
    reached = [attempt for attempt in ledger.attempts if _reached(attempt)]
    yield from contact_frequency.of_customer(
        [attempt["started_at"] for attempt in reached],
        [attempt["started_at"] for attempt in reached if attempt["task_id"] != contact.task_id],
        contact.at,
        ledger.customer["tier"],
        contact.purpose,
        settings["contact_fatigue"],
    )


def disputed_since(points: Iterable[Mapping[str, Any]], contact_point_id: bytes | None) -> int | None:
    """Since when the number to be dialled is in dispute, ms, or None; where it is not known yet, every number that
    could be dialled has to be (SYNC §5: until a lead has settled it)."""
    if contact_point_id is not None:
        chosen = [point for point in points if point["id"] == contact_point_id]
    else:
        chosen = [point for point in points if point["valid"] and point["kind"] in DIALLED]
    since = [point["disputed_at"] for point in chosen]
    return min(since) if since and all(at is not None for at in since) else None


def _reached(attempt: Row) -> bool:
    return attempt["disposition"] is not None and BY_CODE[attempt["disposition"]].contacted


def _on_number(attempt: Row, contact_point_id: bytes | None) -> bool:
    """A call to a number that nobody noted may have been this one."""
    return contact_point_id is None or attempt["contact_point_id"] in (None, contact_point_id)
