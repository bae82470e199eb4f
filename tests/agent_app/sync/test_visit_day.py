"""A visitor's device holds the customers of his visits and no others; who departed leaves no word there (C1)."""

import pytest

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import Channel, TaskState
from server_sync.store import feed
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit
from tests.agent_app.sync.test_oracle import files_of, held, may_see, words_in
from tests.server_sync.organisation import NOW, Organisation, seed

VISITS, OTHERS = 12, 30


@pytest.fixture
def organisation(server: Database) -> Organisation:
    """Two teams with nothing to do yet."""
    return seed(server)


@pytest.fixture
def visits(server: Database, organisation: Organisation) -> list[Insert]:
    """The visitor's twelve, among the customers of his colleagues; each with a word that stands nowhere else."""
    made: list[Insert] = []
    tasks: list[Insert] = []
    agents = [*organisation.north_agents[1:], *organisation.south_agents]
    for place in range(VISITS + OTHERS):
        mine = place % 3 == 0 and len(tasks) < VISITS
        agent = organisation.north_agents[0] if mine else agents[place % len(agents)]
        word = f"canary{place:04d}x"
        team = organisation.north if mine or place % 2 else organisation.south
        customer = organisation.customer(team, name=word, address=f"{word} 路")
        channel = Channel.VISIT if mine or place % 5 == 0 else Channel.PHONE
        task = organisation.task(customer, agent, team_id=agent.team_id, channel=channel)
        made += [customer, organisation.contact_point(customer, label=word), task]
        tasks += [task] if mine else []
    with server.write(NOW) as tx:
        write(tx, made)
    return tasks


def customers(seat: Seat) -> list[object]:
    return [row[0] for row in seat.rows("SELECT id FROM customer ORDER BY id")]


def test_journey_c1_the_device_has_the_customers_of_his_visits_and_no_others(
    sit: Sit, server: Database, organisation: Organisation, visits: list[Insert]
) -> None:
    visitor = sit(organisation.north_agents[0])
    visitor.sync()
    assert len(visits) == VISITS
    assert customers(visitor) == sorted(task.row["customer_id"] for task in visits)
    assert held(visitor) == may_see(server, visitor.actor, NOW)


@pytest.mark.parametrize("how", ["given to a colleague", "done the day before"])
def test_journey_c1_of_a_customer_who_departed_no_file_of_the_profile_has_a_word(
    sit: Sit, server: Database, organisation: Organisation, visits: list[Insert], how: str
) -> None:
    visitor = sit(organisation.north_agents[0])
    visitor.sync()
    gone = visits[4]
    [(word,)] = visitor.rows("SELECT name FROM customer WHERE id = ?", gone.row["customer_id"])
    values: dict[str, object] = {"assignee_id": organisation.north_agents[1].person_id}
    if how == "done the day before":
        values = {"state": TaskState.DONE, "done_at": NOW - DAY - HOUR}
    with server.write(NOW) as tx:
        write(tx, [Update("task", gone.row_id, values)])
        feed.release_dossiers(tx)
    visitor.sync()
    assert len(customers(visitor)) == VISITS - 1
    assert held(visitor) == may_see(server, visitor.actor, NOW)
    assert not [name for name, text in words_in(visitor).items() if str(word) in text]
    visitor.store.close()
    assert not any(b"canary" in content for content in files_of(visitor.folder))
