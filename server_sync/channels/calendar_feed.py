"""A person's appointments and deadlines as an iCalendar (RFC 5545): for Outlook and phones, names masked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, select

from server_sync.domain.clock import DAY, MINUTE, SECOND
from server_sync.domain.model import (
    CallbackState,
    Channel,
    CommitmentState,
    callback,
    commitment,
    customer,
    task,
)
from server_sync.domain.rules.names import mask_customer
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.store import company
from server_sync.texts import _, speak

if TYPE_CHECKING:
    from icalendar import Event

BACK, AHEAD = 30 * DAY, 180 * DAY
"""What is due within these is shown."""
MOST_ENTRIES = 1_000
LENGTH = 15 * MINUTE
VISIT_LENGTH = 60 * MINUTE
EARLY = timedelta(minutes=5)
REFRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Entry:
    """One appointment or deadline. `rev`: how often its row was written; `made_at`: when there was first talk of it;
    `fixed`: whether the person is to be there then."""

    uid: str
    summary: str
    at: int
    length: int
    rev: int
    made_at: int
    fixed: bool


def feed(connection: Connection, person_id: bytes, now: int) -> bytes:
    """The calendar of a person as it stands now, times in UTC, the same bytes while nothing changes."""
    from icalendar import Calendar  # a third of a second, for whoever subscribes

    about = company.setting_of(connection, "company")
    speak(about["language"])
    calendar = Calendar()
    calendar.add("prodid", "-//Huifang//Follow-up desk//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Follow-ups"))
    calendar.add("x-wr-timezone", about["timezone"])
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    entries = sorted(_entries(connection, person_id, now), key=lambda one: (one.at, one.uid))
    for entry in entries[:MOST_ENTRIES]:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstamp", _utc(entry.made_at))
    event.add("created", _utc(entry.made_at))
    event.add("sequence", entry.rev - 1)
    event.add("dtstart", _utc(entry.at))
    event.add("dtend", _utc(entry.at + entry.length))
    event.add("transp", "OPAQUE" if entry.fixed else "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.fixed:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", -EARLY)
        event.add_component(alarm)
    return event


def _entries(connection: Connection, person_id: bytes, now: int) -> Iterator[Entry]:
    first, last = now - BACK, now + AHEAD
    promised = callback.c.owner_id == person_id, callback.c.state == CallbackState.OPEN
    for row in _rows(connection, _of(callback).where(*promised, callback.c.callback_at.between(first, last))):
        text = _("Callback: {name}").format(name=_name(row))
        yield _entry("callback", row, text, row["callback_at"], row["booked_at"], fixed=True)
    owed = commitment.c.owner_id == person_id, commitment.c.state == CommitmentState.OPEN
    for row in _rows(connection, _of(commitment).where(*owed, commitment.c.due_at.between(first, last))):
        text = _("Promise due: {name}").format(name=_name(row))
        yield _entry("commitment", row, text, row["due_at"], row["promised_at"], fixed=False)
    mine = task.c.assignee_id == person_id, task.c.state.in_(OPEN_STATES)
    for row in _rows(connection, _of(task).where(*mine, task.c.due_at.between(first, last))):
        values = {"name": _name(row), "label": row["reason_values"].get("label") or ""}
        if row["channel"] == Channel.VISIT:
            text = _("Visit: {name}, {label}").format(**values)
            at = row["appointment_at"] or row["due_at"]
            yield _entry(
                "task", row, text, at, row["created_at"], fixed=row["appointment_at"] is not None, visit=True
            )
        else:
            text = _("Follow-up due: {name}, {label}").format(**values)
            yield _entry("task", row, text, row["due_at"], row["created_at"], fixed=False)


def _of(table: Any) -> Select[Any]:
    named = customer.c.kind.label("customer_kind"), customer.c.name.label("customer_name")
    return select(table, *named).join(customer, customer.c.id == table.c.customer_id)


def _rows(connection: Connection, found: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(found).mappings()]


def _name(row: dict[str, Any]) -> str:
    return mask_customer(row["customer_kind"], row["customer_name"])


def _entry(
    kind: str, row: dict[str, Any], text: str, at: int, made_at: int, *, fixed: bool, visit: bool = False
) -> Entry:
    length = VISIT_LENGTH if visit else LENGTH
    return Entry(f"{kind}-{row['id'].hex()}@huifang", text, at, length, row["rev"], made_at, fixed)


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at // SECOND, UTC)
