"""How the pages of encrypted databases are written, and connections that read them; what is in them stands elsewhere.

The key is raw: 32 bytes, or as hex.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sqlcipher3 import dbapi2

from agent_app.store.driver import kind_of
from server_sync.domain.errors import ErrorKind

_BUSY_SECONDS = 10.0
_attaching = Lock()


@dataclass(frozen=True)
class Form:
    """Bytes of a page, and what its sum is made with."""

    page: int
    sums: str


NEW = Form(8192, "HMAC_SHA256")
"""Of new stores: half the time of the first (docs/decisions has the measurement)."""
FIRST = Form(4096, "HMAC_SHA512")
"""Of stores from before that; they keep it."""


def connect(file: Path, key: bytes, form: Form, mode: str) -> Any:
    """A raw connection with the key set and nothing read yet (SQLCipher's driver has no types); `mode` as in SQLite's
    addresses."""
    connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        f"cipher_page_size = {form.page}",
        f"cipher_hmac_algorithm = {form.sums}",
        # Said, as another thread may be attaching a file without them just now.
        "cipher_use_hmac = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def form_of(file: Path, key: bytes) -> Form:
    """The form in which a file's first page can be read; the new one, if in none. Writes nothing."""
    for form in (NEW, FIRST):
        try:
            with closing(connect(file, key, form, "ro")) as connection:
                connection.execute("PRAGMA user_version").fetchone()
        except dbapi2.Error as error:
            if kind_of(error) is ErrorKind.STORE_DAMAGED:
                continue
        return form
    return NEW


def attach(connection: Any, file: Path, key: str, name: str) -> None:
    """Let a raw connection read another file, whose pages have no sums, as `name`; key as hex."""
    # The driver knows only one default for all that are opened in this process.
    with _attaching:
        connection.execute("PRAGMA cipher_default_use_hmac = OFF")
        try:
            connection.execute(
                f"ATTACH ? AS {name} KEY ?", (f"{file.absolute().as_uri()}?mode=ro", f"x'{key}'")
            )
        finally:
            connection.execute("PRAGMA cipher_default_use_hmac = ON")
