"""What the panel of a correction shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.store.queries.response_sheet import Edition
from agent_app.ui.forms.state import FormState
from server_sync.domain.errors import ErrorKind


class Phase(StrEnum):
    """How far the panel is."""

    LOADING = "loading"
    MISSING = "missing"
    """These answers are not on this desk, or no longer."""
    FROZEN = "frozen"
    """They are there to be read; this person may not correct them."""
    UNREADABLE = "unreadable"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class CorrectionState:
    """`editions` are those that stand, the last of them is being corrected; `form` is there when it is OPEN;
    `resumed_at` is when the correction that was found had been saved."""

    response_id: bytes | None = None
    phase: Phase = Phase.LOADING
    title: str = ""
    editions: tuple[Edition, ...] = ()
    form: FormState | None = None
    resumed_at: int | None = None
    saved_at: int | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
