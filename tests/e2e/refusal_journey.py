"""The journey A4: a customer who does not want to be called any more is out of every queue at once."""

from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from agent_app.ports import Route
from server_sync.domain.commands import Insert
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import person, task
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.calling import dial, save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import COLLEAGUE, World

# Of the agent, never called, with nothing else open.
ALONE = """SELECT task.id, task.customer_id FROM task JOIN person ON person.id = task.assignee_id
WHERE person.login = 'agent01' AND task.state = 'open' AND task.purpose = 'service' AND task.appointment_at IS NULL
AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.customer_id = task.customer_id)
AND NOT EXISTS (SELECT 1 FROM do_not_call WHERE do_not_call.customer_id = task.customer_id)
AND NOT EXISTS (SELECT 1 FROM task AS other WHERE other.customer_id = task.customer_id AND other.id <> task.id)
ORDER BY task.id LIMIT 1"""
TASKS = "SELECT state, cancelled_because FROM task WHERE customer_id = ? AND id <> ?"


def hand_out_twice(world: World) -> tuple[bytes, bytes, bytes]:
    """A customer whom two agents are to call: his id, the agent's task, and the colleague's."""
    ((first, customer_id),) = server_rows(world, ALONE)
    now = world.clock.now()
    database = Database(str(world.database))
    try:
        with database.write(now) as tx:
            ask = tx.connection.execute
            row = dict(ask(select(task).where(task.c.id == first)).mappings().one())
            colleague = ask(select(person.c.id).where(person.c.login == COLLEAGUE)).scalar_one()
            second = SystemIds(world.clock).new()
            row |= {
                "id": second,
                "assignee_id": colleague,
                "plan_id": None,
                "dedupe_key": "to be called twice",
            }
            write(tx, [Insert("task", {name: value for name, value in row.items() if name != "rev"})])
    finally:
        database.close()
    return customer_id, first, second


def a4_never_again(
    story: Story, world: World, agent: Seat, colleague: Seat, customer: bytes, first: bytes, second: bytes
) -> None:
    """坐席·拒访: the result asks for a note and a scope; without the network he is out of the queue at once, and after
    the next sync out of everybody's, with the source and the time."""
    agent.until(lambda: _has(agent, first))
    colleague.until(lambda: _has(colleague, second))
    agent.desk.go(Route("task", first))
    agent.settle()
    dial(agent)
    world.stop_server()
    wrap_up(agent, "4", "1")
    agent.press("Ctrl+Return")
    assert agent.desk.wrap_up.presenter.state.wrong.keys() == {"note", "scope"}, "both are asked for"
    story.step("a refusal asks for note and scope", agent)
    agent.press("1")
    agent.type("客户要求不再来电")
    save_and_next(agent)
    assert desk_rows(agent, "SELECT state, disposition FROM task WHERE id = ?", first) == [("done", "2.112b")]
    assert desk_rows(agent, TASKS, customer, first) in ([], [("cancelled", "do_not_call")])
    assert first not in agent.desk.queue.presenter.state.ids
    story.step("out of the queue without the network", agent)

    attempts = "SELECT count(*) FROM attempt WHERE task_id = ?"
    colleague.desk.go(Route("task", second))
    colleague.settle()
    world.start_server()
    agent.until(lambda: _hint(agent) and in_step(agent), patience=120)
    colleague.until(
        lambda: (
            _hint(colleague)
            and desk_rows(colleague, TASKS, customer, first) == [("cancelled", "do_not_call")]
        ),
        patience=120,
    )
    colleague.settle()
    assert second not in colleague.desk.queue.presenter.state.ids
    colleague.press("F5")
    assert desk_rows(colleague, attempts, second) == [(0,)]
    colleague.until(lambda: "全部 · 通话中提出 今天 10:" in _words(colleague))
    story.step("refused at the other desk with source and time", colleague)
    kept = "SELECT scope, source, note FROM do_not_call WHERE customer_id = :customer"
    assert server_rows(world, kept, customer=customer) == [("all", "call", "客户要求不再来电")]


def _has(seat: Seat, task_id: bytes) -> bool:
    return _hint(seat) and desk_rows(seat, "SELECT 1 FROM task WHERE id = ?", task_id) == [(1,)]


def _hint(seat: Seat) -> bool:
    seat.desk.sync.hinted()
    seat.settle()
    return True


def _words(seat: Seat) -> str:
    """What can be read in the window."""
    return "\n".join(one.text() for one in seat.window.findChildren(QLabel) if one.isVisible())
