"""The visits of a person: whose, of which days, in which order, how far each is, and what is still to go up."""

from typing import Any

from agent_app.actions.calls import start_call
from agent_app.store import drafts
from agent_app.store.attachments import FileState
from agent_app.store.queries import queue, visits
from agent_app.store.queries.queue import QueueFilter
from agent_app.store.queries.visits import Visits, VisitStage
from agent_app.store.tables import attachment_file
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.model import Channel, TaskState
from server_sync.domain.rules.local_time import zone
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

MIDNIGHT = NOW - 10 * HOUR


def visit(company: Company, due_at: int = NOW + HOUR, **values: Any) -> bytes:
    """A visit of the agent; `where` are columns of its customer."""
    organisation = company.organisation
    where = values.pop("where", {})
    customer = organisation.customer(organisation.north, **where)
    agent = values.pop("agent", organisation.north_agents[0])
    task = organisation.task(customer, agent, channel=Channel.VISIT, due_at=due_at, **values)
    company.put(customer, organisation.contact_point(customer, value="+8613812341234"), task)
    return task.row_id


def load(company: Company, until_at: int | None = MIDNIGHT + DAY) -> Visits:
    agent = company.organisation.north_agents[0]
    with company.store.read() as connection:
        return visits.load(
            connection, agent.person_id or b"", agent.team_id, MIDNIGHT, until_at, zone(str(TIMEZONE))
        )


def ids(company: Company, until_at: int | None = MIDNIGHT + DAY) -> list[bytes]:
    return [one.id for one in load(company, until_at).visits]


def test_m6_7_agreed_times_come_first_then_the_day_and_within_it_neighbours_stand_together(
    company: Company,
) -> None:
    far = visit(company, NOW + 3 * HOUR, where={"city": "苏州", "address": "东路 2 号"})
    near = visit(company, NOW + 2 * HOUR, where={"city": "上海", "address": "示例路 9 号"})
    beside = visit(company, NOW + 4 * HOUR, where={"city": "上海", "address": "示例路 10 号"})
    overdue = visit(company, NOW - DAY, where={"city": "苏州"})
    late = visit(company, NOW + 5 * DAY, appointment_at=NOW + 5 * HOUR)
    early = visit(company, NOW + 5 * DAY, appointment_at=NOW + HOUR)
    assert ids(company) == [early, late, overdue, beside, near, far]


def test_a_span_has_what_is_due_or_agreed_within_it_and_what_is_overdue(company: Company) -> None:
    today, tomorrow, overdue = visit(company), visit(company, NOW + DAY), visit(company, NOW - 3 * DAY)
    agreed = visit(company, NOW + 9 * DAY, appointment_at=NOW + 2 * HOUR)
    assert set(ids(company)) == {today, overdue, agreed}
    assert set(ids(company, MIDNIGHT + 2 * DAY)) == {today, tomorrow, overdue, agreed}
    assert len(ids(company, None)) == 4


def test_calls_and_visits_of_others_are_not_among_them_those_of_the_pool_are(company: Company) -> None:
    organisation = company.organisation
    mine, pooled = visit(company), visit(company, agent=None)
    visit(company, agent=organisation.north_agents[1])
    customer = organisation.customer(organisation.north)
    company.put(customer, organisation.task(customer, organisation.north_agents[0], due_at=NOW + HOUR))
    assert set(ids(company)) == {mine, pooled}


def test_visits_are_not_in_the_queue_of_calls(company: Company) -> None:
    visit(company)
    agent = company.organisation.north_agents[0]
    with company.store.read() as connection:
        who = (agent.person_id or b"", agent.team_id)
        assert queue.load(connection, *who, NOW, QueueFilter.ALL, MIDNIGHT).ids == ()
        assert queue.next_task(connection, *who, NOW) is None


def test_a_visit_goes_from_open_to_sent(company: Company) -> None:
    task = visit(company)
    ((customer,),) = company.rows("SELECT customer_id FROM task WHERE id = ?", task)
    assert isinstance(customer, bytes)
    stages = [load(company).visits[0].stage]
    desk = company.desk(company.organisation.north_agents[0])
    start_call(desk, b"attempt-of-visit", task, customer, None, Channel.VISIT)
    stages.append(load(company).visits[0].stage)
    with company.store.write() as connection:
        done = {drafts.GUIDE: {"page": drafts.DONE}}
        drafts.merge(connection, task, customer, None, None, done, NOW)
    stages.append(load(company).visits[0].stage)
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET state = 'done', done_at = ? WHERE id = ?", (NOW, task))
        drafts.drop(connection, task)
    stages.append(load(company).visits[0].stage)
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'acknowledged'")
    stages.append(load(company).visits[0].stage)
    assert stages == list(VisitStage)


def test_what_was_done_before_today_is_not_shown_and_what_is_done_stands_last(company: Company) -> None:
    done = visit(company, NOW - DAY, state=TaskState.DONE, done_at=NOW - HOUR)
    left = visit(company)
    visit(company, NOW - DAY, state=TaskState.DONE, done_at=MIDNIGHT - 1)
    assert ids(company) == [left, done]


def test_what_was_done_before_stays_in_sight_while_something_of_it_is_to_go_up(company: Company) -> None:
    task = visit(company, NOW - DAY, state=TaskState.DONE, done_at=MIDNIGHT - 1)
    ((customer,),) = company.rows("SELECT customer_id FROM task WHERE id = ?", task)
    assert ids(company) == []
    with company.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbox VALUES (1, 'x', x'00', ?, 'pending', 0, 0, NULL, NULL)", (customer,)
        )
    assert [(one.id, one.stage) for one in load(company).visits] == [(task, VisitStage.WAITING)]


def test_each_visit_tells_how_many_files_are_still_to_go_up(company: Company) -> None:
    task = visit(company)
    ((customer,),) = company.rows("SELECT customer_id FROM task WHERE id = ?", task)
    for place, state in enumerate((FileState.SENDING, FileState.SENDING, FileState.WRITING)):
        with company.store.write() as connection:
            connection.execute(
                attachment_file.insert().values(
                    attachment_id=bytes([place]) * 16,
                    customer_id=customer,
                    name=str(place),
                    key=b"k" * 32,
                    state=state,
                    size=1,
                    sha256="",
                )
            )
    (shown,) = load(company).visits
    assert (shown.id, shown.uploads, shown.contact) == (task, 2, "138****1234")


def test_what_is_on_this_device_and_since_when_is_told(company: Company) -> None:
    visit(company)
    assert (load(company).in_step_at, load(company).dossiers) == (NOW, 0)
    with company.store.write() as connection:
        connection.exec_driver_sql("INSERT INTO held VALUES (?, 'a'), (?, 'b')", (bytes(16), bytes(16)))
    assert load(company).dossiers == 1
