"""What the settings page shows of one's private calendar."""

from dataclasses import dataclass

from server_sync.domain.errors import KnownError


@dataclass(frozen=True)
class CalendarState:
    """`address`: the one that was made just now, which nobody can look up later; `ended`: there is none any more."""

    address: str | None = None
    ended: bool = False
    busy: bool = False
    trouble: KnownError | None = None
