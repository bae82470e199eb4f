"""The demo: a company of its own on a server of its own, in a folder that is thrown away afterwards."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from agent_app.features.login.state import Credentials
from agent_app.host.embedded_server import EmbeddedServer, make_demo_company
from agent_app.host.secrets import PASSPHRASE_VARIABLE


class Demo:
    """Use as a context: the server runs inside it. `home` keeps the company, without one it is thrown away."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or Path()
        self._keeps = home is not None
        self._inside = ExitStack()
        self._address = ""
        self._people: dict[str, Any] = {}

    def __enter__(self) -> "Demo":
        # The demo's key is never put into the person's own keyring; what it opens is made up, so this is no secret.
        os.environ.setdefault(PASSPHRASE_VARIABLE, "demo")
        with ExitStack() as if_it_fails:
            if not self._keeps:
                folder = if_it_fails.enter_context(tempfile.TemporaryDirectory(prefix="huifang-demo-"))
                self.home = Path(folder)
            database = self.home / "demo-server.db"
            self._people = make_demo_company(database)
            server = EmbeddedServer(database)
            if_it_fails.callback(server.stop)
            self._address = server.address
            self._inside = if_it_fails.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside.close()

    def credentials(self, role: str) -> Credentials:
        """How the demo's agent or supervisor signs in."""
        person = self._people[role]
        return Credentials(self._address, person["login"], person["password"])
