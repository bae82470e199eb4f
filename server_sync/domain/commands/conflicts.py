"""The verbs on what was not taken as it was meant: its person hands it over or withdraws it, a lead settles it
(SYNC P3, §5). What comes to stand there by itself is the server's part (`sync.refusals`)."""

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands import fates
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Change,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, clamp
from server_sync.domain.commands.on_customer import customer_needs, visible_customer
from server_sync.domain.commands.tasks import BY_LEAD, previous_assignees, refused_by_customer
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, ConflictState, ConflictStatus, Resolution, TaskState
from server_sync.domain.rules.conflicts import awaits_lead
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.permissions import OPEN_STATES, leads

LONGEST_COMMAND = 80
_LEADS_CHOICES = (Resolution.THEIRS, Resolution.MINE, Resolution.NOTED)
_KINDS = (*ErrorKind, ConflictStatus.MERGED)


@dataclass(frozen=True)
class HandOverConflict:
    """Give what was not taken to the lead of one's team, with the command as it was meant: `args` in base64. An entry
    that stands there already, under the id that came with the refusal, is his from now on."""

    name: ClassVar[str] = "hand_over_conflict@1"
    conflict_id: bytes
    customer_id: bytes | None
    task_id: bytes | None
    command: str
    args: str
    kind: str
    note: str | None
    recorded_at: int

    def reads(self) -> Iterable[Need]:
        return (Need("team_conflict", self.conflict_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        note = (self.note or "").strip() or None
        if note is not None and len(note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        known = rows.get("team_conflict", self.conflict_id)
        if known is not None:
            if known["person_id"] != actor.person_id:
                return rejected(ErrorKind.NOT_FOUND, table="team_conflict")
            if known["state"] == ConflictState.SETTLED:
                return Accepted(())
            handed = {"status": ConflictStatus.HANDED_OVER, "note": note}
            return Accepted((Update("team_conflict", self.conflict_id, handed),))
        if actor.team_id is None or self.kind not in _KINDS or len(self.command) > LONGEST_COMMAND:
            return rejected(ErrorKind.NOT_PERMITTED)
        try:
            b64decode(self.args, validate=True)
        except ValueError:
            return rejected(ErrorKind.FIELD_INVALID, field="args")
        row = {
            "id": self.conflict_id,
            "team_id": actor.team_id,
            "person_id": actor.person_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "status": ConflictStatus.HANDED_OVER,
            "command": self.command,
            "args": self.args,
            "kind": self.kind,
            "note": note,
            "recorded_at": clamp(self.recorded_at, now),
            "answered_at": now,
        }
        return Accepted((Insert("team_conflict", row),))


@dataclass(frozen=True)
class WithdrawConflict:
    """Say that one has dealt with one's own refused or merged work. What waits for the lead goes on waiting, and what
    the lead never heard of is nothing to withdraw."""

    name: ClassVar[str] = "withdraw_conflict@1"
    conflict_id: bytes
    customer_id: bytes | None
    withdrawn_at: int

    def reads(self) -> Iterable[Need]:
        return (Need("team_conflict", self.conflict_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        known = rows.get("team_conflict", self.conflict_id)
        if known is None:
            return Accepted(())
        if known["person_id"] != actor.person_id:
            return rejected(ErrorKind.NOT_FOUND, table="team_conflict")
        if known["state"] == ConflictState.SETTLED or awaits_lead(
            known["status"], known["kind"], known["details"]
        ):
            return Accepted(())
        settled = _settled(Resolution.WITHDRAWN, actor, clamp(self.withdrawn_at, now), None)
        return Accepted((Update("team_conflict", self.conflict_id, settled),))


@dataclass(frozen=True)
class SettleConflict:
    """A lead decides: "theirs" leaves everything as it stands, "noted" too; "mine" goes with what the person meant.

    The value of a field is then corrected by a command of its own, before this one; the result of a late call counts
    by this one, for the task and from the attempt that are named. A number in dispute may be dialled again when
    nothing else is open about it (SYNC §5). Who settles first has settled it.
    """

    name: ClassVar[str] = "settle_conflict@1"
    activity_id: bytes
    conflict_id: bytes
    customer_id: bytes | None
    contact_point_id: bytes | None
    task_id: bytes | None
    attempt_id: bytes | None
    resolution: str
    note: str | None
    settled_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("team_conflict", self.conflict_id)
        if self.contact_point_id is not None:
            yield Need("contact_point", self.contact_point_id)
            yield Need("team_conflict", self.contact_point_id, "contact_point_id")
        if self.customer_id is not None:
            yield from customer_needs(self.customer_id)
            yield Need("do_not_call", self.customer_id, "customer_id")
            if self.task_id is not None and self.attempt_id is not None:
                yield from fates.needs(self.attempt_id, self.task_id, self.customer_id, self.settled_at)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        conflict = rows.get("team_conflict", self.conflict_id)
        if conflict is None or not leads(actor, conflict["team_id"]):
            return rejected(ErrorKind.NOT_FOUND, table="team_conflict")
        if conflict["state"] == ConflictState.SETTLED:
            return Accepted(())
        note = (self.note or "").strip() or None
        if note is not None and len(note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        if self.resolution not in _LEADS_CHOICES:
            return rejected(ErrorKind.FIELD_INVALID, field="resolution")
        for name in ("customer_id", "contact_point_id"):
            if getattr(self, name) != conflict[name]:
                return rejected(ErrorKind.FIELD_INVALID, field=name)
        at = clamp(self.settled_at, now)
        settled = _settled(Resolution(self.resolution), actor, at, note)
        changes: list[Change] = [Update("team_conflict", self.conflict_id, settled)]
        if conflict["status"] == ConflictStatus.LATE and self.resolution == Resolution.MINE:
            adopted = self._adopted(rows, actor, conflict, now)
            if isinstance(adopted, Rejected):
                return adopted
            changes += adopted
        if self.contact_point_id is not None and not self._still_disputed(rows):
            changes.append(Update("contact_point", self.contact_point_id, {"disputed_at": None}))
        if self.customer_id is not None and not isinstance(
            visible_customer(rows, actor, self.customer_id), Rejected
        ):
            changes.append(Insert("activity", self._fact(actor, conflict, note, at)))
        return Accepted(tuple(changes))

    def _still_disputed(self, rows: Rows) -> bool:
        """Whether another disagreement about the number is open."""
        point_id = self.contact_point_id or b""
        about = rows.where("team_conflict", "contact_point_id", point_id)
        return any(one["id"] != self.conflict_id and one["state"] == ConflictState.OPEN for one in about)

    def _adopted(self, rows: Rows, actor: Actor, conflict: Row, now: int) -> tuple[Update, ...] | Rejected:
        """The task as it had been if the call had come in time. A refusal of the customer stands against it."""
        if self.customer_id is None or self.task_id is None or self.attempt_id is None:
            return rejected(ErrorKind.FIELD_MISSING, field="attempt_id")
        task, attempt = rows.get("task", self.task_id), rows.get("attempt", self.attempt_id)
        if task is None or attempt is None or not leads(actor, task["team_id"]):
            return rejected(ErrorKind.NOT_FOUND, table="task")
        of_conflict = (conflict["task_id"], conflict["person_id"], conflict["customer_id"], True)
        meant = (task["id"], attempt["person_id"], attempt["customer_id"], attempt["late"])
        disposition = BY_CODE.get(attempt["disposition"] or "")
        if meant != of_conflict or attempt["task_id"] != self.task_id or disposition is None:
            return rejected(ErrorKind.NOT_FOUND, table="attempt")
        refused = refused_by_customer(rows, task, now)
        if refused is not None:
            return refused
        was_open = task["state"] in OPEN_STATES
        fate, *promises = fates.changes(
            rows, task, attempt, disposition, attempt["ended_at"], self.settled_at
        )
        values = {"cancelled_because": None, **fate.values}
        if fate.values["state"] == TaskState.OPEN and not was_open:
            values |= {"done_at": None, "accepted_at": None}
            if "assignee_id" not in values:
                values |= _given_back(task, attempt["person_id"])
        return Update("task", self.task_id, values), *promises

    def _fact(self, actor: Actor, conflict: Row, note: str | None, at: int) -> dict[str, Any]:
        """The timeline's row of the decision; it names no number."""
        return {
            "id": self.activity_id,
            "customer_id": self.customer_id,
            "task_id": conflict["task_id"],
            "person_id": actor.person_id,
            "kind": ActivityKind.CONFLICT_SETTLED,
            "details": {
                "resolution": self.resolution,
                "status": conflict["status"],
                "field": conflict["details"].get("field"),
            },
            "text": note,
            "happened_at": at,
        }


def _settled(resolution: Resolution, actor: Actor, at: int, note: str | None) -> dict[str, Any]:
    return {
        "state": ConflictState.SETTLED,
        "resolution": resolution,
        "settled_by": actor.person_id,
        "settled_at": at,
        "settled_note": note,
    }


def _given_back(task: Row, person_id: bytes) -> dict[str, Any]:
    """Open again, and with who worked on it last."""
    return {
        "assignee_id": person_id,
        "in_pool": False,
        "leased_until": None,
        "previous_assignees": previous_assignees(task),
        "assigned_because": BY_LEAD,
    }
