"""D1 管理员·改流程: "VIP 且 15 天无跟进" is made a plan at the desk, looked at ahead, and set to work."""

from sqlalchemy import select

from agent_app.features.plans.state import Stage
from server_sync.domain.commands import Update
from server_sync.domain.model import PlanState, customer, plan, task
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World, at

NAME, LABEL = "VIP 且 15 天无跟进", "VIP关怀"
LEFT = 4
"""So many silent VIP customers somebody looks after already."""
SILENT = """SELECT c.id FROM customer c WHERE c.tier = 'vip' AND coalesce(c.last_contact_at, c.created_at) < :since
AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.ordered_on > '2026-11-08')"""
BUSY = "SELECT 1 FROM task t WHERE t.customer_id = c.id AND t.state IN ('open', 'accepted') AND t.created_at < :now"
MADE = "SELECT t.customer_id FROM task t JOIN plan p ON p.id = t.plan_id WHERE p.name = :name"


def take_back_care(world: World) -> None:
    """Of the demo company's silent VIP customers all but a few wait for somebody. The server is not running yet."""
    database = Database(str(world.database))
    try:
        with database.write(world.clock.now()) as tx:
            ask = tx.connection.execute
            ready = ask(select(plan.c.id).where(plan.c.code == "vip_care")).scalar_one()
            made = select(task.c.id).join(customer, customer.c.id == task.c.customer_id)
            made = made.where(task.c.plan_id == ready, task.c.state == "open").order_by(customer.c.code)
            cancelled = [
                Update("task", task_id, {"state": "cancelled"}) for (task_id,) in ask(made).all()[LEFT:]
            ]
            write(tx, [Update("plan", ready, {"state": PlanState.ENDED.value}), *cancelled])
    finally:
        database.close()


def d1_a_plan_is_made_at_the_desk(story: Story, world: World, chief: Seat) -> None:
    """Built by keys, its audience counted as it is built; previewed; not set to work without its name; its run makes
    the tasks that the preview told, for those whom the company's own rows name."""
    room, presenter = chief.desk.plans, chief.desk.plans.presenter
    chief.press("Ctrl+K")
    chief.type("计划")
    chief.press("Return")
    assert chief.desk.window.place_shown() == "plans"
    chief.press("Alt+N")
    chief.press("Alt+W")
    assert set(presenter.state.faults) == {"name", "label"}
    assert chief.question() is None
    story.step("a plan without a name is not set to work", chief)

    chief.type(NAME)
    chief.press("Tab")
    chief.type(LABEL)
    builder = room.audience.builder
    chief.tab_to(builder)
    chief.press("Ins")
    written = presenter.state.written
    assert written is not None
    assert written["audience"]["rules"] == [{"field": "tier", "operator": "=", "value": "vip"}]
    assert (written["trigger"], written["params"]) == ("silence", {"days": 15})
    chief.tab_to(room.column.sections.params)
    vip = server_rows(world, "SELECT count(*) FROM customer WHERE tier = 'vip'")[0][0]
    chief.until(lambda: str(vip) in builder.count_words())
    story.step("the audience is counted while it is built", chief)

    chief.press("Alt+P")
    outlook = presenter.outlook
    chief.until(lambda: outlook.state is not None and outlook.state.stage is Stage.DONE)
    assert outlook.state is not None
    found = outlook.state.found
    assert found is not None
    moments = {"since": at("2026-11-09 00:00"), "now": world.clock.now()}
    silent = server_rows(world, SILENT, since=moments["since"])
    free = {row[0] for row in server_rows(world, f"{SILENT} AND NOT EXISTS ({BUSY})", **moments)}
    assert (found.audience, found.picked, found.made) == (vip, len(silent), len(free))
    assert (found.skipped, found.merged) == ({"other_task": len(silent) - len(free)}, 0), found
    assert len(free) > LEFT
    story.step("what would happen now", chief)

    chief.press("Alt+W")
    chief.until(lambda: chief.question() is not None)
    story.step("asked before it is set to work", chief)
    chief.confirm()
    chief.until(lambda: in_step(chief))
    assert server_rows(world, "SELECT state FROM plan WHERE name = :name", name=NAME) == [("active",)]

    world.command("plan", "run", "--as-of", world.begins.replace(" ", "T"), "--yes", "--json")
    assert {row[0] for row in server_rows(world, MADE, name=NAME)} == free
    chief.desk.sync.hinted()
    chief.until(lambda: _figures(chief) == (len(free), len(free)))
    story.step("its first run at the desk", chief)


def _figures(chief: Seat) -> tuple[int, int]:
    """The tasks of the open plan as the room and the desk's own rows count them."""
    stands = chief.desk.plans.presenter.state.stands
    assert stands is not None
    rows = desk_rows(chief, "SELECT count(*) FROM task WHERE plan_id = ?", stands.id)
    return stands.ever.made, rows[0][0]
