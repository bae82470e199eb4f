"""The rows that the benchmarks move: customers of some 500 bytes, activities of some 280, all of one agent and team."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from server_sync.accounts import passwords, people
from server_sync.accounts.people import NewPerson
from server_sync.automation.forms import store_form
from server_sync.domain.clock import DAY, SystemClock
from server_sync.domain.commands import Insert
from server_sync.domain.forms.publishing import publish
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.domain.model import team as team_table
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.bench.names import LOGIN, PASSWORD
from tests.bench.rows import open_task

FAMILY = "陈王李张刘杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
CHUNK = 20_000
WHOLE = 400
GUIDE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "forms" / "new_customer_followup.md"


@dataclass(frozen=True)
class Made:
    """How many rows there are, and who may see them."""

    customers: int
    others: int
    person_id: bytes
    team_id: bytes


def fill(url: str, rows: int, *, tasks: bool = False) -> Made:
    """Make `rows` rows in the proportion 1 customer : 4 activities; with `tasks` one open task a customer instead,
    the first WHOLE of them with numbers, orders and a history, every other one of these with a guide."""
    clock = SystemClock()
    ids = SystemIds(clock)
    database = Database(url)
    database.migrate(ids)
    now = clock.now()
    with database.write(now) as tx:
        new = NewPerson(LOGIN, "坐席 01", Role.AGENT, "一组")
        person = people.add(tx, ids, new, passwords.hash_password(PASSWORD))
        team = tx.connection.execute(select(team_table.c.id)).scalar_one()
        guide = store_form(tx, ids, publish(GUIDE, GUIDE.name)).version_id if tasks else None
    customers = rows if tasks else rows // 5
    made = list(_customers(ids, now, team, person, customers))
    for start in range(0, customers, CHUNK):
        with database.write(now) as tx:
            write(tx, made[start : start + CHUNK])
    if tasks:
        follow = list(_tasks(ids, now, made, guide))
        follow += _dossiers(ids, now, person, made[:WHOLE])
    else:
        follow = list(_activities(ids, now, person, made, 4))
    for start in range(0, len(follow), CHUNK):
        with database.write(now) as tx:
            write(tx, follow[start : start + CHUNK])
    database.close()
    return Made(customers, len(follow), person, team)


def _customers(ids: SystemIds, now: int, team: bytes, person: bytes, count: int) -> Iterator[Insert]:
    for number in range(count):
        yield Insert(
            "customer",
            {
                "id": ids.new(),
                "code": f"K{number:07}",
                "kind": "person",
                "name": FAMILY[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20],
                "segment": "消费者",
                "tier": "vip" if number % 10 == 0 else "normal",
                "team_id": team,
                "owner_id": person,
                "region": "华东",
                "province": "浙江",
                "city": "杭州",
                "address": f"示例路 {number} 号 " + "楼" * 60,
                "tags": ["高意向", "空调"],
                "note": "偏好上午电话沟通。" * 5,
                "spent_cents": number * 137,
                "order_count": number % 9,
                "created_at": now,
            },
        )


def _activities(
    ids: SystemIds, now: int, person: bytes, customers: list[Insert], each: int
) -> Iterator[Insert]:
    for customer in customers:
        for number in range(each):
            yield Insert(
                "activity",
                {
                    "id": ids.new(),
                    "customer_id": customer.row_id,
                    "person_id": person,
                    "kind": "note",
                    "details": {},
                    "text": "客户反映安装及时,遥控器偶尔失灵,希望回电。" * 2 + str(number),
                    "happened_at": now - number * DAY,
                },
            )


def _dossiers(ids: SystemIds, now: int, person: bytes, customers: list[Insert]) -> Iterator[Insert]:
    """What a good customer has: two numbers, twelve orders, forty entries of history."""
    for customer in customers:
        of_customer = {"customer_id": customer.row_id}
        for position, start in enumerate(("138", "139")):
            digits = int.from_bytes(customer.row_id[-4:]) % 10**8
            number = {
                "kind": "mobile",
                "value": f"+86{start}{digits:08}",
                "position": position,
                "valid": True,
            }
            yield Insert("contact_point", {"id": ids.new(), **of_customer, **number})
        for month in range(1, 13):
            order = {"number": f"D{month:02}-{customer.row['code']}", "ordered_on": f"2026-{month:02}-15"}
            yield Insert(
                "sales_order",
                {"id": ids.new(), **of_customer, **order, "amount": "1296.960", "line_count": 3},
            )
    yield from _activities(ids, now, person, customers, 40)


def _tasks(ids: SystemIds, now: int, customers: list[Insert], guide: bytes | None) -> Iterator[Insert]:
    for number, customer in enumerate(customers):
        form = guide if number < WHOLE and number % 2 else None
        due_at = now + number * 1_000
        yield open_task(ids.new(), now, customer, f"bench:{number}", form_version_id=form, due_at=due_at)
