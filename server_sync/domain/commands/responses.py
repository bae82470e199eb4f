"""The verbs of what was answered: record a filled form, correct it by an edition of its own. Every edition is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.attempts import own_attempt
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
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
from server_sync.domain.commands.facts import already_there, clamp
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.audit import AuditRow, bounded
from server_sync.domain.model import ActivityKind, ResponseFlag
from server_sync.domain.rules.permissions import may_correct_answers

LONGEST_LANGUAGE = 100
_SCALES = (("csat", 1, 5), ("nps", 0, 10))


@dataclass(frozen=True)
class RecordAnswersBefore(OnTask):
    """Record a filled form, bound to the form version that was on screen (SYNC §5), as desks do that do not measure."""

    name: ClassVar[str] = "record_answers@1"
    response_id: bytes
    attempt_id: bytes
    task_id: bytes
    customer_id: bytes
    form_version_id: bytes
    answers: dict[str, str]
    complete: bool
    csat: int | None
    nps: int | None
    recorded_at: int

    def reads(self) -> Iterable[Need]:
        return (
            Need("task", self.task_id),
            Need("attempt", self.attempt_id),
            Need("response", self.response_id),
            Need("form_version", self.form_version_id),
        )

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        known = rows.get("response", self.response_id)
        if known is not None:
            mine = (self.attempt_id, actor.person_id, self.answers)
            return already_there(
                (known["attempt_id"], known["person_id"], known["answers"]) == mine, "response"
            )
        attempt = own_attempt(rows, actor, self.attempt_id, self.task_id)
        if isinstance(attempt, Rejected):
            return attempt
        if rows.get("form_version", self.form_version_id) is None:
            return rejected(ErrorKind.NOT_FOUND, table="form_version")
        refusal = _off_scale(self.csat, self.nps)
        if refusal is not None:
            return refusal
        response = {
            "id": self.response_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": self.attempt_id,
            "person_id": actor.person_id,
            "form_version_id": self.form_version_id,
            "answers": self.answers,
            "complete": self.complete,
            "csat": self.csat,
            "nps": self.nps,
            "recorded_at": clamp(self.recorded_at, now),
        }
        return Accepted((Insert("response", response | self._measured(now)),))

    def _measured(self, now: int) -> dict[str, Any]:
        """What is known of how it was filled in."""
        return {}


@dataclass(frozen=True)
class RecordAnswers(RecordAnswersBefore):
    """Record a filled form, bound to the form version that was on screen (SYNC §5), with how it was filled in: since
    when, in which language, what was shown and answered when (`forms.audit`), and what stands out (`forms.quality`)."""

    name: ClassVar[str] = "record_answers@2"
    started_at: int | None = None
    language: str | None = None
    audit: list[AuditRow] | None = None
    flags: list[str] | None = None

    def _measured(self, now: int) -> dict[str, Any]:
        return _measured(self, self.recorded_at, now)


@dataclass(frozen=True)
class CorrectAnswers(OnTask):
    """Correct what was answered: a new edition beside the one that the corrector saw, `corrects_id`, in the same form
    version and for the same call; both stay. Whoever recorded the answers may, and who leads the task's team, also when
    the task is closed.

    Two corrections of one edition are both kept: the one that the server hears later becomes the edition behind the
    last there is, whichever edition it was made from, and is the one that counts. The server's order is everybody's,
    so that all desks end up with the same editions in the same order.
    """

    name: ClassVar[str] = "correct_answers@1"
    response_id: bytes
    corrects_id: bytes
    task_id: bytes
    customer_id: bytes
    answers: dict[str, str]
    complete: bool
    csat: int | None
    nps: int | None
    recorded_at: int
    started_at: int | None = None
    language: str | None = None
    audit: list[AuditRow] | None = None
    flags: list[str] | None = None

    def reads(self) -> Iterable[Need]:
        return (
            Need("task", self.task_id),
            Need("response", self.response_id),
            Need("response", self.task_id, "task_id"),
        )

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        known = rows.get("response", self.response_id)
        if known is not None:
            mine = (self.task_id, actor.person_id, self.answers)
            same = (known["task_id"], known["person_id"], known["answers"]) == mine
            return already_there(same and known["replaces_id"] is not None, "response")
        of_task = {one["id"]: one for one in rows.where("response", "task_id", self.task_id)}
        seen = of_task.get(self.corrects_id)
        if seen is None:
            return rejected(ErrorKind.NOT_FOUND, table="response")
        first, last = _ends(of_task, seen)
        if not may_correct_answers(actor, task, first):
            return rejected(ErrorKind.NOT_PERMITTED)
        refusal = _off_scale(self.csat, self.nps)
        if refusal is not None:
            return refusal
        at = clamp(self.recorded_at, now)
        response = {
            "id": self.response_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": last["attempt_id"],
            "person_id": actor.person_id,
            "form_version_id": last["form_version_id"],
            "answers": self.answers,
            "complete": self.complete,
            "csat": self.csat,
            "nps": self.nps,
            "recorded_at": at,
            "edition": last["edition"] + 1,
            "replaces_id": last["id"],
        }
        replaced = Update("response", last["id"], {"replaced_by_id": self.response_id})
        insert = Insert("response", response | _measured(self, at, now))
        return Accepted((insert, replaced, self._fact(actor, task, seen, last, at)))

    def _fact(self, actor: Actor, task: Row, seen: Row, last: Row, at: int) -> Insert:
        """The timeline's row: which edition it is, the scores before and now, and whether somebody else had corrected
        the same edition meanwhile."""
        details = {
            "response": self.response_id.hex(),
            "edition": last["edition"] + 1,
            "label": task["reason_values"].get("label"),
            "csat": [last["csat"], self.csat],
            "nps": [last["nps"], self.nps],
        }
        if seen["id"] != last["id"]:
            details["seen"] = seen["edition"]
        row = {
            "id": derived_id(self.response_id, 1),
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": last["attempt_id"],
            "person_id": actor.person_id,
            "kind": ActivityKind.ANSWERS_CORRECTED,
            "details": details,
            "happened_at": at,
        }
        return Insert("activity", row)


def _ends(of_task: dict[bytes, Row], edition: Row) -> tuple[Row, Row]:
    """The first and the last edition of the answers that one belongs to."""
    first = last = edition
    while (before := of_task.get(first["replaces_id"])) is not None:
        first = before
    while (after := of_task.get(last["replaced_by_id"])) is not None:
        last = after
    return first, last


def _off_scale(csat: int | None, nps: int | None) -> Rejected | None:
    """Why these are no scores."""
    for (field, least, most), value in zip(_SCALES, (csat, nps), strict=True):
        if value is not None and not least <= value <= most:
            return rejected(ErrorKind.FIELD_INVALID, field=field, least=least, most=most)
    return None


def _measured(given: RecordAnswers | CorrectAnswers, recorded_at: int, now: int) -> dict[str, Any]:
    """How a form was filled in, as far as it can be: nothing of this is a reason to refuse what was answered."""
    started_at = None if given.started_at is None else clamp(min(given.started_at, recorded_at), now)
    return {
        "started_at": started_at,
        "language": (given.language or "")[:LONGEST_LANGUAGE] or None,
        "audit": None if given.audit is None else list(bounded(given.audit)),
        "flags": [flag for flag in ResponseFlag if flag in (given.flags or ())],
    }
