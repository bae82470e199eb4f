"""An office for faults: a server's database with a team, its lead at desks on real SQLCipher stores that speak HTTP,
and what must hold after whatever happened to them. The faults themselves lie beside this file."""

import shutil
import time
from collections import Counter
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.database import open_store
from agent_app.store.desk_state import recall, remember
from agent_app.store.tables import ALL
from agent_app.sync.client import HttpNet, Server
from agent_app.sync.engine import Engine
from agent_app.sync.ready_files import ReadyFiles
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.sync.synchroniser import Synchroniser
from server_sync.doctor.examination import examine
from server_sync.domain.clock import MINUTE, SystemClock
from server_sync.domain.commands import Actor, AddNote, CorrectCustomer
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import TABLES, AttachmentState, Role, activity, attachment, team
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import applied, audit
from tests.agent_app.deferred import DeferredWork
from tests.faults.files import DeskFiles
from tests.server_sync.organisation import CountedIds, Organisation, seed
from tests.servers import PASSWORD, add_person

KEY = bytes(range(32))
CUSTOMERS = 4
MOST_ROUNDS = 60
"""After healing the outbox is empty in as many (SYNC §7)."""
MANY_CUSTOMERS = 2_700
"""So many that the rest of a first sync goes through staging and comes as a file."""
READY_FROM = 5_000
LOGIN = "lead"
DEVICE_FILE = "device"
TEAM = "北区"
SHARED = ("customer", "task", "activity", "contact_point", "sales_order", "attachment")


class Office:
    """The server's side: its database, looked into past the server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.database = Database(url)

    def furnish(self, customers: int = CUSTOMERS) -> None:
        """People, a team with its lead, and customers with a number, a task and an order each."""
        made = seed(self.database)
        add_person(self.database, LOGIN, role=Role.SUPERVISOR, team=TEAM)
        self._add_customers(made, customers)

    def grow(self) -> None:
        """So many customers that a first sync goes through staging, and the rest of it comes as a file (SYNC L4)."""
        made = Organisation(CountedIds(99))
        with self.database.read() as connection:
            [made.north] = connection.scalars(select(team.c.id).where(team.c.name == TEAM))
        self._add_customers(made, MANY_CUSTOMERS)

    def _add_customers(self, made: Organisation, count: int) -> None:
        rows = []
        for number in range(count):
            one = made.customer(made.north, name=f"客户 {number}")
            rows += [
                one,
                made.contact_point(one),
                made.task(one, None, plan_id=None, form_version_id=None),
                made.order(one),
            ]
        with self.database.write(SystemClock().now()) as tx:
            write(tx, rows)

    def close(self) -> None:
        """Let the database go."""
        self.database.close()

    def settle(self) -> None:
        """Empty the log beside a SQLite file."""
        with self.database.write(SystemClock().now()) as tx:
            raw: Any = tx.connection.connection.dbapi_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, file: Path) -> None:
        """A copy of a SQLite database as it is now."""
        self.settle()
        self.database.close()
        shutil.copy(str(self.database.url.database), file)

    def put_back(self, file: Path) -> None:
        """What the disk had when the copy was made; no server may run."""
        self.database.close()
        target = str(self.database.url.database)
        for beside in ("-wal", "-shm"):
            Path(target + beside).unlink(missing_ok=True)
        shutil.copy(file, target)

    def accepted(self) -> Counter[bytes]:
        """How often each row of an activity was written by an accepted mutation of a desk."""
        statement = select(audit.c.rows).where(audit.c.status != "rejected", audit.c.mid.is_not(None))
        with self.database.read() as connection:
            return Counter(
                bytes.fromhex(row_id)
                for rows in connection.scalars(statement)
                for table, row_id in rows
                if table == "activity"
            )

    def notes(self) -> set[bytes]:
        """The activities that the server has."""
        with self.database.read() as connection:
            return set(connection.scalars(select(activity.c.id)))

    def arrived(self) -> set[bytes]:
        """What desks have written, and attached with all of its bytes."""
        whole = select(attachment.c.id).where(attachment.c.state == AttachmentState.COMPLETE)
        with self.database.read() as connection:
            files = set(connection.scalars(whole))
        return self.notes() | files

    def rows(self, table: str) -> dict[bytes, int]:
        """id → rev of a table's rows, all of them in the dossiers of the one team."""
        shared = TABLES[table]
        with self.database.read() as connection:
            return {row.id: row.rev for row in connection.execute(select(shared.c.id, shared.c.rev))}

    def has_each_effect_once(self) -> None:
        """One audit row for each mutation, one mutation for each activity; and the doctor finds nothing."""
        accepted = self.accepted()
        assert set(accepted.values()) <= {1}, "an effect was taken twice"
        assert set(accepted) == self.notes(), "an effect without its audit, or the other way round"
        with self.database.read() as connection:
            mutations = set(connection.execute(select(applied.c.device_id, applied.c.mid)))
            audited = connection.execute(
                select(audit.c.device_id, audit.c.mid).where(audit.c.mid.is_not(None))
            ).all()
        assert sorted(map(tuple, audited)) == sorted(map(tuple, mutations))
        found = examine(self.database, SystemClock().now()).findings
        assert found == [], found


@dataclass
class OwnClock:
    """A computer's clock, ahead of the right one by so many milliseconds."""

    off: int = 0

    def now(self) -> int:
        return SystemClock().now() + self.off

    def monotonic(self) -> float:
        return SystemClock().monotonic() + self.off / 1000


class FaultDesk:
    """One desk on its profile: what a person does there and how it comes through. Made by `sign_in`, opened again by
    itself after whatever ended it."""

    def __init__(self, profile: Path, address: str, clock: OwnClock | None = None) -> None:
        self.clock = clock or OwnClock()
        self.ids = SystemIds(self.clock)
        self.profile = profile
        self.net = HttpNet(address)
        self.store = open_store(profile, KEY, ALL)
        with ExitStack() as if_it_fails:
            if_it_fails.callback(self.close)
            with self.store.read() as connection:
                person: dict[str, Any] = recall(connection, "person")
                device = recall(connection, "device") or (profile / DEVICE_FILE).read_text()
                self.net.token = recall(connection, "token")
            if_it_fails.pop_all()
        team = person["team_id"]
        self.actor = Actor(
            bytes.fromhex(person["id"]), Role(person["role"]), bytes.fromhex(team) if team else None
        )
        self.device = bytes.fromhex(device)
        self.work = DeferredWork()
        self.statuses: list[SyncStatus] = []
        self.changes: list[StoreChanges] = []
        self.synchroniser = Synchroniser(
            self.work,
            self.store,
            Engine(self.device, lambda: self.actor, self.ids, READY_FROM),
            Server(self.net),
            self.clock,
            Schedule(0.5),
            self.changes.append,
            self.statuses.append,
            self._become,
            ReadyFiles(self.net, self.store),
        )
        self.files = DeskFiles(self._desk(), profile, self.net, self.work)

    def close(self) -> None:
        """The program ends as it should."""
        self.store.close()
        self.net.close()

    def note(self, text: str, place: int = 0) -> bytes:
        """Write into a customer's timeline; when this returns, the person has seen that it is saved."""
        row_id = self.ids.new()
        note = AddNote(row_id, self.customers()[place], text, self.clock.now())
        record(self._desk(), [note], "test")
        return row_id

    def correct(self, value: str, place: int = 0) -> bytes:
        """Correct a customer's remark."""
        row_id, customer_id = self.ids.new(), self.customers()[place]
        [(base,)] = self.rows("SELECT note FROM customer WHERE id = ?", customer_id)
        change = CorrectCustomer(row_id, customer_id, "note", base, value, self.clock.now())
        record(self._desk(), [change], "test")
        return row_id

    def attach(self, place: int = 0) -> bytes:
        """Attach a file to a customer."""
        self.files.abandon(self.customers()[place])
        return self.files.attach(self.customers()[place])

    def fetch(self) -> None:
        """Look at the files that the server has."""
        complete = "SELECT id, customer_id FROM attachment WHERE state = 'complete' AND removed_at IS NULL"
        for attachment_id, customer_id in self.rows(complete):
            self.files.fetch(attachment_id, customer_id)

    def sync(self) -> SyncStatus:
        """One round of the rows to its end, then one of the files; what the status bar says then."""
        self.synchroniser.hinted()
        self.work.finish()
        self.files.move()
        return self.statuses[-1]

    def heal(self) -> None:
        """Rounds until nothing waits and nothing is wrong, as many as SYNC §7 allows. While a server asks to be
        left alone, the clock is put on."""
        for _ in range(MOST_ROUNDS):
            status = self.sync()
            if (
                status.state in (SyncState.IN_STEP, SyncState.ATTENTION)
                and not status.waiting
                and not status.kind
                and not self.files.moving()
            ):
                return
            self.clock.off += MINUTE
            time.sleep(0.02)
        raise AssertionError(f"after {MOST_ROUNDS} rounds still {self.statuses[-1]}")

    def customers(self) -> list[bytes]:
        """The customers of this desk."""
        return [row[0] for row in self.rows("SELECT id FROM customer ORDER BY id")]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the store says."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]

    def revs(self, table: str) -> dict[bytes, int]:
        """id → rev of a table's rows."""
        return {row[0]: row[1] for row in self.rows(f'SELECT id, rev FROM "{table}"')}

    def lost(self, confirmed: Collection[bytes], arrived: Collection[bytes]) -> list[bytes]:
        """What the person saw as saved and what is neither at the server nor in the outbox nor in conflicts nor a file
        on its way."""
        kept = b"".join(
            args for (args,) in self.rows("SELECT args FROM outbox UNION ALL SELECT args FROM conflict")
        ) + b"".join(self.files.moving())
        return [one for one in confirmed if one not in arrived and one not in kept]

    def _become(self, device: bytes) -> None:
        self.device = device

    def _desk(self) -> Desk:
        return Desk(self.store, self.clock, self.ids, self.actor, self.device)


def sign_in(profile: Path, address: str, login: str = LOGIN) -> None:
    """Make a profile as the program's sign-in does, with a key of the tests' own in place of the stretched one."""
    profile.mkdir(parents=True, exist_ok=True)
    net = HttpNet(address)
    device_file = profile / DEVICE_FILE
    if not device_file.exists():
        device_file.write_text(SystemIds(SystemClock()).new().hex())
    granted = Server(net).sign_in(login, PASSWORD, bytes.fromhex(device_file.read_text()), "桌面")
    net.close()
    store = open_store(profile, KEY, ALL)
    person = {
        "id": granted.person.id,
        "name": granted.person.name,
        "role": granted.person.role,
        "team_id": granted.person.team_id,
    }
    with store.write() as connection:
        remember(connection, "person", person)
        remember(connection, "token", granted.token)
    store.close()


def all_is_well(office: Office, desk: FaultDesk, confirmed: Collection[bytes]) -> None:
    """After the fault: the desk gets in step, nothing that was confirmed is lost, each effect is there once, and the
    desk's rows are the server's."""
    assert desk.lost(confirmed, office.arrived()) == []
    desk.heal()
    assert desk.lost(confirmed, office.arrived()) == []
    desk.files.kept_are_whole()
    office.has_each_effect_once()
    desk.store.verify()
    for table in SHARED:
        assert desk.revs(table) == office.rows(table), table
