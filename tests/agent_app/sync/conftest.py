"""An office: a server with the organisation of the tests, and a way to seat people at desks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_app.store import ready_copy
from agent_app.sync import guards, ready_files
from server_sync.domain.commands import Actor, Insert
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync import ready as server_ready
from server_sync.sync.ready import ReadyFiles
from tests.agent_app.sync.large_office import CANARY, CUSTOMERS, LARGE, PAGE, LargeSeat, Same, SitLarge
from tests.agent_app.sync.office import HandClock, Seat
from tests.server_sync.organisation import NOW, Organisation, seed


@pytest.fixture
def server(database_url: str) -> Iterator[Database]:
    """A server's database with the schema."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> HandClock:
    """The time of everybody."""
    return HandClock()


@pytest.fixture
def organisation(server: Database) -> Organisation:
    """Two teams; the first agent of the north has three customers with a task each, the second has one."""
    made = seed(server)
    rows = []
    for place in range(4):
        customer = made.customer(made.north, name=f"客户 {place}", tier="vip" if place == 0 else "normal")
        agent = made.north_agents[0 if place < 3 else 1]
        rows += [customer, made.contact_point(customer), made.task(customer, agent), made.order(customer)]
    with server.write(NOW) as tx:
        write(tx, rows)
    return made


@pytest.fixture
def sit(tmp_path: Path, server: Database, clock: HandClock) -> Iterator[Callable[[Actor], Seat]]:
    """Seats a person at a new desk."""
    seats: list[Seat] = []

    def seat(actor: Actor) -> Seat:
        seats.append(Seat(tmp_path, server, actor, clock, len(seats) + 1))
        return seats[-1]

    yield seat
    for one in seats:
        one.store.close()


@pytest.fixture
def supervisor(sit: Callable[[Actor], Seat], organisation: Organisation) -> Seat:
    """The supervisor of the north, in step."""
    seat = sit(organisation.north_lead)
    seat.sync()
    return seat


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large elsewhere is small here, so that each of its steps is taken several times."""
    monkeypatch.setattr(guards, "STAGE_FROM", LARGE)
    monkeypatch.setattr(server_ready, "LEAST_ROWS", LARGE)
    monkeypatch.setattr(ready_files, "PIECE", 64 << 10)
    monkeypatch.setattr(ready_copy, "PIECE_ROWS", 25)


@pytest.fixture
def dossiers(server: Database, organisation: Organisation) -> list[Insert]:
    """The customers of a large team, with what belongs to them."""
    made = organisation
    customers = [made.customer(made.north, name=f"{CANARY} {number}") for number in range(CUSTOMERS)]
    rows: list[Insert] = []
    for one in customers:
        rows += [one, made.contact_point(one), made.task(one, made.north_agents[0]), made.order(one)]
    with server.write(NOW) as tx:
        write(tx, rows)
    return customers


@pytest.fixture
def at_server(server: Database, clock: HandClock, tmp_path: Path, dossiers: list[Insert]) -> ReadyFiles:
    """The server's ready files."""
    return ReadyFiles(server, tmp_path / "server-ready", clock)


@pytest.fixture
def sit_large(
    tmp_path: Path, server: Database, clock: HandClock, at_server: ReadyFiles
) -> Iterator[SitLarge]:
    """Seats a person who fetches files."""
    seats: list[LargeSeat] = []

    def seat(actor: Actor) -> LargeSeat:
        seats.append(LargeSeat(tmp_path, server, actor, clock, len(seats) + 51, at_server))
        return seats[-1]

    yield seat
    for one in seats:
        one.store.close()


@pytest.fixture
def lead(sit_large: SitLarge, organisation: Organisation) -> LargeSeat:
    """The lead of the large team, who has a task of his own, not yet in step."""
    return sit_large(organisation.north_lead)


@pytest.fixture
def as_by_pages(sit_large: SitLarge) -> Same:
    """Asserts that a desk holds what the same person's does who pulls every row by pages, straight into its replica."""

    def check(desk: LargeSeat) -> None:
        other = sit_large(desk.actor)
        super(LargeSeat, other).restart()
        other.sync()
        assert other.road.asked == []
        desk.sync(PAGE)
        assert desk.held() == other.held()

    return check
