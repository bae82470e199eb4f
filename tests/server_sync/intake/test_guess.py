"""Headers found and understood, mappings saved, corrected and refused."""

import json

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.days import DateOrder
from server_sync.intake.fields import SheetKind
from server_sync.intake.guess import guess_mapping
from server_sync.intake.mapping import check_complete, fit, load_mapping
from server_sync.intake.workbook import Workbook
from tests.server_sync.intake.importing import sheets_workbook, text_workbook

ENGLISH = [
    "Row ID",
    "Order ID",
    "Order Date",
    "Ship Date",
    "Customer ID",
    "Customer Name",
    "Region",
    "Product Name",
]


def guessed(workbook: Workbook, imports: SheetKind | None = None) -> dict[str, str]:
    return guess_mapping(workbook, imports).sheets[0].columns


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("客户编号,姓名,手机号码,公司名称,客户等级", ["code", "name", "phone", "company", "tier"]),
        ("Customer No.,Full name,Mobile Phone,E-mail,City", ["code", "name", "phone", "email", "city"]),
        ("会员ID,会员姓名（必填）,联系电话 *,生日", ["code", "name", "phone", "birthday_on"]),
        ("客户_编号,客户 姓名,客户手机号(主),备用电话", ["code", "name", "phone", "phone_2"]),
    ],
)
def test_customers_are_recognised_by_their_headers(headers: str, fields: list[str]) -> None:
    columns = guessed(text_workbook(f"{headers}\n1,2,3,4,5"), SheetKind.CUSTOMERS)
    assert [columns.get(field) for field in fields] == headers.split(",")


@pytest.mark.parametrize(
    "headers",
    [
        "订单号,下单时间,买家姓名,收货人手机,商品名称,购买数量,实付金额",
        "Order No,Purchase Date,Customer,Phone,Item Name,Qty,Total Amount",
        "order_id,order_date,client_name,mobile,product,quantity,net_sales",
    ],
)
def test_orders_are_recognised_by_their_headers(headers: str) -> None:
    columns = guessed(text_workbook(f"{headers}\n1,2,3,4,5,6,7"))
    fields = ["number", "ordered_on", "customer_name", "phone", "product_name", "quantity", "amount"]
    assert [columns.get(field) for field in fields] == headers.split(",")


def test_an_english_workbook_has_its_sheets_told_apart() -> None:
    workbook = sheets_workbook(
        Orders=[
            [*ENGLISH, "Sales"],
            [1.0, "US-1", "2017-01-02", "2017-01-03", "C-1", "Customer A", "West", "Chair", 1.5],
        ],
        Returns=[["Returned", "Order ID"], ["Yes", "US-1"]],
        People=[["Regional Manager", "Region"], ["Manager A", "West"]],
        Notes=[["made in 2017"]],
    )
    kinds = {sheet.sheet: sheet.kind.value for sheet in guess_mapping(workbook).sheets}
    assert kinds == {"Orders": "orders", "Returns": "returns", "People": "managers", "Notes": "skip"}


def test_a_header_is_found_below_instructions_and_blank_rows() -> None:
    workbook = sheets_workbook(
        客户=[
            ["客户导入模板：请勿改动表头"],
            [],
            [None, "1. 手机必填", "2. 日期如 2017-04-27"],
            ["编号", "姓名", "手机"],
            ["1"],
        ]
    )
    [mapped] = fit(guess_mapping(workbook, SheetKind.CUSTOMERS), workbook)
    assert (mapped.header.row, mapped.columns) == (4, {"code": 0, "name": 1, "phone": 2})


def test_a_header_of_two_rows_of_merged_cells_is_one() -> None:
    workbook = sheets_workbook(
        客户=[
            ["客户编号", "基本信息", None, "联系方式", None],
            [None, "姓名", "城市", "手机", "邮箱"],
            ["1", "客户 A", "杭州"],
        ]
    )
    [mapped] = fit(guess_mapping(workbook, SheetKind.CUSTOMERS), workbook)
    assert mapped.header.row == 2
    assert mapped.columns == {"code": 0, "name": 1, "phone": 3, "email": 4, "city": 2}


def test_a_column_name_that_comes_twice_can_be_told_apart() -> None:
    workbook = text_workbook("姓名,电话,电话\n客户 A,13800000001,13800000002")
    mapping = guess_mapping(workbook, SheetKind.CUSTOMERS)
    assert mapping.sheets[0].columns == {"name": "姓名", "phone": "电话"}
    corrected = json.loads(mapping.to_json())
    corrected["sheets"][0]["columns"]["phone_2"] = "电话 #2"
    [mapped] = fit(load_mapping(json.dumps(corrected)), workbook)
    assert mapped.columns == {"name": 0, "phone": 1, "phone_2": 2}


def test_a_saved_mapping_fits_the_next_export_with_its_columns_moved() -> None:
    mapping = load_mapping(guess_mapping(text_workbook("编号,姓名\n1,客户 A"), SheetKind.CUSTOMERS).to_json())
    [mapped] = fit(mapping, text_workbook("导出于今天\n姓名,城市,编号\n客户 B,杭州,2", name="next.csv"))
    assert mapped.columns == {"code": 2, "name": 0}


def test_what_an_export_lacks_is_named() -> None:
    mapping = guess_mapping(text_workbook("编号,姓名\n1,客户 A"), SheetKind.CUSTOMERS)
    with pytest.raises(KnownError) as caught:
        fit(mapping, text_workbook("姓名,城市\n客户 B,杭州", name="list.csv"))
    assert (caught.value.kind, caught.value.values["columns"]) == (ErrorKind.COLUMNS_MISSING, ["编号"])
    with pytest.raises(KnownError) as caught:
        fit(mapping, sheets_workbook(甲=[["编号", "姓名"]], 乙=[["x"]]))
    assert (caught.value.kind, caught.value.values["sheet"]) == (ErrorKind.SHEET_MISSING, "list")


def test_a_guess_that_lacks_fields_is_proposed_and_refused() -> None:
    mapping = guess_mapping(text_workbook("客户编号,下单日期,数量\n1,2017-01-01,3"), SheetKind.ORDERS)
    assert mapping.sheets[0].kind is SheetKind.ORDERS
    with pytest.raises(KnownError) as caught:
        check_complete(mapping)
    assert caught.value.kind is ErrorKind.COLUMNS_MISSING
    assert caught.value.values["columns"] == ["number", "amount"]


def test_without_any_header_there_is_nothing_to_guess() -> None:
    with pytest.raises(KnownError) as caught:
        guess_mapping(sheets_workbook(甲=[[1.0, 2.0], [3.0, 4.0]]))
    assert caught.value.kind is ErrorKind.HEADER_MISSING


def test_the_order_of_day_and_month_is_guessed_from_the_column_and_kept_in_the_mapping() -> None:
    mapping = guess_mapping(
        text_workbook("Order ID,Order Date,Customer,Sales\n1,4/27/2017,A,5\n2,4/5/2017,A,5")
    )
    assert mapping.sheets[0].date_order is DateOrder.MONTH_FIRST
    assert load_mapping(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"version": 2}, "version"),
        ({"imports": "returns"}, "imports"),
        ({"sheets": []}, "imports"),
        ({"sheets": [{"sheet": "a", "kind": "customers", "columns": {"nmae": "姓名"}}]}, "field"),
        ({"sheets": [{"sheet": "a", "kind": "customers", "columns": {"name": " "}}]}, "column"),
        ({"sheets": [{"sheet": "a", "kind": "customers", "columns": {"name": "x"}}] * 2}, "sheet"),
        ({"sheets": [{"sheet": "a", "kind": "people", "columns": {}}]}, "json"),
        ({"more": 1}, "json"),
    ],
)
def test_a_mapping_that_is_not_right_says_what(change: dict[str, object], what: str) -> None:
    good = {
        "version": 1,
        "imports": "customers",
        "sheets": [{"sheet": "a", "kind": "customers", "columns": {"name": "x"}}],
    }
    with pytest.raises(KnownError) as caught:
        load_mapping(json.dumps(good | change))
    assert (caught.value.kind, caught.value.values["what"]) == (ErrorKind.MAPPING_INVALID, what)
