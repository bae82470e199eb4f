"""Who and what there is when a schedule begins: a small call centre and its people at their desks, as images that it
starts from."""

from dataclasses import dataclass
from functools import cache

from server_sync.accounts import devices
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, Change, Insert
from server_sync.domain.rules.settings import setting_id
from server_sync.store.changes import write
from tests.convergence.memory import ServerMemory
from tests.convergence.timeline import SiteIds
from tests.server_sync.organisation import NOW, Organisation

SERVER_LANE = 1
POOL = {"lease_minutes": 8, "renew_minutes": 2, "grace_minutes": 10, "most": 20}
"""Short leases: a schedule is short."""
CANARY = "暗号"
"""Stands in every customer's address, which nobody changes: found on a desk, it shows that something of him is left."""


@dataclass(frozen=True)
class Seat:
    """Who sits at a desk, the desk's id and its first token."""

    person: Actor
    device: bytes
    token: str


@dataclass(frozen=True)
class Company:
    """A server's data with everybody signed in."""

    organisation: Organisation
    seats: tuple[Seat, ...]
    image: bytes


def canary(customer_id: bytes) -> str:
    """What only this customer's rows have."""
    return f"{CANARY}{customer_id.hex()}"


def people_of(organisation: Organisation, number: int) -> list[Actor]:
    """Who has a desk in each of the companies; a person may have two."""
    north, south = organisation.north_agents, organisation.south_agents
    return [
        [north[0], north[1]],
        [north[0], organisation.north_lead],
        [north[0], north[0], north[1]],
        [north[0], north[1], organisation.north_lead],
        [north[0], south[0], organisation.south_lead, organisation.north_lead],
        [north[0], north[0], north[1], south[0], organisation.administrator],
    ][number]


@cache
def company(number: int, customers: int) -> Company:
    """One of the companies, with so many customers."""
    ids = SiteIds(SERVER_LANE)
    database = ServerMemory(ids)
    database.migrate(ids)
    organisation = Organisation(ids)
    seats = []
    with database.write(NOW - HOUR) as tx:
        write(tx, organisation.company())
        write(tx, [Insert("setting", {"id": setting_id("pool"), "key": "pool", "value": POOL})])
    with database.write(NOW - HOUR) as tx:
        write(tx, [row for place in range(customers) for row in dossier(organisation, place)])
    for place, person in enumerate(people_of(organisation, number)):
        device = SiteIds(64 + place).new()
        assert person.person_id is not None
        with database.write(NOW) as tx:
            seats.append(Seat(person, device, devices.issue(tx, person.person_id, device, f"desk {place}")))
    return Company(organisation, tuple(seats), database.memory.image())


def dossier(organisation: Organisation, place: int) -> list[Change]:
    """A customer with numbers, an order and a task: mostly of an agent of the north, some in a pool, some owned."""
    north = organisation.north_agents
    agents = [north[0], north[1], north[0], organisation.south_agents[0], None, north[2]]
    assignee = agents[place % len(agents)]
    team = assignee.team_id if assignee else organisation.north
    owner = north[place % 2] if place % 5 == 0 else None
    customer = organisation.customer(team, owner=owner, name=f"客户 {place:02}")
    row_id = customer.row_id
    made: list[Change] = [Insert("customer", {**customer.row, "address": canary(row_id)})]
    made += [organisation.contact_point(customer) for _ in range(1 + place % 2)]
    made += [organisation.order(customer), organisation.task(customer, assignee)]
    if place % 4 == 0:
        made.append(organisation.task(customer, None))
    return made
