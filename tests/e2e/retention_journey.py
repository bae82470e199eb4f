"""The journey A3: a low score in the call before a renewal starts what is to hold the customer, once."""

import json
from pathlib import Path

from sqlalchemy import select

from agent_app.actions.corrections import begun, correct_answers
from agent_app.actions.guides import read_guide
from agent_app.ports import Route
from agent_app.store.queries import response_sheet
from server_sync.automation.plans import run_plans
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import person
from server_sync.domain.rules.settings import DEFAULTS, setting_id
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.calling import PLEASED, answer_guide, dial, save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World

PLANS = Path(__file__).resolve().parents[2] / "resources" / "samples" / "plans"
FLOWS = ("renewal_satisfaction", "retention", "deep_review")
# Of the agent, never called, with one thing to do.
UNTOUCHED = """SELECT task.customer_id, task.id FROM task JOIN person ON person.id = task.assignee_id
WHERE person.login = 'agent01' AND task.state = 'open' AND task.purpose = 'service' AND task.appointment_at IS NULL
AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.customer_id = task.customer_id)
AND NOT EXISTS (SELECT 1 FROM do_not_call WHERE do_not_call.customer_id = task.customer_id)
AND NOT EXISTS (SELECT 1 FROM task AS other WHERE other.customer_id = task.customer_id AND other.id <> task.id)
ORDER BY task.id LIMIT 2"""
SURVEYS = """SELECT task.id, task.customer_id FROM task JOIN plan ON plan.id = task.plan_id
WHERE plan.code = 'renewal_satisfaction' ORDER BY task.customer_id"""
STARTED = """SELECT plan.code FROM task JOIN plan ON plan.id = task.plan_id
WHERE task.customer_id = :customer AND task.reason = 'after_score' ORDER BY plan.code"""
RETENTION = """SELECT task.id, person.login, task.due_at FROM task JOIN plan ON plan.id = task.plan_id
JOIN person ON person.id = task.assignee_id WHERE task.customer_id = :customer AND plan.code = 'retention'"""
ANSWERS = {"csat": "4", "speed": "4", "attitude": "4", "function": "1", "promise": "1"}


def renew_soon(world: World) -> list[bytes]:
    """Two customers whose contracts end in 90 days are to be asked by the agent, and nothing else is to be done with
    them; returns their ids. The server is not running yet."""
    file = world.folder / "flows.json"
    flows = [json.loads((PLANS / f"{code}.json").read_text()) for code in FLOWS]
    file.write_text(json.dumps([one | {"state": "active"} for one in flows]))
    world.command("plan", "import", str(file))
    untouched = {row[0]: row[1] for row in server_rows(world, UNTOUCHED)}
    ids, now = SystemIds(world.clock), world.clock.now()
    database = Database(str(world.database))
    try:
        with database.write(now) as tx:
            agent = tx.connection.execute(select(person.c.id).where(person.c.login == "agent01")).scalar_one()
            # The demo company works every day; this one 9–12 and 13:30–18 from Monday to Friday.
            week = Update("setting", setting_id("working_week"), {"value": dict(DEFAULTS["working_week"])})
            contracts = [
                Insert(
                    "contract",
                    {"id": ids.new(), "customer_id": one, "number": f"R{place}", "expires_on": "2027-02-21"},
                )
                for place, one in enumerate(untouched)
            ]
            free = [Update("task", one, {"state": "cancelled"}) for one in untouched.values()]
            write(tx, [week, *contracts, *free])
            run_plans(tx, now, ids, only="renewal_satisfaction")
            made = tx.connection.exec_driver_sql(SURVEYS).all()
            write(tx, [Update("task", row[0], {"assignee_id": agent, "in_pool": False}) for row in made])
    finally:
        database.close()
    return list(untouched)


def a3_a_low_score(story: Story, world: World, agent: Seat, lead: Seat, customers: list[bytes]) -> None:
    """坐席·低分挽留: 6 starts retention, with its tag, for the lead, and the review; 7 the review alone; what was
    promised is a commitment; neither sending nor correcting again makes more of it."""
    unhappy, middling = customers
    surveys = {customer: task for task, customer in server_rows(world, SURVEYS)}
    assert set(surveys) == {unhappy, middling}
    agent.until(lambda: _knows(agent, *surveys.values()))
    _ask(agent, surveys[unhappy], "6")
    story.step("a low score before a renewal", agent)
    agent.press("F6")
    wrap_up(agent, "1")
    save_and_next(agent)
    promised = "SELECT text, due_at - promised_at FROM commitment WHERE customer_id = ?"
    ((words, lasts),) = desk_rows(agent, promised, unhappy)
    assert (words, round(lasts / MINUTE)) == ("24小时内由专人给您回电", DAY // MINUTE)
    ((response, recorded_at, nps),) = desk_rows(
        agent, "SELECT id, recorded_at, nps FROM response WHERE customer_id = ?", unhappy
    )
    assert nps == 6

    agent.until(lambda: in_step(agent))
    _until_started(agent, world, unhappy, "deep_review", "retention")
    ((retention, login, due_at),) = server_rows(world, RETENTION, customer=unhappy)
    assert login == world.people["supervisor"]["login"]
    # 24 hours of 7.5 a day
    assert abs(due_at - (recorded_at + 3 * DAY + HOUR + 30 * MINUTE)) < 10 * MINUTE
    lead.until(lambda: _knows(lead, retention))
    agent.until(lambda: _hears(agent) and "流失风险" in _tags(agent, unhappy))
    lead.desk.go(Route("task", retention))
    lead.settle()
    story.step("retention is the lead's", lead)

    _correct(agent, response)
    agent.until(lambda: in_step(agent))
    assert server_rows(world, "SELECT count(*) FROM response WHERE customer_id = :one", one=unhappy) == [(2,)]

    _ask(agent, surveys[middling], "7")
    agent.press("F6")
    wrap_up(agent, "1")
    save_and_next(agent)
    agent.until(lambda: in_step(agent))
    _until_started(agent, world, middling, "deep_review")
    assert "流失风险" not in _tags(agent, middling)
    # by now the correction has been looked at as well
    assert _started(world, unhappy) == ["deep_review", "retention"]
    assert server_rows(world, RETENTION, customer=unhappy)[0][0] == retention
    promises = "SELECT count(*) FROM commitment WHERE customer_id = :one"
    assert server_rows(world, promises, one=unhappy) == [(1,)]
    story.step("a middling score is looked into, nothing more", agent)


def _ask(seat: Seat, task: bytes, nps: str) -> None:
    seat.desk.go(Route("task", task))
    seat.settle()
    dial(seat)
    answer_guide(seat, {**PLEASED, **ANSWERS, "nps": nps})


def _correct(seat: Seat, response: bytes) -> None:
    """The same answers once more."""
    desk = seat.desk.desk
    with desk.store.read() as connection:
        sheet = response_sheet.load(connection, response, desk.actor)
    assert sheet is not None
    assert sheet.form is not None
    draft = begun(read_guide(sheet.form.xform), sheet)
    zone = seat.desk.session.timezone
    seat.desk.session.act(lambda desk: correct_answers(desk, sheet, draft, zone))
    seat.settle()


def _until_started(seat: Seat, world: World, customer: bytes, *codes: str) -> None:
    world.clock.set(world.clock.now() + 5 * MINUTE)
    seat.until(lambda: _hears(seat) and _started(world, customer) == list(codes), patience=120)


def _started(world: World, customer: bytes) -> list[str]:
    return [row[0] for row in server_rows(world, STARTED, customer=customer)]


def _tags(seat: Seat, customer: bytes) -> list[str]:
    ((tags,),) = desk_rows(seat, "SELECT tags FROM customer WHERE id = ?", customer)
    found: list[str] = json.loads(tags)
    return found


def _knows(seat: Seat, *tasks: bytes) -> bool:
    return _hears(seat) and all(desk_rows(seat, "SELECT 1 FROM task WHERE id = ?", one) for one in tasks)


def _hears(seat: Seat) -> bool:
    seat.desk.sync.hinted()
    seat.settle()
    return True
