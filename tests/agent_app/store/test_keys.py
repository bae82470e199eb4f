"""Finding, making and keeping a store's key, with the real wrapped file: who gets it, when no new one may be made."""

import json
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from agent_app.host.key_file import KEY_FILE
from agent_app.host.secrets import PassphraseKeystore
from agent_app.store.database import STORE_FILE, open_store
from agent_app.store.keys import (
    SIGN_IN_FILE,
    change_passphrase,
    is_known_device,
    key_after_online_sign_in,
    key_for_offline_sign_in,
)
from server_sync.domain.errors import ErrorKind, KnownError

CHEAP = 4


def kept(folder: Path, passphrase: str) -> PassphraseKeystore:
    return PassphraseKeystore(folder, passphrase, CHEAP)


def online(folder: Path, password: str, passphrase: str | None = None) -> bytes:
    return key_after_online_sign_in(folder, kept(folder, passphrase or password), password, CHEAP)


def offline(folder: Path, password: str, passphrase: str | None = None) -> bytes:
    return key_for_offline_sign_in(folder, kept(folder, passphrase or password), password)


def refusal(sign_in: object, folder: Path, *words: str) -> ErrorKind:
    assert callable(sign_in)
    with pytest.raises(KnownError) as caught:
        sign_in(folder, *words)
    return caught.value.kind


def test_the_key_made_at_the_first_sign_in_is_the_key_of_every_later_one(tmp_path: Path) -> None:
    assert not is_known_device(tmp_path)
    key = online(tmp_path, "密码 one")
    assert len(key) == 32
    assert is_known_device(tmp_path)
    assert online(tmp_path, "密码 one") == key
    assert offline(tmp_path, "密码 one") == key
    assert online(tmp_path / "other", "密码 one") != key


def test_offline_sign_in_refuses_another_password_even_with_an_open_keystore(tmp_path: Path) -> None:
    online(tmp_path, "right", "machine")
    assert len(offline(tmp_path, "right", "machine")) == 32
    assert refusal(offline, tmp_path, "wrong", "machine") is ErrorKind.BAD_CREDENTIALS
    assert refusal(offline, tmp_path, "right ", "machine") is ErrorKind.BAD_CREDENTIALS


def test_a_wrong_password_that_also_wraps_the_key_is_a_wrong_password(tmp_path: Path) -> None:
    online(tmp_path, "right")
    assert refusal(offline, tmp_path, "wrong") is ErrorKind.BAD_CREDENTIALS


def test_offline_sign_in_on_an_unknown_device_says_that_it_needs_the_server(tmp_path: Path) -> None:
    assert refusal(offline, tmp_path, "right") is ErrorKind.OFFLINE


def test_a_new_password_accepted_by_the_server_is_the_one_for_offline(tmp_path: Path) -> None:
    key = online(tmp_path, "before", "machine")
    assert online(tmp_path, "after", "machine") == key
    assert offline(tmp_path, "after", "machine") == key
    assert refusal(offline, tmp_path, "before", "machine") is ErrorKind.BAD_CREDENTIALS


def test_a_changed_password_that_wrapped_the_key_needs_the_earlier_one_once(tmp_path: Path) -> None:
    key = online(tmp_path, "before")
    assert refusal(online, tmp_path, "after") is ErrorKind.PASSPHRASE_WRONG
    change_passphrase(kept(tmp_path, "before"), kept(tmp_path, "after"))
    assert online(tmp_path, "after") == key
    assert offline(tmp_path, "after") == key


def test_a_store_without_its_key_gets_no_new_key_and_stays_as_it_is(tmp_path: Path) -> None:
    open_store(tmp_path, online(tmp_path, "right"), [MetaData()]).close()
    before = (tmp_path / STORE_FILE).read_bytes()
    (tmp_path / KEY_FILE).unlink()
    assert refusal(online, tmp_path, "right") is ErrorKind.STORE_KEY_MISSING
    assert refusal(offline, tmp_path, "right") is ErrorKind.STORE_KEY_MISSING
    assert not (tmp_path / KEY_FILE).exists()
    assert (tmp_path / STORE_FILE).read_bytes() == before


def test_a_damaged_sign_in_note_refuses_offline_and_is_renewed_online(tmp_path: Path) -> None:
    key = online(tmp_path, "right", "machine")
    for damage in (b"", b"{}", b"[1]", json.dumps({"cost": 4, "salt": "zz", "verifier": ""}).encode()):
        (tmp_path / SIGN_IN_FILE).write_bytes(damage)
        assert refusal(offline, tmp_path, "right", "machine") is ErrorKind.BAD_CREDENTIALS
        assert online(tmp_path, "right", "machine") == key
        assert offline(tmp_path, "right", "machine") == key


def test_neither_key_nor_password_lies_readable_on_the_disk(tmp_path: Path) -> None:
    key = online(tmp_path, "findable-password", "findable-passphrase")
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"findable" not in content
        assert key not in content
        assert key.hex().encode() not in content
        assert file.stat().st_mode & 0o077 == 0
