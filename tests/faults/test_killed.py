"""Desks and servers that die by SIGKILL, at every named moment and at random ones: what was confirmed is never lost,
and nothing is done twice (SYNC P1, P2, §7)."""

import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.faults.chance import everything, moment, portion
from tests.faults.conftest import Tally
from tests.faults.crash_points import named_points
from tests.faults.days import DAY, DAY_MS, Day
from tests.faults.office import FaultDesk, Office, all_is_well, sign_in
from tests.faults.places import (
    Beginning,
    Place,
    a_copy_of_a_desk_that_went_on,
    a_desk_whose_server_was_restored,
    a_new_desk,
    a_new_desk_of_a_large_office,
)
from tests.faults.processes import Child, FaultServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

RANDOM_MOMENTS = 100
BEGINNINGS: tuple[Beginning, ...] = (
    a_new_desk, a_desk_whose_server_was_restored, a_copy_of_a_desk_that_went_on, a_new_desk_of_a_large_office,
)  # fmt: skip
MOST_PASSINGS = 5
"""Of one moment in one day that are tried in the long form."""
OF_LARGE_OFFICES = "_ready_", "_staging_", "_page_"


def points(end: str) -> list[str]:
    """The named moments; in the short form some of them, and none of ready files, which only large offices pass."""
    return portion([name for name in named_points(end) if everything() or ".ready_" not in name], 5)


def days(name: str) -> list[Beginning]:
    """Which of them may pass the moment."""
    large = any(part in name.replace(".", "_") for part in OF_LARGE_OFFICES)
    return [one for one in BEGINNINGS if large or one is not a_new_desk_of_a_large_office]


@pytest.mark.parametrize("name", points("desk"))
def test_p1_a_desk_killed_at_a_named_moment_keeps_what_was_confirmed(
    name: str, place: Place, tally: Tally
) -> None:
    """In the long form at its first passings in each kind of day; else at the first of the day that passes it."""
    kills = 0
    for beginning in days(name):
        for time_ in range(1, MOST_PASSINGS + 1):
            profile, confirmed = beginning(place)
            day = Day(profile, place.server.address, (name, time_))
            with closing(FaultDesk(profile, place.server.address)) as desk:
                all_is_well(place.office, desk, [*confirmed, *day.confirmed])
            kills += day.died
            if not (day.died and everything()):
                break
        if kills and not everything():
            break
    assert kills, "no day of these tests passes it"
    tally("desks killed at a named moment", kills)


@pytest.mark.parametrize("beginning", BEGINNINGS if everything() else BEGINNINGS[1:2])
def test_p1_a_desk_killed_at_random_moments_keeps_what_was_confirmed(
    beginning: Beginning, place: Place, tally: Tally
) -> None:
    profile, confirmed = beginning(place)
    killed = 0
    for turn in range(RANDOM_MOMENTS if everything() else 3):
        wait = moment(DAY_MS, "desk", beginning.__name__, turn) / 1000
        day = Day(profile, place.server.address, kill=partial(_kill_later, wait))
        killed += day.died
        confirmed += day.confirmed
        with closing(FaultDesk(profile, place.server.address)) as desk:
            assert desk.lost(confirmed, place.office.arrived()) == []
    assert killed
    with closing(FaultDesk(profile, place.server.address)) as desk:
        all_is_well(place.office, desk, confirmed)
    tally("desks killed at a random moment", killed)


def _kill_later(wait: float, child: Child) -> None:
    time.sleep(wait)
    child.kill()


def day_with(desk: FaultDesk, number: int) -> list[bytes]:
    """A day in the test's own process; the server may die in it."""
    confirmed = []
    for order, text in DAY:
        if order == "note":
            confirmed.append(desk.note(text))
        elif order == "correct":
            confirmed.append(desk.correct(f"{text} {number}"))
        elif order == "attach":
            confirmed.append(desk.attach())
        elif order == "sync":
            desk.sync()
    return confirmed


def test_p2_a_server_killed_at_every_named_moment_loses_nothing_and_does_nothing_twice(
    servers: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    servers.start()
    with closing(Office(servers.url)) as office:
        if everything():
            office.grow()
        confirmed: list[bytes] = []
        for number, name in enumerate(points("server")):
            profile = tmp_path / f"desk{number}"
            sign_in(profile, servers.address)
            servers.stop()
            servers.start((name, 1))
            with closing(FaultDesk(profile, servers.address)) as desk:
                while desk.customers() == [] and not servers.died(within=0.1):
                    desk.sync()
                confirmed += day_with(desk, number) if desk.customers() else []
                assert servers.died(), f"no day of these tests passes {name}"
                servers.start()
                all_is_well(office, desk, confirmed)
            tally("servers killed at a named moment", 1)


def test_p2_a_server_killed_at_random_moments_loses_nothing_and_does_nothing_twice(
    servers: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    turns = RANDOM_MOMENTS if everything() else 2
    profile = tmp_path / "desk"
    servers.start()
    sign_in(profile, servers.address)
    confirmed: list[bytes] = []
    with closing(Office(servers.url)) as office:
        for turn in range(turns):
            wait = moment(DAY_MS, "server", turn) / 1000
            day = Day(profile, servers.address, kill=partial(_stop_later, servers, wait))
            confirmed += day.confirmed
            servers.start()
            with closing(FaultDesk(profile, servers.address)) as desk:
                all_is_well(office, desk, confirmed)
    tally("servers killed at a random moment", turns)


def _stop_later(server: FaultServer, wait: float, _: Child) -> None:
    time.sleep(wait)
    server.stop()
