"""What the wrap-up shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel
from server_sync.domain.rules.dispositions import BY_CODE, Disposition, tree
from server_sync.domain.rules.reason import Reason
from server_sync.domain.rules.typed_time import TypedTime

NO_TIME = TypedTime()


class Part(StrEnum):
    """A part of the wrap-up that can be missing or wrong."""

    RESULT = "result"
    WHEN = "when"
    SCOPE = "scope"
    NOTE = "note"
    WHOLE = "whole"


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a part: the kind and the values that its words need."""

    kind: ErrorKind
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """What the guide brings along: how many answers, how many are missing or wrong, the scores."""

    answered: int = 0
    unanswered: int = 0
    csat: int | None = None
    nps: int | None = None


@dataclass(frozen=True)
class WrapUpState:
    """`branch` and `code` are the way down the tree so far; `effect` what the code will do to the task; `when` what
    the typed time was understood as; `dialled`: the call was begun from here, else it is logged with the result."""

    task_id: bytes | None = None
    channel: str = Channel.PHONE
    loaded: bool = False
    branch: str | None = None
    code: str | None = None
    effect: Reason | None = None
    when_text: str = ""
    when: TypedTime = NO_TIME
    quick: tuple[int, ...] = ()
    scope: str | None = None
    note: str = ""
    dialled: bool = False
    collected: Collected = Collected()
    wrong: Mapping[Part, Wrong] = field(default_factory=dict)
    saving: bool = False
    saved_at: int | None = None
    now: int = 0

    @property
    def disposition(self) -> Disposition | None:
        """What the chosen code means."""
        return None if self.code is None else BY_CODE[self.code]

    @property
    def asks_when(self) -> bool:
        """A time has to be agreed."""
        return self.disposition is not None and self.disposition.callback_required

    @property
    def asks_scope(self) -> bool:
        """It has to be said for what he does not want to be called."""
        return self.disposition is not None and self.disposition.suggests_do_not_call

    @property
    def needs_note(self) -> bool:
        """Nothing is saved without a note."""
        return self.disposition is not None and self.disposition.note_required

    @property
    def codes(self) -> tuple[str, ...]:
        """What the chosen branch offers; nothing where it is one code."""
        offered = tree(self.channel)[self.branch] if self.branch is not None else ()
        return offered if len(offered) > 1 else ()
