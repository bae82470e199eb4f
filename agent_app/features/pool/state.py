"""What the foot of the queue shows of the pool."""

from dataclasses import dataclass, field, replace
from typing import Any

from agent_app.store.queries.pool import PoolSheet
from server_sync.domain.errors import ErrorKind, KnownError


@dataclass(frozen=True)
class PoolState:
    """`asking`: the server is being asked; `given`: how many it gave last, None before; `error` with its values: why it
    gave none."""

    sheet: PoolSheet = field(default_factory=PoolSheet)
    asking: bool = False
    given: int | None = None
    error: ErrorKind | None = None
    error_values: dict[str, Any] = field(default_factory=dict)
    read_at: int = 0

    @property
    def is_of_use(self) -> bool:
        """Whether there is anything to be seen of it."""
        return bool(self.sheet.waiting or self.sheet.held or self.error is not None)

    def failed(self, error: KnownError) -> "PoolState":
        """The server gave nothing."""
        return replace(self, asking=False, given=None, error=error.kind, error_values=dict(error.values))
