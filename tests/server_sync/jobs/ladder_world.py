"""A team with one agent, ladders, and a worker that does what is due; moments are of the week of Friday 2026-11-20."""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import AcceptTask, Actor, Command, Insert, Update
from server_sync.domain.commands.decision import Accepted, Change
from server_sync.domain.model import TABLES, reminder, task
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs import ladders, reminders
from server_sync.jobs.worker import Worker
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync import effects
from server_sync.sync.deciding import carry_out
from tests.clocks import HandClock
from tests.server_sync.organisation import Organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
HANDLERS = {ladders.REMIND: reminders.remind, ladders.REPLAN: ladders.replan_some}


def at(text: str) -> int:
    """A moment of Shanghai's wall clock, "2026-11-20 16:30"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp()) * 1000


def face(moment: int) -> str:
    """The other way round."""
    return datetime.fromtimestamp(moment / 1000, SHANGHAI).strftime("%Y-%m-%d %H:%M")


def step(after: int, unit: str, *means: str, basis: str = "created", lasts: str = "open") -> dict[str, Any]:
    """A step of a ladder as its row holds it."""
    span = {"amount": after, "unit": unit}
    return {"basis": basis, "after": span, "while": lasts, "means": list(means)}


def before(span: int, unit: str, *means: str, lasts: str = "open") -> dict[str, Any]:
    """A step of a ladder that comes so long before it is due."""
    return {"basis": "due", "before": {"amount": span, "unit": unit}, "while": lasts, "means": list(means)}


class World:
    """The clock stands where a test puts it: `go` does what comes due on the way, minute by minute of its own time."""

    def __init__(self, database: Database, organisation: Organisation, clock: HandClock) -> None:
        self.database = database
        self.organisation = organisation
        self.clock = clock
        self.worker = Worker(database, clock, HANDLERS)
        self.agent: Actor = organisation.north_agents[0]
        self.customer = organisation.customer(organisation.north)
        self.write(self.customer)

    def write(self, *rows: Change) -> None:
        """Write rows as everybody does who does: with what follows from them."""
        with self.database.write(self.clock.now()) as tx:
            write(tx, rows)
            effects.follow(tx, rows)

    def policy(self, *steps: dict[str, Any], **values: Any) -> Insert:
        """A ladder, written."""
        row_id = self.organisation.ids.new()
        row = {"id": row_id, "code": row_id.hex(), "name": "阶梯", "steps": list(steps), "position": 0}
        made = Insert("escalation_policy", {**row, "active": True, "applies_to": {}, **values})
        self.write(made)
        return made

    def task(self, assignee: Actor | None = None, **values: Any) -> Insert:
        """A task of the agent that begins now, written."""
        now = self.clock.now()
        times = {"created_at": now, "available_at": now, "due_at": now + 7 * 24 * 60 * MINUTE}
        made = self.organisation.task(self.customer, assignee or self.agent, **(times | values))
        self.write(made)
        return made

    def setting(self, key: str, **value: Any) -> None:
        """Give a setting a value."""
        self.write(Insert("setting", {"id": setting_id(key), "key": key, "value": value}))

    def do(self, actor: Actor, command: Command) -> None:
        """Carry out a command of a desk."""
        with self.database.write(self.clock.now()) as tx:
            assert isinstance(carry_out(tx, actor, [command])[0], Accepted)

    def accept(self, made: Insert) -> None:
        """The agent takes the task up."""
        self.do(self.agent, AcceptTask(made.row_id, made.row["customer_id"], self.clock.now()))

    def change(self, made: Insert, **values: Any) -> None:
        """Change a row."""
        self.write(Update(made.table, made.row_id, values))

    def go(self, text: str) -> list[str]:
        """Let the time pass until then, every job at its own minute; what was fired, as "when means"."""
        end = at(text)
        before = self.fired()
        self.worker.run_due()
        while (due := self.next_due()) is not None and due <= end:
            self.clock.move(max(0, due - self.clock.now()))
            self.worker.run_due()
        self.clock.move(end - self.clock.now())
        return list((Counter(self.fired()) - Counter(before)).elements())

    def next_due(self) -> int | None:
        """When the next job of a ladder is due."""
        from server_sync.store.tables import job

        with self.database.read() as connection:
            waiting = select(job.c.due_at).where(job.c.state == "waiting", job.c.kind.in_(HANDLERS))
            return connection.scalar(waiting.order_by(job.c.due_at).limit(1))

    def fired(self) -> list[str]:
        """Every reminder that came, in order."""
        return [
            f"{face(row['due_at'])} {row['means']}"
            for row in sorted(self.reminders(), key=lambda row: (row["due_at"], row["means"]))
            if row["state"] in ("sent", "seen", "failed") or self._on_its_way(row["id"])
        ]

    def waiting(self) -> list[str]:
        """Every reminder that waits, in order."""
        rows = [row for row in self.reminders() if row["state"] == "waiting"]
        return sorted(f"{face(row['due_at'])} {row['means']}" for row in rows)

    def reminders(self) -> list[dict[str, Any]]:
        """All of them."""
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(select(reminder)).mappings()]

    def row(self, made: Insert) -> dict[str, Any]:
        """A row as it is now."""
        table = TABLES[made.table]
        with self.database.read() as connection:
            found = connection.execute(select(table).where(table.c.id == made.row_id))
            return dict(found.mappings().one())

    def _on_its_way(self, reminder_id: bytes) -> bool:
        from server_sync.store.tables import delivery

        with self.database.read() as connection:
            found = select(delivery.c.id).where(delivery.c.reminder_id == reminder_id)
            return connection.execute(found).first() is not None


__all__ = ["World", "at", "before", "face", "step", "task"]
