"""Passwords: hashing and checking by argon2id, and making one up; who has which password stands in `people`."""

import functools
import secrets

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from server_sync.domain.errors import ErrorKind, KnownError

# OWASP's argon2id setting of 19 MiB, two passes, one lane: about 50 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

SHORTEST = 8
LONGEST = 200
# Without look-alikes: it is read from a screen and typed once.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GENERATED_GROUPS = 4
GENERATED_GROUP = 4


def hash_password(password: str) -> str:
    """The text to keep. Raises KnownError FIELD_INVALID {field: "password", least, most}."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise KnownError(ErrorKind.FIELD_INVALID, field="password", least=SHORTEST, most=LONGEST)
    return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the kept one. Takes as long when there is none, so that nobody can try out who exists."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(kept or _nobody(), password)
        return kept is not None
    except (VerificationError, InvalidHashError):
        return False


def generate() -> str:
    """A password of 79 bits such as "k7pm-3xwq-9hd2-vbn5"."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _ in range(GENERATED_GROUP)) for _ in range(GENERATED_GROUPS)
    )


@functools.cache
def _nobody() -> str:
    """A hash that no password matches."""
    return _hasher.hash(secrets.token_urlsafe(32))
