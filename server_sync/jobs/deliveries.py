"""Reminders on their way out: which channel takes one and to whom, as rows and jobs; sending is the channels' work."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from server_sync.domain.commands import Update
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import ReminderMeans, ReminderState, Role, person, reminder, task
from server_sync.store import changes, job_table
from server_sync.store.job_table import Job
from server_sync.store.rows import lock_customers
from server_sync.store.tables import account, channel, delivery
from server_sync.store.transaction import Transaction

DELIVER = "deliver"


class ChannelKind(StrEnum):
    """What a channel is."""

    MAIL = "mail"
    SMS = "sms"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


ROBOTS = (ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU)
KINDS: Mapping[ReminderMeans, Sequence[ChannelKind]] = {
    ReminderMeans.MAIL: (ChannelKind.MAIL,),
    ReminderMeans.SMS: (ChannelKind.SMS,),
    ReminderMeans.ROBOT: ROBOTS,
}


class DeliveryState(StrEnum):
    """A delivery's life."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """What it was to remind of was over before it went out."""


class Refusal(StrEnum):
    """Why a reminder did not go out."""

    NO_CHANNEL = "no_channel"
    NO_ADDRESS = "no_address"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    REFUSED = "refused"


def send_out(tx: Transaction, row: Mapping[str, Any]) -> Refusal | None:
    """Put a reminder on its way to everybody it is for; the reason where there is no way."""
    team_id = tx.connection.scalar(select(task.c.team_id).where(task.c.id == row["task_id"]))
    means = ReminderMeans(row["means"])
    ways = _channels(tx.connection, means, team_id)
    if not ways:
        return Refusal.NO_CHANNEL
    people: Sequence[bytes | None] = [None]
    if means is not ReminderMeans.ROBOT:
        people = _reachable(tx.connection, means, row["person_id"], team_id)
        ways = ways[:1]
    if not people:
        return Refusal.NO_ADDRESS
    rows = [
        {
            "id": delivery_id(row["id"], way.id, person_id),
            "reminder_id": row["id"],
            "channel_id": way.id,
            "person_id": person_id,
            "state": DeliveryState.WAITING,
            "made_at": tx.now,
        }
        for way in ways
        for person_id in people
    ]
    tx.connection.execute(insert(delivery), rows)
    names = [one["id"].hex() for one in rows]
    job_table.enqueue(tx, [Job(DELIVER, {"delivery": name}, tx.now, f"{DELIVER}:{name}") for name in names])
    return None


def settle(tx: Transaction, delivery_id: bytes, state: DeliveryState, error: Refusal | None) -> None:
    """Note what became of a delivery, and of its reminder: sent when one of its deliveries was, failed when none will
    be. What was cancelled meanwhile stays so."""
    values = {"state": state, "error": error, "settled_at": tx.now}
    tx.connection.execute(update(delivery).where(delivery.c.id == delivery_id).values(values))
    about = select(delivery.c.reminder_id).where(delivery.c.id == delivery_id).scalar_subquery()
    named = select(reminder.c.id, reminder.c.customer_id, reminder.c.state).where(reminder.c.id == about)
    lock_customers(tx, [row.customer_id for row in tx.connection.execute(named)])
    row = tx.connection.execute(named).first()
    if row is None or row.state != ReminderState.WAITING:
        return
    states = set(tx.connection.scalars(select(delivery.c.state).where(delivery.c.reminder_id == row.id)))
    if DeliveryState.SENT in states:
        sent = {"state": ReminderState.SENT, "sent_at": tx.now, "error": None}
        changes.write(tx, [Update("reminder", row.id, sent)])
    elif DeliveryState.WAITING not in states:
        changes.write(tx, [Update("reminder", row.id, failed(error))])


def failed(error: Refusal | None) -> Mapping[str, Any]:
    """The values of a reminder that no means took."""
    return {"state": ReminderState.FAILED, "error": error}


def delivery_id(reminder_id: bytes, channel_id: bytes, person_id: bytes | None) -> bytes:
    """The id of a delivery, the same whenever it is put on its way: its idempotency key."""
    name = b"delivery" + reminder_id + channel_id + (person_id or b"")
    return hashlib.blake2b(name, digest_size=ID_BYTES).digest()


def _channels(
    connection: Connection, means: ReminderMeans, team_id: bytes | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The team's own channels for these means, else those of all teams."""
    found = connection.execute(
        select(channel.c.id, channel.c.team_id)
        .where(channel.c.kind.in_(KINDS[means]))
        .order_by(channel.c.code)
    ).all()
    own = [one for one in found if one.team_id is not None and one.team_id == team_id]
    return own or [one for one in found if one.team_id is None]


def _reachable(
    connection: Connection, means: ReminderMeans, person_id: bytes | None, team_id: bytes | None
) -> Sequence[bytes]:
    """Whom it is for, of those with an address: the person, or the leads of the team."""
    address = account.c.email if means is ReminderMeans.MAIL else account.c.mobile
    whom = person.c.id == person_id
    if person_id is None:
        whom = (person.c.team_id == team_id) & (person.c.role == Role.SUPERVISOR)
    found = select(person.c.id).join(account, account.c.person_id == person.c.id)
    return connection.scalars(
        found.where(whom, person.c.active, address.is_not(None)).order_by(person.c.id)
    ).all()
