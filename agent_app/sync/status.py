"""How far this desk is in step, as one plain value for the status bar; nothing is measured here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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
    `rows`: rows received in this round, while syncing, of `of_rows` that the server has for this desk."""

    state: SyncState
    waiting: int = 0
    since_at: int | None = None
    conflicts: int = 0
    rows: int = 0
    of_rows: int = 0
    kind: ErrorKind | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
