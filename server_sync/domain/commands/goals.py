"""The verb of goals: one is set, changed or withdrawn (M1.1); it is measured by the server."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import already_there, written_over
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.domain.rules.goals import checked_goal, goal_id


@dataclass(frozen=True)
class SaveGoal:
    """Set a goal or change it, by a supervisor or an administrator; the code in `definition` says which (for the rest
    see `rules.goals.checked_goal`).

    `seen` are the columns that the writer changed, as they stood before him; None for a new goal. `owner_id`: who
    answers for it; None: as it is, and of a new one who sets it.

    Where somebody else wrote something else into the same column meanwhile, the later one is refused and told which
    (GOAL_CHANGED {fields}), and nothing is overwritten.
    """

    name: ClassVar[str] = "save_goal@1"
    definition: dict[str, Any]
    seen: dict[str, Any] | None
    owner_id: bytes | None = None

    @property
    def goal_id(self) -> bytes:
        """The goal's id, the same wherever it is set."""
        return goal_id(str(self.definition.get("code")))

    def reads(self) -> Iterable[Need]:
        yield Need("goal", self.goal_id)
        if self.owner_id is not None:
            yield Need("person", self.owner_id)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if actor.person_id is not None and actor.role is Role.AGENT:
            return rejected(ErrorKind.NOT_PERMITTED)
        try:
            values = checked_goal(self.definition)
        except KnownError as error:
            return Rejected(error.kind, error.values)
        if self.owner_id is not None:
            if rows.get("person", self.owner_id) is None:
                return rejected(ErrorKind.NOT_FOUND, table="person")
            values["owner_id"] = self.owner_id
        row = rows.get("goal", self.goal_id)
        if self.seen is None:
            if row is not None:
                return already_there(all(row[name] == value for name, value in values.items()), "goal")
            made = {"id": self.goal_id, "owner_id": actor.person_id, **values}
            return Accepted((Insert("goal", made),))
        if row is None:
            return rejected(ErrorKind.NOT_FOUND, table="goal")
        changed, lost = written_over(row, self.seen, values)
        if lost:
            return rejected(ErrorKind.GOAL_CHANGED, fields=lost)
        return Accepted((Update("goal", self.goal_id, changed),) if changed else ())
