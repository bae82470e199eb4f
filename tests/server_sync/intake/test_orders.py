"""Sheets of orders from other systems: what is told apart, what is refused, what a later export changes."""

from decimal import Decimal

from server_sync.intake.fields import SheetKind
from server_sync.intake.plan import ImportPlan
from server_sync.intake.sheet import Cell
from server_sync.store.database import Database
from tests.server_sync.intake.importing import kinds, notices, rows, sheets_workbook, take_in, text_workbook

HEAD = "订单号,下单日期,客户编号,客户名称,大区,商品名称,数量,金额"


def ordered(database: Database, text: str, head: str = HEAD) -> ImportPlan:
    return take_in(database, text_workbook(f"{head}\n{text}"), SheetKind.ORDERS)[0]


def lines(database: Database) -> list[tuple[str, str]]:
    return sorted((row["product_name"], row["amount"]) for row in rows(database, "order_line"))


def test_one_number_of_two_customers_is_two_orders(database: Database) -> None:
    plan = ordered(
        database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10.10\nN1,2017-01-02,2,客户 B,华北,桌子,1,20"
    )
    assert (plan.customers, plan.orders, plan.order_lines, plan.sales) == (2, 2, 2, "30.10")
    assert {row["amount"] for row in rows(database, "sales_order")} == {"10.1", "20"}


def test_a_customer_number_with_two_names_is_refused(database: Database) -> None:
    plan = ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10\nN2,2017-01-02,1,客户 B,华东,桌子,1,20")
    assert kinds(plan) == [(3, "客户编号", "code_shared")]
    assert plan.sales == "10.00"


def test_bad_cells_refuse_their_row_and_are_named(database: Database) -> None:
    plan = ordered(
        database,
        """N1,2017-13-01,1,客户 A,华东,椅子,1,10
        ,2017-01-01,1,客户 A,华东,椅子,1,10
        N3,2017-01-01,,,华东,椅子,1,10
        N4,2017-01-01,1,客户 A,华东,椅子,-2,10
        N5,2017-01-01,1,客户 A,华东,椅子,一,十
        1.2E+12,2017-01-01,1,客户 A,华东,椅子,1,10
        N7,2017-01-01,1,客户 A,华东,椅子,1,10""",
    )
    assert kinds(plan) == [
        (2, "下单日期", "date_invalid"),
        (3, "订单号", "field_missing"),
        (4, "客户编号", "field_missing"),
        (6, "金额", "number_invalid"),
        (6, "数量", "number_invalid"),
        (7, "订单号", "number_rounded"),
        (5, "数量", "quantity_contradicts"),
    ]
    assert plan.order_lines == 1


def test_goods_taken_back_lessen_the_sum_and_are_noticed(database: Database) -> None:
    plan = ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,2,20\nN1,2017-01-01,1,客户 A,华东,椅子,-1,-10")
    assert (plan.sales, kinds(plan)) == ("10.00", [])
    assert (3, "refund_line") in notices(plan)
    assert [row["amount"] for row in rows(database, "sales_order")] == ["10"]


def test_totals_with_or_without_a_word_are_left_out_and_noticed(database: Database) -> None:
    plan = ordered(
        database,
        "N1,2017-01-01,1,客户 A,华东,椅子,2,20\n,,,,,,,\n合计,,,,,,2,20\n,,,,,,2,20\n7,总计,,,,,2,20",
    )
    assert (plan.sales, kinds(plan), plan.order_lines) == ("20.00", [], 1)
    assert [row for row, kind in notices(plan) if kind == "totals_row"] == [4, 5, 6]


def test_lines_without_numbers_that_repeat_are_both_kept(database: Database) -> None:
    text = "N1,2017-01-01,1,客户 A,华东,椅子,1,10\nN1,2017-01-01,1,客户 A,华东,椅子,1,10"
    plan = ordered(database, text)
    assert (plan.order_lines, (3, "line_repeated") in notices(plan)) == (2, True)
    assert ordered(database, text).counts == {"created": 0, "updated": 0, "unchanged": 4}


def test_an_order_split_over_two_files_is_whole(database: Database) -> None:
    ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10")
    plan = ordered(database, "N1,2017-01-01,1,客户 A,华东,桌子,1,20")
    assert plan.counts == {"created": 1, "updated": 2, "unchanged": 0}
    assert lines(database) == [("桌子", "20"), ("椅子", "10")]
    [order] = rows(database, "sales_order")
    assert (order["amount"], order["line_count"]) == ("30", 2)
    assert rows(database, "customer")[0]["spent_cents"] == 3000


def test_a_corrected_amount_changes_its_line_and_the_sums(database: Database) -> None:
    ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10\nN1,2017-01-01,1,客户 A,华东,桌子,1,20")
    plan = ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10\nN1,2017-01-01,1,客户 A,华东,桌子,1,25.5")
    assert plan.counts == {"created": 0, "updated": 3, "unchanged": 1}
    assert lines(database) == [("桌子", "25.5"), ("椅子", "10")]


def test_row_numbers_that_shift_in_a_later_export_double_no_sale(database: Database) -> None:
    head = f"行号,{HEAD}"
    ordered(
        database, "1,N1,2017-01-01,1,客户 A,华东,椅子,1,10\n2,N2,2017-01-02,1,客户 A,华东,桌子,1,20", head
    )
    later = """1,N0,2016-12-31,1,客户 A,华东,柜子,1,5
        2,N1,2017-01-01,1,客户 A,华东,椅子,1,10
        3,N2,2017-01-02,1,客户 A,华东,桌子,1,20"""
    plan = ordered(database, later, head)
    assert (plan.draft.table("order_line").created, plan.sales) == (1, "35.00")
    assert sum(Decimal(row["amount"]) for row in rows(database, "order_line")) == 35
    assert ordered(database, later, head).counts["updated"] == 0


def test_a_line_number_twice_in_an_order_is_refused(database: Database) -> None:
    plan = ordered(
        database,
        "1,N1,2017-01-01,1,客户 A,华东,椅子,1,10\n1,N1,2017-01-01,1,客户 A,华东,桌子,1,20",
        f"行号,{HEAD}",
    )
    assert kinds(plan) == [(3, "行号", "duplicate_row")]


def test_lines_of_an_order_that_differ_are_noticed_and_the_latest_day_counts(database: Database) -> None:
    plan = ordered(database, "N1,2017-05-01,1,客户 A,华东,椅子,1,10\nN1,2017-01-01,1,客户 A,华北,桌子,1,20")
    assert (3, "order_values_differ") in notices(plan)
    [order] = rows(database, "sales_order")
    assert (order["ordered_on"], order["region"], order["amount"]) == ("2017-05-01", "华东", "30")


def test_the_team_follows_the_latest_order_and_a_tie_the_larger_sum(database: Database) -> None:
    ordered(database, "N1,2017-01-01,1,客户 A,华东,椅子,1,10\nN2,2017-01-01,1,客户 A,华北,桌子,1,20")
    teams = {row["id"]: row["name"] for row in rows(database, "team")}
    assert teams[rows(database, "customer")[0]["team_id"]] == "华北"
    ordered(database, "N3,2017-02-01,1,客户 A,华东,椅子,1,1")
    assert teams[rows(database, "customer")[0]["team_id"]] == "华东"
    ordered(database, "N0,2016-02-01,1,客户 A,华北,椅子,1,1")
    assert teams[rows(database, "customer")[0]["team_id"]] == "华东"


def test_without_customer_numbers_the_telephone_says_who_it_is(database: Database) -> None:
    head = "订单编号,付款时间,收货人,收货人手机,商品标题,实付款"
    text = """N1,2017/1/1 10:00,客户 A,13800000001,椅子,"1,299.00"
        N2,2017年1月2日,客户 A,+86 138-0000-0001,桌子,¥20.5"""
    plan = ordered(database, text, head)
    assert (plan.customers, plan.orders, plan.sales, kinds(plan)) == (1, 2, "1319.50", [])
    assert [row["value"] for row in rows(database, "contact_point")] == ["+8613800000001"]
    assert ordered(database, text, head).counts == {"created": 0, "updated": 0, "unchanged": 5}


def test_names_alone_find_their_customers_again(database: Database) -> None:
    head, text = "订单号,日期,客户,金额", "N1,20170101,客户 A,10\nN2,42737,客户 B,20"
    assert ordered(database, text, head).counts["created"] == 6
    assert ordered(database, text, head).counts == {"created": 0, "updated": 0, "unchanged": 6}


def test_an_order_never_renames_a_known_customer(database: Database) -> None:
    take_in(database, text_workbook("编号,姓名,城市\n1,客户 A,杭州"), SheetKind.CUSTOMERS)
    plan = ordered(database, "N1,2017-01-01,1,客户 B,华东,椅子,1,10")
    assert (2, "customer_name_differs") in notices(plan)
    [customer] = rows(database, "customer")
    assert (customer["name"], customer["city"], customer["region"]) == ("客户 A", "杭州", "华东")


def test_a_workbook_may_bring_its_customers_along(database: Database) -> None:
    workbook = sheets_workbook(
        客户=[["客户编号", "姓名", "手机"], ["1", "客户 A", 13800000001.0]],
        订单=[HEAD.split(","), ["N1", "2017-01-01", "1", "客户 A", "华东", "椅子", 1.0, 10.0]],
    )
    plan, _ = take_in(database, workbook, SheetKind.ORDERS)
    assert (plan.customers, plan.counts["created"]) == (1, 3)
    assert [row["spent_cents"] for row in rows(database, "customer")] == [1000]
    assert take_in(database, workbook, SheetKind.ORDERS)[0].counts["unchanged"] == 3


def test_returns_are_told_once_and_unknown_numbers_refused(database: Database) -> None:
    orders: list[list[Cell]] = [
        [*HEAD.split(",")],
        ["N1", "2017-01-01", "1", "客户 A", "华东", "椅子", 1.0, 10.0],
    ]
    returns: list[list[Cell]] = [
        ["订单号", "是否退货", "退货日期"],
        ["N1", "是", "2017-01-05"],
        ["N9", "是", None],
        ["N1", "是", None],
    ]
    workbook = sheets_workbook(订单=orders, 退货=returns)
    for _ in range(2):
        plan, _batch = take_in(database, workbook, SheetKind.ORDERS)
        assert (plan.returns, kinds(plan)) == (1, [(3, "订单号", "order_unknown")])
        assert (4, "line_repeated") in notices(plan)
    [told] = [row for row in rows(database, "activity") if row["kind"] == "return"]
    assert told["details"]["ambiguous"] is False
    assert told["happened_at"] == 1_483_545_600_000  # 2017-01-05T00:00 in Shanghai
