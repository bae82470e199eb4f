"""Fixtures: addresses of fresh server databases, empty or with the schema, on SQLite and on PostgreSQL."""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform != "win32" or TYPE_CHECKING:
    from tests.postgresql_guardian import Ownership
if TYPE_CHECKING:
    from tests.postgresql_server import PostgresqlServer

BACKENDS = ("sqlite", "postgresql")
BOTH = "--both-databases"
# The rooms that speak to the database in words of its own, and are tried on both at every check. What stands above them
# says the same to either: it is tried on SQLite, and with the option on PostgreSQL too.
ROOMS_ON_BOTH = frozenset({"store", "sync", "jobs", "channels", "backup", "domain"})
SAME = "says_the_same"
"""Marks what a test in one of these rooms tries again with other values, and says no other words to the database."""
_FIXTURES = ("database_url", "empty_database_url")
_ownership = pytest.StashKey["Ownership"]()
_FOLDER = "postgresql_folder"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(BOTH, action="store_true", help="try every test of the server on PostgreSQL too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{SAME}: on PostgreSQL only with {BOTH}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the option PostgreSQL is left to the rooms that need it."""
    if config.getoption(BOTH):
        return
    left = {item for item in items if _runs_twice_for_nothing(item)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]


def _runs_twice_for_nothing(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    backends = () if callspec is None else (callspec.params.get(name) for name in _FIXTURES)
    rooms = Path(str(item.path)).parts
    of_server = rooms[rooms.index("tests") + 1] == "server_sync"
    above = rooms[-1] != "test_databases.py" and not (of_server and ROOMS_ON_BOTH & set(rooms))
    return (above or item.get_closest_marker(SAME) is not None) and "postgresql" in backends


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The controller of a parallel run owns the server and tells each worker where it is or would be."""
    if sys.platform != "win32":
        node.workerinput[_FOLDER] = str(_own_folder(node.config))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _ownership in config.stash:
        config.stash[_ownership].end()


def _own_folder(config: pytest.Config) -> Path:
    if _ownership not in config.stash:
        config.stash[_ownership] = Ownership()
    return config.stash[_ownership].folder


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> "PostgresqlServer":
    """The one server of this run, shared by all of its processes."""
    if sys.platform == "win32":
        pytest.skip("PostgreSQL is tried where servers run, not on Windows")
    from tests.postgresql_server import PostgresqlServer  # half a second: only for who asks for a server

    told: dict[str, Any] = getattr(pytestconfig, "workerinput", {})
    server = PostgresqlServer(Path(told[_FOLDER]) if told else _own_folder(pytestconfig))
    server.start()
    return server


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return _sqlite_url(tmp_path / "server.db")


@pytest.fixture
def empty_postgresql_url(postgresql_server: "PostgresqlServer") -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name)


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without a single table; the test runs on both."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@cache
def _sqlite_template() -> bytes:
    """A file with the schema: made once, also where one process runs the tests again and again (mutation tests)."""
    from server_sync.store.database import create_schema

    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.db"
        create_schema(_sqlite_url(file))
        return file.read_bytes()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    (tmp_path / "server.db").write_bytes(_sqlite_template())
    return _sqlite_url(tmp_path / "server.db")


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_server: "PostgresqlServer") -> Iterator[str]:
    from server_sync.store.database import create_schema

    with postgresql_server.database() as name:
        create_schema(postgresql_server.url(name))
        yield name


@pytest.fixture
def postgresql_url(postgresql_server: "PostgresqlServer", _postgresql_template: str) -> Iterator[str]:
    with postgresql_server.database(template=_postgresql_template) as name:
        yield postgresql_server.url(name)


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the newest schema and no rows; the test runs on both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"
