"""The verbs of the roster: say when a person works or is on leave, and take that back; what follows from it stands in
`rules.shifts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.clock import DAY
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ShiftKind
from server_sync.domain.rules.permissions import leads

LONGEST = 366 * DAY
LONGEST_NOTE = 200
LAST = 4_102_444_800_000
"""The year 2100, ms: a roster does not reach further."""


@dataclass(frozen=True)
class SaveShift:
    """Set a span of a person's roster, new or changed, by the lead of his team (M3.10)."""

    name: ClassVar[str] = "save_shift@1"
    shift_id: bytes
    person_id: bytes
    kind: str
    starts_at: int
    ends_at: int
    note: str | None

    def reads(self) -> Iterable[Need]:
        return Need("shift", self.shift_id), Need("person", self.person_id)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        person = rows.get("person", self.person_id)
        if person is None:
            return rejected(ErrorKind.NOT_FOUND, table="person")
        known = rows.get("shift", self.shift_id)
        teams = [person["team_id"]] if known is None else [person["team_id"], known["team_id"]]
        if not all(leads(actor, team_id) for team_id in teams):
            return rejected(ErrorKind.NOT_PERMITTED)
        if person["team_id"] is None:
            return rejected(ErrorKind.FIELD_MISSING, field="team_id")
        if self.kind not in list(ShiftKind):
            return rejected(ErrorKind.FIELD_INVALID, field="kind")
        if not 0 <= self.starts_at < self.ends_at <= min(self.starts_at + LONGEST, LAST):
            return rejected(ErrorKind.FIELD_INVALID, field="ends_at")
        if self.note is not None and len(self.note) > LONGEST_NOTE:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_NOTE)
        values = {
            "team_id": person["team_id"],
            "person_id": self.person_id,
            "kind": self.kind,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "note": self.note,
        }
        if known is None:
            return Accepted((Insert("shift", {"id": self.shift_id, **values}),))
        if all(known[name] == value for name, value in values.items()):
            return Accepted(())
        return Accepted((Update("shift", self.shift_id, values),))


@dataclass(frozen=True)
class RemoveShift:
    """Take a span out of the roster; what has no length is none. Twice is once."""

    name: ClassVar[str] = "remove_shift@1"
    shift_id: bytes

    def reads(self) -> Iterable[Need]:
        return (Need("shift", self.shift_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        known = rows.get("shift", self.shift_id)
        if known is None:
            return rejected(ErrorKind.NOT_FOUND, table="shift")
        if not leads(actor, known["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        if known["ends_at"] == known["starts_at"]:
            return Accepted(())
        return Accepted((Update("shift", self.shift_id, {"ends_at": known["starts_at"]}),))
