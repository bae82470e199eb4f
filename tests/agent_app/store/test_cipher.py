"""Forms of encrypted stores with the real SQLCipher: the new one, the first one, and files without sums beside them."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, insert, select
from sqlcipher3 import dbapi2

from agent_app.store import cipher
from agent_app.store.database import STORE_FILE, Store, open_store
from server_sync.domain.errors import ErrorKind, KnownError

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
METADATA = MetaData()
NOTE = Table("note", METADATA, Column("id", LargeBinary, primary_key=True), Column("body", Text))


def opened(folder: Path, key: bytes = KEY) -> Store:
    return open_store(folder, key, [METADATA])


def put(store: Store, body: str) -> None:
    with store.write() as connection:
        connection.execute(insert(NOTE), {"id": body.encode().zfill(16), "body": body})


def bodies(store: Store) -> list[str | None]:
    with store.read() as connection:
        return list(connection.execute(select(NOTE.c.body)).scalars())


def setting(store: Store, name: str) -> str:
    with store.read() as connection:
        return str(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


@pytest.fixture
def of_first_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile whose store an earlier program made."""
    with monkeypatch.context() as earlier:
        earlier.setattr(cipher, "NEW", cipher.FIRST)
        store = opened(tmp_path)
        put(store, "a")
        assert setting(store, "page_size") == "4096"
        store.close()
    return tmp_path


def test_a_new_store_has_the_new_form(tmp_path: Path) -> None:
    store = opened(tmp_path)
    put(store, "a")
    assert setting(store, "page_size") == "8192"
    assert setting(store, "cipher_hmac_algorithm") == "HMAC_SHA256"
    assert setting(store, "cipher_use_hmac") == "1"
    store.close()
    assert cipher.form_of(tmp_path / STORE_FILE, KEY) == cipher.NEW


def test_a_store_of_the_first_form_is_opened_and_keeps_it(of_first_form: Path) -> None:
    for body in ("b", "c"):
        store = opened(of_first_form)
        put(store, body)
        assert setting(store, "page_size") == "4096"
        store.verify()
        store.close()
    store = opened(of_first_form)
    assert bodies(store) == ["a", "b", "c"]
    store.close()


def test_a_log_of_the_first_form_that_a_kill_left_is_not_lost(of_first_form: Path) -> None:
    store = opened(of_first_form)
    put(store, "late")
    left = {
        file.name: file.read_bytes() for file in of_first_form.iterdir() if not file.name.endswith("-shm")
    }
    store.close()
    for file in of_first_form.iterdir():
        file.unlink()
    for name, content in left.items():
        (of_first_form / name).write_bytes(content)
    assert len(left[f"{STORE_FILE}-wal"]) > 4096
    store = opened(of_first_form)
    assert bodies(store) == ["a", "late"]
    store.close()


def test_another_key_to_a_store_of_the_first_form_is_said_and_harms_nothing(of_first_form: Path) -> None:
    before = (of_first_form / STORE_FILE).read_bytes()
    with pytest.raises(KnownError) as caught:
        opened(of_first_form, OTHER_KEY)
    assert caught.value.kind is ErrorKind.STORE_KEY_WRONG
    assert (of_first_form / STORE_FILE).read_bytes() == before


def test_a_file_without_sums_is_read_beside_a_store_that_keeps_its_own(tmp_path: Path) -> None:
    file, key = tmp_path / "file", bytes(reversed(KEY))
    sumless: Any = dbapi2.connect(str(file), isolation_level=None)
    sumless.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    sumless.execute("PRAGMA cipher_use_hmac = OFF")
    sumless.execute("CREATE TABLE note (id BLOB, body TEXT)")
    sumless.execute("INSERT INTO note VALUES (x'01', 'from the file')")
    sumless.close()
    store = opened(tmp_path)
    with store.write_beside(file, key.hex(), "beside") as connection:
        connection.exec_driver_sql("INSERT INTO note SELECT * FROM beside.note")
    assert bodies(store) == ["from the file"]
    with pytest.raises(KnownError) as caught, store.write_beside(file, KEY.hex(), "beside"):
        raise AssertionError("it has another key")
    assert caught.value.kind is ErrorKind.FILE_DAMAGED
    store.verify()
    store.close()
    # Whoever opens one next has its sums all the same.
    store = opened(tmp_path)
    assert setting(store, "cipher_use_hmac") == "1"
    store.verify()
    store.close()
