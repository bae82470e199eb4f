"""What the conflicts room shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.actions.conflicts import EDITABLE, OF_A_LEAD
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.errors import ErrorKind


class Whose(StrEnum):
    """Which list is looked at."""

    OWN = "own"
    TEAM = "team"


@dataclass(frozen=True)
class ConflictsState:
    """`own` and `team` are the open entries; `leads`: who sits here settles for others, too; `chosen` names an entry of
    the list; `editing` shows what was written to be written otherwise; `error` is why the last action was refused."""

    leads: bool = False
    whose: Whose = Whose.OWN
    own: tuple[Conflict, ...] = ()
    team: tuple[Conflict, ...] = ()
    loaded: bool = False
    chosen: bytes | None = None
    editing: bool = False
    now: int = 0
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Conflict, ...]:
        """The list that is looked at."""
        return self.team if self.whose is Whose.TEAM else self.own

    @property
    def entry(self) -> Conflict | None:
        """The chosen entry."""
        return next((entry for entry in self.entries if entry.id == self.chosen), None)

    def settles(self, entry: Conflict) -> bool:
        """Whether the entry is looked at as the lead of whom it is."""
        return entry.mid is None

    def may_press(self, entry: Conflict) -> bool:
        """Whether what was meant may be carried out from here: by its person unless two people's names or numbers are
        to be decided; by a lead what he can do himself, and a late result."""
        if not entry.arguments:
            return False
        if self.settles(entry):
            return entry.is_late or entry.command in OF_A_LEAD
        return not entry.decided_by_lead

    def may_edit(self, entry: Conflict) -> bool:
        """Whether it may be written otherwise before."""
        return self.may_press(entry) and entry.command in EDITABLE and not entry.is_late
