"""How far this desk is in step, as one plain value for the status bar; nothing is measured here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.sync.progress import NOTHING, Received
from server_sync.domain.errors import ErrorKind


class SyncState(StrEnum):
    """What the status bar says first."""

    IN_STEP = "in_step"
    SYNCING = "syncing"
    INCOMPLETE = "incomplete"
    """The first sync has not been finished: figures would be wrong (SYNC L4)."""
    OFFLINE = "offline"
    ATTENTION = "attention"
    """The server refuses this desk, or a person has to look: `kind` says why."""


@dataclass(frozen=True)
class SyncStatus:
    """`waiting`: mutations not yet answered; `since_at`: offline since, or in step at (ms); `conflicts`:
    to be looked at;
    `values` are those of `kind`;
    `complete`: the first sync is over; until then `received` says how far it has come, and `paused` that a person has
    put it off."""

    state: SyncState
    waiting: int = 0
    since_at: int | None = None
    conflicts: int = 0
    complete: bool = True
    received: Received = NOTHING
    paused: bool = False
    kind: ErrorKind | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
