"""After any moves and edits a desk holds what one plain SQL statement says that its person may see, no row more, and of
what has left not a word is in its profile (SYNC S2, S3, L2)."""

import random  # noqa: TID251 - what happens is drawn, from a seed that is in the test's name
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent_app.store import search_terms
from agent_app.store.drafts import Draft, save
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, AddNote, Insert, Update
from server_sync.domain.errors import KnownError
from server_sync.domain.model import TABLES, Role, Scope, TaskState
from server_sync.store import feed
from server_sync.store.changes import Delete, write
from server_sync.store.database import Database
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit
from tests.server_sync.organisation import Organisation, seed

ROUNDS = 8
STEPS = 5

# Of customers, what `store/partitions.py` must come to, said once more by whoever reads the rules of sight.
MAY_SEE = """
SELECT c.id FROM customer AS c WHERE
    c.owner_id = :me
    OR :everything AND c.team_id IS NOT NULL
    OR :lead AND c.team_id = :team
    OR EXISTS (
        SELECT 1 FROM task AS t WHERE t.customer_id = c.id
        AND (t.state IN ('open', 'accepted') OR t.done_at > :yesterday)
        AND (t.assignee_id = :me OR t.appointment_owner_id = :me
             OR :everything AND t.team_id IS NOT NULL OR :lead AND t.team_id = :team))
    OR EXISTS (
        SELECT 1 FROM task AS t JOIN person AS p ON p.team_id = t.team_id
        WHERE t.customer_id = c.id AND t.in_pool AND t.state IN ('open', 'accepted') AND p.active AND p.id = :me)
"""


@pytest.fixture
def organisation(server: Database) -> Organisation:
    """Two teams with nothing to do yet."""
    return seed(server)


class World:
    """What happens at the server, drawn by a seed."""

    def __init__(self, server: Database, organisation: Organisation, chance: random.Random) -> None:
        self.server = server
        self.organisation = organisation
        self.chance = chance
        self.teams = [organisation.north, organisation.south]
        self.agents = [*organisation.north_agents, *organisation.south_agents]
        self.customers: list[bytes] = []
        self.words: dict[bytes, str] = {}
        self.tasks: list[bytes] = []

    def begin(self, now: int) -> None:
        for _ in range(10):
            self.arrive(now)

    def arrive(self, now: int) -> None:
        """A customer with a word that stands in no other dossier, a number, an order and a task."""
        made = self.organisation
        word = f"canary{len(self.words):04d}x"
        owner = self.chance.choice([None, *self.agents])
        customer = made.customer(
            self.chance.choice([*self.teams, None]), owner=owner, name=word, address=f"{word} 路"
        )
        agent = self.chance.choice([None, *self.agents])
        task = made.task(customer, agent, team_id=agent.team_id if agent else self.chance.choice(self.teams))
        self._write(now, customer, made.contact_point(customer, label=word), made.order(customer), task)
        self.customers.append(customer.row_id)
        self.words[customer.row_id] = word
        self.tasks.append(task.row_id)

    def step(self, now: int) -> None:
        """One of the things that move dossiers about."""
        who, agent = self.chance.choice(self.customers), self.chance.choice(self.agents)
        task, state = self.chance.choice(self.tasks), self.chance.choice(list(TaskState))
        done = now if state not in ("open", "accepted") else None
        owner = self.chance.choice([None, agent.person_id])
        match self.chance.randrange(8):
            case 0:
                self._write(now, Update("customer", who, {"owner_id": owner}))
            case 1:
                self._write(
                    now, Update("customer", who, {"team_id": self.chance.choice([*self.teams, None])})
                )
            case 2:
                values = {"assignee_id": agent.person_id, "team_id": agent.team_id, "in_pool": False}
                self._write(now, Update("task", task, values))
            case 3:
                self._write(now, Update("task", task, {"state": state, "done_at": done}))
            case 4:
                values = {"assignee_id": None, "in_pool": True, "team_id": self.chance.choice(self.teams)}
                self._write(now, Update("task", task, values))
            case 5:
                self._write(
                    now, Update("person", agent.person_id or b"", {"active": self.chance.random() < 0.7})
                )
            case 6:
                self._write(now, Update("task", task, {"appointment_owner_id": owner}))
            case _:
                self.arrive(now)
        if self.chance.random() < 0.1:
            self._leave(now, who)

    def sweep(self, now: int) -> None:
        with self.server.write(now) as tx:
            feed.release_dossiers(tx)

    def _leave(self, now: int, who: bytes) -> None:
        """An import is undone: rows go for good."""
        gone: list[Delete] = []
        with self.server.read() as connection:
            for name, table in TABLES.items():
                if table.info["scope"] is Scope.DOSSIER:
                    owner = table.c.id if name == "customer" else table.c.customer_id
                    gone += [
                        Delete(name, row.id) for row in connection.execute(table.select().where(owner == who))
                    ]
        with self.server.write(now) as tx:
            write(tx, gone)
        self.tasks = [
            one for one in self.tasks if ("task", one) not in {(row.table, row.row_id) for row in gone}
        ]
        self.customers.remove(who)

    def _write(self, now: int, *changes: Insert | Update) -> None:
        with self.server.write(now) as tx:
            write(tx, changes)


def held(seat: Seat) -> dict[str, list[tuple[object, ...]]]:
    return {name: seat.rows(f'SELECT * FROM "{name}" ORDER BY id') for name in TABLES}


def may_see(server: Database, actor: Actor, now: int) -> dict[str, list[tuple[object, ...]]]:
    """The rows themselves, by the statement."""
    about = {
        "me": actor.person_id,
        "team": actor.team_id,
        "lead": actor.role is Role.SUPERVISOR,
        "everything": actor.role is Role.ADMINISTRATOR,
        "yesterday": now - DAY,
    }
    found: dict[str, list[tuple[object, ...]]] = {}
    with server.read() as connection:
        raw = connection.connection.cursor()
        postgresql = connection.dialect.name == "postgresql"

        def ask(statement: str) -> list[tuple[object, ...]]:
            for name in about if postgresql else ():
                statement = statement.replace(f":{name}", f"%({name})s")
            raw.execute(statement, about)
            return [tuple(row) for row in raw.fetchall()]

        for name, table in TABLES.items():
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            match table.info["scope"]:
                case Scope.DOSSIER:
                    owner = "id" if name == "customer" else "customer_id"
                    where = f"{owner} IN ({MAY_SEE})"
                case Scope.TEAM:
                    where = "id = :me OR :everything AND team_id IS NOT NULL OR :lead AND team_id = :team"
                case _:
                    where = "1 = 1"
            found[name] = ask(f'SELECT {columns} FROM "{name}" WHERE {where} ORDER BY id')
    return found


def words_in(seat: Seat) -> dict[str, str]:
    """Everything in the store, as text."""
    seat.store.settle()
    with seat.store.read() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        return {
            name: repr([tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')])
            for name in names
        }


def files_of(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("number", range(3))
def test_s2_a_desk_holds_what_its_person_may_see_and_of_what_left_not_a_word(
    sit: Sit, organisation: Organisation, server: Database, number: int
) -> None:
    chance = random.Random(f"oracle {number}")
    world = World(server, organisation, chance)
    people = [
        organisation.administrator,
        organisation.north_lead,
        organisation.north_agents[0],
        organisation.south_agents[0],
    ]
    seats = [sit(actor) for actor in people]
    world.begin(seats[0].clock.at)
    for _ in range(ROUNDS):
        for _ in range(STEPS):
            world.step(seats[0].clock.at)
        for seat in seats:
            edit(seat, chance)
            seat.sync(page_rows=chance.choice([7, 50, 5_000]))
        if chance.random() < 0.4:
            seats[0].clock.at += chance.choice([HOUR, DAY + 1])
            world.sweep(seats[0].clock.at)
        for seat in seats:
            seat.sync()
        for seat in seats:
            seat.sync()
            expected = may_see(server, seat.actor, seat.clock.at)
            mine = held(seat)
            assert {name for name in TABLES if mine[name] != expected[name]} == set()
            here, texts = {row[0] for row in expected["customer"]}, words_in(seat)
            for customer, word in world.words.items():
                places = {name for name, text in texts.items() if word in text}
                assert ("customer" in places) if customer in here else not places
            assert seat.compare() == []
    for seat in seats:
        seat.store.close()
        assert not any(b"canary" in content for content in files_of(seat.folder))


def edit(seat: Seat, chance: random.Random) -> None:
    """What is done at a desk between two rounds: a note, a draft, the terms of the search."""
    found = seat.rows("SELECT id, customer_id FROM task WHERE state IN ('open', 'accepted')")
    if found:
        task, customer = chance.choice(found)
        assert isinstance(task, bytes)
        assert isinstance(customer, bytes)
        with suppress(KnownError):  # who leads no team writes only about those whose work is his
            seat.do(AddNote(seat.ids.new(), customer, "记下", seat.clock.now(), task))
        [(name,)] = seat.rows("SELECT name FROM customer WHERE id = ?", customer)
        with seat.store.write() as connection:
            save(connection, Draft(task, customer, None, None, {"wrap_up": {"note": name}}, seat.clock.at))
    with seat.store.write() as connection:
        while search_terms.index_portion(connection) == search_terms.PORTION:
            pass
