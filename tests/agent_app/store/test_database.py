"""The encrypted store with the real SQLCipher: what is kept, what is refused, that refusing harms nothing."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, Table, Text, insert, select
from sqlalchemy.exc import IntegrityError

from agent_app.store.cipher import NEW
from agent_app.store.database import LONG_LOG, STORE_FILE, Store, has_store, open_store
from agent_app.store.key_check import KEY_CHECK_FILE
from agent_app.store.migrations import STEPS
from server_sync.domain.errors import ErrorKind, KnownError

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
PAGE = NEW.page

METADATA = MetaData()
NOTE = Table(
    "note", METADATA, Column("id", LargeBinary, primary_key=True), Column("body", Text, nullable=False)
)
NUMBER = Table("number", METADATA, Column("id", Integer, primary_key=True))


def opened(folder: Path, key: bytes | None = KEY) -> Store:
    return open_store(folder, key, [METADATA])


def filled(folder: Path, rows: int = 500) -> Path:
    store = opened(folder)
    with store.write() as connection:
        connection.execute(
            insert(NOTE), [{"id": os.urandom(16), "body": "客户 A 的备注" * 40} for _ in range(rows)]
        )
    store.settle()
    store.close()
    return folder / STORE_FILE


def put(store: Store, *bodies: str) -> None:
    with store.write() as connection:
        for body in bodies:
            connection.execute(insert(NOTE), {"id": body.encode().zfill(16)[:16], "body": body})


def bodies(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(NOTE.c.body)).scalars())


def check(folder: Path) -> None:
    store = opened(folder)
    try:
        store.verify()
    finally:
        store.close()


def refusal(folder: Path, key: bytes | None = KEY) -> KnownError:
    with pytest.raises(KnownError) as caught:
        opened(folder, key).close()
    return caught.value


def flip(file: Path, at: int) -> bytes:
    content = bytearray(file.read_bytes())
    for index in range(at, at + 16):
        content[index] ^= 0xFF
    file.write_bytes(bytes(content))
    return bytes(content)


def test_what_was_written_is_read_by_the_next_opening(tmp_path: Path) -> None:
    filled(tmp_path, 7)
    store = opened(tmp_path)
    with store.read() as connection:
        assert len(connection.execute(select(NOTE.c.body)).all()) == 7
    store.verify()
    store.close()


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.write() as connection:
        connection.execute(insert(NOTE), {"id": b"1" * 16, "body": "findable-text"})
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"findable-text" not in content
        assert b"SQLite format 3" not in content
        assert KEY not in content
        assert KEY.hex().encode() not in content
    store.close()


def test_a_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(IntegrityError):
        put(store, "a", "b", "a")
    assert bodies(store) == []
    store.close()


def test_a_reader_keeps_its_snapshot_while_another_writes(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.read() as reader:
        assert reader.execute(select(NOTE)).all() == []
        with store.write() as writer:
            writer.execute(insert(NOTE), {"id": b"1" * 16, "body": "x"})
        assert reader.execute(select(NOTE)).all() == []
    with store.read() as reader:
        assert len(reader.execute(select(NOTE)).all()) == 1
    store.close()


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_a_commit_waits_for_the_disk_and_deleted_rows_are_overwritten(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2,
    }  # fmt: skip
    store.close()


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_p1_only_what_would_be_given_again_is_not_waited_for(tmp_path: Path) -> None:
    store = opened(tmp_path)

    def waits(connection: Connection) -> bool:
        return bool(connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2)

    with store.write_repeatable() as connection:
        connection.execute(insert(NOTE), {"id": b"1" * 16, "body": "again"})
        assert not waits(connection)
    with pytest.raises(IntegrityError), store.write_repeatable() as connection:
        connection.execute(insert(NOTE), [{"id": one * 16, "body": "undone"} for one in (b"2", b"1")])
    assert bodies(store) == ["again"]
    for begin in (store.write, store.read):
        with begin() as connection:
            assert waits(connection)
    store.close()


def test_messages_of_database_errors_hold_no_values_of_rows(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(IntegrityError) as caught:
        put(store, "13800000001", "13800000001")
    assert "13800000001" not in str(caught.value)
    store.close()


def test_a_wrong_key_is_told_and_the_file_untouched(tmp_path: Path) -> None:
    file = filled(tmp_path)
    before = file.read_bytes()
    assert refusal(tmp_path, OTHER_KEY).kind is ErrorKind.STORE_KEY_WRONG
    assert file.read_bytes() == before
    opened(tmp_path).close()


def test_a_missing_key_is_told_and_no_store_is_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "new", None).kind is ErrorKind.STORE_KEY_MISSING
    assert not (tmp_path / "new").exists()
    file = filled(tmp_path)
    before = file.read_bytes()
    assert refusal(tmp_path, None).kind is ErrorKind.STORE_KEY_MISSING
    assert file.read_bytes() == before


@pytest.mark.parametrize("at", [0, 100, PAGE - 20])
def test_a_damaged_first_page_is_not_called_a_wrong_key(tmp_path: Path, at: int) -> None:
    file = filled(tmp_path)
    damaged = flip(file, at)
    assert refusal(tmp_path).kind is ErrorKind.STORE_DAMAGED
    assert file.read_bytes() == damaged


def test_damage_in_a_later_page_is_told_when_it_is_read_and_by_the_check(tmp_path: Path) -> None:
    file = filled(tmp_path)
    damaged = flip(file, PAGE * 30 + 200)
    store = opened(tmp_path)
    with pytest.raises(KnownError) as caught:
        bodies(store)
    assert caught.value.kind is ErrorKind.STORE_DAMAGED
    with pytest.raises(KnownError) as caught:
        store.verify()
    assert caught.value.kind is ErrorKind.STORE_DAMAGED
    store.close()
    assert file.read_bytes() == damaged


@pytest.mark.parametrize("size", [0, 77, PAGE, PAGE * 10 + 5])
def test_a_truncated_file_is_damaged_and_never_started_afresh(tmp_path: Path, size: int) -> None:
    file = filled(tmp_path)
    file.write_bytes(file.read_bytes()[:size])
    truncated = file.read_bytes()
    with pytest.raises(KnownError) as caught:
        check(tmp_path)
    assert caught.value.kind is ErrorKind.STORE_DAMAGED
    assert file.read_bytes() == truncated


def test_a_store_whose_file_is_gone_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    filled(tmp_path).unlink()
    assert has_store(tmp_path)
    assert refusal(tmp_path).kind is ErrorKind.STORE_DAMAGED
    assert not (tmp_path / STORE_FILE).exists()


@pytest.mark.parametrize("note", [None, b"", b"nonsense", b"00" * 32])
def test_the_right_key_opens_even_if_the_note_beside_the_store_is_lost(
    tmp_path: Path, note: bytes | None
) -> None:
    filled(tmp_path)
    beside = tmp_path / KEY_CHECK_FILE
    right = beside.read_bytes()
    if note is None:
        beside.unlink()
    else:
        beside.write_bytes(note)
    opened(tmp_path).close()
    assert beside.read_bytes() == right


def test_a_key_that_is_no_key_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        opened(tmp_path, b"short")


def test_a_store_of_a_newer_program_is_refused_unharmed(tmp_path: Path) -> None:
    def step(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE number ADD COLUMN extra TEXT")

    open_store(tmp_path, KEY, [METADATA], [step] * (len(STEPS) + 2)).close()
    before = (tmp_path / STORE_FILE).read_bytes()
    error = refusal(tmp_path)
    known = len(STEPS) + 1
    assert (error.kind, error.values) == (ErrorKind.STORE_TOO_NEW, {"found": known + 2, "known": known})
    assert (tmp_path / STORE_FILE).read_bytes() == before


def test_a_disk_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).mkdir()
    assert refusal(tmp_path).kind is ErrorKind.STORE_UNREADABLE


def test_a_full_disk_is_told_and_leaves_nothing_half(tmp_path: Path) -> None:
    store = opened(tmp_path)
    put(store, "kept")
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 20")
    with pytest.raises(KnownError) as caught:
        put(store, *(f"{n:03}" * 1000 for n in range(100)))
    assert caught.value.kind is ErrorKind.DISK_FULL
    assert bodies(store) == ["kept"]
    store.close()


def test_a_long_log_is_moved_into_the_file_while_others_read(tmp_path: Path) -> None:
    store = opened(tmp_path)
    file = tmp_path / STORE_FILE
    before = file.stat().st_size
    with store.read() as reader, store.write_repeatable() as connection:
        reader.execute(select(NOTE)).all()
        rows = [{"id": os.urandom(16), "body": "客户 A 的备注" * 400} for _ in range(1_000)]
        connection.execute(insert(NOTE), rows)
    assert file.stat().st_size == before
    assert (tmp_path / f"{STORE_FILE}-wal").stat().st_size > LONG_LOG
    store.shorten_log()
    assert file.stat().st_size > before + LONG_LOG // 2
    assert len(bodies(store)) == 1_000
    store.verify()
    store.close()
