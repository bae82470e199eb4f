"""Reminders on their way out of a small call centre: written, fired, and sent by couriers to a gateway."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from server_sync.channels import configured
from server_sync.channels.courier import Courier
from server_sync.domain.commands import Insert
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import ReminderMeans, ReminderState
from server_sync.jobs import deliveries, ladders, reminders
from server_sync.jobs.deliveries import ChannelKind
from server_sync.jobs.worker import Worker
from server_sync.store import job_table
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.job_table import Job
from server_sync.store.tables import account, delivery, job
from tests.clocks import HandClock
from tests.server_sync.organisation import Organisation

MOBILE, MAIL = "+8613800000000", "agent@example.com"
COUNTED = [{"kind": "counted_from", "values": {"basis": "created", "at": 0}}]


class Outgoing:
    """`remind` puts one reminder in for each call; `run` does all that is due at the clock's time."""

    def __init__(self, database: Database, organisation: Organisation, clock: HandClock) -> None:
        self.database = database
        self.organisation = organisation
        self.clock = clock
        self.agent = organisation.north_agents[0]
        self.courier = Courier(database, clock)
        self.worker = Worker(database, clock, {ladders.REMIND: reminders.remind})
        self.customer = organisation.customer(organisation.north, name="张三丰")
        self.task = organisation.task(self.customer, self.agent)
        with database.write(clock.now()) as tx:
            write(tx, [self.customer, self.task])
            for person in (self.agent, organisation.north_lead):
                row = {"person_id": person.person_id, "password_hash": "", "changed_at": 0}
                tx.connection.execute(insert(account).values(**row, email=MAIL, mobile=MOBILE))

    def channel(
        self, kind: ChannelKind, code: str, settings: Mapping[str, Any], team: str | None = None
    ) -> None:
        """Set a channel up."""
        checked = {"encoding": "json", "fields": {"to": "{to}", "text": "{text}"}} if kind == "sms" else {}
        with self.database.write(self.clock.now()) as tx:
            ids = SystemIds(self.clock)
            configured.add(tx, ids, kind, code, {**checked, **settings}, team, 60_000)

    def remind(self, means: ReminderMeans, count: int = 1, *, to_lead: bool = False) -> list[bytes]:
        """Reminders that are due now, with their jobs."""
        now, made = self.clock.now(), []
        for number in range(count):
            row = {
                "id": self.organisation.ids.new(),
                "customer_id": self.customer.row_id,
                "task_id": self.task.row_id,
                "person_id": None if to_lead else self.agent.person_id,
                "policy_id": self.organisation.plan,
                "step": number,
                "means": means,
                "state": ReminderState.WAITING,
                "due_at": now,
                "clock_steps": COUNTED,
            }
            made.append(Insert("reminder", row))
        with self.database.write(now) as tx:
            write(tx, made)
            for one in made:
                assert deliveries.send_out(tx, one.row) is None
        return [one.row_id for one in made]

    def fire(self, reminder_id: bytes) -> None:
        """Have the worker come to a reminder."""
        name = reminder_id.hex()
        with self.database.write(self.clock.now()) as tx:
            job_table.enqueue(tx, [Job(ladders.REMIND, {"reminder": name}, self.clock.now(), name)])
        self.worker.run_due()

    def states(self) -> list[tuple[str, str | None]]:
        """Of the reminders, with their errors."""
        from server_sync.domain.model import reminder

        with self.database.read() as connection:
            found = connection.execute(select(reminder.c.state, reminder.c.error).order_by(reminder.c.id))
            return [(state, error) for state, error in found]

    def deliveries(self) -> list[tuple[str, str | None]]:
        """Of the deliveries, with their errors."""
        with self.database.read() as connection:
            found = connection.execute(select(delivery.c.state, delivery.c.error).order_by(delivery.c.id))
            return [(state, error) for state, error in found]

    def next_due(self) -> int:
        """When the next delivery is due."""
        with self.database.read() as connection:
            waiting = select(job.c.due_at).where(job.c.state == "waiting", job.c.kind == deliveries.DELIVER)
            due: int | None = connection.scalar(waiting.order_by(job.c.due_at).limit(1))
        assert due is not None
        return due
