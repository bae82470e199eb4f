"""Keystores: a keyring in memory and the real wrapped file; what counts as none; what a damaged file is called."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from agent_app.host.key_file import KEY_FILE, unwrap, wrap
from agent_app.host.secrets import (
    PASSPHRASE_VARIABLE,
    KeyringKeystore,
    PassphraseKeystore,
    keystore,
    usable_keyring,
)
from server_sync.domain.errors import ErrorKind, KnownError

KEY = bytes(range(32))
CHEAP = 4


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class StubbornKeyring(MemoryKeyring):
    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError


class ForgetfulKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


PlainTextKeyring = type("PlainTextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})


@pytest.fixture(autouse=True)
def no_passphrase_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)


def install(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def chain(*backends: KeyringBackend) -> ChainerBackend:
    one = type("Chain", (ChainerBackend,), {"backends": list(backends)})
    assert issubclass(one, ChainerBackend)
    return one()


UNSOUND: dict[str, Callable[[], KeyringBackend]] = {
    "fail": FailKeyring,
    "null": NullKeyring,
    "plain text": PlainTextKeyring,
    "a chain of plain text": lambda: chain(PlainTextKeyring()),
}


def refusal(load: object) -> ErrorKind:
    assert callable(load)
    with pytest.raises(KnownError) as caught:
        load()
    return caught.value.kind


def test_the_keyring_keeps_the_keys_of_profiles_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, MemoryKeyring())
    first, second = keystore(tmp_path / "a", "password"), keystore(tmp_path / "b", "password")
    assert isinstance(first, KeyringKeystore)
    assert first.load() is None
    first.keep(KEY)
    assert (first.load(), second.load()) == (KEY, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("backend", ["fail", "null", "plain text", "a chain of plain text"])
def test_a_keyring_that_refuses_forgets_or_writes_plain_text_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    install(monkeypatch, UNSOUND[backend]())
    assert usable_keyring() is None
    assert isinstance(keystore(tmp_path, "password"), PassphraseKeystore)


def test_of_a_chain_the_first_sound_keyring_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = MemoryKeyring()
    install(monkeypatch, chain(PlainTextKeyring(), sound))
    assert usable_keyring() is sound


def test_a_keyring_that_does_not_give_the_key_back_is_noticed_at_once(tmp_path: Path) -> None:
    store = KeyringKeystore(tmp_path, ForgetfulKeyring())
    assert refusal(lambda: store.keep(KEY)) is ErrorKind.STORE_KEY_MISSING


def test_a_locked_keyring_is_a_missing_key(tmp_path: Path) -> None:
    assert refusal(KeyringKeystore(tmp_path, LockedKeyring()).load) is ErrorKind.STORE_KEY_MISSING


def test_the_passphrase_way_can_be_chosen_and_is_kept_once_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, MemoryKeyring())
    assert isinstance(keystore(tmp_path, "password", "explicit"), PassphraseKeystore)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "of the machine")
    wrap(tmp_path / KEY_FILE, KEY, "of the machine", CHEAP)
    assert keystore(tmp_path, "password").load() == KEY
    monkeypatch.delenv(PASSPHRASE_VARIABLE)
    assert isinstance(keystore(tmp_path, "password"), PassphraseKeystore)


def test_a_wrapped_key_opens_with_its_passphrase_alone_and_is_its_owners_alone(tmp_path: Path) -> None:
    store = PassphraseKeystore(tmp_path / "new", "口令 e\u0301", CHEAP)
    assert store.load() is None
    store.keep(KEY)
    assert PassphraseKeystore(tmp_path / "new", "口令 \u00e9", CHEAP).load() == KEY
    assert refusal(PassphraseKeystore(tmp_path / "new", "口令 e", CHEAP).load) is ErrorKind.PASSPHRASE_WRONG
    assert stat.S_IMODE((tmp_path / "new" / KEY_FILE).stat().st_mode) == 0o600


def test_the_default_cost_is_the_one_recommended_for_passwords(tmp_path: Path) -> None:
    wrap(tmp_path / KEY_FILE, KEY, "passphrase")
    assert json.loads((tmp_path / KEY_FILE).read_bytes())["cost"] == 17
    assert unwrap(tmp_path / KEY_FILE, "passphrase") == KEY


def test_a_damaged_key_file_is_never_called_a_wrong_passphrase(tmp_path: Path) -> None:
    file = tmp_path / KEY_FILE
    wrap(file, KEY, "passphrase", CHEAP)
    sound = file.read_bytes()
    damaged = [sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(0, len(sound), 7)]
    for content in [*damaged, b"", sound[: len(sound) // 2], b"[]", b"null", b'{"sum": 1}']:
        file.write_bytes(content)
        assert refusal(lambda: unwrap(file, "passphrase")) is ErrorKind.STORE_KEY_MISSING
        assert file.read_bytes() == content


def test_e4_a_key_is_forgotten_for_good(tmp_path: Path) -> None:
    for kept in (
        KeyringKeystore(tmp_path, MemoryKeyring()),
        PassphraseKeystore(tmp_path, "secret", cost=CHEAP),
    ):
        kept.keep(KEY)
        kept.forget()
        assert kept.load() is None
        kept.forget()
    assert not (tmp_path / KEY_FILE).exists()


def test_e4_a_keyring_that_keeps_a_key_against_the_order_is_told(tmp_path: Path) -> None:
    kept = KeyringKeystore(tmp_path, StubbornKeyring())
    kept.keep(KEY)
    with pytest.raises(KnownError) as caught:
        kept.forget()
    assert caught.value.kind is ErrorKind.STORE_KEY_MISSING
