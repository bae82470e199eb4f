"""What a room of definitions shows: the list, the one that is open and how it is being written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from agent_app.store.definition_drafts import Kept
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.faults import Placed

Written = Mapping[str, Any]
"""What a person writes, by column; JSON alone, so that it can be kept as it is typed."""
Known = TypeVar("Known")
Offered = TypeVar("Offered")


@dataclass(frozen=True)
class Fault:
    """What the domain says against a field."""

    kind: ErrorKind
    values: Mapping[str, Any]


def by_field(found: Iterable[Placed]) -> dict[str, Fault]:
    """What the domain found, by the path of the field, such as "name" or "steps.2.after"; of one field the first."""
    faults: dict[str, Fault] = {}
    for path, error in found:
        faults.setdefault(path, Fault(error.kind, error.values))
    return faults


@dataclass(frozen=True)
class Line(Generic[Known]):
    """One that is kept: what was written of it, and what is known of it besides."""

    written: Written
    known: Known


@dataclass(frozen=True)
class Unsaved:
    """What was written on one that stood so before, None for a new one."""

    before: Written | None
    written: Written


@dataclass(frozen=True)
class Found(Generic[Known, Offered]):
    """What the store has: the lines in their order, what was being written on, and what there is to choose from."""

    lines: Mapping[bytes, Line[Known]]
    drafts: Mapping[bytes, Kept]
    offered: Offered


@dataclass(frozen=True)
class DefinitionsState(Generic[Known, Offered]):
    """`listed` are shown, `open_id` is written on; of that one `stands` is what is kept (None: nothing yet) and
    `written` what stands in the fields. `unsaved` are those with something written that nobody saved; `faults` by the
    path of a field, told from the first try to save on; `lost` are fields into which somebody else wrote too.
    `resumed_at`: the open one was found as it was left then, and nobody has written on since."""

    offered: Offered
    loaded: bool = False
    text: str = ""
    lines: Mapping[bytes, Line[Known]] = field(default_factory=dict)
    listed: tuple[bytes, ...] = ()
    open_id: bytes | None = None
    stands: Line[Known] | None = None
    written: Written | None = None
    unsaved: Mapping[bytes, Written] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    resumed_at: int | None = None
    saved: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
