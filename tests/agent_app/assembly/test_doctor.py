"""What the doctor of a desk says of a profile, and what it saves out of a damaged one; it never writes to it."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from agent_app.__main__ import main
from agent_app.host.key_file import KEY_FILE, unwrap, wrap
from agent_app.host.paths import Places
from agent_app.host.secrets import PASSPHRASE_VARIABLE, PassphraseKeystore
from agent_app.host.single_instance import ProfileLock
from agent_app.store import drafts, lease, outbox, salvage, unsent_file
from agent_app.store.database import STORE_FILE, open_store
from agent_app.store.desk_state import recall, remember
from agent_app.store.drafts import Draft
from agent_app.store.keys import SIGN_IN_FILE, key_after_online_sign_in
from agent_app.store.salvage import Salvaged
from agent_app.store.tables import ALL, conflict, draft
from agent_app.store.tables import outbox as outbox_table
from agent_app.ui import i18n
from server_sync.domain.clock import DAY, SystemClock
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds

SERVER, LOGIN, PASSWORD = "http://127.0.0.1:8040", "agent01", "a password of mine"
PERSON = {"id": "01" * 16, "name": "坐席 01"}
CLOCK = SystemClock()
IDS = SystemIds(CLOCK)


class Place:
    """A computer's profiles, each with some unsent work in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.profile = Places(home).profile_dir(SERVER, LOGIN)
        self.profile.mkdir(parents=True)
        self.keys = PassphraseKeystore(self.profile, PASSWORD, cost=4)
        self.key = key_after_online_sign_in(self.profile, self.keys, PASSWORD, cost=4)
        store = open_store(self.profile, self.key, ALL)
        with store.write() as connection:
            remember(connection, "person", PERSON)
            lease.renew(connection, CLOCK.now(), CLOCK.now(), 7 * DAY)
        store.close()

    def work(self, notes: int) -> None:
        """Notes that are not sent, something that was refused, a call in progress."""
        store = open_store(self.profile, self.key, ALL)
        with store.write() as connection:
            commands = [
                AddNote(IDS.new(), IDS.new(), f"第 {place} 笔 " * 40, CLOCK.now()) for place in range(notes)
            ]
            outbox.append(connection, commands, CLOCK.now())
            row = {
                "status": "rejected",
                "command": "add_note@1",
                "args": b"x",
                "kind": "not_found",
                "values": {"a": 1},
            }
            times = {"recorded_at": 1, "answered_at": 2}
            last: int = recall(connection, "last_mid")
            remember(connection, "last_mid", last + 2)
            connection.execute(insert(conflict).values(mid=last + 1, **row, **times))
            connection.execute(insert(conflict).values(mid=last + 2, settled_at=3, **row, **times))
            drafts.save(connection, Draft(IDS.new(), IDS.new(), None, None, {"guide": {"q": "答"}}, 5))
        store.close()

    def run(self, monkeypatch: pytest.MonkeyPatch, *words: str, password: str = PASSWORD) -> int:
        monkeypatch.setattr("sys.stdin", StringIO(password + "\n"))
        named = ["--home", str(self.home), "--server", SERVER, "--login", LOGIN, "--password-stdin"]
        return main(["doctor", *named, *words])

    def fingerprint(self) -> dict[str, str]:
        return {
            item.name: hashlib.sha256(item.read_bytes()).hexdigest()
            for item in self.profile.iterdir()
            if item.name != "lock"
        }

    def counts(self) -> dict[str, int]:
        store = open_store(self.profile, self.key, ALL)
        with store.read() as connection:
            tables = (outbox_table, conflict, draft)
            found = {
                one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables
            }
        store.close()
        return found

    def damage(self, share: float) -> None:
        """A page somewhere in the file is not what it was."""
        file = self.profile / STORE_FILE
        content = bytearray(file.read_bytes())
        page = int(len(content) // 4096 * share)
        content[page * 4096 : (page + 1) * 4096] = bytes(4096)
        file.write_bytes(content)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    monkeypatch.setattr(i18n, "system_language", lambda: "zh_CN")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "home")


def test_a_sound_profile_is_in_order(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place.work(3)
    before = place.fingerprint()
    assert place.run(monkeypatch) == 0
    said = capsys.readouterr().out
    assert "未上传：3" in said
    assert "一切正常" in said
    assert place.fingerprint() == before


def test_a_wrong_password_a_stranger_and_an_open_desk_are_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.run(monkeypatch, password="guessed") == 2
    assert place.run(monkeypatch, "--login", "nobody") == 2
    assert place.run(monkeypatch, "--server", "ftp://x") == 2
    with ProfileLock(place.profile):
        assert place.run(monkeypatch) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_each_trouble_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place.work(2)
    store = open_store(place.profile, place.key, ALL)
    with store.write() as connection:
        lease.renew(connection, CLOCK.now() - 9 * DAY, CLOCK.now() - 9 * DAY, 7 * DAY)
    store.close()
    assert place.run(monkeypatch) == 1
    assert "9 天" in capsys.readouterr().out
    (place.profile / KEY_FILE).unlink()
    assert place.run(monkeypatch) == 2
    assert "密钥" in capsys.readouterr().err


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_what_can_be_read_of_a_damaged_store_is_saved_and_comes_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    place.work(400)
    place.damage(share)
    before, file = place.fingerprint(), tmp_path / "unsent"
    assert place.run(monkeypatch, "--save-unsent", str(file)) in (0, 1)
    assert place.fingerprint() == before
    assert " 笔 第 ".encode() not in file.read_bytes()
    content = unsent_file.read(file, PASSWORD)
    saved = [row["mid"] for row in content["rows"]["outbox"]]
    assert saved == sorted(set(saved))
    assert len(saved) >= 300 or not content["whole"]
    fresh = Place(tmp_path / "fresh")
    assert fresh.run(monkeypatch, "--take-in", str(file)) == 0
    assert fresh.counts()["outbox"] == len(saved)


def test_only_the_damaged_pages_of_the_outbox_are_lost(place: Place) -> None:
    place.work(400)
    whole = salvage.salvage(place.profile, place.key)
    assert (whole.whole, len(whole.pending()), len(whole.refused())) == (True, 400, 1)
    pages = len((place.profile / STORE_FILE).read_bytes()) // 4096
    content = (place.profile / STORE_FILE).read_bytes()
    kept = []
    for page in range(1, pages, 7):
        (place.profile / STORE_FILE).write_bytes(
            content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :]
        )
        with salvage.copy_of(place.profile) as copy:
            found = salvage.salvage(copy, place.key)
        if not found.whole and found.pending():
            kept.append(len(found.pending()))
    assert kept
    assert min(kept) > 370


def test_saved_work_is_taken_in_once_behind_what_waits_and_only_by_its_person(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.work(3)
    file = tmp_path / "unsent"
    assert place.run(monkeypatch, "--save-unsent", str(file)) == 0
    fresh = Place(tmp_path / "fresh")
    fresh.work(1)
    assert fresh.run(monkeypatch, "--take-in", str(file)) == 0
    assert fresh.counts() == {"outbox": 4, "conflict": 3, "draft": 2}
    assert fresh.run(monkeypatch, "--take-in", str(file)) == 0
    assert fresh.counts() == {"outbox": 4, "conflict": 3, "draft": 2}
    store = open_store(fresh.profile, fresh.key, ALL)
    with store.write() as connection:
        waiting = outbox.pending(connection, 10, 1 << 20, None)
        assert [one.mid for one in waiting] == sorted(one.mid for one in waiting)
        assert recall(connection, "last_mid") >= max(one.mid for one in waiting)
        remember(connection, "person", {**PERSON, "id": "02" * 16})
    store.close()
    another = tmp_path / "another"
    assert place.run(monkeypatch, "--save-unsent", str(another)) == 0
    assert fresh.run(monkeypatch, "--take-in", str(another)) == 2
    assert fresh.counts()["outbox"] == 4


def test_what_is_here_anyway_is_not_taken_in_twice(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.work(3)
    file = tmp_path / "unsent"
    place.run(monkeypatch, "--save-unsent", str(file))
    place.run(monkeypatch, "--take-in", str(file))
    assert place.counts()["outbox"] == 3


def test_what_the_server_has_answered_is_not_taken_in(place: Place, tmp_path: Path) -> None:
    row = {"mid": 1, "command": "add_note@1", "args": b"", "customer_id": None, "recorded_at": 1}
    work = Salvaged(PERSON, {"outbox": [{**row, "state": "acknowledged"}, {**row, "state": "pending"}]})
    unsent_file.write(tmp_path / "unsent", work, PASSWORD, cost=4)
    content = unsent_file.read(tmp_path / "unsent", PASSWORD)
    store = open_store(place.profile, place.key, ALL)
    with store.write() as connection:
        assert unsent_file.take_in(connection, content)["outbox"] == 1
    store.close()


def test_a_file_of_unsent_work_is_read_by_its_password_alone(tmp_path: Path) -> None:
    file = tmp_path / "unsent"
    unsent_file.write(file, Salvaged(PERSON), PASSWORD, cost=4)
    with pytest.raises(KnownError) as caught:
        unsent_file.read(file, "guessed")
    assert caught.value.kind is ErrorKind.PASSPHRASE_WRONG
    for broken in (b"", b"something else", file.read_bytes()[:20]):
        (tmp_path / "broken").write_bytes(broken)
        with pytest.raises(KnownError) as caught:
            unsent_file.read(tmp_path / "broken", PASSWORD)
        assert caught.value.kind is ErrorKind.FILE_UNREADABLE


def test_a_lost_verifier_does_not_keep_unsent_work_from_its_person(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.work(2)
    (place.profile / SIGN_IN_FILE).unlink()
    assert place.run(monkeypatch, "--save-unsent", str(tmp_path / "unsent")) == 0
    assert unwrap(place.profile / KEY_FILE, PASSWORD) == place.key
    wrap(place.profile / KEY_FILE, place.key, "another", 4)
    assert place.run(monkeypatch) == 2
