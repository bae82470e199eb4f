"""Journey B1 on the server: a list of a thousand rows is taken in, handed out evenly by skill, and taken back whole."""

from collections import Counter

from server_sync.automation import looks
from server_sync.domain.commands import Insert
from server_sync.domain.model import Role
from server_sync.intake.fields import SheetKind
from server_sync.jobs import plan_look
from server_sync.jobs.worker import Worker
from tests.server_sync.automation.planning import AFTER_ORDER, Centre
from tests.server_sync.intake.importing import take_back, take_in, text_workbook

ROWS, BAD_PHONES, DUPLICATES = 1_000, 7, 12
AGENTS = 8
LINES = ("空调", "冰箱")


def listed() -> str:
    """The list: the last rows have bad phones or repeat the first ones."""
    good = ROWS - BAD_PHONES - DUPLICATES
    rows = [f"L{number:04},客户 {number},138{number:08},西区,{LINES[number % 2]}" for number in range(good)]
    rows += [f"X{number},客户 X{number},13x,西区,空调" for number in range(BAD_PHONES)]
    rows += [f"D{number},客户 D{number},138{number:08},西区,空调" for number in range(DUPLICATES)]
    return "\n".join(["编号,姓名,手机,大区,产品线", *rows])


def west_agents(office: Centre) -> None:
    """Eight agents of the team that the list makes: half of them know one line, half the other."""
    (west,) = [row for row in office.rows("team") if row["name"] == "西区"]
    for number in range(AGENTS):
        row = {
            "id": office.ids.new(),
            "login": f"w{number}",
            "name": f"坐席 {number:02}",
            "role": Role.AGENT,
            "team_id": west["id"],
            "active": True,
            "skills": {"product_lines": [LINES[number % 2]]},
        }
        office.put(Insert("person", row))


def test_a_list_is_handed_out_evenly_by_skill_and_taken_back_whole(office: Centre) -> None:
    before = {name: office.rows(name) for name in ("customer", "task", "occasion", "contact_point")}
    _, batch_id = take_in(office.database, text_workbook(listed()), SheetKind.CUSTOMERS)
    assert batch_id is not None
    found = [row for row in office.rows("customer") if row["code"].startswith("L")]
    assert len(found) == ROWS - BAD_PHONES - DUPLICATES == 981
    west_agents(office)
    office.plan(AFTER_ORDER | {"code": "list", "trigger": "imported", "params": {"import": batch_id.hex()}})
    report = office.run_one()
    assert (report.made, report.assigned) == (report.picked, report.picked)
    logins = {row["id"]: row["login"] for row in office.rows("person")}
    lines = {row["id"]: row["product_line"] for row in found}
    tasks = office.tasks()
    loads = Counter(logins[task["assignee_id"]] for task in tasks)
    assert len(loads) == AGENTS
    assert max(loads.values()) - min(loads.values()) <= 1
    for task in tasks:
        if task["customer_id"] in lines:
            assert LINES[int(logins[task["assignee_id"]][1:]) % 2] == lines[task["customer_id"]]
    take_back(office.database, batch_id)
    after = {name: office.rows(name) for name in before}
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }


def test_an_import_is_looked_at_by_the_plans_at_once(office: Centre) -> None:
    office.plan(AFTER_ORDER | {"code": "vip", "trigger": "silence", "params": {"days": 15}})
    with office.database.write(office.clock.now()) as tx:
        looks.note_full_run(tx)
    office.plan(AFTER_ORDER | {"code": "orders", "params": {"days": 0}})
    orders = "订单号,日期,客户编号,客户名称,大区,商品,金额\nN1,2026-10-01,1,客户 A,西区,椅子,10"
    take_in(office.database, text_workbook(orders), SheetKind.ORDERS)
    Worker(office.database, office.clock, {plan_look.LOOK: looks.handler(office.ids)}).run_due()
    assert [task["reason"] for task in office.tasks()] == ["days_after_order"]
