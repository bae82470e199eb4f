"""The verb of 坐席状态: say what one is doing now; who is told of it stands in the team's partition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

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
from server_sync.domain.commands.facts import clamp
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import PauseReason, Presence


@dataclass(frozen=True)
class SetPresence:
    """Set one's own presence; the latest by the device's time stands."""

    name: ClassVar[str] = "set_presence@1"
    person_id: bytes
    state: str
    pause_reason: str | None
    since_at: int

    def reads(self) -> Iterable[Need]:
        return (Need("presence", self.person_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if self.person_id != actor.person_id:
            return rejected(ErrorKind.NOT_PERMITTED)
        if self.state not in list(Presence):
            return rejected(ErrorKind.FIELD_INVALID, field="state")
        reasons = list(PauseReason) if self.state == Presence.BREAK else [None]
        if self.pause_reason not in reasons:
            return rejected(ErrorKind.FIELD_INVALID, field="pause_reason")
        if actor.team_id is None:
            return Accepted(())
        values = {
            "team_id": actor.team_id,
            "state": self.state,
            "pause_reason": self.pause_reason,
            "since_at": clamp(self.since_at, now),
        }
        current = rows.get("presence", self.person_id)
        if current is None:
            return Accepted((Insert("presence", {"id": self.person_id, **values}),))
        later = current["since_at"] > values["since_at"]
        if later or all(current[name] == value for name, value in values.items()):
            return Accepted(())
        return Accepted((Update("presence", self.person_id, values),))
