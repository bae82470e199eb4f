"""Signing in at a desk against a real server process: who gets in, with it and without it, and what each trouble is
called."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy import select

from agent_app.host import key_file
from agent_app.host.key_file import KEY_FILE
from agent_app.host.paths import Places, places
from agent_app.host.secrets import PASSPHRASE_VARIABLE, PassphraseKeystore
from agent_app.host.single_instance import ProfileLock
from agent_app.runtime.sign_in import SignedIn, sign_in
from agent_app.store import keys, lease, outbox, wiping
from server_sync.domain.clock import DAY, SystemClock
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role, team_conflict
from server_sync.store.database import Database
from tests.agent_app.strangers import Stranger, stranger
from tests.clocks import HandClock
from tests.servers import PASSWORD, ServerProcess, add_person, run_command_line
from tests.stretching import a_little

NEW_PASSWORD = "another-horse-2"
IDS = SystemIds(SystemClock())


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@dataclass
class Machine:
    """One computer and the server that its people sign in at."""

    places: Places
    server: ServerProcess
    clock: HandClock = field(default_factory=lambda: HandClock(SystemClock().now()))

    def sign_in(self, login: str = "agent01", password: str = PASSWORD, earlier: str = "") -> SignedIn:
        return sign_in(self.places, self.clock, IDS, self.server.address, login, password, earlier)

    def order(self, *words: str) -> None:
        """The administrator orders something about the only desk there is, and every process hears of it."""
        named = ("--database", self.server.database_url)
        listed = json.loads(run_command_line("devices", "list", "--json", *named).stdout)
        done = run_command_line("devices", *words, listed[0]["id"], *named)
        assert done.returncode == 0, done.stderr

    def note(self) -> None:
        """Something is written at the desk while the server is away."""
        self.server.stop()
        signed_in = self.sign_in()
        assert not signed_in.online
        command = AddNote(IDS.new(), IDS.new(), "离线时记的一笔", self.clock.now())
        with signed_in.store.write() as connection:
            outbox.append(connection, [command], self.clock.now())
        signed_in.close()
        self.server.start()

    def conflicts(self) -> list[str]:
        """Why the server put things before the lead."""
        database = Database(self.server.database_url)
        with database.read() as connection:
            found = list(connection.scalars(select(team_conflict.c.status)))
        database.close()
        return found

    def visit(self, login: str = "agent01", password: str = PASSWORD, earlier: str = "") -> SignedIn:
        """Sign in and leave again."""
        signed_in = self.sign_in(login, password, earlier)
        signed_in.close()
        return signed_in

    def refusal(self, login: str = "agent01", password: str = PASSWORD, earlier: str = "") -> ErrorKind:
        with pytest.raises(KnownError) as caught:
            self.sign_in(login, password, earlier)
        return caught.value.kind

    def change_password(self) -> None:
        command = ("user", "password", "agent01", "--database", self.server.database_url, "--password-stdin")
        done = run_command_line(*command, stdin=NEW_PASSWORD)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def machine(live_sqlite_server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A computer without a keyring; "agent01" and "agent02" are agents of one team. Passphrases are stretched a little
    there: how much they must be is known to the tests of keys."""
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    for module in (key_file, keys):
        monkeypatch.setattr(module, "stretch", a_little)
    database = Database(live_sqlite_server.database_url)
    add_person(database)
    add_person(database, "agent02")
    database.close()
    return Machine(places(tmp_path / "home"), live_sqlite_server)


def test_online_the_desk_knows_who_sits_there_and_may_speak_to_the_server(machine: Machine) -> None:
    signed_in = machine.sign_in()
    assert (signed_in.online, signed_in.name, signed_in.actor.role) == (True, "agent01", Role.AGENT)
    assert signed_in.actor.team_id is not None
    assert signed_in.net.send("GET", "/api/v1/me", headers={}).status == 200
    signed_in.close()


def test_the_device_stays_the_same_and_people_of_one_computer_have_their_own(machine: Machine) -> None:
    first, again, other = machine.visit(), machine.visit(), machine.visit("agent02")
    assert first.device == again.device != other.device
    assert first.store.file == again.store.file != other.store.file


def test_a_wrong_password_is_refused_and_leaves_no_store(machine: Machine) -> None:
    assert machine.refusal(password="guessed") is ErrorKind.BAD_CREDENTIALS
    assert machine.refusal("nobody") is ErrorKind.BAD_CREDENTIALS
    assert not list(machine.places.root.rglob("store*"))


def test_a_disabled_account_is_told_apart_from_a_wrong_password(machine: Machine) -> None:
    done = run_command_line("user", "disable", "agent01", "--database", machine.server.database_url)
    assert done.returncode == 0, done.stderr
    assert machine.refusal() is ErrorKind.ACCOUNT_DISABLED


def test_a_known_person_opens_his_store_while_the_server_is_away(machine: Machine) -> None:
    before = machine.visit()
    machine.server.stop()
    signed_in = machine.sign_in()
    assert not signed_in.online
    assert signed_in.actor == before.actor
    assert signed_in.net.token == before.net.token is not None
    signed_in.close()
    assert machine.refusal(password="guessed") is ErrorKind.BAD_CREDENTIALS


def test_an_unknown_person_cannot_sign_in_while_the_server_is_away(machine: Machine) -> None:
    machine.visit()
    machine.server.stop()
    assert machine.refusal("agent02") is ErrorKind.OFFLINE


@pytest.mark.parametrize(
    "address", ["", "   ", "not an address", "ftp://127.0.0.1", "http://", "http://a:b@c/"]
)
def test_an_address_that_is_none_is_no_server(machine: Machine, address: str) -> None:
    with pytest.raises(KnownError) as caught:
        sign_in(machine.places, machine.clock, IDS, address, "agent01", PASSWORD)
    assert caught.value.kind is ErrorKind.NOT_A_SERVER


def test_a_profile_in_use_is_refused_and_free_again_afterwards(machine: Machine) -> None:
    signed_in = machine.sign_in()
    assert machine.refusal() is ErrorKind.PROFILE_IN_USE
    machine.visit("agent02")
    signed_in.close()
    machine.visit()


def test_a_refused_sign_in_gives_the_profile_back(machine: Machine) -> None:
    machine.refusal(password="guessed")
    ProfileLock(machine.places.profile_dir(machine.server.address, "agent01")).release()


def test_a_changed_password_asks_once_for_the_earlier_where_no_keyring_is(machine: Machine) -> None:
    machine.visit()
    machine.change_password()
    assert machine.refusal() is ErrorKind.BAD_CREDENTIALS
    assert machine.refusal(password=NEW_PASSWORD) is ErrorKind.PASSPHRASE_WRONG
    assert machine.refusal(password=NEW_PASSWORD, earlier="guessed") is ErrorKind.PASSPHRASE_WRONG
    machine.visit(password=NEW_PASSWORD, earlier=PASSWORD)
    machine.visit(password=NEW_PASSWORD)
    machine.server.stop()
    machine.visit(password=NEW_PASSWORD)
    assert machine.refusal() is ErrorKind.BAD_CREDENTIALS


def test_without_the_server_the_earlier_password_still_opens_what_is_here(machine: Machine) -> None:
    machine.visit()
    machine.change_password()
    machine.server.stop()
    machine.visit()
    assert machine.refusal(password=NEW_PASSWORD) is ErrorKind.BAD_CREDENTIALS


def test_with_a_keyring_a_changed_password_costs_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: kept)
    machine.visit()
    machine.change_password()
    machine.visit(password=NEW_PASSWORD)
    machine.server.stop()
    machine.visit(password=NEW_PASSWORD)
    assert machine.refusal() is ErrorKind.BAD_CREDENTIALS
    assert not list(machine.places.root.rglob(KEY_FILE))


def test_a_passphrase_of_the_machine_wraps_in_place_of_the_password(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "of the machine")
    machine.visit()
    machine.change_password()
    machine.visit(password=NEW_PASSWORD)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "another")
    assert machine.refusal(password=NEW_PASSWORD) is ErrorKind.PASSPHRASE_WRONG
    machine.visit(password=NEW_PASSWORD, earlier="of the machine")
    machine.visit(password=NEW_PASSWORD)


def test_a_store_without_its_key_is_never_replaced(machine: Machine) -> None:
    signed_in = machine.visit()
    content = signed_in.store.file.read_bytes()
    (signed_in.store.file.parent / KEY_FILE).unlink()
    assert machine.refusal() is ErrorKind.STORE_KEY_MISSING
    assert signed_in.store.file.read_bytes() == content


@pytest.fixture
def other(machine: Machine) -> Iterator[Stranger]:
    """ "agent01" has signed in before; now the server has ended, and a stranger answers in its place."""
    machine.visit()
    machine.server.stop()
    host, _, port = machine.server.address.removeprefix("http://").rpartition(":")
    with stranger(host, int(port)) as server:
        yield server


STRANGE = {
    "a page": (200, "text/html", b"<h1>Welcome to the network</h1>"),
    "no such place": (404, "application/json", b'{"detail": "Not Found"}'),
    "a redirection": (302, "text/html", b""),
    "its own JSON": (200, "application/json", b'{"ok": true}'),
    "a JSON list": (200, "application/json", b"[]"),
    "half a person": (200, "application/json", b'{"token": "t", "person": {"name": "x"}}'),
}


@pytest.mark.parametrize("strange", STRANGE)
def test_what_does_not_answer_as_our_server_is_none(machine: Machine, other: Stranger, strange: str) -> None:
    other.says(*STRANGE[strange])
    assert machine.refusal("agent02") is ErrorKind.NOT_A_SERVER


def test_a_stranger_at_the_known_address_is_as_good_as_no_network(machine: Machine, other: Stranger) -> None:
    signed_in = machine.visit()
    assert not signed_in.online


def test_a_failing_server_is_as_good_as_no_network(machine: Machine, other: Stranger) -> None:
    other.says(500, "text/plain", b"Internal Server Error")
    assert not machine.visit().online
    assert machine.refusal("agent02") is ErrorKind.SERVER_FAILED


def test_no_password_and_no_token_lies_readable_on_the_disk(machine: Machine) -> None:
    token = machine.visit().net.token
    assert token is not None
    for folder, _, names in os.walk(machine.places.root):
        for name in names:
            content = (Path(folder) / name).read_bytes()
            assert PASSWORD.encode() not in content
            assert token.encode() not in content


def profile_of(machine: Machine) -> Path:
    [profile] = (machine.places.root / "profiles").iterdir()
    return profile


def test_e4_without_the_server_a_desk_opens_for_as_long_as_it_was_allowed(machine: Machine) -> None:
    signed_in = machine.sign_in()
    with signed_in.store.write() as connection:
        lease.renew(connection, machine.clock.now(), machine.clock.now(), 3 * DAY)
    signed_in.close()
    machine.server.stop()
    machine.clock.move(3 * DAY - 1000)
    assert not machine.visit().online
    machine.clock.move(3000)
    assert machine.refusal() is ErrorKind.LEASE_OVER
    machine.clock.move(-2 * DAY)
    assert machine.refusal() is ErrorKind.LEASE_OVER
    machine.server.start()
    assert machine.visit().online


def test_e4_a_wiped_desk_hands_over_first_and_then_is_gone(machine: Machine) -> None:
    machine.visit()
    machine.note()
    machine.order("wipe")
    assert machine.refusal() is ErrorKind.DEVICE_REVOKED
    assert machine.conflicts() == ["revoked"]
    assert [item.name for item in profile_of(machine).iterdir()] == ["lock"]
    listed = run_command_line("devices", "list", "--json", "--database", machine.server.database_url)
    [desk] = json.loads(listed.stdout)
    assert desk["wiped_at"] is not None
    assert machine.visit().online  # as a new device


def test_e4_a_revoked_desk_hands_over_and_keeps_its_store_locked(machine: Machine) -> None:
    first = machine.visit()
    machine.note()
    machine.order("revoke")
    assert machine.refusal() is ErrorKind.DEVICE_REVOKED
    assert machine.conflicts() == ["revoked"]
    assert first.store.file.exists()
    machine.server.stop()
    assert machine.refusal() is ErrorKind.LEASE_OVER
    machine.server.start()
    machine.order("admit")
    assert machine.visit().device == first.device


def test_e4_a_disabled_person_hands_over_what_he_did(machine: Machine) -> None:
    machine.visit()
    machine.note()
    done = run_command_line("user", "disable", "agent01", "--database", machine.server.database_url)
    assert done.returncode == 0, done.stderr
    assert machine.refusal() is ErrorKind.ACCOUNT_DISABLED
    assert machine.conflicts() == ["revoked"]


def test_e4_who_does_not_know_the_password_wipes_nothing(machine: Machine) -> None:
    first = machine.visit()
    machine.order("wipe")
    assert machine.refusal(password="guessed") is ErrorKind.BAD_CREDENTIALS
    assert first.store.file.exists()


def test_e4_a_wipe_that_was_cut_short_is_finished_by_the_next_sign_in(machine: Machine) -> None:
    first = machine.visit()
    wiping.begin(profile_of(machine), PassphraseKeystore(profile_of(machine), PASSWORD))
    again = machine.visit()
    assert again.online
    assert again.device != first.device
