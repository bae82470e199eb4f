"""A wiped profile cannot be read any more, whenever the machine stops in the midst of it (SYNC E4)."""

from pathlib import Path

import pytest

from agent_app.host.key_file import KEY_FILE
from agent_app.host.secrets import PassphraseKeystore
from agent_app.host.single_instance import ProfileLock
from agent_app.store import wiping
from agent_app.store.database import STORE_FILE, open_store
from agent_app.store.keys import SIGN_IN_FILE, is_known_device, key_after_online_sign_in
from agent_app.store.tables import ALL


@pytest.fixture
def keystore(tmp_path: Path) -> PassphraseKeystore:
    return PassphraseKeystore(tmp_path, "secret", cost=4)


@pytest.fixture
def profile(tmp_path: Path, keystore: PassphraseKeystore) -> Path:
    open_store(tmp_path, key_after_online_sign_in(tmp_path, keystore, "secret", cost=4), ALL).close()
    (tmp_path / "device").write_text("00" * 16)
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "one").write_bytes(b"sealed")
    return tmp_path


def test_e4_nothing_of_a_wiped_profile_is_left(profile: Path, keystore: PassphraseKeystore) -> None:
    with ProfileLock(profile):
        wiping.begin(profile, keystore)
        wiping.finish(profile)
        assert [item.name for item in profile.iterdir()] == ["lock"]
    assert not is_known_device(profile)
    assert keystore.load() is None


def test_e4_the_key_goes_first(profile: Path, keystore: PassphraseKeystore) -> None:
    wiping.begin(profile, keystore)
    assert wiping.is_begun(profile)
    assert not (profile / KEY_FILE).exists()
    assert (profile / STORE_FILE).exists()
    assert (profile / SIGN_IN_FILE).exists()


def test_e4_a_wipe_that_was_cut_short_is_done_again(profile: Path, keystore: PassphraseKeystore) -> None:
    wiping.begin(profile, keystore)
    (profile / STORE_FILE).unlink()
    wiping.begin(profile, keystore)
    wiping.finish(profile)
    assert not wiping.is_begun(profile)
    assert list(profile.iterdir()) == []


def test_e4_a_profile_that_was_not_told_to_go_is_not_begun(profile: Path) -> None:
    assert not wiping.is_begun(profile)
