"""Where a desk keeps its files on this machine; what is in the files is the business of others."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

HOME_VARIABLE = "HUIFANG_HOME"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Places:
    """The folders and files below one root, readable by their owner alone."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """The settings of this machine, shared by all profiles."""
        return self.root / "settings.json"

    @property
    def log_dir(self) -> Path:
        """Log files."""
        return self.root / "logs"

    def profile_dir(self, server: str, user: str) -> Path:
        """The folder of one user at one server: store, key and lock.

        The folder's name holds the host and a hash, not the user's name. Raises ValueError for an address
        that is none.
        """
        address = server_address(server)
        digest = hashlib.sha256(f"{address}\n{user.strip().casefold()}".encode()).hexdigest()[:16]
        host = re.sub(r"[^a-z0-9.-]", "-", urlsplit(address).hostname or "")[:60].strip(".-")
        return self.root / "profiles" / f"{host}-{digest}"


def places(home: Path | None = None) -> Places:
    """The places below `home`, else below HUIFANG_HOME, else below the user's own data folder; the root is made."""
    given = os.environ.get(HOME_VARIABLE, "")
    root = home or (Path(given) if given else platformdirs.user_data_path("Huifang", appauthor=False))
    root = root.expanduser().absolute()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Places(root)


def server_address(text: str) -> str:
    """One spelling for every way to write a server's address: scheme://host[:port][/path], https when none is said.

    Raises ValueError when it is no http or https address, or carries a user name or a query.
    """
    stripped = text.strip()
    parts = urlsplit(stripped if "://" in stripped else f"https://{stripped}")
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not parts.hostname
        or any(character.isspace() for character in stripped)
    ):
        raise ValueError("not the address of a server")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("more than the address of a server")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"
