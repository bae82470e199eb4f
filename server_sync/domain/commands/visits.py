"""The verb of a visit alone: check in where one is; it starts and ends as a call does, by the verbs in `attempts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.commands.attempts import own_attempt
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import clamp
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel
from server_sync.domain.rules.places import SOURCES, coordinate_fault


@dataclass(frozen=True)
class CheckIn(OnTask):
    """Say where a visit takes place (M6.7, journey C1): degrees of WGS 84, with how far off the position may be, metres
    (None: not known). However inaccurate it is, it is kept with that; said again, the later word holds."""

    name: ClassVar[str] = "check_in@1"
    attempt_id: bytes
    task_id: bytes
    customer_id: bytes
    latitude: float
    longitude: float
    accuracy: float | None
    source: str
    checked_in_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("attempt", self.attempt_id)
        yield Need("task", self.task_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        attempt = own_attempt(rows, actor, self.attempt_id, self.task_id)
        if isinstance(attempt, Rejected):
            return attempt
        if attempt["channel"] != Channel.VISIT:
            return rejected(ErrorKind.FIELD_INVALID, field="channel")
        if self.source not in SOURCES:
            return rejected(ErrorKind.FIELD_INVALID, field="source")
        fault = coordinate_fault(self.latitude, self.longitude, self.accuracy)
        if fault is not None:
            return rejected(ErrorKind.OUT_OF_RANGE, field=fault)
        place = {
            "latitude": self.latitude,
            "longitude": self.longitude,
            "accuracy": self.accuracy,
            "source": self.source,
            "at": clamp(self.checked_in_at, now),
        }
        return Accepted((Update("attempt", self.attempt_id, {"place": place}),))
