"""Several processes on PostgreSQL: any of them answers, each hears what the others wrote, one that dies is replaced."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPResponse
from pathlib import Path

import psycopg
import pytest

from server_sync.domain.commands import Actor, AddNote
from server_sync.domain.ids import Ids
from server_sync.domain.model import Role
from server_sync.domain.wire.codec import encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, PushRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.server_sync.http.conftest import NUMBERS, results_of
from tests.server_sync.organisation import NOW, seed
from tests.servers import Caller, ServerProcess, add_person, run_command_line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="PostgreSQL is tried where servers run")

DEVICES = (bytes([1]) * 16, bytes([2]) * 16)
PATIENCE_SECONDS = 60


@pytest.fixture
def scene(postgresql_url: str) -> tuple[bytes, bytes, Ids]:
    """An agent who may sign in: his id, a customer of his, ids for more."""
    with closing(Database(postgresql_url)) as database:
        organisation = seed(database)
        agent = Actor(add_person(database, team="北区"), Role.AGENT, organisation.north)
        customer = organisation.customer(organisation.north)
        with database.write(NOW) as tx:
            write(tx, [customer, organisation.task(customer, agent)])
    assert agent.person_id is not None
    return agent.person_id, customer.row_id, organisation.ids


@pytest.fixture
def servers(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    """Two servers on one database, each at an address of its own."""
    one, two = (
        ServerProcess(postgresql_url, tmp_path / f"{name}.log", tmp_path / "files") for name in ("one", "two")
    )
    with ExitStack() as running:
        for server in (one, two):
            server.start()
            running.callback(server.stop)
        yield one, two


def hints(stream: HTTPResponse) -> Iterator[list[str]]:
    while line := stream.readline():
        if line.startswith(b"data:"):
            yield json.loads(line[5:])


def push(caller: Caller, device: bytes, note: AddNote, mid: int = 1) -> None:
    mutation = Mutation(mid=mid, command=note.name, args=encode_arguments(note), at=NOW)
    answer = caller.post(
        "/sync/push", encode(PushRequest(**NUMBERS, device=device, request=1, mutations=[mutation]))
    )
    assert results_of(answer) == [("accepted", None)]


@pytest.fixture
def callers(servers: tuple[ServerProcess, ServerProcess]) -> tuple[Caller, Caller]:
    """Two desks of the agent, each signed in at a process of its own."""
    here, there = (Caller(server.address) for server in servers)
    for caller, device in zip((here, there), DEVICES, strict=True):
        assert caller.sign_in(device=device).status == 200
    return here, there


def test_l3_an_edit_pushed_to_one_process_reaches_a_stream_of_another(
    scene: tuple[bytes, bytes, Ids], callers: tuple[Caller, Caller]
) -> None:
    person, customer, ids = scene
    here, there = callers
    with there.open("GET", "/sync/live") as stream:
        heard = hints(stream)
        next(heard)
        for mid in range(1, 4):
            push(here, DEVICES[0], AddNote(ids.new(), customer, "好", NOW), mid)
            while f"desk:{person.hex()}" not in next(heard):
                pass


def test_l3_when_the_line_between_processes_breaks_streams_hear_that_everything_may_have_moved(
    scene: tuple[bytes, bytes, Ids], callers: tuple[Caller, Caller], postgresql_url: str
) -> None:
    person, customer, ids = scene
    here, there = callers
    with there.open("GET", "/sync/live") as stream:
        heard = hints(stream)
        everything = next(heard)
        with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'huifang notices' AND datname = current_database()"
            )
        push(here, DEVICES[0], AddNote(ids.new(), customer, "好", NOW), 1)
        while next(heard) != everything:
            pass
        push(here, DEVICES[0], AddNote(ids.new(), customer, "好", NOW), 2)
        while next(heard) != [f"desk:{person.hex()}"]:
            pass


def test_l3_one_port_several_workers_one_ready_line_and_who_dies_is_replaced(
    scene: tuple[bytes, bytes, Ids], postgresql_url: str, tmp_path: Path
) -> None:
    server = ServerProcess(postgresql_url, tmp_path / "log", tmp_path / "files", options=("--workers", "2"))
    server.start()
    assert server.process is not None
    try:
        before = workers_of(server)
        assert len(set(before)) == 2
        os.kill(before[0], signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(workers_of(server)) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        caller = Caller(server.address)
        assert caller.sign_in(device=DEVICES[0]).status == 200
        push(caller, DEVICES[0], AddNote(scene[2].new(), scene[1], "好", NOW))
    finally:
        assert server.stop() == 0
    assert "a worker died" in server.log.read_text()


def test_the_workers_end_with_a_supervisor_that_was_killed(
    scene: tuple[bytes, bytes, Ids], postgresql_url: str, tmp_path: Path
) -> None:
    server = ServerProcess(postgresql_url, tmp_path / "log", tmp_path / "files", options=("--workers", "2"))
    server.start()
    left = workers_of(server)
    assert len(left) == 2
    server.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(Path(f"/proc/{pid}").exists() for pid in left):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Several workers need PostgreSQL"), ("zh_CN", "多个应答进程须使用 PostgreSQL")],
)
def test_on_sqlite_one_process_serves(sqlite_url: str, language: str, words: str) -> None:
    refused = run_command_line("serve", "--workers", "2", "--database", sqlite_url, language=language)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert words in refused.stderr


def workers_of(server: ServerProcess) -> list[int]:
    """Every process that was ever started to answer, in order."""
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    return [line["pid"] for line in lines if line["event"] == "a worker started"]
