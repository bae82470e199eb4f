"""What the callback panel shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.typed_time import TypedTime

NO_TIME = TypedTime()


@dataclass(frozen=True)
class CallbackState:
    """`when` is what the typed time was understood as; `booked_at` the promise that stands and would be replaced (ms);
    `asked` that saving was tried, so that what is missing is spoken of."""

    task_id: bytes | None = None
    loaded: bool = False
    when_text: str = ""
    when: TypedTime = NO_TIME
    quick: tuple[int, ...] = ()
    with_whom: str = "respondent"
    note: str = ""
    booked_at: int | None = None
    asked: bool = False
    saving: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
