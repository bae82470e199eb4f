"""A disk that is full or fails at the n-th write, for every n until nothing fails: the right words, nothing that was
confirmed is lost, and the work goes on when there is room again (SYNC §7)."""

import errno
import mmap
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy.exc import OperationalError

from agent_app.sync.status import SyncState
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Actor, AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.store.outages import is_outage
from tests.deciding import run_command
from tests.faults.chance import everything, portion
from tests.faults.conftest import Tally
from tests.faults.office import LOGIN, FaultDesk, Office, all_is_well, sign_in
from tests.faults.processes import Child, FaultServer, desk_work, entering_work
from tests.servers import PASSWORD

SHIM = Path(__file__).with_name("failing_writes.c")
FRAME = 24 + 4096
"""One page in the log beside a SQLite file."""

DAY = (("note", "一"), ("sync",), ("settle",), ("note", "二"), ("close",), ("note", "三"))
"""What is done on the failing disk; after "close" the next order opens the store again."""
SHORT_STEP = 41
"""From one n to the next in the short form."""
SIGN_IN_STEP = 5
"""The same of a first sign-in, which makes a whole store by some hundred writes."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are set on Linux")
compiled = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None,
    reason="without a C compiler no call can be made to fail",
)


class Disk(Protocol):
    """A disk below one process that can be made to fail."""

    def fail(self, pid: int, after: int) -> None:
        """So many writes, or pages, go well from now on, and none behind them."""

    def repair(self, pid: int) -> None:
        """All go well again."""

    def failed(self) -> bool | None:
        """Whether any write failed since; None where nobody counts them."""


class ShimmedDisk:
    """Writes fail inside the process, in front of the C library; `environment` is what it has to be started with."""

    def __init__(self, folder: Path, below: Path, error: int) -> None:
        library, orders = folder / "failing_writes.so", folder / "orders"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SHIM, "-ldl"], check=True)
        orders.write_bytes(struct.pack("iii", -1, 0, 0))
        with orders.open("r+b") as file:
            self._orders = mmap.mmap(file.fileno(), 12)
        self._error = error
        self.environment = {
            "LD_PRELOAD": str(library),
            "HUIFANG_FAILING_BELOW": str(below.resolve()),
            "HUIFANG_FAILING_ORDERS": str(orders),
        }

    def fail(self, pid: int, after: int) -> None:
        self._orders[:] = struct.pack("iii", after, self._error, 0)

    def repair(self, pid: int) -> None:
        self._orders[:4] = struct.pack("i", -1)

    def failed(self) -> bool | None:
        return bool(struct.unpack("iii", self._orders[:])[2])


class SmallFiles:
    """The system lets no file of the process grow beyond so many pages (RLIMIT_FSIZE)."""

    def fail(self, pid: int, after: int) -> None:
        self._limit(pid, after * FRAME)

    def repair(self, pid: int) -> None:
        self._limit(pid, -1)

    def failed(self) -> bool | None:
        return None

    def _limit(self, pid: int, most: int) -> None:
        import resource

        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def turns(step: int = 1) -> Iterator[int]:
    """How many writes go well before the first that fails; the long form goes on by `step`."""
    return count(0, step if everything() else step * SHORT_STEP)


def spoil_desk(disk: Disk, child: Child, kind: ErrorKind) -> tuple[list[bytes], int]:
    """A day on the failing disk and a moment on the repaired one, again and again until nothing fails any more.

    Returns what was confirmed and how often something failed."""
    confirmed: list[bytes] = []
    child.ask("sync")
    for turn, after in enumerate(turns()):
        assert child.ask("settle") == ("settle",)
        disk.fail(child.pid, after)
        words = [child.ask(*order) for order in DAY]
        disk.repair(child.pid)
        told = {word[-1] for word in words if word[0] in ("error", "status")} - {None}
        # A full disk on which not even the log's index can be made is an unreadable one: SQLite tells no more.
        reopened = {words[-1][-1]} if words[-1][0] == "error" else set()
        assert told - reopened <= {kind}, f"after {after} writes: {told}"
        assert reopened <= {kind, ErrorKind.STORE_UNREADABLE}
        words.append(child.ask("note", "四"))
        assert words[-1][0] == "saved", "it does not go on"
        assert child.ask("sync")[1:] == (SyncState.IN_STEP, None)
        confirmed += [word[1] for word in words if word[0] == "saved"]
        if not (told if disk.failed() is None else disk.failed()):
            return confirmed, turn
    raise AssertionError


def spoil_server(disk: Disk, server: FaultServer, office: Office, desk: FaultDesk) -> tuple[list[bytes], int]:
    """The same for a server: the desk is asked to come back, and its edits are never called refused."""
    confirmed: list[bytes] = []
    for turn, after in enumerate(turns()):
        office.settle()
        disk.fail(server.pid, after)
        confirmed.append(desk.note(f"第 {after} 页"))
        status = desk.sync()
        disk.repair(server.pid)
        assert status.kind in (None, ErrorKind.SERVER_BUSY), f"after {after} writes"
        desk.heal()
        assert desk.rows("SELECT * FROM conflict") == []
        if not (status.kind if disk.failed() is None else disk.failed()):
            return confirmed, turn
    raise AssertionError


@compiled
@pytest.mark.parametrize(
    ("error", "kind"),
    portion([(errno.ENOSPC, ErrorKind.DISK_FULL), (errno.EIO, ErrorKind.STORE_UNREADABLE)], 1),
)
def test_p1_a_desk_on_a_disk_that_fails_at_the_nth_write_keeps_what_was_confirmed(
    error: int,
    kind: ErrorKind,
    server: FaultServer,
    office: Office,
    new_profile: Callable[[], Path],
    tmp_path: Path,
    tally: Tally,
) -> None:
    profile = new_profile()
    disk = ShimmedDisk(tmp_path, profile, error)
    with closing(Child(desk_work, profile, server.address, None, environment=disk.environment)) as child:
        confirmed, failures = spoil_desk(disk, child, kind)
        child.ask("close")
    with closing(FaultDesk(profile, server.address)) as desk:
        all_is_well(office, desk, confirmed)
    assert failures
    tally("desks whose disk failed at the n-th write", failures)


@compiled
@pytest.mark.parametrize("error", portion([errno.ENOSPC, errno.EIO], 1))
def test_the_first_sign_in_on_a_disk_that_fails_at_the_nth_write_says_so_and_goes_well_afterwards(
    error: int, server: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    disk = ShimmedDisk(tmp_path, home, error)
    arguments = (home, server.address, LOGIN, PASSWORD)
    with closing(Child(entering_work, *arguments, environment=disk.environment)) as child:
        for turn, after in enumerate(turns(SIGN_IN_STEP)):
            disk.fail(child.pid, after)
            word = child.ask(str(after))
            disk.repair(child.pid)
            assert word == ("in",) or word[1] in (ErrorKind.DISK_FULL, ErrorKind.STORE_UNREADABLE), word
            assert child.ask(str(after)) == ("in",)
            if not disk.failed():
                break
            failures = turn + 1
    assert failures
    tally("first sign-ins on a failing disk", failures)


@linux
def test_p1_a_desk_whose_files_may_not_grow_keeps_what_was_confirmed(
    server: FaultServer, office: Office, new_profile: Callable[[], Path], tally: Tally
) -> None:
    profile = new_profile()
    with closing(Child(desk_work, profile, server.address, None)) as child:
        confirmed, failures = spoil_desk(SmallFiles(), child, ErrorKind.STORE_UNREADABLE)
        child.ask("close")
    with closing(FaultDesk(profile, server.address)) as desk:
        all_is_well(office, desk, confirmed)
    assert failures
    tally("desks whose files could not grow", failures)


@compiled
@pytest.mark.parametrize("error", portion([errno.ENOSPC, errno.EIO], 1))
def test_p2_a_server_on_a_disk_that_fails_at_the_nth_write_acknowledges_nothing_that_is_lost(
    error: int, office_url: str, office: Office, tmp_path: Path, tally: Tally
) -> None:
    disk = ShimmedDisk(tmp_path, tmp_path / "server.db", error)
    server = FaultServer(office_url, tmp_path, disk.environment)
    with served(server, tmp_path) as desk:
        confirmed, failures = spoil_server(disk, server, office, desk)
        all_is_well(office, desk, confirmed)
    assert failures
    tally("servers whose disk failed at the n-th write", failures)


@linux
def test_p2_a_server_whose_files_may_not_grow_acknowledges_nothing_that_is_lost(
    server: FaultServer, office: Office, tmp_path: Path, tally: Tally
) -> None:
    with served(server, tmp_path) as desk:
        confirmed, failures = spoil_server(SmallFiles(), server, office, desk)
        all_is_well(office, desk, confirmed)
    assert failures
    tally("servers whose files could not grow", failures)


@contextmanager
def served(server: FaultServer, tmp_path: Path) -> Iterator[FaultDesk]:
    """A desk in step at a server, which is started if it is not running."""
    if not server.address:
        server.start()
    sign_in(tmp_path / "desk", server.address)
    with closing(FaultDesk(tmp_path / "desk", server.address)) as desk:
        desk.heal()
        try:
            yield desk
        finally:
            server.stop()


def test_p1_a_store_without_room_for_the_nth_page_says_that_the_disk_is_full(
    server: FaultServer, office: Office, new_profile: Callable[[], Path], tally: Tally
) -> None:
    """By SQLite's own limit, on every system."""
    with closing(FaultDesk(new_profile(), server.address)) as desk:
        desk.heal()
        confirmed = []
        for more in count():
            [(pages,)] = desk.rows("PRAGMA page_count")
            desk.rows(f"PRAGMA max_page_count = {pages + more}")
            kind = None
            try:
                confirmed.append(desk.note("满" * 9_000))
            except KnownError as error:
                kind = error.kind
            desk.rows("PRAGMA max_page_count = 4294967294")
            assert desk.lost(confirmed, office.notes()) == []
            if kind is None:
                break
            assert kind is ErrorKind.DISK_FULL
        assert more > 1
        all_is_well(office, desk, confirmed)
    tally("desks without room for the n-th page", more)


def test_p2_a_server_without_room_for_the_nth_page_changes_nothing(office: Office, tally: Tally) -> None:
    """By SQLite's own limit, on every system."""
    database, now = office.database, SystemClock().now()
    [customer_id, *_] = office.rows("customer")
    for more in count():
        with database.write(now) as tx:
            pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")
        note = AddNote(customer_id[:15] + bytes([more]), customer_id, "满" * 9_000, now)
        outage: OperationalError | None = None
        try:
            run_command(database, Actor(None, Role.ADMINISTRATOR, None), note, now)
        except OperationalError as error:
            outage = error
        if outage is None:
            break
        assert is_outage(outage), outage
        assert office.notes() == set()
    assert more > 1
    assert office.notes() == {note.activity_id}
    tally("servers without room for the n-th page", more)
