"""No test waits for the disk, as the PostgreSQL of the tests does not: what a power cut would take cannot be tried in a
process that goes on, and the processes that `tests/faults` starts wait as the program does."""

import pytest

import agent_app.store.database
import server_sync.store.database

_SETTINGS = (
    (server_sync.store.database, "_PRAGMAS"),
    (agent_app.store.database, "_LASTING"),
)
_OF_THE_PROGRAM = [(module, name, getattr(module, name)) for module, name in _SETTINGS]


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> None:
    for module, name, pragmas in _OF_THE_PROGRAM:
        assert "PRAGMA synchronous = FULL" in pragmas
        setattr(
            module, name, tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in pragmas)
        )


@pytest.fixture
def waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the program."""
    for module, name, pragmas in _OF_THE_PROGRAM:
        monkeypatch.setattr(module, name, pragmas)
