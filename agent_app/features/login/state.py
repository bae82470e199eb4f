"""What the sign-in page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.errors import ErrorKind


@dataclass(frozen=True)
class Credentials:
    """What was typed. `passphrase` opens a store whose key no keyring keeps; empty: the password does."""

    server: str
    login: str
    password: str
    passphrase: str = ""


@dataclass(frozen=True)
class LoginState:
    """`busy` while the server is asked; `offline` after signing in without it is on offer; `error` what went wrong."""

    server: str
    login: str
    busy: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
    wrong_field: str = ""
    """"server", "login" or "password": where to look; "" for none."""
