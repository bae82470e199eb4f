"""What the queue column shows, apart from the rows themselves."""

from dataclasses import dataclass

from agent_app.store.queries.queue import QueueFilter
from agent_app.store.queries.queue_why import QueueWhy
from agent_app.store.queries.search import Found


@dataclass(frozen=True)
class QueueState:
    """`ids` are tasks in calling order; while `searched` is not empty, `found` is listed instead."""

    part: QueueFilter = QueueFilter.ALL
    ids: tuple[bytes, ...] = ()
    overdue: int = 0
    chosen: bytes | None = None
    loaded: bool = False
    searched: str = ""
    found: tuple[Found, ...] = ()
    nothing_ready: bool = False
    """The next task was asked for, and nothing can be called now."""
    wrap_up_first: bool = False
    """The next task was asked for, and the call at hand has no wrap-up yet."""
    explaining: bool = False
    """It was asked why the next one is the next: `why` says it instead of the list, None when there is none."""
    why: QueueWhy | None = None
    now: int = 0
