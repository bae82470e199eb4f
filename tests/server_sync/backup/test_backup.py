"""Backups of a database at work: exact, verified, whole or not there; the way back refuses more than it does."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server_sync.backup import folders, making, rows
from server_sync.backup.making import make
from server_sync.backup.restoring import restore
from server_sync.doctor.examination import examine
from server_sync.doctor.findings import Trouble
from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import customer
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.changes import write
from server_sync.store.database import Database, create_schema
from server_sync.store.tables import feed_commit, partition, server_state
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW, CountedIds, Organisation, seed


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "attachments", CountedIds(7))


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
def organisation(database: Database) -> Organisation:
    made = seed(database)
    add_customers(database, made, 20)
    return made


def add_customers(database: Database, organisation: Organisation, count: int) -> None:
    with database.write(NOW) as tx:
        for _ in range(count):
            one = organisation.customer(organisation.north)
            write(
                tx,
                [one, organisation.contact_point(one), organisation.task(one, organisation.north_agents[0])],
            )


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            str(table.name): sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in rows.all_tables()
        }


def without_watermark(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    place = list(partition.columns.keys()).index("backed_up")
    changed = [one[:place] + one[place + 1 :] for one in tables["partition"]]
    return {**tables, "partition": sorted(changed, key=repr)}


def refused(error: pytest.ExceptionInfo[KnownError]) -> ErrorKind:
    return error.value.kind


@pytest.fixture
def backup(
    database: Database, organisation: Organisation, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> Path:
    return make(database, files, tmp_path / "backups", clock, silent).folder


def test_a_backup_holds_every_row_of_either_database(database: Database, backup: Path) -> None:
    copy = Database(str(backup / folders.ROWS_FILE))
    assert without_watermark(content(copy)) == without_watermark(content(database))
    copy.close()


def test_p6_the_watermark_rises_to_the_heads_of_the_snapshot_only_after_verification(
    database: Database,
    organisation: Organisation,
    tmp_path: Path,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    files: AttachmentFiles,
) -> None:
    def heads() -> list[tuple[int, int | None]]:
        with database.read() as connection:
            found = select(partition.c.head, partition.c.backed_up).order_by(partition.c.id)
            return [(row.head, row.backed_up) for row in connection.execute(found)]

    def fails(*_: object) -> None:
        raise KnownError(ErrorKind.BACKUP_DAMAGED)

    with monkeypatch.context() as broken:
        broken.setattr(making, "verify", fails)
        with pytest.raises(KnownError):
            make(database, files, tmp_path, clock, silent)
    assert {backed_up for _, backed_up in heads()} == {None}
    late: list[bool] = []

    def writes_meanwhile(done: int, total: int) -> None:
        if not late:
            late.append(True)
            add_customers(database, organisation, 1)

    before = [head for head, _ in heads()]
    made = make(database, files, tmp_path, clock, writes_meanwhile)
    assert late
    assert [backed_up for _, backed_up in heads()] == before
    assert before != [head for head, _ in heads()]
    assert made.findings == []


def test_a_backup_that_is_stopped_leaves_nothing(
    database: Database, organisation: Organisation, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(database, files, tmp_path / "backups", clock, stop)
    assert list((tmp_path / "backups").iterdir()) == []


def test_what_a_killed_program_left_goes_a_day_later(
    database: Database, organisation: Organisation, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    left = tmp_path / "huifang-20200101-000000.unfinished"
    left.mkdir()
    clock.at = int(left.stat().st_mtime * 1000)
    make(database, files, tmp_path, clock, silent)
    assert left.exists()
    clock.move(DAY + 1000)
    make(database, files, tmp_path, clock, silent)
    assert not left.exists()


def test_a_fault_of_the_database_is_told_and_does_not_stop_its_backup(
    database: Database, organisation: Organisation, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(update(customer).values(owner_id=bytes(16)))
    made = make(database, files, tmp_path, clock, silent)
    assert [one.trouble for one in made.findings] == [Trouble.ORPHANS]


def test_only_the_newest_backups_are_kept(
    database: Database, organisation: Organisation, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    made = []
    for _ in range(3):
        made.append(make(database, files, tmp_path, clock, silent).folder)
        clock.move(DAY)
    assert folders.remove_older(tmp_path, 2) == made[:1]
    assert folders.finished(tmp_path) == made[1:]


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    opened = Database(empty_database_url.replace("server.db", "restored.db"))
    yield opened
    opened.close()


def test_either_database_is_restored_from_a_backup_of_either(
    database: Database, backup: Path, empty: Database, clock: HandClock, files: AttachmentFiles
) -> None:
    done = restore(backup.parent, empty, files, clock, CountedIds(9), silent, replace=False)
    assert (done.backup, done.aside) == (backup, None)
    assert without_watermark(content(empty)) == without_watermark(content(database))
    assert examine(empty, NOW).findings == []


def test_a_restored_database_goes_on_where_it_stopped(
    organisation: Organisation, backup: Path, empty: Database, clock: HandClock, files: AttachmentFiles
) -> None:
    restore(backup, empty, files, clock, CountedIds(9), silent, replace=False)
    add_customers(empty, organisation, 3)
    assert examine(empty, NOW).findings == []


def test_e1_the_history_before_the_backup_is_the_same_and_what_comes_after_is_another(
    database: Database,
    organisation: Organisation,
    backup: Path,
    empty: Database,
    clock: HandClock,
    files: AttachmentFiles,
) -> None:
    def tokens(of: Database) -> set[tuple[int, int, bytes]]:
        with of.read() as connection:
            return {(row.partition, row.seq, row.token) for row in connection.execute(select(feed_commit))}

    before = tokens(database)
    add_customers(database, organisation, 1)
    restore(backup, empty, files, clock, CountedIds(9), silent, replace=False)
    add_customers(empty, organisation, 1)
    assert tokens(empty) & tokens(database) == before
    after = {(of, seq): token for of, seq, token in tokens(empty) - before}
    assert after.keys() == {(of, seq) for of, seq, _ in tokens(database) - before}


def test_a_filled_database_is_not_overwritten(
    database: Database, backup: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    before = content(database)
    with pytest.raises(KnownError) as error:
        restore(backup, database, files, clock, CountedIds(9), silent, replace=False)
    assert refused(error) is ErrorKind.DATABASE_FILLED
    assert content(database) == before


def test_a_replaced_database_is_kept_aside(
    database: Database,
    database_url: str,
    organisation: Organisation,
    backup: Path,
    clock: HandClock,
    files: AttachmentFiles,
) -> None:
    then = without_watermark(content(database))
    add_customers(database, organisation, 2)
    later = content(database)
    database.close()
    done = restore(backup, database, files, clock, CountedIds(9), silent, replace=True)
    assert without_watermark(content(database)) == then
    assert done.aside is not None
    aside = Database(
        done.aside if database.is_sqlite else f"{database_url}&options=-csearch_path%3D{done.aside}"
    )
    assert content(aside) == later
    aside.close()


def test_a_database_at_work_is_not_replaced(
    database: Database, database_url: str, backup: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    before = content(database)
    server = Database(database_url)
    with server.read() as connection:
        connection.execute(select(server_state)).all()
    with pytest.raises(KnownError) as error:  # it is idle, but there
        restore(backup, database, files, clock, CountedIds(9), silent, replace=True)
    server.close()
    assert refused(error) is ErrorKind.DATABASE_IN_USE
    assert content(database) == before


@pytest.fixture(scope="module")
def backup_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("some")
    create_schema(str(folder / "server.db"))
    with closing(Database(str(folder / "server.db"))) as database:
        add_customers(database, seed(database), 20)
        attachments = AttachmentFiles(folder / "attachments", CountedIds(7))
        return make(database, attachments, folder / "backups", HandClock(NOW), silent).folder


@pytest.fixture
def some_backup(backup_to_copy: Path, tmp_path: Path) -> Path:
    """Of what database does not matter to who refuses it before its first row."""
    return shutil.copytree(backup_to_copy, tmp_path / "backups" / backup_to_copy.name)


@pytest.mark.parametrize("field", ["format", "schema"])
def test_v2_a_backup_of_a_later_program_is_refused_unharmed(
    some_backup: Path, empty: Database, clock: HandClock, field: str, files: AttachmentFiles
) -> None:
    backup = some_backup
    manifest = backup / "manifest.json"
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**told, field: 2 if field == "format" else "9999"}))
    before = (backup / folders.ROWS_FILE).read_bytes()
    with pytest.raises(KnownError) as error:
        restore(backup, empty, files, clock, CountedIds(9), silent, replace=True)
    assert refused(error) is ErrorKind.STORE_TOO_NEW
    assert (backup / folders.ROWS_FILE).read_bytes() == before


def test_a_damaged_backup_is_refused_and_the_database_stays(
    database: Database, backup: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    before = content(database)
    file = backup / folders.ROWS_FILE
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(KnownError) as error:
        restore(backup, database, files, clock, CountedIds(9), silent, replace=True)
    assert refused(error) is ErrorKind.BACKUP_DAMAGED
    assert content(database) == before


@pytest.mark.parametrize("broken", ["nothing", "no rows", "no manifest", "bad manifest"])
def test_what_is_no_backup_is_refused(
    some_backup: Path, empty: Database, clock: HandClock, broken: str, files: AttachmentFiles
) -> None:
    backup = some_backup
    match broken:
        case "nothing":
            backup = backup / "elsewhere"
        case "no rows":
            (backup / folders.ROWS_FILE).unlink()
        case "no manifest":
            (backup / "manifest.json").unlink()
        case _:
            (backup / "manifest.json").write_text("{]")
    with pytest.raises(KnownError) as error:
        restore(backup, empty, files, clock, CountedIds(9), silent, replace=False)
    assert refused(error) in (ErrorKind.FILE_UNREADABLE, ErrorKind.BACKUP_DAMAGED)


def test_a_damaged_sqlite_database_is_replaced_too(
    sqlite_url: str, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    database = Database(sqlite_url)
    seed(database)
    backup = make(database, files, tmp_path / "backups", clock, silent).folder
    then = without_watermark(content(database))
    database.close()
    file = tmp_path / "server.db"
    file.write_bytes(b"no database at all" * 1000)
    done = restore(backup, database, files, clock, CountedIds(9), silent, replace=True)
    assert without_watermark(content(database)) == then
    assert done.aside is not None
    assert Path(done.aside).read_bytes().startswith(b"no database at all")
    database.close()


def test_a_log_left_by_a_deleted_database_is_not_taken_for_the_restored_one(
    sqlite_url: str, tmp_path: Path, clock: HandClock, files: AttachmentFiles
) -> None:
    database = Database(sqlite_url)
    seed(database)
    backup = make(database, files, tmp_path / "backups", clock, silent).folder
    database.close()
    target = tmp_path / "new.db"
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE stray (x)")
        left = (tmp_path / "new.db-wal").read_bytes()
    target.unlink()
    (tmp_path / "new.db-wal").write_bytes(left)
    restored = Database(str(target))
    restore(backup, restored, files, clock, CountedIds(9), silent, replace=False)
    assert examine(restored, NOW).findings == []
    restored.close()


def lay(files: AttachmentFiles, row_id: bytes, content: bytes) -> Path:
    """A whole file."""
    file = files.folder / "whole" / row_id.hex()[-2:] / row_id.hex()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_f1_attachments_go_into_the_backup_and_back(
    sqlite_url: str, tmp_path: Path, files: AttachmentFiles, clock: HandClock
) -> None:
    database = Database(sqlite_url)
    lay(files, b"a" * 16, b"first")
    (files.folder / "parts").mkdir()
    (files.folder / "parts" / (b"p" * 16).hex()).write_bytes(b"half")
    first = make(database, files, tmp_path / "backups", clock, silent)
    assert (first.manifest.attachments, first.manifest.attachment_bytes) == (1, 5)
    lay(files, b"b" * 16, b"second one")
    clock.move(DAY)
    second = make(database, files, tmp_path / "backups", clock, silent)
    assert (second.manifest.attachments, second.manifest.attachment_bytes) == (2, 15)
    database.close()
    shared = "attachments/whole/61/" + "61" * 16
    assert (first.folder / shared).stat().st_ino == (second.folder / shared).stat().st_ino
    folders.remove_older(tmp_path / "backups", 1)
    elsewhere = AttachmentFiles(tmp_path / "elsewhere", CountedIds(8))
    kept = lay(elsewhere, b"c" * 16, b"there before")
    cut = lay(elsewhere, b"b" * 16, b"sec")
    target = Database(str(tmp_path / "restored.db"))
    restore(second.folder, target, elsewhere, clock, CountedIds(9), silent, replace=False)
    target.close()
    assert elsewhere.read(b"a" * 16, 0, 100) == b"first"
    assert cut.read_bytes() == b"second one"
    assert kept.read_bytes() == b"there before"
