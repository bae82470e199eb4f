"""Pages under edits that are still on their way: which dossiers they disturb, and what is left in the end (SYNC P4)."""

from collections.abc import Callable
from dataclasses import replace

from server_sync.domain.commands import (
    Actor,
    AddNote,
    CorrectContactPoint,
    CorrectCustomer,
    FinishAttempt,
    SetPresence,
    StartAttempt,
    Update,
)
from server_sync.domain.model import Role
from server_sync.domain.wire.messages import PullRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync.pull import pull
from tests.agent_app.sync.office import Seat
from tests.server_sync.organisation import NOW, Organisation

Sit = Callable[[Actor], Seat]


def customers_of(seat: Seat) -> list[bytes]:
    """The customers at a desk, in order."""
    return [one for (one,) in seat.rows("SELECT id FROM customer ORDER BY id") if isinstance(one, bytes)]


def correct(seat: Seat, customer: bytes, field: str, value: str) -> None:
    seat.do(CorrectCustomer(seat.ids.new(), customer, field, None, value, seat.clock.now()))


def test_p4_edits_of_a_dossier_that_a_page_does_not_bring_stay_with_their_base(
    sit: Sit, organisation: Organisation
) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    one, two, _ = customers_of(agent)
    correct(lead, two, "address", "西湖区 1 号")
    lead.sync()
    agent.engine.wake()
    asked = agent.ask()
    assert isinstance(asked, PullRequest)
    correct(agent, one, "city", "宁波")
    correct(agent, two, "city", "杭州")
    agent.do(SetPresence(agent.desk.person_id, "break", "meal", agent.clock.now()))
    agent.take(agent.answer(asked))
    rows = agent.rows("SELECT id, city, address FROM customer WHERE city NOT NULL ORDER BY id")
    assert rows == [(one, "宁波", None), (two, "杭州", "西湖区 1 号")]
    assert agent.rows("SELECT state FROM presence WHERE id = ?", agent.desk.person_id) == [("break",)]
    assert agent.rows("SELECT row_id FROM base_row WHERE kind = 'customer' ORDER BY 1") == [(one,), (two,)]


def test_p4_an_edit_of_a_dossier_that_comes_back_by_a_new_role_stays_to_be_seen(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    one = customers_of(agent)[0]
    agent.engine.wake()
    asked = agent.ask()
    assert isinstance(asked, PullRequest)
    agent.do(AddNote(agent.ids.new(), one, "下午再打", agent.clock.now()))
    tasks = [row[0] for row in agent.rows("SELECT id FROM task WHERE customer_id = ?", one)]
    person = agent.desk.person_id
    colleague = organisation.north_agents[1].person_id
    with server.write(NOW) as tx:
        write(tx, [Update("person", person, {"role": "supervisor"})])
        write(
            tx,
            [Update("task", task, {"assignee_id": colleague}) for task in tasks if isinstance(task, bytes)],
        )
    with server.read() as connection:
        reply = pull(connection, replace(agent.actor, role=Role.SUPERVISOR), agent.engine.device, asked, NOW)
    assert [removed.partition[:5] for removed in reply.removed] == ["desk:"]
    agent.take(reply)
    assert agent.rows("SELECT text FROM activity") == [("下午再打",)]


def test_p4_after_pages_of_one_row_nothing_is_left_of_the_edits_but_the_servers_rows(
    sit: Sit, organisation: Organisation
) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    ((task, customer, point, number),) = agent.rows(
        "SELECT t.id, t.customer_id, p.id, p.value FROM task t JOIN contact_point p USING (customer_id)"
        " ORDER BY t.id LIMIT 1"
    )
    assert isinstance(task, bytes)
    assert isinstance(customer, bytes)
    assert isinstance(point, bytes)
    now = agent.clock.now()
    for other in customers_of(agent):
        correct(agent, other, "note", "下午再打")
    corrected, noted, attempt = agent.ids.new(), agent.ids.new(), agent.ids.new()
    agent.do(
        StartAttempt(attempt, task, customer, point, "phone", now),
        AddNote(noted, customer, "很满意", now, task),
        CorrectContactPoint(corrected, point, customer, str(number), "13900000001", now),
        FinishAttempt(attempt, task, customer, "1.1", None, now, 61_000),
    )
    agent.sync(page_rows=1)
    lead.sync()
    assert agent.rows("SELECT DISTINCT state FROM outbox") == [("kept",)]
    assert agent.rows("SELECT 1 FROM base_row") == []
    for table in ("customer", "contact_point", "task", "attempt", "activity"):
        seen = agent.rows(f"SELECT * FROM {table} ORDER BY id")
        assert seen
        assert set(seen) <= set(lead.rows(f"SELECT * FROM {table}"))


def test_p1_a_local_edit_leaves_rows_in_the_form_in_which_the_server_sends_them(
    sit: Sit, organisation: Organisation
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    customer = customers_of(agent)[0]
    before = agent.rows("SELECT typeof(tags), tags, extra, created_at FROM customer WHERE id = ?", customer)
    correct(agent, customer, "city", "杭州")
    agent.do(AddNote(agent.ids.new(), customer, "记一下", agent.clock.now()))
    after = agent.rows("SELECT typeof(tags), tags, extra, created_at FROM customer WHERE id = ?", customer)
    assert after == before
    local = agent.rows("SELECT * FROM activity ORDER BY id")
    agent.sync()
    sent = agent.rows("SELECT * FROM activity ORDER BY id")
    rev = 1
    assert [row[:rev] + row[rev + 1 :] for row in local] == [row[:rev] + row[rev + 1 :] for row in sent]
