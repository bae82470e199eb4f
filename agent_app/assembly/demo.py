"""The demo: a company of its own on a server of its own, in a folder that is thrown away afterwards."""

import os
import secrets
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from agent_app.features.login.state import Credentials
from agent_app.host.embedded_server import EmbeddedServer, make_demo_company
from agent_app.host.secrets import PASSPHRASE_VARIABLE


class Demo:
    """Use as a context: the server runs inside it."""

    def __init__(self, home: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="huifang-demo-") if home is None else None
        self.home = home or Path(self._folder.name if self._folder else "")
        self._server: EmbeddedServer | None = None
        self._people: dict[str, Any] = {}

    def __enter__(self) -> "Demo":
        # The demo's key is never put into the person's own keyring.
        os.environ.setdefault(PASSPHRASE_VARIABLE, secrets.token_hex(16))
        database = self.home / "demo-server.db"
        self._people = make_demo_company(database)
        self._server = EmbeddedServer(database)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.stop()
        if self._folder is not None:
            self._folder.cleanup()

    def credentials(self, role: str) -> Credentials:
        """How the demo's agent or supervisor signs in."""
        assert self._server is not None
        person = self._people[role]
        return Credentials(self._server.address, person["login"], person["password"])
