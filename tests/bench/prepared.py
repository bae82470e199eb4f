"""A desk that has been in use: a store with all customers and a task each, search terms made, and its server."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent_app.store import search_terms
from tests.bench.desks import BenchDesk, Server
from tests.bench.workload import fill

CUSTOMERS = 50_000


@dataclass(frozen=True)
class Prepared:
    """Where the profile is and whose server it knows."""

    home: Path
    address: str
    customers: int


@contextmanager
def prepared(customers: int | None) -> Iterator[Prepared]:
    """Use as a context: the server runs inside it."""
    customers = customers or CUSTOMERS
    with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:
        folder = Path(name)
        fill(str(folder / "server.db"), customers, tasks=True)
        server = Server(folder / "server.db")
        try:
            desk = BenchDesk(folder / "home", server.address)
            desk.sync()
            done = search_terms.PORTION
            while done == search_terms.PORTION:
                with desk.store.write() as connection:
                    done = search_terms.index_portion(connection)
            desk.signed_in.close()
            yield Prepared(folder / "home", server.address, customers)
        finally:
            server.stop()
