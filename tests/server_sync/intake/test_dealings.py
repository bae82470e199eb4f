"""Contacts, contracts and events of known customers: whose each row is, what is new, what is refused, taken back."""

from typing import Any

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.local_time import day_number, zone
from server_sync.intake.fields import SheetKind
from server_sync.intake.guess import guess_mapping
from server_sync.intake.plan import ImportPlan, preview, read_import
from server_sync.intake.workbook import read_workbook
from server_sync.store.database import Database
from tests.server_sync.intake.importing import (
    IDS,
    SHANGHAI,
    kinds,
    notices,
    rows,
    sheets_workbook,
    take_back,
    take_in,
    text_workbook,
)
from tests.server_sync.organisation import NOW

KNOWN = """
    客户编号,姓名,公司,手机
    K1,客户 A,甲公司,13800000001
    K2,客户 B,,13800000002
    K3,客户 C,,
    K4,客户 C,,
"""


@pytest.fixture
def known(database: Database) -> Database:
    take_in(database, text_workbook(KNOWN), SheetKind.CUSTOMERS)
    return database


def taken(database: Database, imports: str, text: str) -> tuple[ImportPlan, bytes | None]:
    return take_in(database, text_workbook(text), SheetKind(imports))


def by_code(database: Database) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows(database, "customer")}


def local(on: str, ms: int = 0) -> int:
    return zone("Asia/Shanghai").moment(day_number(on) * DAY) + ms


CONTACTS = """
    客户编号,客户姓名,手机,备用电话,电子邮箱,出生日期,称呼,方便接听时间,偏好方式
    K1,,13900000001,021-55556666,A@Example.com,1980年2月29日,女,上午,电话
    ,客户 B,13900000002,,,19900101,先生,晚上,上门
"""


def test_contacts_bring_numbers_birthday_and_preferences(known: Database) -> None:
    plan, batch = taken(known, "contacts", CONTACTS)
    assert kinds(plan) == []
    assert (plan.contacts, plan.counts) == (2, {"created": 0, "updated": 2, "unchanged": 0})
    found = by_code(known)
    names = ("title", "birthday_on", "preferred_time", "preferred_channel")
    assert [found["K1"][name] for name in names] == ["女士", "1980-02-29", "morning", "phone"]
    assert [found["K2"][name] for name in names] == ["先生", "1990-01-01", "evening", "visit"]
    of_a = [row["value"] for row in rows(known, "contact_point") if row["customer_id"] == found["K1"]["id"]]
    assert of_a == ["+8613800000001", "+8613900000001", "+862155556666", "a@example.com"]
    assert taken(known, "contacts", CONTACTS)[0].counts == {"created": 0, "updated": 0, "unchanged": 2}
    undone = take_back(known, batch)
    assert (undone.deleted["contact_point"], undone.restored["customer"]) == (4, 2)
    assert by_code(known)["K1"]["birthday_on"] is None


@pytest.mark.parametrize(
    "header",
    ["大区,省份,城市,详细地址", "所属区域,所在省份,所在城市,家庭住址", "片区,省/直辖市,地级市,办公地址"],
)
def test_contacts_bring_where_a_customer_lives(known: Database, header: str) -> None:
    text = f"编号,{header}\nK1,华东,江苏省,苏州市,工业园区星湖街 1 号\nK2,,,无锡市,\n"
    plan, batch = taken(known, "contacts", text)
    assert (kinds(plan), plan.counts["updated"]) == ([], 2)
    names = ("region", "province", "city", "address", "team_id")
    places = [[by_code(known)[code][name] for name in names] for code in ("K1", "K2")]
    assert places == [
        ["华东", "江苏省", "苏州市", "工业园区星湖街 1 号", None],
        [None, None, "无锡市", None, None],
    ]
    assert {"province", "city", "address"} <= by_code(known)["K1"]["field_stamps"].keys()
    assert taken(known, "contacts", text)[0].counts["unchanged"] == 2
    take_back(known, batch)
    assert by_code(known)["K1"]["address"] is None


def test_rows_of_contacts_that_cannot_be_taken_say_where_and_why(known: Database) -> None:
    plan, _ = taken(
        known,
        "contacts",
        """
        客户编号,姓名,手机,生日,方便时间
        K9,,13900000001,,
        ,客户 C,,1990-01-01,
        ,陌生人,,1990-01-01,
        K1,,13800000002,,
        K1,,abc,,
        K2,,,1990-13-01,
        K3,,,,随时
        K4,,,1990-01-01,
        K4,,,1990-01-02,
        """,
    )
    assert kinds(plan) == [
        (6, "手机", "phone_invalid"),
        (7, "生日", "date_invalid"),
        (2, "客户编号", "customer_unknown"),
        (3, "姓名", "duplicate_name"),
        (4, "姓名", "customer_unknown"),
        (5, "手机", "duplicate_phone"),
        (8, "方便时间", "field_invalid"),
        (10, "客户编号", "duplicate_row"),
    ]
    assert plan.contacts == 1


CONTRACTS = """
    合同编号,客户编号,签约日期,生效日期,到期日,合同金额,产品线
    HT-001,K1,2025/1/10,2025-01-10,2026-01-09,"12,000.50",年费服务
    HT-002,K2,20250301,,2026年3月1日,8000,年费服务
"""


def test_contracts_are_new_then_known_then_changed(known: Database) -> None:
    plan, batch = taken(known, "contracts", CONTRACTS)
    assert (plan.contracts, plan.counts) == (2, {"created": 2, "updated": 0, "unchanged": 2})
    first = rows(known, "contract")[0]
    assert (first["number"], first["signed_on"], first["expires_on"]) == (
        "HT-001",
        "2025-01-10",
        "2026-01-09",
    )
    assert (first["amount"], first["product_line"], first["renewed_on"]) == ("12000.5", "年费服务", None)
    assert taken(known, "contracts", CONTRACTS)[0].counts["unchanged"] == 4
    again, _ = taken(known, "contracts", CONTRACTS.replace("8000", "9000"))
    assert again.counts["updated"] == 1
    undone = take_back(known, batch)
    assert (undone.deleted["contract"], undone.kept["contract"]) == (1, 1)


def test_a_contract_that_follows_another_renews_it(known: Database) -> None:
    taken(known, "contracts", CONTRACTS)
    _, batch = taken(
        known,
        "contracts",
        """
        合同号,客户编号,签订日期,到期日期,产品线
        HT-003,K1,2025-12-20,2027-01-09,年费服务
        HT-004,K2,2026-08-01,2027-08-01,年费服务
        """,
    )
    renewed = {row["number"]: row["renewed_on"] for row in rows(known, "contract")}
    # the other one comes too late for that
    assert renewed == {"HT-001": "2025-12-20", "HT-002": None, "HT-003": None, "HT-004": None}
    take_back(known, batch)
    assert {row["renewed_on"] for row in rows(known, "contract")} == {None}


def test_a_contract_that_ends_before_it_starts_and_one_that_comes_twice_are_refused(known: Database) -> None:
    plan, _ = taken(
        known,
        "contracts",
        """
        合同编号,客户编号,生效日期,到期日
        1,K1,2026-01-01,2025-12-31
        2,K1,2026-01-01,2026-12-31
        2,K1,2026-01-01,2026-12-31
        ,K1,2026-01-01,2026-12-31
        3,,2026-01-01,2026-12-31
        """,
    )
    assert sorted(kinds(plan)) == [
        (2, "到期日", "period_reversed"),
        (4, "合同编号", "duplicate_row"),
        (5, "合同编号", "field_missing"),
        (6, "客户编号", "field_missing"),
    ]


def test_events_of_one_kind_go_by_the_header_of_their_time(known: Database) -> None:
    text = """
        客户编号,课程名称,结课时间
        K1,高级班,2026-09-20 18:30
        K2,初级班,2026/9/21 下午6:05
    """
    plan, batch = taken(known, "events", text)
    assert kinds(plan) == []
    found = rows(known, "event")
    assert [(row["kind"], row["details"]) for row in found] == [
        ("course_ended", {"subject": "高级班"}),
        ("course_ended", {"subject": "初级班"}),
    ]
    assert [row["happened_at"] for row in found] == [
        local("2026-09-20", 18 * HOUR + 30 * MINUTE),
        local("2026-09-21", 18 * HOUR + 5 * MINUTE),
    ]
    assert taken(known, "events", text)[0].counts == {"created": 0, "updated": 0, "unchanged": 4}
    assert take_back(known, batch).deleted["event"] == 2


def test_the_time_of_an_event_is_that_of_the_offset_that_is_written_with_it(known: Database) -> None:
    taken(
        known,
        "events",
        """
        工单号,客户编号,工单解决时间
        T1,K1,2026-09-03T18:30:00Z
        T2,K2,2026-09-03 10:00:00+08:00
        """,
    )
    found = [row["happened_at"] for row in rows(known, "event")]
    assert found == [local("2026-09-04", 2 * HOUR + 30 * MINUTE), local("2026-09-03", 10 * HOUR)]


def test_events_of_several_kinds_go_by_the_word_for_them(known: Database) -> None:
    plan, _ = taken(
        known,
        "events",
        """
        工单号,客户姓名,手机,事件类型,发生时间,备注
        T1,,13800000001,投诉,2026-09-01,漏水
        T1,,13800000001,工单解决,2026-09-03 10:00,
        T2,客户 B,,delivery,2026-09-04,
        T3,客户 B,,签约,46274.5,
        T4,客户 B,,喝茶,2026-09-04,
        T5,客户 B,,,2026-09-04,
        T6,客户 B,,咨询,没有,
        T2,客户 B,,交付,2026-09-04,
        """,
    )
    assert sorted(kinds(plan)) == [
        (6, "事件类型", "field_invalid"),
        (7, "事件类型", "field_missing"),
        (8, "发生时间", "date_invalid"),
    ]
    assert notices(plan) == [(9, "line_repeated")]
    found = [(row["number"], row["kind"], row["happened_at"]) for row in rows(known, "event")]
    assert found == [
        ("T1", "complaint", local("2026-09-01")),
        ("T1", "ticket_solved", local("2026-09-03", 10 * HOUR)),
        ("T2", "delivery", local("2026-09-04")),
        ("T3", "signing", local("2026-09-09", 12 * HOUR)),
    ]


def test_a_row_with_several_times_is_several_events(known: Database) -> None:
    plan, _ = taken(known, "events", "订单号,客户编号,签收日期,安装日期\n1,K1,2026-09-01,2026-09-05")
    assert plan.events == 1
    assert [row["kind"] for row in rows(known, "event")] == ["delivery", "installation"]


def test_a_preview_writes_nothing_and_counts_the_same(known: Database) -> None:
    workbook = text_workbook(CONTRACTS)
    read = read_import(workbook, guess_mapping(workbook, SheetKind.CONTRACTS), SHANGHAI)
    with known.read() as connection:
        plan = preview(connection, read, IDS, NOW)
    assert (plan.contracts, plan.counts["created"]) == (2, 2)
    assert rows(known, "contract") == []


def test_a_gbk_file_and_numbers_kept_as_text_are_read(known: Database) -> None:
    text = '合同编号,客户编号,签约日期,到期日,合同金额\n\'0012,K1,2026.1.5,２０２７－１－４,"￥1,200"\n'
    take_in(known, read_workbook("list.csv", text.encode("gbk")), SheetKind.CONTRACTS)
    (found,) = rows(known, "contract")
    assert (found["number"], found["expires_on"], found["amount"]) == ("0012", "2027-01-04", "1200")


def test_numbers_of_spreadsheets_are_days_and_times(known: Database) -> None:
    book = sheets_workbook(
        Sheet1=[["合同编号", "客户编号", "签约日期", "到期日"], [12.0, "K1", 46027.0, "2027-01-04T00:00:00"]]
    )
    take_in(known, book, SheetKind.CONTRACTS)
    (found,) = rows(known, "contract")
    assert (found["number"], found["signed_on"], found["expires_on"]) == ("12", "2026-01-05", "2027-01-04")
