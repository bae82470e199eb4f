"""A desk with conflicts of every kind, for tests and pictures of the room: refused, merged, late, handed over."""

from base64 import b64encode
from typing import Any

from sqlalchemy import insert

from agent_app.store.tables import conflict
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import (
    Actor,
    AddNote,
    Command,
    CorrectContactPoint,
    CorrectCustomer,
    FinishAttempt,
    Insert,
    ReassignTask,
)
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

BASE, MINE, THEIRS = "+8613812341234", "+8613812371234", "+8613912345678"


class Room:
    """A customer of the first agent with a number and a closed task; entries are put beside it."""

    def __init__(self, company: Company) -> None:
        organisation = company.organisation
        self.company, self.ids = company, company.ids
        self.agent, self.other, self.lead = *organisation.north_agents[:2], organisation.north_lead
        self.customer: Insert = organisation.customer(
            organisation.north, owner=self.agent, name="客户 A", city="宁波", note="周末不便接听,请打手机"
        )
        self.point = organisation.contact_point(self.customer, value=THEIRS)
        self.task = organisation.task(
            self.customer, self.agent, state="done", disposition="3.13", done_at=NOW
        )
        company.put(self.customer, self.point, self.task)
        self._mid = 0

    def number(self) -> CorrectContactPoint:
        return CorrectContactPoint(
            self.ids.new(), self.point.row_id, self.customer.row_id, BASE, MINE, NOW - HOUR
        )

    def field(self, name: str, base: str | None, value: str | None) -> CorrectCustomer:
        return CorrectCustomer(self.ids.new(), self.customer.row_id, name, base, value, NOW - HOUR)

    def note(self, text: str = "喜欢上午") -> AddNote:
        return AddNote(self.ids.new(), self.customer.row_id, text, NOW - HOUR)

    def result(self, disposition: str = "1.1") -> FinishAttempt:
        return FinishAttempt(
            self.ids.new(), self.task.row_id, self.customer.row_id, disposition, "已解释", NOW - HOUR, 60_000
        )

    def give(self) -> ReassignTask:
        return ReassignTask(
            self.ids.new(), self.task.row_id, self.customer.row_id, self.other.person_id, NOW - HOUR
        )

    def own(self, meant: Command, kind: str = "not_found", **values: Any) -> int:
        """An entry of one's own; returns its mid."""
        self._mid += 1
        row = {
            "mid": self._mid,
            "status": "rejected",
            "command": meant.name,
            "args": encode_arguments(meant),
            "kind": kind,
            "values": {},
            "customer_id": self.customer.row_id,
            "recorded_at": NOW - HOUR,
            "answered_at": NOW + self._mid,
        }
        with self.company.store.write() as connection:
            connection.execute(insert(conflict).values(row | values))
        return self._mid

    def of_team(self, meant: Command, kind: str = "not_found", **values: Any) -> bytes:
        """An entry of the team, of the first agent's work; returns its id."""
        row: dict[str, Any] = {
            "id": self.ids.new(),
            "team_id": self.company.organisation.north,
            "person_id": self.agent.person_id,
            "customer_id": self.customer.row_id,
            "task_id": getattr(meant, "task_id", None),
            "status": "rejected",
            "command": meant.name,
            "args": b64encode(encode_arguments(meant)).decode(),
            "kind": kind,
            "recorded_at": NOW - HOUR,
            "answered_at": NOW - MINUTE,
        } | values
        self.company.put(Insert("team_conflict", row))
        found: bytes = row["id"]
        return found

    def told(self, field: str, base: str | None, mine: str | None, theirs: str | None) -> dict[str, Any]:
        """The values of two corrections of one field."""
        by = self.other.person_id or b""
        return {"field": field, "base": base, "mine": mine, "theirs": theirs, "by": by.hex(), "at": NOW}

    def disputed(self, **values: Any) -> bytes:
        """Two numbers, before the lead."""
        told = self.told("number", BASE, MINE, THEIRS)
        return self.of_team(
            self.number(), "field_conflict", contact_point_id=self.point.row_id, details=told, **values
        )

    def fill(self) -> None:
        """One of each kind, own and of the team."""
        note = self.field("note", "周末不便", "周末不便接听,只接受短信;紧急时请打公司座机")
        told = self.told("note", "周末不便", note.value, "周末不便接听,请打手机")
        self.own(self.number(), "field_conflict", values=self.told("number", BASE, MINE, THEIRS))
        self.own(note, "field_conflict", values=told)
        city = self.told("city", "杭州", "绍兴", "宁波") | {"merged": ["city"]}
        self.own(self.field("city", "杭州", "绍兴"), "merged", status="merged", values=city)
        self.own(self.note(), "server_failed", status="set_aside")
        self.disputed()
        self.of_team(self.result(), "late", status="late", details={"disposition": "1.1"})
        self.of_team(self.note(), "server_failed", status="handed_over", note="客户在电话里这样说,请代为登记")
        self.of_team(note, "field_conflict", details=told)
        self.of_team(self.give(), "not_permitted")
        self.of_team(self.result("3.13"), "revoked", status="revoked")

    def actor(self, *, leads: bool) -> Actor:
        return self.lead if leads else self.agent
