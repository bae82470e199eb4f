"""An office with a running server for the tests of faults, and the tally of what was done to them."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server_sync.store.database import create_schema
from tests.databases import BACKENDS
from tests.faults.chance import everything
from tests.faults.office import Office, sign_in
from tests.faults.places import Place
from tests.faults.processes import FaultServer

Tally = Callable[[str, int], None]


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Counts what a test did, for the summary of `./run faults`."""

    def add(what: str, times: int) -> None:
        record_property(what, times)

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    done: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for what, times in report.user_properties:
            done[what] += int(str(times))
    for what, times in done.items():
        terminalreporter.write_line(f"{times:7} {what}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished office's SQLite database, to be copied."""
    file = tmp_path_factory.mktemp("office") / "server.db"
    create_schema(f"sqlite:///{file}")
    office = Office(f"sqlite:///{file}")
    office.furnish()
    office.close()
    return file


@pytest.fixture
def office_url(template: Path, tmp_path: Path) -> str:
    """A furnished office on SQLite."""
    shutil.copy(template, tmp_path / "server.db")
    return f"sqlite:///{tmp_path / 'server.db'}"


@pytest.fixture
def office(office_url: str) -> Iterator[Office]:
    """It, looked into past the server."""
    made = Office(office_url)
    yield made
    made.close()


@pytest.fixture
def server(office_url: str, tmp_path: Path) -> Iterator[FaultServer]:
    """Its server, which answers."""
    running = FaultServer(office_url, tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def new_profile(tmp_path: Path, server: FaultServer) -> Callable[[], Path]:
    """Signs the lead in on one new computer after the other."""
    made: list[Path] = []

    def make() -> Path:
        made.append(tmp_path / f"desk{len(made) + 1}")
        sign_in(made[-1], server.address)
        return made[-1]

    return make


@pytest.fixture
def place(office: Office, server: FaultServer, tmp_path: Path) -> Place:
    """A furnished office with a server that answers."""
    return Place(office, server, tmp_path)


@pytest.fixture(params=BACKENDS if everything() else ["sqlite"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultServer]:
    """A server on a furnished database, not started; in the long form on either kind."""
    database_url = str(request.getfixturevalue(f"{request.param}_url"))
    made = Office(database_url)
    made.furnish()
    made.close()
    server = FaultServer(database_url, tmp_path)
    yield server
    server.stop()
