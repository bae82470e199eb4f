"""A call centre whose plans are tried: putting in rows and plans, running, and what came of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from server_sync.automation.plan_files import store_plan
from server_sync.automation.plans import plan_run
from server_sync.automation.run_report import PlanReport, PlanRunReport
from server_sync.domain.commands import Change, Insert
from server_sync.domain.model import TABLES, customer, task
from server_sync.domain.rules.plans.definition import checked_definition
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW, CountedIds, Organisation, seed

EVERYONE: dict[str, Any] = {"combinator": "and", "rules": []}
AFTER_ORDER: dict[str, Any] = {
    "code": "first",
    "name": "新客首访",
    "label": "首访",
    "purpose": "service",
    "trigger": "after_order",
    "params": {"days": 3},
    "due_within": {"amount": 1, "unit": "working_days"},
}
SILENCE: dict[str, Any] = AFTER_ORDER | {
    "code": "silent",
    "label": "关怀",
    "trigger": "silence",
    "params": {"days": 15},
}
BATCH: dict[str, Any] = AFTER_ORDER | {
    "code": "news",
    "label": "新品告知",
    "purpose": "marketing",
    "trigger": "batch",
    "params": {"batch": "十月新品告知"},
}


@dataclass
class Centre:
    """A database with its organisation; the clock stands at NOW, a working Thursday at 10:00 in Shanghai."""

    database: Database
    organisation: Organisation
    clock: HandClock
    ids: CountedIds

    def put(self, *rows: Change) -> None:
        """Write rows."""
        with self.database.write(self.clock.now()) as tx:
            write(tx, rows)

    def plan(self, definition: dict[str, Any], **values: Any) -> None:
        """Add a plan, or change it."""
        with self.database.write(self.clock.now()) as tx:
            store_plan(tx, self.ids, checked_definition(definition | values))

    def run(self, as_of: int | None = None, only: str | None = None) -> PlanRunReport:
        """Run the plans."""
        return plan_run(
            self.database, self.clock.now() if as_of is None else as_of, self.clock, self.ids, only
        )

    def run_one(self, as_of: int | None = None) -> PlanReport:
        """Run the only active plan."""
        (report,) = self.run(as_of).plans
        return report

    def tasks(self) -> list[dict[str, Any]]:
        """All tasks with their customers' codes as `code`, by code and key."""
        with self.database.read() as connection:
            rows = connection.execute(
                select(task, customer.c.code)
                .join(customer, customer.c.id == task.c.customer_id)
                .order_by(customer.c.code, task.c.dedupe_key)
            )
            return [dict(row._mapping) for row in rows]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table by id."""
        with self.database.read() as connection:
            found = connection.execute(select(TABLES[table]).order_by(TABLES[table].c.id)).mappings()
            return [dict(row) for row in found]

    def customer(self, code: str, team: bytes | None = None, **values: Any) -> Insert:
        """A customer of the north team or another, not written yet."""
        return self.organisation.customer(team or self.organisation.north, code=code, **values)


def centre(database: Database) -> Centre:
    """A seeded centre without an active plan: the one of the organisation is paused."""
    organisation = seed(database)
    made = Centre(database, organisation, HandClock(NOW), CountedIds(lane=3))
    made.plan(AFTER_ORDER, state="paused")
    return made
