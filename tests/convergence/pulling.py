"""Tasks pulled out of the pool in a schedule: who is given what by the server, and that no two people are ever offered
one customer by lease, offline either."""

from collections import defaultdict

from agent_app.store import pulled
from server_sync.domain.wire.messages import TakeReply
from tests.convergence.desk_site import DeskSite
from tests.convergence.ledger import Violated
from tests.convergence.memory import ServerMemory

NAME = "no two desks hold a lease for one customer"
_GIVEN = "SELECT customer_id, assignee_id FROM task WHERE leased_until = ?"
_HELD = (
    "SELECT customer_id, leased_until FROM task WHERE leased_until IS NOT NULL AND assignee_id = ?"
    " AND state IN ('open', 'accepted')"
)


class Grants:
    """What this life of the server has given to whom, by customer."""

    def __init__(self, database: ServerMemory) -> None:
        self._memory = database.memory
        self._given: dict[bytes, tuple[bytes, int]] = {}
        self.known_since = 0
        """Of what was given before, the server knows nothing any more: it was set back."""

    def given(self, reply: TakeReply) -> None:
        """The server has given some tasks. Raises Violated when another's lease of the customer is not over."""
        if reply.until is None:
            return
        for customer, person in self._memory.rows(_GIVEN, (reply.until,)):
            before, until = self._given.get(customer, (person, 0))
            if before != person and until > reply.server_now:
                raise Violated(
                    NAME, f"customer {customer.hex()} was another's for {until - reply.server_now} ms"
                )
            self._given[customer] = person, reply.until

    def set_back(self, now: int) -> None:
        """The server is as it was once."""
        self._given.clear()
        self.known_since = now


def check_offers(sites: list[DeskSite], grants: Grants, longest: int) -> None:
    """Look what every running program offers as its own by lease; `longest` is the longest lease there is."""
    offered: dict[bytes, set[bytes]] = defaultdict(set)
    for site in sites:
        if not site.alive or site.clock_in_doubt:
            continue
        held = site.memory.rows(_HELD, (site.person_id,))
        with site.store.read() as connection:
            for customer, until in held:
                task = {"in_pool": False, "assignee_id": site.person_id, "leased_until": until}
                over = pulled.refusal(connection, task, site.clock.now())
                if over is None and until - longest >= grants.known_since:
                    offered[customer].add(site.person_id)
    for customer, people in offered.items():
        if len(people) > 1:
            raise Violated(NAME, f"customer {customer.hex()} is offered to {len(people)} people")
