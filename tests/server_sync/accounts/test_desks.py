"""Desks as their leads see them: rows that follow, but seldom."""

import pytest
from sqlalchemy import select

from server_sync.accounts import desks
from server_sync.accounts.desks import CONTACT_STEP, Contact
from server_sync.accounts.devices_command import named
from server_sync.accounts.gate import MOST_UNSENT, Gate
from server_sync.accounts.sign_in import SignIn
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.commands import Row, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import desk_device, team
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import partition
from tests.clocks import HandClock
from tests.servers import PASSWORD, add_person

DESK = bytes(range(16))


@pytest.fixture
def person(database: Database, clock: HandClock) -> bytes:
    person_id = add_person(database, clock=clock)
    SignIn(database, clock)("agent01", PASSWORD, DESK, "桌面", "10.0.0.1")
    return person_id


def row(database: Database) -> Row:
    with database.read() as connection:
        return dict(connection.execute(select(desk_device)).mappings().one())


def heard(database: Database, clock: HandClock, rows: int | None = None) -> int:
    """The desk is heard of; returns the row's version."""
    with database.write(clock.now()) as tx:
        desks.note(tx, {DESK: Contact(clock.now(), rows)})
    rev: int = row(database)["rev"]
    return rev


def test_e4_contacts_make_a_new_row_only_after_a_while(
    database: Database, clock: HandClock, person: bytes
) -> None:
    first = heard(database, clock)
    for _ in range(CONTACT_STEP // MINUTE - 1):
        clock.move(MINUTE)
        assert heard(database, clock) == first
    clock.move(MINUTE)
    assert heard(database, clock) == first + 1
    assert row(database)["last_contact_at"] == clock.now()


def test_e4_rows_held_make_a_new_row_only_when_they_have_changed_by_a_lot(
    database: Database, clock: HandClock, person: bytes
) -> None:
    told = []
    for rows in (1_000, 1_050, 1_100, 1_101, 1_000, 900, 0, 1, 40):
        heard(database, clock, rows)
        told.append(row(database)["rows_held"])
    assert told == [1_000, 1_000, 1_000, 1_101, 1_101, 900, 0, 1, 1]


def test_e4_a_desk_follows_its_person_into_another_team(
    database: Database, clock: HandClock, person: bytes
) -> None:
    add_person(database, "agent02", team="华南", clock=clock)
    with database.write(clock.now()) as tx:
        other = tx.connection.scalar(select(team.c.id).where(team.c.name == "华南"))
        write(tx, [Update("person", person, {"team_id": other})])
    heard(database, clock)
    assert row(database)["team_id"] == other
    with database.read() as connection:
        of_other = connection.scalar(select(partition.c.rows).where(partition.c.subject == other))
    assert of_other == 1


def test_e4_the_gate_tells_the_rows_together_with_the_contact(
    database: Database, clock: HandClock, person: bytes
) -> None:
    gate = Gate(database, clock)
    token = SignIn(database, clock)("agent01", PASSWORD, DESK, "桌面", "10.0.0.1").token
    gate.holds(DESK, 77)
    gate.visitor(token)
    gate.write_contacts()
    assert row(database)["rows_held"] == 77


def test_e4_the_gate_tells_what_a_desk_has_not_sent(
    database: Database, clock: HandClock, person: bytes
) -> None:
    gate = Gate(database, clock)
    told = []
    for unsent in (12, -3, 1 << 70):
        gate.waits(DESK, unsent)
        gate.write_contacts()
        told.append(row(database)["unsent"])
    assert told == [12, 0, MOST_UNSENT]
    gate.holds(DESK, 77)
    gate.write_contacts()
    assert (row(database)["rows_held"], row(database)["unsent"]) == (77, 0)


def test_journey_c1_the_gate_tells_by_how_much_a_desk_s_clock_is_ahead_when_that_is_news(
    database: Database, clock: HandClock, person: bytes
) -> None:
    gate = Gate(database, clock)
    told = []
    for skew in (30_000, -DAY, -DAY + 30_000, 0):
        gate.waits(DESK, 1, skew)
        gate.write_contacts()
        told.append(row(database)["clock_skew_ms"])
    assert told == [None, -DAY, -DAY, 0]


def test_e4_a_revoked_desk_does_not_sign_in(database: Database, clock: HandClock, person: bytes) -> None:
    with database.write(clock.now()) as tx:
        write(tx, [Update("desk_device", DESK, {"revoked_at": clock.now(), "wipe": True})])
    with pytest.raises(KnownError) as error:
        SignIn(database, clock)("agent01", PASSWORD, DESK, "桌面", "10.0.0.1")
    assert (error.value.kind, error.value.values) == (ErrorKind.DEVICE_REVOKED, {"wipe": True})
    with pytest.raises(KnownError) as error:
        SignIn(database, clock)("agent01", "wrong", DESK, "桌面", "10.0.0.1")
    assert error.value.kind is ErrorKind.BAD_CREDENTIALS


def test_a_desk_is_named_by_how_its_id_begins(database: Database, person: bytes) -> None:
    with database.read() as connection:
        listed = desks.everything(connection)
    assert named(listed, "0001").id == DESK
    for wrong in ("", "ff"):
        with pytest.raises(KnownError) as error:
            named(listed, wrong)
        assert error.value.kind is ErrorKind.NOT_FOUND
    with pytest.raises(KnownError) as error:
        named(listed * 2, "00")
    assert error.value.kind is ErrorKind.FIELD_INVALID


@pytest.mark.parametrize("days", [0, 91, -1])
def test_e3_no_lease_is_longer_than_tombstones_stay(database: Database, clock: HandClock, days: int) -> None:
    with pytest.raises(KnownError), database.write(clock.now()) as tx:
        desks.set_lease(tx, days)
