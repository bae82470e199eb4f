"""How calls are begun: the agent dials after a look, the desk dials after a countdown, or he chooses for himself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server_sync.domain.clock import SECOND


class DiallingMode(StrEnum):
    """Who opens the next task and who dials it."""

    PREVIEW = "preview"
    """The next task opens; the agent looks at it and dials."""
    PROGRESSIVE = "progressive"
    """The next task opens and is dialled after a countdown that can be stopped."""
    MANUAL = "manual"
    """The agent chooses from the list and dials; the next task is only pointed at."""


LEAST_SECONDS, MOST_SECONDS = 3, 120
"""Of a countdown: enough to read a name and to stop it, and not so long that it is forgotten."""


@dataclass(frozen=True)
class Dialling:
    """The mode, and of PROGRESSIVE how long the countdown is, ms."""

    mode: DiallingMode = DiallingMode.PREVIEW
    countdown: int = 10 * SECOND


PREVIEW = Dialling()


def dialling_of(plan: Mapping[str, Any] | None, setting: Mapping[str, Any]) -> Dialling:
    """How the tasks of a plan are dialled: as the plan says, else as the company does; a mode that is not known is
    PREVIEW, which never dials by itself.

    Both are {"mode", "seconds"}; of the plan's either may be left out.
    """
    said = {**setting, **((plan or {}).get("dialling") or {})}
    mode = DiallingMode(said["mode"]) if said["mode"] in list(DiallingMode) else DiallingMode.PREVIEW
    seconds = min(max(said["seconds"], LEAST_SECONDS), MOST_SECONDS)
    return Dialling(mode, round(seconds * SECOND))
