"""A small call centre for tests: two teams with a lead and agents each, customers, a plan, a form, tasks and orders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.commands.decision import Change
from server_sync.domain.model import Role, TaskState
from server_sync.store.changes import write
from server_sync.store.database import Database

NOW = 1_790_820_000_000  # 2026-10-01 10:00 in Shanghai
XFORM = "<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"


class CountedIds:
    """Ids that count up in the shape of UUIDv7, the same in every run; `lane` keeps two sources apart."""

    def __init__(self, lane: int = 0) -> None:
        self._lane = lane
        self._last = 0

    def new(self) -> bytes:
        self._last += 1
        head = (NOW << 80) | (0x7 << 76) | (0x2 << 62)
        return (head | (self._lane << 40) | self._last).to_bytes(16)


@dataclass
class Organisation:
    """Who and what there is; `north` and `south` are teams. Fill it with `seed`."""

    ids: CountedIds = field(default_factory=CountedIds)
    north: bytes = b""
    south: bytes = b""
    administrator: Actor = field(init=False)
    north_lead: Actor = field(init=False)
    south_lead: Actor = field(init=False)
    north_agents: list[Actor] = field(default_factory=list)
    south_agents: list[Actor] = field(default_factory=list)
    plan: bytes = b""
    form_version: bytes = b""

    def __post_init__(self) -> None:
        self.north, self.south = self.ids.new(), self.ids.new()
        self.administrator = Actor(self.ids.new(), Role.ADMINISTRATOR, None)
        self.north_lead = Actor(self.ids.new(), Role.SUPERVISOR, self.north)
        self.south_lead = Actor(self.ids.new(), Role.SUPERVISOR, self.south)
        self.north_agents = [Actor(self.ids.new(), Role.AGENT, self.north) for _ in range(3)]
        self.south_agents = [Actor(self.ids.new(), Role.AGENT, self.south) for _ in range(2)]
        self.plan, self.form_version = self.ids.new(), self.ids.new()

    def people(self) -> list[Actor]:
        """Everybody."""
        return [self.administrator, self.north_lead, self.south_lead, *self.north_agents, *self.south_agents]

    def company(self) -> Iterator[Change]:
        """The rows that every desk gets."""
        yield Insert("team", {"id": self.north, "name": "北区", "region": "华北"})
        yield Insert("team", {"id": self.south, "name": "南区", "region": "华南"})
        for number, actor in enumerate(self.people()):
            yield Insert("person", person_row(actor, number))
        form = self.ids.new()
        yield Insert(
            "form", {"id": form, "code": "visit", "title": "首访", "current_version_id": self.form_version}
        )
        yield Insert(
            "form_version",
            {
                "id": self.form_version,
                "form_id": form,
                "version": "1",
                "xform": XFORM,
                "published_at": NOW - 9 * DAY,
            },
        )
        yield Insert(
            "plan",
            {
                "id": self.plan,
                "code": "first",
                "name": "新客首访",
                "label": "首访",
                "state": "active",
                "purpose": "service",
                "channel": "phone",
                "trigger": "after_order",
                "params": {"days": 3, "basis": "ordered_on"},
                "audience": {"combinator": "and", "rules": []},
                "form_id": form,
                "due_within": {"amount": 1, "unit": "working_days"},
            },
        )

    def customer(self, team_id: bytes | None, *, owner: Actor | None = None, **values: Any) -> Insert:
        """A customer row."""
        row_id = self.ids.new()
        row = {
            "id": row_id,
            "code": f"K{row_id[-4:].hex()}",
            "kind": "person",
            "name": "客户",
            "tier": "normal",
            "team_id": team_id,
            "owner_id": owner and owner.person_id,
            "created_at": NOW - DAY,
        }
        return Insert("customer", row | values)

    def contact_point(self, customer: Insert, **values: Any) -> Insert:
        """A mobile number of a customer."""
        row_id = self.ids.new()
        row = {
            "id": row_id,
            "customer_id": customer.row_id,
            "kind": "mobile",
            "value": f"+86138{int.from_bytes(row_id[-4:]) % 10**8:08}",
            "position": 0,
            "valid": True,
        }
        return Insert("contact_point", row | values)

    def task(self, customer: Insert, assignee: Actor | None, **values: Any) -> Insert:
        """An open task; without an assignee in the pool of the customer's team."""
        row_id = self.ids.new()
        row = {
            "id": row_id,
            "customer_id": customer.row_id,
            "plan_id": self.plan,
            "form_version_id": self.form_version,
            "team_id": assignee.team_id if assignee else customer.row["team_id"],
            "assignee_id": assignee and assignee.person_id,
            "in_pool": assignee is None,
            "state": TaskState.OPEN,
            "purpose": "service",
            "channel": "phone",
            "reason": "days_after_order",
            "reason_values": {"days": 3, "label": "首访"},
            "priority": 50,
            "available_at": NOW - HOUR,
            "due_at": NOW + DAY,
            "dedupe_key": row_id.hex(),
            "created_at": NOW - HOUR,
        }
        return Insert("task", row | values)

    def order(self, customer: Insert, **values: Any) -> Insert:
        """An order of a customer."""
        row_id = self.ids.new()
        row = {
            "id": row_id,
            "customer_id": customer.row_id,
            "number": f"US-{row_id[-4:].hex()}",
            "ordered_on": "2026-09-28",
            "amount": "129.696",
            "line_count": 1,
        }
        return Insert("sales_order", row | values)


def person_row(actor: Actor, number: int) -> dict[str, Any]:
    """The person of an actor."""
    return {
        "id": actor.person_id,
        "login": f"p{number:02}",
        "name": f"坐席 {number:02}",
        "role": actor.role,
        "team_id": actor.team_id,
        "active": True,
    }


def seed(database: Database) -> Organisation:
    """Write an organisation into a database with the schema."""
    organisation = Organisation()
    with database.write(NOW - HOUR) as tx:
        write(tx, organisation.company())
    return organisation
