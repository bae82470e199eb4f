"""Ready files (SYNC L4): who may have one, that many who ask at once get the same, and that no old one stays."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlcipher3 import dbapi2

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import TABLES
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import ReadyReply, ReadyRequest
from server_sync.store import partitions
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import feed_commit
from server_sync.sync import ready
from server_sync.sync.ready import KEPT, ReadyFiles
from tests.server_sync.organisation import NOW, Organisation, seed

DEVICE = bytes(ID_BYTES)
ASKERS = 50


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small team is large enough here."""
    monkeypatch.setattr(ready, "LEAST_ROWS", 20)
    monkeypatch.setattr(ready, "BEHIND_ROWS", 10)


@pytest.fixture
def server(database_url: str) -> Iterator[Database]:
    """A server's database with the schema."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def organisation(server: Database) -> Organisation:
    """A northern team of ten customers, a southern one of none."""
    made = seed(server)
    rows: list[Insert] = []
    for number in range(10):
        one = made.customer(made.north, name=f"客户 {number}", tags=["高意向"])
        rows += [one, made.contact_point(one), made.order(one)]
    with server.write(NOW) as tx:
        write(tx, rows)
    return made


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def files(server: Database, organisation: Organisation, tmp_path: Path, clock: HandClock) -> ReadyFiles:
    """Of one process."""
    return ReadyFiles(server, tmp_path / "ready", clock)


def wish(**other: Any) -> ReadyRequest:
    whole = {
        "protocol": versions.PROTOCOL,
        "schema": versions.SCHEMA,
        "device": DEVICE,
        "request": 7,
    }
    return ReadyRequest(**{**whole, **other})


def asked(files: ReadyFiles, organisation: Organisation, actor: Actor | None = None) -> ReadyReply:
    team = partitions.team(organisation.north)
    return files.answer(actor or organisation.north_lead, DEVICE, wish(partition=team))


def contents(files: ReadyFiles, reply: ReadyReply) -> dict[str, list[tuple[Any, ...]]]:
    """What the file has, by table."""
    [file] = [one for one in files.folder.iterdir() if one.name.startswith(reply.name)]
    connection = dbapi2.connect(str(file))
    connection.execute(f"PRAGMA key = \"x'{reply.key.hex()}'\"")
    connection.execute("PRAGMA cipher_use_hmac = OFF")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return found


def test_l4_a_file_has_every_row_of_the_partition_as_pages_have_them(
    files: ReadyFiles, organisation: Organisation, server: Database
) -> None:
    reply = asked(files, organisation)
    found = contents(files, reply)
    assert found.keys() == {*TABLES, "held_customer"}
    with server.read() as connection:
        for name in ("customer", "contact_point", "sales_order"):
            columns = ", ".join(f'"{column.name}"' for column in TABLES[name].columns)
            rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{name}" ORDER BY id')
            assert found[name] == [tuple(row) for row in rows]
    assert found["held_customer"] == [(row[0],) for row in found["customer"]]
    assert reply.rows == sum(len(rows) for name, rows in found.items() if name != "held_customer")
    assert reply.seen[0].seq == reply.seq
    with server.read() as connection:
        head = connection.exec_driver_sql("SELECT head FROM partition WHERE name = '" + reply.partition + "'")
        assert head.scalar_one() == reply.seq


def test_l4_fifty_who_ask_at_once_get_one_file(
    files: ReadyFiles, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Any] = []
    run = subprocess.run

    def counted(*arguments: Any, **options: Any) -> Any:
        runs.append(arguments)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    with ThreadPoolExecutor(ASKERS) as pool:
        replies = list(pool.map(lambda _: asked(files, organisation), range(ASKERS)))
    assert len(runs) == 1
    assert len({(reply.name, reply.key, reply.sha256) for reply in replies}) == 1
    assert len(list(files.folder.iterdir())) == 1


def test_l4_a_file_that_is_nearly_new_is_given_again_and_an_old_one_is_made_anew(
    files: ReadyFiles, organisation: Organisation, server: Database
) -> None:
    first = asked(files, organisation)
    with server.write(NOW) as tx:
        write(tx, [organisation.customer(organisation.north)])
    assert asked(files, organisation).name == first.name
    with server.write(NOW) as tx:
        write(tx, [organisation.customer(organisation.north) for _ in range(20)])
    second = asked(files, organisation)
    assert second.seq > first.seq
    assert second.key != first.key


def test_l4_a_file_of_another_history_is_never_given(
    files: ReadyFiles, organisation: Organisation, server: Database
) -> None:
    first = asked(files, organisation)
    with server.write(NOW) as tx:
        tx.connection.execute(update(feed_commit).values(token=b"otherone"))
    assert asked(files, organisation).name != first.name


def test_l4_files_nobody_asks_for_go(
    files: ReadyFiles, organisation: Organisation, server: Database, clock: HandClock
) -> None:
    first = asked(files, organisation)
    clock.at += KEPT + HOUR
    with server.write(NOW) as tx:
        write(tx, [organisation.customer(organisation.north) for _ in range(20)])
    second = asked(files, organisation)
    assert [file.stem for file in files.folder.iterdir()] == [second.name]
    with pytest.raises(KnownError) as gone:
        files.size(organisation.north_lead, DEVICE, first.name)
    assert gone.value.kind is ErrorKind.NOT_FOUND
    assert files.read(first.name, 0, 10) == b""


def test_l4_what_is_too_much_for_the_folder_goes_oldest_first(
    files: ReadyFiles,
    organisation: Organisation,
    server: Database,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = asked(files, organisation)
    monkeypatch.setattr(ready, "MOST_BYTES", first.size)
    for _ in range(2):
        clock.at += HOUR // 4
        with server.write(NOW) as tx:
            write(tx, [organisation.customer(organisation.north) for _ in range(20)])
        asked(files, organisation)
    names = {file.stem for file in files.folder.iterdir()}
    assert first.name not in names
    assert len(names) <= 2


def test_l4_only_who_may_pull_a_partition_gets_its_file(
    files: ReadyFiles, organisation: Organisation, server: Database
) -> None:
    for actor in (organisation.south_lead, organisation.north_agents[0]):
        with pytest.raises(KnownError) as refused:
            asked(files, organisation, actor)
        assert refused.value.kind is ErrorKind.NOT_PERMITTED
    reply = asked(files, organisation)
    assert files.size(organisation.administrator, DEVICE, reply.name) == reply.size
    for actor in (organisation.south_lead, organisation.north_agents[0]):
        with pytest.raises(KnownError) as missing:
            files.size(actor, DEVICE, reply.name)
        assert missing.value.kind is ErrorKind.NOT_FOUND
    moved = Update("person", organisation.north_lead.person_id or b"", {"team_id": organisation.south})
    with server.write(NOW) as tx:
        write(tx, [moved])
    after = Actor(organisation.north_lead.person_id, organisation.north_lead.role, organisation.south)
    with pytest.raises(KnownError):
        files.size(after, DEVICE, reply.name)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"device": b"x" * ID_BYTES}, ErrorKind.NOT_PERMITTED),
        ({"protocol": 99}, ErrorKind.UPGRADE_NEEDED),
        ({"partition": "team:nobody"}, ErrorKind.NOT_PERMITTED),
        ({"partition": "ref"}, ErrorKind.NOT_FOUND),
    ],
)
def test_l4_a_wish_that_cannot_be_is_refused(
    files: ReadyFiles, organisation: Organisation, other: dict[str, Any], kind: ErrorKind
) -> None:
    with pytest.raises(KnownError) as refused:
        files.answer(
            organisation.north_lead,
            DEVICE,
            wish(**{"partition": partitions.team(organisation.north), **other}),
        )
    assert refused.value.kind is kind


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "1-1-0123456789abcdef", "1-1-0123456789ABCDEF", "\0"]
)
def test_l4_a_name_that_was_never_given_out_is_not_found(
    files: ReadyFiles, organisation: Organisation, name: str
) -> None:
    with pytest.raises(KnownError) as missing:
        files.size(organisation.north_lead, DEVICE, name)
    assert missing.value.kind is ErrorKind.NOT_FOUND


def test_l4_a_writer_that_fails_leaves_nothing_and_is_said_as_not_found(
    files: ReadyFiles, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "sys", type("sys", (), {"executable": "/nonexistent"}))
    with pytest.raises(KnownError) as refused:
        asked(files, organisation)
    assert refused.value.kind is ErrorKind.NOT_FOUND
    assert list(files.folder.iterdir()) == []
    monkeypatch.setattr(ready, "sys", sys)
    assert asked(files, organisation).rows > 0


def test_l4_a_folder_that_cannot_be_written_is_said_as_not_found(
    server: Database, organisation: Organisation, clock: HandClock, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    files = ReadyFiles(server, tmp_path / "taken", clock)
    with pytest.raises(KnownError) as refused:
        asked(files, organisation)
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_l4_a_file_has_another_key_each_time_and_nothing_plain(
    files: ReadyFiles, organisation: Organisation
) -> None:
    reply = asked(files, organisation)
    [file] = files.folder.iterdir()
    content = file.read_bytes()
    assert len(content) == reply.size
    for plain in ("客户".encode(), b"CREATE TABLE", b"SQLite format", reply.key, reply.key.hex().encode()):
        assert plain not in content
    assert file.stat().st_mode & 0o077 == 0
