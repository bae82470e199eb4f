"""PostgreSQL under the server: many writers and a reader, a crash, a standby that takes over without the newest commits
(SYNC S5, E1, §7)."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import select

from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Actor, AddNote
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.store.database import Database, create_schema
from server_sync.store.tables import feed, partition
from tests.deciding import run_command
from tests.faults.chance import everything, moment
from tests.faults.conftest import Tally
from tests.faults.days import DAY_MS, Day
from tests.faults.office import FaultDesk, Office, all_is_well, sign_in
from tests.faults.processes import Child, FaultServer

if sys.platform == "win32":
    pytest.skip("PostgreSQL is tried where servers run, not on Windows", allow_module_level=True)

from tests.faults.cluster import Cluster

WRITERS = 8
NOTES = 400 if everything() else 6
CRASHES = 20 if everything() else 1
DATABASE = "huifang"


class Watch:
    """What stood in the feed up to the head of each partition, snapshot by snapshot."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heads: dict[int, int] = {}
        self._entries: dict[int, dict[int, tuple[int, bytes]]] = {}
        self.looks = 0

    def look(self) -> None:
        """AssertionError when something turns up at or below a head that was seen before (SYNC S5)."""
        with self._database.read() as connection:
            heads = {row.id: row.head for row in connection.execute(select(partition.c.id, partition.c.head))}
            rows = connection.execute(select(feed.c.partition, feed.c.seq, feed.c.kind, feed.c.row_id)).all()
        entries: dict[int, dict[int, tuple[int, bytes]]] = {one: {} for one in heads}
        for row in rows:
            assert row.seq <= heads[row.partition], "an entry above its head"
            entries[row.partition][row.seq] = (row.kind, row.row_id)
        for one, before in self._heads.items():
            late = [
                seq
                for seq, entry in entries[one].items()
                if seq <= before and self._entries[one].get(seq) != entry
            ]
            assert late == [], "came in below a head that was served"
        self._heads, self._entries = heads, entries
        self.looks += 1


def writer_work(pipe: Connection, url: str, customers: list[bytes]) -> None:
    """Notes on all customers in turn, each a transaction; then a word."""
    database, ids = Database(url), SystemIds(SystemClock())
    for number in range(NOTES):
        now = SystemClock().now()
        note = AddNote(ids.new(), customers[number % len(customers)], f"第 {number} 次", now)
        run_command(database, Actor(None, Role.ADMINISTRATOR, None), note, now)
    database.close()
    pipe.send(("done",))


def test_s5_eight_writers_and_a_reader_skip_no_row(postgresql_url: str, tmp_path: Path, tally: Tally) -> None:
    with ExitStack() as stack:
        office = stack.enter_context(closing(Office(postgresql_url)))
        office.furnish()
        server = FaultServer(postgresql_url, tmp_path)
        server.start()
        stack.callback(server.stop)
        sign_in(tmp_path / "desk", server.address)
        desk = stack.enter_context(closing(FaultDesk(tmp_path / "desk", server.address)))
        customers = list(office.rows("customer"))
        writers = [
            stack.enter_context(closing(Child(writer_work, postgresql_url, customers)))
            for _ in range(WRITERS)
        ]
        watch = Watch(office.database)
        pulls = 0
        while any(writer.is_alive() for writer in writers):
            watch.look()
            desk.sync()
            pulls += 1
        assert [writer.hear() for writer in writers] == [("done",)] * WRITERS
        desk.heal()
        watch.look()
        assert len(office.notes()) == WRITERS * NOTES
        assert desk.revs("activity") == office.rows("activity")
    assert min(pulls, watch.looks) > 2
    tally("rows by eight writers of which none was skipped", WRITERS * NOTES)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with an empty database of ours."""
    made = Cluster.new()
    try:
        made.start()
        made.execute(f"CREATE DATABASE {DATABASE}")
        create_schema(made.url(DATABASE))
        yield made
    finally:
        made.remove()


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[FaultServer]:
    """A server on it, which answers, in a furnished office."""
    with closing(Office(cluster.url(DATABASE))) as office:
        office.furnish()
    running = FaultServer(cluster.url(DATABASE), tmp_path)
    running.start()
    yield running
    running.stop()


def test_p2_a_database_that_crashes_under_the_server_loses_nothing(
    cluster: Cluster, server: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    sign_in(tmp_path / "desk", server.address)
    confirmed: list[bytes] = []
    for turn in range(CRASHES):
        crash = partial(_crash_later, cluster, moment(DAY_MS, "postgresql", turn) / 1000)
        confirmed += Day(tmp_path / "desk", server.address, kill=crash).confirmed
        cluster.start()
        with (
            closing(Office(server.url)) as office,
            closing(FaultDesk(tmp_path / "desk", server.address)) as desk,
        ):
            all_is_well(office, desk, confirmed)
    tally("crashes of PostgreSQL", CRASHES)


def _crash_later(cluster: Cluster, wait: float, _: Child) -> None:
    time.sleep(wait)
    cluster.stop(signal.SIGQUIT)


def test_e1_a_standby_that_took_over_without_the_newest_commits_gets_them_back_from_the_desks(
    cluster: Cluster, server: FaultServer, tmp_path: Path
) -> None:
    profile = tmp_path / "desk"
    sign_in(profile, server.address)
    standby = cluster.standby()
    try:
        standby.start()
        with closing(FaultDesk(profile, server.address)) as desk:
            desk.heal()
            confirmed = [desk.note("on both")]
            desk.heal()
            cluster.catch_up(standby)
            standby.stop()
            confirmed.append(desk.note("on the first alone"))
            desk.heal()
            cluster.stop(signal.SIGQUIT)
            confirmed.append(desk.note("while nothing answers"))
            desk.sync()
            server.stop()
            standby.start()
            standby.promote()
            server.url = standby.url(DATABASE)
            server.start()
            with closing(Office(server.url)) as office:
                assert office.notes() == {confirmed[0]}
                all_is_well(office, desk, confirmed)
        server.stop()
    finally:
        standby.remove()
