"""The journeys B2 and B3: what nobody does in time is reminded of by rising means and raised to the lead, each once."""

import json
from typing import Any

from sqlalchemy import select

from agent_app.actions.tasks import accept_task
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import person, task
from server_sync.domain.rules.settings import DEFAULTS, setting_id
from server_sync.jobs import ladders
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import LADDERS, World, at
from tests.server_sync.channels.far_sides import Gateway

BEGINS = "2026-11-20 16:30"
AGENT = "agent01"
SENT = """SELECT step, means, due_at FROM reminder WHERE task_id = :task AND state IN ('sent', 'seen')
ORDER BY step, means"""


def take_ladder(world: World, code: str, **applies_to: list[str]) -> None:
    """One of the ready ladders, for some tasks alone."""
    file = world.folder / f"{code}.json"
    ready = [one for one in json.loads(LADDERS.read_text()) if one["code"] == code]
    file.write_text(
        json.dumps([{**one, "applies_to": {**one.get("applies_to", {}), **applies_to}} for one in ready])
    )
    world.command("escalation", "import", str(file))


def take_up_all(world: World, urgency: str) -> None:
    """The demo's own tasks of an urgency are in work already: nothing is to be said of them."""
    database = Database(str(world.database))
    try:
        with database.write(world.clock.now()) as tx:
            waiting = select(task.c.id).where(task.c.urgency == urgency, task.c.state == "open")
            ids = tx.connection.execute(waiting).scalars().all()
            write(tx, [Update("task", one, {"state": "accepted", "accepted_at": at(BEGINS)}) for one in ids])
    finally:
        database.close()


def hand_out(world: World, urgency: str) -> tuple[bytes, bytes]:
    """A new task of the agent, as of now: its id and its customer's. The server is not running yet."""
    now = world.clock.now()
    database = Database(str(world.database))
    try:
        with database.write(now) as tx:
            ask = tx.connection.execute
            agent = ask(select(person.c.id).where(person.c.login == AGENT)).scalar_one()
            of_agent = select(task).where(task.c.assignee_id == agent, task.c.state == "open")
            row: dict[str, Any] = dict(ask(of_agent.order_by(task.c.id).limit(1)).mappings().one())
            task_id = SystemIds(world.clock).new()
            fresh: dict[str, Any] = {
                "id": task_id,
                "urgency": urgency,
                "dedupe_key": task_id.hex(),
                "created_at": at(BEGINS),
                "available_at": at(BEGINS),
                "due_at": at("2026-12-31 18:00"),
                "reason": "batch",
                "reason_values": {"batch": "投诉核实", "label": "投诉核实"},
                "plan_id": None,
            }
            # The demo company works every day; this one 9–12 and 13:30–18 from Monday to Friday.
            week = {"value": dict(DEFAULTS["working_week"])}
            write(tx, [Update("setting", setting_id("working_week"), week)])
            made = Insert("task", {name: value for name, value in (row | fresh).items() if name != "rev"})
            write(tx, [made])
            ladders.follow(tx, [made])
    finally:
        database.close()
    return task_id, row["customer_id"]


def b3_a_complaint_is_escalated(
    story: Story, world: World, agent: Seat, lead: Seat, left: tuple[bytes, bytes], taken: tuple[bytes, bytes]
) -> None:
    """主管·投诉升级: of two complaints of Friday 16:30 one is accepted; the other is reminded of on Monday at 09:30 and
    raised at 11:30, and the sum is told."""
    agent.until(lambda: all(_has(agent, task_id) for task_id, _ in (left, taken)))
    agent.desk.session.act(lambda desk: accept_task(desk, *taken))
    agent.until(lambda: in_step(agent))
    world.clock.set(at("2026-11-23 09:29"))
    assert _looked(agent)
    assert "投诉核实" not in agent.desk.window.said()
    world.clock.set(at("2026-11-23 09:30"))
    agent.until(lambda: _looked(agent) and "尚未受理" in agent.desk.window.said())
    assert agent.question() is None, "nothing stands in the way of whoever is typing"
    story.step("complaint reminded of after two working hours", agent)
    assert _looked(lead)
    assert "已升级" not in lead.desk.window.said()
    world.clock.set(at("2026-11-23 11:30"))
    lead.until(lambda: _looked(lead) and "已升级" in lead.desk.window.said(), patience=120)
    story.step("complaint raised to the lead after four", lead)
    wanted = [(0, "popup", at("2026-11-23 09:30")), (1, "supervisor", at("2026-11-23 11:30"))]
    lead.until(lambda: server_rows(world, SENT, task=left[0]) == wanted)
    assert server_rows(world, SENT, task=taken[0]) == []
    levels = "SELECT escalation_level FROM task WHERE id = :task"
    assert _looked(lead)
    assert [server_rows(world, levels, task=one) for one, _ in (left, taken)] == [[(2,)], [(0,)]]
    why = desk_rows(lead, "SELECT clock_steps FROM reminder WHERE task_id = ? AND step = 1", left[0])
    worked = [one["values"]["ms"] / 3_600_000 for one in json.loads(why[0][0]) if one["kind"] == "worked"]
    assert worked == [1.5, 2.5]


def b2_three_levels(
    story: Story, world: World, gateway: Gateway, agent: Seat, lead: Seat, left: tuple[bytes, bytes]
) -> None:
    """主管·盯盘: a task that nobody does: a pop-up after one working day, an SMS after three, the lead after seven."""
    agent.until(lambda: _has(agent, left[0]))
    world.clock.set(at("2026-11-23 16:31"))
    agent.until(lambda: _looked(agent) and "投诉核实" in agent.desk.window.said())
    assert gateway.requests == []
    world.clock.set(at("2026-11-25 16:31"))
    agent.until(lambda: len(gateway.requests) == 1, patience=120)
    assert gateway.requests[0].json["to"] == "+8613800000000"
    assert _looked(lead)
    assert "已升级" not in lead.desk.window.said()
    world.clock.set(at("2026-12-01 16:31"))
    lead.until(lambda: _looked(lead) and "已升级" in lead.desk.window.said(), patience=120)
    story.step("third level at the lead's desk", lead)
    wanted = [
        (0, "popup", at("2026-11-23 16:30")),
        (1, "popup", at("2026-11-25 16:30")),
        (1, "sms", at("2026-11-25 16:30")),
        (2, "supervisor", at("2026-12-01 16:30")),
    ]
    lead.until(lambda: server_rows(world, SENT, task=left[0]) == wanted)
    assert len(gateway.requests) == 1


def _has(seat: Seat, task_id: bytes) -> bool:
    return _looked(seat) and desk_rows(seat, "SELECT 1 FROM task WHERE id = ?", task_id) == [(1,)]


def _looked(seat: Seat) -> bool:
    """The desk has heard what there is, and looked at what is due."""
    seat.desk.sync.hinted()
    seat.desk.ticker.half_minute.emit(seat.world.clock.now())
    seat.settle()
    return True
