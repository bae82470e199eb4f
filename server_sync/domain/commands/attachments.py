"""The verbs on attachments: announce a file, take it back; its bytes follow by another road (SYNC F1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

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
    rejected,
)
from server_sync.domain.commands.facts import already_there, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import AttachmentState
from server_sync.domain.rules import attachments as rules
from server_sync.domain.rules.permissions import leads
from server_sync.domain.rules.settings import setting_id, setting_value

POLICY = "attachments"


@dataclass(frozen=True)
class AddAttachment(OnCustomer):
    """Announce a file. `size` in bytes and `sha256` (hex) are of the plain file: nothing else will be taken for it."""

    name: ClassVar[str] = "add_attachment@1"
    attachment_id: bytes
    customer_id: bytes
    kind: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    created_at: int
    task_id: bytes | None = None
    attempt_id: bytes | None = None
    response_id: bytes | None = None

    def reads_besides(self) -> Iterable[Need]:
        yield Need("attachment", self.attachment_id)
        yield Need("attachment", self.customer_id, "customer_id")
        yield Need("setting", setting_id(POLICY))
        for table, row_id in (("attempt", self.attempt_id), ("response", self.response_id)):
            if row_id is not None:
                yield Need(table, row_id)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        there = rows.get("attachment", self.attachment_id)
        if there is not None:
            same = there["customer_id"] == self.customer_id and there["sha256"] == self.sha256
            return already_there(same and there["created_by"] == actor.person_id, "attachment")
        refusal = self._refusal(rows) or self._misplaced(rows)
        if refusal is not None:
            return refusal
        return Accepted(
            (
                Insert(
                    "attachment",
                    {
                        "id": self.attachment_id,
                        "customer_id": self.customer_id,
                        "task_id": self.task_id,
                        "attempt_id": self.attempt_id,
                        "response_id": self.response_id,
                        "kind": self.kind,
                        "state": AttachmentState.ANNOUNCED,
                        "file_name": self.file_name,
                        "media_type": self.media_type,
                        "size": self.size,
                        "sha256": self.sha256,
                        "created_by": actor.person_id,
                        "created_at": clamp(self.created_at, now),
                    },
                ),
            )
        )

    def _refusal(self, rows: Rows) -> Rejected | None:
        """Why such a file may not be attached; the same policy on both ends, enforced by the server's."""
        policy = setting_value(POLICY, rows.get("setting", setting_id(POLICY)))
        if not rules.may_be(self.kind, self.media_type):
            return rejected(ErrorKind.FILE_TYPE_REFUSED, found=self.media_type[:80])
        if not rules.is_safe_name(self.file_name, self.media_type):
            return rejected(ErrorKind.FIELD_INVALID, field="file_name", most=rules.LONGEST_NAME)
        if self.size < 1:
            return rejected(ErrorKind.FIELD_INVALID, field="size")
        most = rules.most_bytes(policy, self.kind)
        if self.size > most:
            return rejected(ErrorKind.ATTACHMENT_TOO_LARGE, most_megabytes=most // rules.MEGABYTE)
        if not rules.is_sha256(self.sha256):
            return rejected(ErrorKind.FIELD_INVALID, field="sha256")
        there = rows.where("attachment", "customer_id", self.customer_id)
        if sum(row["state"] != AttachmentState.REMOVED for row in there) >= int(policy["per_customer"]):
            return rejected(ErrorKind.TOO_MANY_ATTACHMENTS, most=int(policy["per_customer"]))
        return None

    def _misplaced(self, rows: Rows) -> Rejected | None:
        """What it belongs to has to be this customer's."""
        tasks = {task["id"] for task in rows.where("task", "customer_id", self.customer_id)}
        if self.task_id is not None and self.task_id not in tasks:
            return rejected(ErrorKind.NOT_FOUND, table="task")
        for table, row_id in (("attempt", self.attempt_id), ("response", self.response_id)):
            if row_id is None:
                continue
            row = rows.get(table, row_id)
            if row is None or row["customer_id"] != self.customer_id:
                return rejected(ErrorKind.NOT_FOUND, table=table)
        return None


@dataclass(frozen=True)
class RemoveAttachment(OnCustomer):
    """Take a file back, for good: who attached it may, and who leads the customer's team. Twice is once."""

    name: ClassVar[str] = "remove_attachment@1"
    attachment_id: bytes
    customer_id: bytes
    removed_at: int

    def reads_besides(self) -> Iterable[Need]:
        return (Need("attachment", self.attachment_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        row = rows.get("attachment", self.attachment_id)
        if row is None or row["customer_id"] != self.customer_id:
            return rejected(ErrorKind.NOT_FOUND, table="attachment")
        if row["state"] == AttachmentState.REMOVED:
            return Accepted(())
        if row["created_by"] != actor.person_id and not leads(actor, customer["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        values = {
            "state": AttachmentState.REMOVED,
            "removed_by": actor.person_id,
            "removed_at": clamp(self.removed_at, now),
        }
        return Accepted((Update("attachment", self.attachment_id, values),))
