"""People, their devices and tokens, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from server_sync.accounts import devices, passwords, people
from server_sync.accounts.gate import REMEMBERED_SECONDS, Gate
from server_sync.accounts.people import NewPerson
from server_sync.accounts.sign_in import SignIn
from server_sync.domain.clock import DAY, SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role, person, team
from server_sync.store.database import Database
from server_sync.store.tables import device
from tests.clocks import HandClock
from tests.servers import PASSWORD, add_person

DESK = bytes(range(16))


@pytest.fixture
def gate(database: Database, clock: HandClock) -> Gate:
    return Gate(database, clock)


@pytest.fixture
def token(database: Database, clock: HandClock) -> str:
    add_person(database, clock=clock)
    return SignIn(database, clock)("agent01", PASSWORD, DESK, "桌面", "10.0.0.1").token


def kind_of(error: pytest.ExceptionInfo[KnownError]) -> ErrorKind:
    return error.value.kind


def test_a_person_comes_with_his_team_and_a_second_one_joins_it(database: Database) -> None:
    add_person(database, "agent01", team=" 华东 ")
    add_person(database, "agent02", team="华东")
    with database.read() as connection:
        names = connection.execute(select(team.c.name)).scalars().all()
        teams = set(connection.scalars(select(person.c.team_id)))
    assert names == ["华东"]
    assert len(teams) == 1


@pytest.mark.parametrize("login", ["AGENT01", " agent01 ", "agent01"])
def test_a_login_is_given_once_in_any_case_of_letters(database: Database, login: str) -> None:
    add_person(database, "agent01")
    with pytest.raises(KnownError) as caught:
        add_person(database, login)
    assert kind_of(caught) is ErrorKind.ALREADY_EXISTS


@pytest.mark.parametrize("login", ["Ünal", "ünal", "ÜNAL", " ünal", "Ｕ̈nal"])
def test_a_login_is_the_same_however_it_is_written_on_every_database(database: Database, login: str) -> None:
    person_id = add_person(database, "Ünal")
    with database.read() as connection:
        found = people.find(connection, login)
        assert people.find(connection, "Unal") is None
    assert found is not None
    assert found["id"] == person_id
    with pytest.raises(KnownError) as caught:
        add_person(database, login)
    assert kind_of(caught) is ErrorKind.ALREADY_EXISTS


def test_guesses_at_one_login_count_together_however_it_is_written(
    database: Database, clock: HandClock
) -> None:
    add_person(database, clock=clock)
    door = SignIn(database, clock)
    said = []
    for login in ("agent01", "AGENT01", " agent01", "agent01  ", "ａｇｅｎｔ０１", "Agent01\t"):
        with pytest.raises(KnownError) as caught:
            door(login, "not the password", DESK, "", "10.0.0.1")
        said.append(kind_of(caught))
    assert said == [ErrorKind.BAD_CREDENTIALS] * 5 + [ErrorKind.TOO_MANY_TRIES]


def test_a_device_that_asks_twice_at_once_gets_two_answers(database: Database, clock: HandClock) -> None:
    add_person(database, clock=clock)
    door = SignIn(database, clock)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(door, "agent01", PASSWORD, DESK, "桌面", "10.0.0.1") for _ in range(4)]
        assert all(one.result().token for one in asked)
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(device)) == 1


@pytest.mark.parametrize(
    "login",
    ["", " ", "two words", "tab\tlogin", "x" * 101, "nul\0", "zero\u200bwidth", "a\u202eb", "\u3000a b"],
)
def test_a_login_has_no_blanks_and_an_end(database: Database, login: str) -> None:
    with pytest.raises(KnownError) as caught:
        add_person(database, login)
    assert kind_of(caught) is ErrorKind.FIELD_INVALID


def test_only_an_administrator_needs_no_team(database: Database) -> None:
    add_person(database, "boss", role=Role.ADMINISTRATOR)
    with pytest.raises(KnownError) as caught:
        add_person(database, "agent01", team=" ")
    assert caught.value.values == {"field": "team"}


def test_skills_are_read_from_words() -> None:
    words = ["language=zh", "language=en", "product-line=家具", "region= 华东 "]
    assert people.skills_of(words) == {
        "languages": ["zh", "en"],
        "product_lines": ["家具"],
        "regions": ["华东"],
    }


@pytest.mark.parametrize("word", ["language", "language=", "colour=red", "=zh", ""])
def test_words_that_are_no_skill_are_refused(word: str) -> None:
    with pytest.raises(KnownError) as caught:
        people.skills_of([word])
    assert caught.value.values["field"] == "skill"


def test_a_token_stands_for_its_person_and_device(gate: Gate, token: str, database: Database) -> None:
    visitor = gate.visitor(token)
    with database.read() as connection:
        row = people.existing(connection, "agent01")
    assert (visitor.person_id, visitor.device_id) == (row["id"], DESK)
    assert (visitor.actor.role, visitor.actor.team_id) == (Role.AGENT, row["team_id"])


def test_only_the_hash_of_a_token_is_kept(database: Database, token: str) -> None:
    with database.read() as connection:
        kept = connection.scalar(select(device.c.token_hash))
    assert isinstance(kept, bytes)
    assert token.encode() not in kept
    assert kept == devices.token_hash(token)


@pytest.mark.parametrize("bad", ["", "x", "令牌", "\ud800", "a" * 100_000])
def test_a_token_that_was_never_given_is_invalid(gate: Gate, token: str, bad: str) -> None:
    with pytest.raises(KnownError) as caught:
        gate.visitor(bad)
    assert kind_of(caught) is ErrorKind.TOKEN_INVALID


def test_signing_in_again_on_a_device_ends_its_earlier_token(
    database: Database, clock: HandClock, gate: Gate, token: str
) -> None:
    again = SignIn(database, clock)("agent01", PASSWORD, DESK, "桌面", "10.0.0.1").token
    assert gate.visitor(again).device_id == DESK
    with pytest.raises(KnownError) as caught:
        gate.visitor(token)
    assert kind_of(caught) is ErrorKind.TOKEN_INVALID


def test_a_device_of_somebody_else_has_to_take_another_id(
    database: Database, clock: HandClock, token: str
) -> None:
    add_person(database, "agent02", clock=clock)
    with pytest.raises(KnownError) as caught:
        SignIn(database, clock)("agent02", PASSWORD, DESK, "桌面", "10.0.0.1")
    assert kind_of(caught) is ErrorKind.DEVICE_CLONED


def test_signing_out_ends_the_token_at_once_and_only_this_one(
    database: Database, clock: HandClock, gate: Gate, token: str
) -> None:
    other = SignIn(database, clock)("agent01", PASSWORD, bytes(16), "另一台", "10.0.0.1").token
    gate.visitor(token)
    gate.sign_out(token)
    with pytest.raises(KnownError):
        gate.visitor(token)
    assert gate.visitor(other).device_id == bytes(16)
    gate.sign_out(token)


@pytest.mark.parametrize("end", ["disable", "password"])
def test_disabling_a_person_or_changing_his_password_ends_his_tokens_within_seconds(
    database: Database, clock: HandClock, gate: Gate, token: str, end: str
) -> None:
    gate.visitor(token)
    with database.write(clock.now()) as tx:
        if end == "disable":
            people.set_active(tx, "agent01", False)
        else:
            people.set_password(tx, "agent01", passwords.hash_password("another one"))
    clock.move(int(REMEMBERED_SECONDS * SECOND))
    with pytest.raises(KnownError) as caught:
        gate.visitor(token)
    expected = ErrorKind.ACCOUNT_DISABLED if end == "disable" else ErrorKind.TOKEN_INVALID
    assert kind_of(caught) is expected


def test_a_disabled_person_hears_so_only_with_the_right_password(
    database: Database, clock: HandClock
) -> None:
    add_person(database, clock=clock)
    with database.write(clock.now()) as tx:
        people.set_active(tx, "agent01", False)
    door = SignIn(database, clock)
    with pytest.raises(KnownError) as right:
        door("agent01", PASSWORD, DESK, "", "10.0.0.1")
    with pytest.raises(KnownError) as wrong:
        door("agent01", "not the password", DESK, "", "10.0.0.1")
    assert (kind_of(right), kind_of(wrong)) == (ErrorKind.ACCOUNT_DISABLED, ErrorKind.BAD_CREDENTIALS)


def test_an_unknown_login_and_a_wrong_password_sound_the_same(database: Database, clock: HandClock) -> None:
    add_person(database, clock=clock)
    door = SignIn(database, clock)
    said = []
    for login in ("agent01", "nobody"):
        with pytest.raises(KnownError) as caught:
            door(login, "not the password", DESK, "", "10.0.0.1")
        said.append((caught.value.kind, caught.value.values))
    assert said[0] == said[1] == (ErrorKind.BAD_CREDENTIALS, {})


def test_a_device_that_was_silent_for_a_month_signs_in_again(
    database: Database, clock: HandClock, gate: Gate, token: str
) -> None:
    clock.move(29 * DAY)
    gate.visitor(token)
    gate.write_contacts()
    clock.move(29 * DAY)
    gate.visitor(token)
    clock.move(2 * DAY)
    with pytest.raises(KnownError) as caught:
        gate.visitor(token)
    assert kind_of(caught) is ErrorKind.TOKEN_INVALID


def test_contacts_are_written_later_in_one_go(
    database: Database, clock: HandClock, gate: Gate, token: str
) -> None:
    clock.move(5_000)
    gate.visitor(token)
    gate.write_contacts()
    with database.read() as connection:
        assert connection.scalar(select(device.c.last_contact_at)) == clock.now()


def test_the_last_administrator_stays(database: Database, clock: HandClock) -> None:
    add_person(database, "boss", role=Role.ADMINISTRATOR, clock=clock)
    with pytest.raises(KnownError) as caught, database.write(clock.now()) as tx:
        people.set_active(tx, "boss", False)
    assert kind_of(caught) is ErrorKind.NOT_PERMITTED
    add_person(database, "deputy", role=Role.ADMINISTRATOR, clock=clock)
    with database.write(clock.now()) as tx:
        people.set_active(tx, "boss", False)
    with database.read() as connection:
        assert people.administrators(connection) == 1


def test_an_imported_person_gets_his_first_password(database: Database, clock: HandClock) -> None:
    ids = SystemIds(clock)
    with database.write(clock.now()) as tx:
        people.add(tx, ids, NewPerson("lead", "主管 01", Role.SUPERVISOR, "华北"), "no hash at all")
    door = SignIn(database, clock)
    with pytest.raises(KnownError):
        door("lead", PASSWORD, DESK, "", "10.0.0.1")
    with database.write(clock.now()) as tx:
        people.set_password(tx, "LEAD", passwords.hash_password(PASSWORD))
    assert door("lead", PASSWORD, DESK, "", "10.0.0.1").person["name"] == "主管 01"


def test_the_list_tells_team_devices_and_state(database: Database, clock: HandClock, token: str) -> None:
    add_person(database, "Boss", role=Role.ADMINISTRATOR, clock=clock)
    with database.write(clock.now()) as tx:
        people.set_active(tx, "agent01", False)
        people.set_active(tx, "agent01", True)
    with database.read() as connection:
        listed = people.everybody(connection)
    assert [(one.login, one.team, one.active, one.devices) for one in listed] == [
        ("agent01", "华东", True, 0),
        ("Boss", None, True, 0),
    ]
