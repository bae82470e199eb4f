"""What happens to a desk besides dying: clocks that are off, tokens that ended, copies that come back, a server that
knows less than it did (SYNC §7)."""

import shutil
from contextlib import ExitStack, closing

import pytest
from sqlalchemy import select, update

from agent_app.sync.status import SyncState
from server_sync.domain.clock import DAY, MINUTE, SECOND, SystemClock
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import activity
from server_sync.store.tables import device
from tests.deciding import run_command
from tests.faults.chance import everything, portion
from tests.faults.office import LOGIN, FaultDesk, OwnClock, all_is_well, sign_in
from tests.faults.places import Place, a_copy_of_a_desk_that_went_on, a_desk_whose_server_was_restored
from tests.servers import run_command_line

DESKS = 40 if everything() else 3


@pytest.mark.parametrize("off", portion([10 * MINUTE, -10 * MINUTE, DAY, -DAY, 400 * DAY, -400 * DAY], 3))
def test_a_clock_that_is_off_harms_neither_the_order_nor_the_times(place: Place, off: int) -> None:
    profile = place.profile()
    before = SystemClock().now()
    with closing(FaultDesk(profile, place.server.address, OwnClock(off))) as desk:
        desk.heal()
        confirmed = [desk.note("一"), desk.correct("二")]
        all_is_well(place.office, desk, confirmed)
    with place.office.database.read() as connection:
        times = list(connection.scalars(select(activity.c.happened_at)))
    after = SystemClock().now()
    assert all(before - 90 * DAY <= at <= after for at in times)
    if abs(off) <= DAY:
        assert all(abs(at - before - min(off, 0)) < MINUTE for at in times)


def test_a_clock_that_jumps_between_two_edits_loses_neither(place: Place) -> None:
    clock = OwnClock(0)
    with closing(FaultDesk(place.profile(), place.server.address, clock)) as desk:
        desk.heal()
        confirmed = []
        for jump in (0, -DAY, 2 * DAY, -10 * MINUTE, 10 * MINUTE):
            clock.off += jump
            confirmed.append(desk.note(f"{jump}"))
            if jump < 0:
                desk.heal()
        all_is_well(place.office, desk, confirmed)


@pytest.mark.parametrize("away", [False, True], ids=["in step", "server away"])
def test_a_clock_set_back_by_a_day_keeps_no_desk_waiting(place: Place, away: bool) -> None:
    clock = OwnClock(0)
    with closing(FaultDesk(place.profile(), place.server.address, clock)) as desk:
        desk.heal()
        if away:
            place.server.stop()
            assert desk.sync().state is SyncState.OFFLINE
            place.server.start()
        now = SystemClock().now()
        desk.synchroniser.tick(now)
        note = AddNote(desk.ids.new(), desk.customers()[0], "by a colleague", now)
        run_command(place.office.database, desk.actor, note, now)
        for second in range(90):
            clock.off = second * SECOND - DAY
            desk.synchroniser.tick(clock.now())
            desk.work.finish()
        assert desk.rows("SELECT text FROM activity") == [("by a colleague",)]


def test_a_token_that_ended_while_the_desk_was_away_keeps_its_edits_until_the_next_sign_in(
    place: Place,
) -> None:
    profile = place.profile()
    with closing(FaultDesk(profile, place.server.address)) as desk:
        desk.heal()
        place.server.stop()
        confirmed = [desk.note("offline")]
        assert desk.sync().state is SyncState.OFFLINE
        long_ago = SystemClock().now() - 40 * DAY
        with place.office.database.write(SystemClock().now()) as tx:
            tx.connection.execute(update(device).values(issued_at=long_ago, last_contact_at=long_ago))
        place.server.start()
        for _ in range(10):
            status = desk.sync()
            assert (status.state, status.kind) == (SyncState.ATTENTION, ErrorKind.TOKEN_INVALID)
            assert status.waiting == 1
    sign_in(profile, place.server.address)
    with closing(FaultDesk(profile, place.server.address)) as desk:
        all_is_well(place.office, desk, confirmed)


def test_p2_a_profile_copied_back_from_a_backup_goes_on_as_another_device(place: Place) -> None:
    copy, confirmed = a_copy_of_a_desk_that_went_on(place)
    with closing(FaultDesk(copy, place.server.address)) as desk:
        earlier = desk.device
        confirmed.append(desk.note("by the copy"))
        all_is_well(place.office, desk, confirmed)
        assert desk.device != earlier
    with closing(FaultDesk(copy, place.server.address)) as desk:
        confirmed.append(desk.note("once more"))
        all_is_well(place.office, desk, confirmed)


def test_e1_a_server_restored_from_an_older_backup_gets_back_what_it_had_acknowledged(place: Place) -> None:
    profile, confirmed = a_desk_whose_server_was_restored(place)
    with closing(FaultDesk(profile, place.server.address)) as desk:
        confirmed.append(desk.note("meanwhile"))
        all_is_well(place.office, desk, confirmed)


def test_e1_it_is_noticed_also_when_the_restored_server_has_passed_the_old_cursor_again(place: Place) -> None:
    profile, confirmed = a_desk_whose_server_was_restored(place)
    with closing(FaultDesk(place.profile(), place.server.address)) as other:
        other.heal()
        confirmed += [other.note(f"{number}") for number in range(20)]
        other.heal()
        with closing(FaultDesk(profile, place.server.address)) as desk:
            all_is_well(place.office, desk, confirmed)
        all_is_well(place.office, other, confirmed)


def test_two_devices_of_one_person_come_to_the_same(place: Place) -> None:
    with (
        closing(FaultDesk(place.profile(), place.server.address)) as one,
        closing(FaultDesk(place.profile(), place.server.address)) as two,
    ):
        confirmed: dict[bytes, list[bytes]] = {one.device: [], two.device: []}
        for desk in (one, two, one, two):
            desk.heal()
            confirmed[desk.device] += [desk.note("一"), desk.correct(desk.device.hex())]
        for desk in (one, two, one):
            desk.heal()
        for desk in (two, one):
            all_is_well(place.office, desk, confirmed[desk.device])


def test_a_person_disabled_while_away_sends_nothing_and_loses_nothing(place: Place) -> None:
    profile = place.profile()
    with closing(FaultDesk(profile, place.server.address)) as desk:
        desk.heal()
        place.server.stop()
        confirmed = [desk.note("offline")]
        run_command_line("user", "disable", LOGIN, "--database", place.server.url)
        place.server.start()
        assert desk.sync().kind in (ErrorKind.TOKEN_INVALID, ErrorKind.ACCOUNT_DISABLED)
        assert place.office.notes() == set()
        assert desk.lost(confirmed, []) == []


def test_a_copy_of_the_whole_computer_changes_nothing_for_the_first(place: Place) -> None:
    profile = place.profile()
    first = place.sit(profile, "before")
    twin = profile.with_name("twin")
    shutil.copytree(profile, twin)
    with (
        closing(FaultDesk(profile, place.server.address)) as one,
        closing(FaultDesk(twin, place.server.address)) as two,
    ):
        confirmed = [first, one.note("一"), two.note("二"), one.note("三"), two.note("四")]
        for desk in (one, two, one):
            desk.heal()
        for desk in (two, one):
            all_is_well(place.office, desk, confirmed)


def test_all_desks_of_an_office_come_back_after_an_outage(place: Place) -> None:
    with ExitStack() as stack:
        desks = [
            stack.enter_context(closing(FaultDesk(place.profile(), place.server.address)))
            for _ in range(DESKS)
        ]
        for desk in desks:
            desk.heal()
        place.server.stop()
        confirmed = [[desk.note(f"{number}") for number in range(5)] for desk in desks]
        assert {desk.sync().state for desk in desks} == {SyncState.OFFLINE}
        place.server.start()
        for _ in range(2):
            for desk in desks:
                desk.heal()
        for desk, own in zip(desks, confirmed, strict=True):
            all_is_well(place.office, desk, own)
