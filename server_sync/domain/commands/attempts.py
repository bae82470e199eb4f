"""The verbs of a call or visit: start an attempt, finish with a disposition; what was answered stands in `responses`,
callbacks in `callbacks`, where a visit took place in `visits`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.clock import DAY
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
    derived_id,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, already_there, clamp
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.commands.tasks import taking
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, Channel, TaskState
from server_sync.domain.rules import dialling
from server_sync.domain.rules.dispositions import BY_CODE, Disposition, Group
from server_sync.domain.rules.permissions import OPEN_STATES, may_work_on

LONGEST_CODE = 20


@dataclass(frozen=True)
class StartAttempt(OnTask):
    """Record that a call or visit begins. Whether it may begin is asked before, by `rules.dialling`; a call that was
    made is a fact and is kept, with the rule that stood against it in `breach`."""

    name: ClassVar[str] = "start_attempt@1"
    attempt_id: bytes
    task_id: bytes
    customer_id: bytes
    contact_point_id: bytes | None
    channel: str
    started_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("attempt", self.attempt_id)
        yield from (Need(*need) for need in dialling.needs(self.task_id, self.customer_id))

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        known = rows.get("attempt", self.attempt_id)
        if known is not None:
            same = (known["task_id"], known["person_id"]) == (self.task_id, actor.person_id)
            return already_there(same, "attempt")
        if self.channel not in list(Channel):
            return rejected(ErrorKind.FIELD_INVALID, field="channel")
        if self.contact_point_id is not None:
            point = next(
                (
                    p
                    for p in rows.where("contact_point", "customer_id", self.customer_id)
                    if p["id"] == self.contact_point_id
                ),
                None,
            )
            if point is None:
                return rejected(ErrorKind.NOT_FOUND, table="contact_point")
        at = clamp(self.started_at, now)
        refusal = dialling.refusal(rows, task, actor.person_id, self.contact_point_id, at, self.channel)
        late = not may_work_on(actor, task) or task["state"] not in OPEN_STATES
        attempt = {
            "id": self.attempt_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "contact_point_id": self.contact_point_id,
            "channel": self.channel,
            "started_at": at,
            "late": late,
            "breach": refusal.kind if refusal else None,
        }
        changes: list[Change] = [Insert("attempt", attempt)]
        if not late:
            values: dict[str, Any] = {
                "attempt_count": task["attempt_count"] + 1,
                "last_attempt_at": max(at, task["last_attempt_at"] or at),
            }
            if task["state"] == TaskState.OPEN:
                values |= {"state": TaskState.ACCEPTED, "accepted_at": at}
            if task["assignee_id"] is None:
                values |= taking(task, actor)
            changes.append(Update("task", self.task_id, values))
        return Accepted(tuple(changes))


def own_attempt(rows: Rows, actor: Actor, attempt_id: bytes, task_id: bytes) -> Row | Rejected:
    """The actor's own attempt on the task, not yet finished."""
    attempt = rows.get("attempt", attempt_id)
    if attempt is None or attempt["task_id"] != task_id or attempt["person_id"] != actor.person_id:
        return rejected(ErrorKind.NOT_FOUND, table="attempt")
    if attempt["disposition"] is not None:
        return rejected(ErrorKind.ATTEMPT_CLOSED)
    return attempt


@dataclass(frozen=True)
class FinishAttempt(OnTask):
    """Close a call or visit with its disposition (小结): the attempt, the task's fate, the timeline and the
    customer's last contact."""

    name: ClassVar[str] = "finish_attempt@1"
    attempt_id: bytes
    task_id: bytes
    customer_id: bytes
    disposition: str
    note: str | None
    ended_at: int
    talk_ms: int | None

    def reads(self) -> Iterable[Need]:
        yield from fates.needs(self.attempt_id, self.task_id, self.customer_id, self.ended_at)
        yield Need("response", self.task_id, "task_id")

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        attempt = own_attempt(rows, actor, self.attempt_id, self.task_id)
        if isinstance(attempt, Rejected):
            return attempt
        disposition = BY_CODE.get(self.disposition)
        if disposition is None:
            return rejected(ErrorKind.UNKNOWN_DISPOSITION, code=self.disposition[:LONGEST_CODE])
        note = (self.note or "").strip() or None
        if disposition.note_required and note is None:
            return rejected(ErrorKind.NOTE_REQUIRED, code=self.disposition)
        if note is not None and len(note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        still_open = task["state"] in OPEN_STATES
        late = attempt["late"] or not may_work_on(actor, task) or not still_open
        # A task that was taken away or closed meanwhile stays as it is; the call is a fact (SYNC §5). But who refused
        # for good has refused, whoever heard it.
        moves = still_open and (not late or (disposition.final and disposition.group is Group.REFUSAL))
        if moves and disposition.callback_required and not fates.open_promises(rows, self.task_id):
            return rejected(ErrorKind.CALLBACK_REQUIRED, code=self.disposition)
        ended = max(clamp(self.ended_at, now), attempt["started_at"])
        changes: list[Change] = [
            Update(
                "attempt",
                self.attempt_id,
                {
                    "ended_at": ended,
                    "talk_ms": self._talk(attempt, disposition),
                    "disposition": disposition.code,
                    "disposition_group": disposition.group,
                    "answered": disposition.answered,
                    "note": note,
                    "late": late,
                },
            )
        ]
        if moves:
            changes += fates.changes(rows, task, attempt, disposition, ended, self.ended_at)
        if disposition.contacted:
            customer = rows.get("customer", self.customer_id)
            earlier = customer and customer["last_contact_at"]
            latest = max(ended, earlier or ended)  # calls of offline desks arrive in any order
            changes.append(Update("customer", self.customer_id, {"last_contact_at": latest}))
        if disposition.number_final and attempt["contact_point_id"] is not None:
            changes.append(Update("contact_point", attempt["contact_point_id"], {"valid": False}))
        changes.append(
            Insert("activity", self._fact(rows, task, attempt, disposition, note, ended, late=late))
        )
        return Accepted(tuple(changes))

    def _talk(self, attempt: Row, disposition: Disposition) -> int | None:
        """How long they spoke on the telephone, ms; a desk whose clock jumped may have measured anything."""
        if self.talk_ms is None or not disposition.answered or attempt["channel"] == Channel.VISIT:
            return None
        return min(max(self.talk_ms, 0), DAY)

    def _fact(
        self,
        rows: Rows,
        task: Row,
        attempt: Row,
        disposition: Disposition,
        note: str | None,
        ended: int,
        *,
        late: bool,
    ) -> dict[str, Any]:
        """The timeline's row of the call or visit; `device_at` is the device's time where it could not be taken."""
        scores = [
            r
            for r in rows.where("response", "task_id", self.task_id)
            if r["attempt_id"] == self.attempt_id and r["replaced_by_id"] is None
        ]
        details = {
            "disposition": disposition.code,
            "label": task["reason_values"].get("label"),
            "talk_ms": self._talk(attempt, disposition),
            "csat": scores[-1]["csat"] if scores else None,
            "nps": scores[-1]["nps"] if scores else None,
        }
        if late:
            details["late"] = True
        if ended != self.ended_at:
            details["device_at"] = self.ended_at
        return {
            "id": derived_id(self.attempt_id, 1),
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": self.attempt_id,
            "person_id": attempt["person_id"],
            "kind": ActivityKind.VISIT if attempt["channel"] == Channel.VISIT else ActivityKind.CALL,
            "details": details,
            "text": note,
            "happened_at": ended,
        }
