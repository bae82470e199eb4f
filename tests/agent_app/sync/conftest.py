"""An office: a server with the organisation of the tests, and a way to seat people at desks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server_sync.domain.commands import Actor
from server_sync.store.changes import write
from server_sync.store.database import Database
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
