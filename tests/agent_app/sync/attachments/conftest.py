"""A desk and its lead whose files move, a folder at the server, and a hand that kills at named moments."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server_sync.domain import crash
from server_sync.domain.commands import Actor
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from tests.agent_app.sync.attachments.road import FilesDesk, Killed
from tests.agent_app.sync.office import Seat
from tests.server_sync.organisation import CountedIds, Organisation


@pytest.fixture
def server(sqlite_url: str) -> Iterator[Database]:
    """What the server's database is does not matter here."""
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "server-files", CountedIds(77))


@pytest.fixture
def desk(sit: Callable[[Actor], Seat], organisation: Organisation, folder: AttachmentFiles) -> FilesDesk:
    """The first agent of the north, in step."""
    seat = sit(organisation.north_agents[0])
    seat.sync()
    return FilesDesk(seat, folder)


@pytest.fixture
def lead(sit: Callable[[Actor], Seat], organisation: Organisation, folder: AttachmentFiles) -> FilesDesk:
    """His supervisor, in step."""
    seat = sit(organisation.north_lead)
    seat.sync()
    return FilesDesk(seat, folder)


@pytest.fixture
def kill_at() -> Iterator[dict[str, int]]:
    """`kill_at["name"] = n` ends whatever passes this point for the n-th time."""
    wanted: dict[str, int] = {}

    def hook(name: str) -> None:
        if name in wanted:
            wanted[name] -= 1
            if wanted[name] == 0:
                raise Killed(name)

    crash.hook = hook
    yield wanted
    crash.hook = None
