"""What the plans' room shows: the list, the plan that is open and how it is being written, what it would do now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.actions.plans import Written
from agent_app.store.queries.goals import Goal
from agent_app.store.queries.plans import PlanLine
from agent_app.ui.definitions.state import Fault
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import PlanState, Trigger
from server_sync.domain.rules import festivals
from server_sync.domain.rules.plans.definition import MOST_UNASKED
from server_sync.domain.wire.plans import PlanPreview


class Which(StrEnum):
    """Which plans are listed: all, or those of one state."""

    ALL = "all"
    DRAFT = PlanState.DRAFT.value
    ACTIVE = PlanState.ACTIVE.value
    PAUSED = PlanState.PAUSED.value
    ENDED = PlanState.ENDED.value


class Stage(StrEnum):
    """How far a look ahead has come."""

    RUNNING = "running"
    DONE = "done"
    STALE = "stale"
    """Of the plan as it was before somebody wrote on."""
    FAILED = "failed"


@dataclass(frozen=True)
class Outlook:
    """What a plan would do if it ran now; `found` is None until the server has said it."""

    stage: Stage
    found: PlanPreview | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tasks(self) -> int | None:
        """About how many tasks it would make; of many, by those of whom it was worked out."""
        found = self.found
        if found is None or found.picked is None:
            return None
        return found.picked * found.made // found.decided if found.decided else 0


@dataclass(frozen=True)
class Asked:
    """A question before a plan becomes another: `tasks` it would make now, None where that is not known or no matter;
    `people` who may get them and how many they take `a_day` (None: as many as there are); the tasks' window."""

    plan_id: bytes
    name: str
    state: PlanState
    tasks: int | None = None
    people: int = 0
    a_day: int | None = None
    available_after: Mapping[str, Any] | None = None
    due_within: Mapping[str, Any] | None = None

    @property
    def confirmed(self) -> int | None:
        """How many tasks are confirmed by a yes: more than a run makes unasked."""
        return self.tasks if self.tasks is not None and self.tasks > MOST_UNASKED else None


@dataclass(frozen=True)
class PlansState:
    """`found` are listed, `open_id` is written on; of that one `stands` is what is kept (None: nothing yet) and
    `written` what stands in the fields. `unsaved` are those with something written that nobody saved; `faults` by the
    path of a field, told from the first try to save on; `lost` are fields into which somebody else wrote too.
    `resumed_at`: the open one was found as it was left then, and nobody has written on since; `as_built` is its
    audience where that cannot be taken as it stands."""

    loaded: bool = False
    text: str = ""
    which: Which = Which.ALL
    plans: Mapping[bytes, PlanLine] = field(default_factory=dict)
    forms: Mapping[bytes, tuple[str, str]] = field(default_factory=dict)
    goals: Mapping[bytes, tuple[str, str]] = field(default_factory=dict)
    progress: Mapping[str, Goal] = field(default_factory=dict)
    agents: Mapping[str, int | None] = field(default_factory=dict)
    festivals: tuple[str, ...] = ()
    found: tuple[bytes, ...] = ()
    open_id: bytes | None = None
    stands: PlanLine | None = None
    written: Written | None = None
    unsaved: Mapping[bytes, Written] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    resumed_at: int | None = None
    as_built: Mapping[str, Any] | None = None
    saved: bool = False
    counting: bool = False
    """It is being counted what the plan would do, before it is set to work."""
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0

    @property
    def unknown_festival(self) -> bool:
        """The calendar has no day of the festival that the open plan waits for, and the plan names no days."""
        if self.written is None or self.written["trigger"] != Trigger.FESTIVAL:
            return False
        params = self.written["params"]
        name = params.get("name")
        return isinstance(name, str) and not params.get("dates") and festivals.unknown(name, self.festivals)

    @property
    def plan_state(self) -> PlanState:
        """The state of the open one; a new plan is a draft."""
        return PlanState(self.stands.state) if self.stands is not None else PlanState.DRAFT
