"""Desks and servers that die by SIGKILL, at every named moment and at random ones: what was confirmed is never lost,
and nothing is done twice (SYNC P1, P2, §7)."""

import shutil
import sys
import time
from collections import Counter
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
)
from tests.faults.processes import Child, FaultServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

RANDOM_MOMENTS = 100
BEGINNINGS: tuple[Beginning, ...] = (
    a_new_desk, a_desk_whose_server_was_restored, a_copy_of_a_desk_that_went_on,
)  # fmt: skip


@pytest.fixture(scope="module")
def passed_by_desks(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Beginning, Counter[str]]:
    """How often a day passes each named moment of a desk, by how it began."""
    passed = {}
    for beginning in BEGINNINGS:
        folder = tmp_path_factory.mktemp("passed")
        shutil.copy(template, folder / "server.db")
        url = f"sqlite:///{folder / 'server.db'}"
        server = FaultServer(url, folder)
        server.start()
        with closing(Office(url)) as office:
            profile, _ = beginning(Place(office, server, folder))
            day = Day(profile, server.address)
        server.stop()
        assert not day.died
        passed[beginning] = day.passed
    return passed


@pytest.mark.parametrize("name", named_points("desk"))
def test_p1_a_desk_killed_at_a_named_moment_keeps_what_was_confirmed(
    name: str, passed_by_desks: dict[Beginning, Counter[str]], place: Place, tally: Tally
) -> None:
    ways = [
        (beginning, time_)
        for beginning, passed in passed_by_desks.items()
        for time_ in range(1, passed[name] + 1)
    ]
    assert ways, "no day of these tests passes it"
    for beginning, time_ in portion(ways, 2):
        profile, confirmed = beginning(place)
        day = Day(profile, place.server.address, (name, time_))
        assert day.died
        with closing(FaultDesk(profile, place.server.address)) as desk:
            all_is_well(place.office, desk, [*confirmed, *day.confirmed])
        tally("desks killed at a named moment", 1)


@pytest.mark.parametrize("beginning", BEGINNINGS)
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
            assert desk.lost(confirmed, place.office.notes()) == []
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
        elif order == "sync":
            desk.sync()
    return confirmed


def test_p2_a_server_killed_at_every_named_moment_loses_nothing_and_does_nothing_twice(
    servers: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    servers.start()
    sign_in(tmp_path / "desk", servers.address)
    names = named_points("server")
    with (
        closing(Office(servers.url)) as office,
        closing(FaultDesk(tmp_path / "desk", servers.address)) as desk,
    ):
        confirmed = day_with(desk, 0)
        passed = servers.passed()
        assert [name for name in names if not passed[name]] == [], "no day of these tests passes it"
        for name in names:
            for time_ in portion(range(1, passed[name] + 1), 1):
                servers.stop()
                servers.start((name, time_))
                confirmed += day_with(desk, len(confirmed))
                assert servers.died(), (name, time_)
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
