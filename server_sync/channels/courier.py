"""The courier: takes deliveries that are due, hands each to its channel outside any transaction, notes what came."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from server_sync.channels.adapters import Adapters, adapter
from server_sync.channels.port import Message, NotSent
from server_sync.channels.words import text_of
from server_sync.domain.clock import MINUTE, Clock
from server_sync.domain.commands import Row
from server_sync.domain.model import ReminderState, reminder
from server_sync.domain.rules import quiet_hours
from server_sync.jobs import deliveries, leases
from server_sync.jobs.deliveries import DELIVER, ChannelKind, DeliveryState, Refusal
from server_sync.jobs.leases import MOST_ATTEMPTS, Taken
from server_sync.jobs.loop import JobLoop
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.store.tables import account, channel, delivery
from server_sync.store.transaction import Transaction

logger = logging.getLogger(__name__)

REST = MINUTE
"""How long a channel is let alone that did not answer."""
SILENT = (Refusal.TIMED_OUT, Refusal.UNREACHABLE)


@dataclass(frozen=True)
class Parcel:
    """A message with the channel that it goes by."""

    message: Message
    channel_id: bytes
    kind: ChannelKind
    settings: Mapping[str, Any]


class Courier(JobLoop):
    """Sends on a thread of its own between `start` and `stop`: at least once, every try under the same key.

    A process that dies between sending and noting it sends again when the lease is over.
    """

    def __init__(self, database: Database, clock: Clock, made: Adapters = adapter) -> None:
        super().__init__(database, clock, (DELIVER,), "courier")
        self._made = made

    def do(self, job: Taken) -> None:
        """Send one, and settle it."""
        delivery_id = bytes.fromhex(job.payload["delivery"])
        with self.database.write(self.clock.now()) as tx:
            if not leases.hold(tx, job):
                return
            parcel = _packed(tx, delivery_id)
            if isinstance(parcel, int):
                leases.look_again(tx, job, parcel, tried=job.attempts - 1)
            elif parcel is None:
                leases.finish(tx, job)
        if not isinstance(parcel, Parcel):
            return
        refused = self._send(parcel)
        with self.database.write(self.clock.now()) as tx:
            if not leases.hold(tx, job):
                return
            if refused is None:
                leases.finish(tx, job)
                deliveries.settle(tx, delivery_id, DeliveryState.SENT, None)
            else:
                _note_refusal(tx, job, delivery_id, parcel.channel_id, refused)

    def _send(self, parcel: Parcel) -> NotSent | None:
        try:
            self._made(parcel.kind, parcel.settings).send(parcel.message)
        except NotSent as refused:
            return refused
        except Exception:  # a mistake of ours, or settings that cannot be: it counts as a try
            logger.exception("a channel failed", extra={"kind": parcel.kind})
            return NotSent(Refusal.REFUSED)
        return None


def _packed(tx: Transaction, delivery_id: bytes) -> Parcel | int | None:
    """What is to be sent now; or when to look again (ms); or None, settled: there is nothing to send any more."""
    row = tx.connection.execute(select(delivery).where(delivery.c.id == delivery_id)).mappings().one()
    if row["state"] != DeliveryState.WAITING:
        return None
    about = select(reminder).where(reminder.c.id == row["reminder_id"])
    told = tx.connection.execute(about).mappings().first()
    if told is None or told["state"] == ReminderState.CANCELLED:
        deliveries.settle(tx, delivery_id, DeliveryState.DROPPED, None)
        return None
    # Locked, for its turns are given out one after the other.
    named = select(channel).where(channel.c.id == row["channel_id"]).with_for_update()
    way = tx.connection.execute(named).mappings().first()
    if way is None:
        deliveries.settle(tx, delivery_id, DeliveryState.FAILED, Refusal.NO_CHANNEL)
        return None
    kind = ChannelKind(way["kind"])
    address = _address(tx, kind, row["person_id"])
    if address is None and row["person_id"] is not None:
        deliveries.settle(tx, delivery_id, DeliveryState.FAILED, Refusal.NO_ADDRESS)
        return None
    later = _not_before(tx, dict(row), dict(way))
    if later > tx.now:
        return later
    subject, text = text_of(tx.connection, dict(told))
    message = Message(delivery_id.hex(), address, subject, text, tx.now)
    return Parcel(message, way["id"], kind, way["settings"])


def _not_before(tx: Transaction, row: Row, way: Row) -> int:
    """When the delivery may go: not in quiet hours, not while its channel rests, in the turn that it gets here."""
    timezone = company.setting_of(tx.connection, "company")["timezone"]
    quiet = quiet_hours.wait(tx.now, timezone, company.setting_of(tx.connection, "quiet_hours"))
    if quiet is not None:
        morning: int = quiet.values["to_at"]
        return morning
    if way["rests_until"] is not None and way["rests_until"] > tx.now:
        rested: int = way["rests_until"]
        return rested
    if row["slot_at"] is not None:
        turn: int = row["slot_at"]
        return turn
    slot: int = max(way["free_at"], tx.now)
    then = slot + MINUTE // way["per_minute"]
    tx.connection.execute(update(channel).where(channel.c.id == way["id"]).values(free_at=then))
    tx.connection.execute(update(delivery).where(delivery.c.id == row["id"]).values(slot_at=slot))
    return slot


def _address(tx: Transaction, kind: ChannelKind, person_id: bytes | None) -> str | None:
    column = account.c.email if kind is ChannelKind.MAIL else account.c.mobile
    found: str | None = tx.connection.scalar(select(column).where(account.c.person_id == person_id))
    return found


def _note_refusal(
    tx: Transaction, job: Taken, delivery_id: bytes, channel_id: bytes, refused: NotSent
) -> None:
    """Try again later, or give up; a channel that does not answer rests, so that it holds up no other."""
    error = refused.refusal
    if error in SILENT:
        resting = update(channel).where(channel.c.id == channel_id)
        tx.connection.execute(resting.values(rests_until=tx.now + REST))
    if refused.lasting or job.attempts >= MOST_ATTEMPTS:
        leases.give_up(tx, job, error)
        deliveries.settle(tx, delivery_id, DeliveryState.FAILED, error)
        return
    leases.fail(tx, job, error)
    again = update(delivery).where(delivery.c.id == delivery_id)
    tx.connection.execute(again.values(slot_at=None, error=error))
