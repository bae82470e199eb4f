"""What the work column shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.ui.forms.state import FormState
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel
from server_sync.domain.rules.dialling_modes import PREVIEW, Dialling
from server_sync.domain.rules.places import Position


@dataclass(frozen=True)
class PhoneNumber:
    """A number that may be dialled: `value` in full, `masked` as it is shown."""

    id: bytes
    value: str
    masked: str
    label: str | None


@dataclass(frozen=True)
class Header:
    """Who is called or visited, and why. `reason` and its values need words, and so do the further purposes in `also`;
    `disposition` is that of the last attempt; `numbers` are the valid ones in the customer's own order."""

    name: str
    title: str | None
    kind: str
    tier: str
    place: str
    channel: str
    address: str
    reason: str
    reason_values: Mapping[str, Any]
    also: tuple[tuple[str, Mapping[str, Any]], ...]
    label: str
    due_at: int
    appointment_at: int | None
    numbers: tuple[PhoneNumber, ...]
    is_open: bool
    disposition: str | None
    attempt_count: int


class CallPhase(StrEnum):
    """How far the call is."""

    NONE = "none"
    RUNNING = "running"
    ENDED = "ended"
    """Hung up, and waiting for its wrap-up."""


@dataclass(frozen=True)
class Call:
    """The call at hand; moments in ms."""

    phase: CallPhase = CallPhase.NONE
    attempt_id: bytes | None = None
    started_at: int | None = None
    ended_at: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a visit takes place; `source` as in `rules.places`."""

    position: Position
    source: str


class Locating(StrEnum):
    """Whether it is looked for where a visit takes place."""

    IDLE = "idle"
    SEARCHING = "searching"
    IMPOSSIBLE = "impossible"
    """This computer cannot find out: it is typed by hand, or left open."""


class GuidePhase(StrEnum):
    """How far the guide is."""

    LOADING = "loading"
    NONE = "none"
    UNREADABLE = "unreadable"
    READY = "ready"


class Notice(StrEnum):
    """What stands against a key just pressed, without being an error."""

    NO_NUMBER = "no_number"
    WRAP_UP_FIRST = "wrap_up_first"


class StartingOver(StrEnum):
    """Whether a guide with answers is begun anew."""

    NO = "no"
    ASKED = "asked"
    DONE = "done"


@dataclass(frozen=True)
class CallGuideState:
    """`form` is there when the guide is READY; `resumed_at` is when the draft that was found had been saved, with the
    number of the question it stood at, None behind the last; `restorable` tells that former answers can come back;
    `response_id` is what was answered on a task that has ended."""

    task_id: bytes | None = None
    missing: bool = False
    """This desk does not hold the task, or no longer."""
    header: Header | None = None
    number_id: bytes | None = None
    call: Call = Call()
    """The call, or the visit since its check-in."""
    place: Place | None = None
    locating: Locating = Locating.IDLE
    place_refused: bool = False
    """What was typed is no position."""
    dialling: Dialling = PREVIEW
    dials_at: int | None = None
    """When the desk dials by itself, unless somebody stops it."""
    guide: GuidePhase = GuidePhase.LOADING
    form: FormState | None = None
    resumed_at: int | None = None
    resumed_question: int | None = None
    again: StartingOver = StartingOver.NO
    restorable: bool = False
    response_id: bytes | None = None
    saved_at: int | None = None
    notice: Notice | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0

    @property
    def visits(self) -> bool:
        """Whether the task is a visit: checked in at, not dialled."""
        return self.header is not None and self.header.channel == Channel.VISIT
