"""Batches taken back: what goes, what is as before, and what stays because somebody worked on it since."""

import pytest

from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.fields import SheetKind
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import feed
from tests.server_sync.intake.importing import IDS, rows, take_back, take_in, text_workbook
from tests.server_sync.organisation import NOW

CUSTOMERS = "编号,姓名,手机,大区\n1,客户 A,13800000001,华东\n2,客户 B,13800000002,华东"
ORDERS = "订单号,日期,客户编号,客户名称,大区,商品,金额\nN1,2017-01-01,1,客户 A,华东,椅子,10"


def batch_of(database: Database, text: str, imports: SheetKind = SheetKind.CUSTOMERS) -> bytes:
    _, batch = take_in(database, text_workbook(text), imports)
    assert batch is not None
    return batch


def task_row(customer_id: bytes, **values: object) -> Insert:
    row = {
        "id": IDS.new(),
        "customer_id": customer_id,
        "in_pool": True,
        "state": "open",
        "purpose": "service",
        "channel": "phone",
        "reason": "batch",
        "reason_values": {},
        "priority": 50,
        "available_at": NOW,
        "due_at": NOW,
        "dedupe_key": IDS.new().hex(),
        "created_at": NOW,
    }
    return Insert("task", row | values)


def test_a_batch_is_taken_back_once(database: Database) -> None:
    batch = batch_of(database, CUSTOMERS)
    undone = take_back(database, batch)
    assert dict(undone.deleted) == {"customer": 2, "contact_point": 2, "team": 1}
    with pytest.raises(KnownError) as caught:
        take_back(database, batch)
    assert caught.value.kind is ErrorKind.BATCH_UNDONE
    assert batch_of(database, CUSTOMERS) != batch


def test_an_unknown_batch_is_not_found(database: Database) -> None:
    with pytest.raises(KnownError) as caught:
        take_back(database, bytes(16))
    assert caught.value.kind is ErrorKind.NOT_FOUND


def test_desks_that_had_the_rows_hear_that_they_are_gone(database: Database) -> None:
    batch = batch_of(database, CUSTOMERS)
    with database.read() as connection:
        before = connection.execute(feed.select()).all()
    assert before
    take_back(database, batch)
    with database.read() as connection:
        live = [row for row in connection.execute(feed.select()) if row.op == 0]
    assert live == []


def test_untouched_tasks_go_with_their_customers(database: Database) -> None:
    batch = batch_of(database, CUSTOMERS)
    with database.write(NOW) as tx:
        write(tx, [task_row(row["id"]) for row in rows(database, "customer")])
    take_back(database, batch)
    assert (rows(database, "customer"), rows(database, "task")) == ([], [])


def test_a_customer_somebody_worked_on_stays_with_everything(database: Database) -> None:
    batch = batch_of(database, CUSTOMERS)
    first, second = rows(database, "customer")
    with database.write(NOW) as tx:
        note = {"customer_id": first["id"], "kind": "note", "details": {}, "happened_at": NOW}
        write(tx, [Insert("activity", {"id": IDS.new(), **note}), task_row(second["id"], attempt_count=1)])
    undone = take_back(database, batch)
    assert dict(undone.deleted) == {}
    assert (undone.kept["customer"], undone.kept["contact_point"], undone.kept["team"]) == (2, 2, 1)
    assert [row["name"] for row in rows(database, "customer")] == ["客户 A", "客户 B"]


def test_changed_rows_are_as_before_unless_changed_again(database: Database) -> None:
    batch_of(database, CUSTOMERS)
    before = rows(database, "customer")
    batch = batch_of(database, "编号,姓名,城市\n1,客户 甲,杭州\n2,客户 乙,宁波")
    second = rows(database, "customer")[1]
    with database.write(NOW) as tx:
        write(tx, [Update("customer", second["id"], {"city": "温州"})])
    undone = take_back(database, batch)
    assert (undone.restored["customer"], undone.kept["customer"]) == (1, 1)
    restored, kept = rows(database, "customer")
    assert {**restored, "rev": 1} == before[0]
    assert (kept["name"], kept["city"]) == ("客户 乙", "温州")


def test_orders_of_a_customer_who_was_there_before_go_and_his_sums_with_them(database: Database) -> None:
    batch_of(database, CUSTOMERS)
    batch = batch_of(database, ORDERS, SheetKind.ORDERS)
    customer = rows(database, "customer")[0]
    assert (customer["spent_cents"], customer["order_count"]) == (1000, 1)
    with database.write(NOW) as tx:
        write(tx, [Update("customer", customer["id"], {"last_contact_at": NOW})])
    undone = take_back(database, batch)
    assert (undone.deleted["sales_order"], undone.deleted["order_line"]) == (1, 1)
    customer = rows(database, "customer")[0]
    assert (customer["spent_cents"], customer["order_count"], customer["last_order_on"]) == (0, 0, None)
    assert customer["last_contact_at"] == NOW


def test_an_order_that_a_later_batch_added_to_keeps_its_lines(database: Database) -> None:
    first = batch_of(database, ORDERS, SheetKind.ORDERS)
    second = batch_of(database, ORDERS.replace("椅子,10", "桌子,20"), SheetKind.ORDERS)
    undone = take_back(database, first)
    assert (undone.deleted["order_line"], undone.kept["order_line"]) == (0, 1)
    assert [row["amount"] for row in rows(database, "sales_order")] == ["30"]
    take_back(database, second)
    assert [row["amount"] for row in rows(database, "sales_order")] == ["10"]
