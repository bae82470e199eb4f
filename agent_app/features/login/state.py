"""What the sign-in page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.errors import ErrorKind


@dataclass(frozen=True)
class Credentials:
    """What was typed. `earlier_password` opens, once, a store that is still wrapped by it; else it is empty."""

    server: str
    login: str
    password: str
    earlier_password: str = ""


@dataclass(frozen=True)
class LoginState:
    """`busy` while the server is asked; `error` what went wrong, at `now` (ms)."""

    server: str
    login: str
    busy: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
    wrong_field: str = ""
    """The field of `Credentials` to look at; "" for none."""
    earlier_asked: bool = False
    """The server took the password, but the store here is wrapped by the one before: it is asked for once."""
    broken: bool = False
    """Signing in failed in a way that nobody foresaw; the log has it."""
