"""Lists of customers: duplicates, bad numbers, changes, what is noticed; journey B1's list of a thousand."""

import io

import openpyxl
import pytest

from server_sync.domain.commands import Update
from server_sync.intake.fields import SheetKind
from server_sync.intake.plan import ImportPlan
from server_sync.intake.workbook import read_workbook
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.server_sync.intake.importing import kinds, notices, rows, take_back, take_in, text_workbook


def listed(database: Database, text: str) -> ImportPlan:
    return take_in(database, text_workbook(text), SheetKind.CUSTOMERS)[0]


def thousand() -> bytes:
    """1,000 rows: 7 with bad numbers, 12 that repeat others by number (in other spellings) or by name and company."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客户编号", "姓名", "公司", "手机", "区域"])
    bad = ["123", "1380013", "abc", "1.38E+10", "23800138000", "138001380001", "010-12"]
    for number in range(1000 - 7 - 12):
        sheet.append(
            [f"K{number:04}", f"客户 {number}", f"公司 {number % 50}", 13_900_000_000 + number, "华东"]
        )
    for number, phone in enumerate(bad):
        sheet.append([f"B{number}", f"坏号 {number}", "公司", phone, "华东"])
    for number in range(8):
        spelled = f"+86 139-0000-{number:04}" if number % 2 else f"１３９００００{number:04}"
        sheet.append([f"D{number}", f"别名 {number}", "公司", spelled, "华东"])
    for number in range(8, 12):
        sheet.append([f"D{number}", f"客户{number} ", f"公司 {number % 50}", None, "华东"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_b1_a_thousand_rows_with_bad_numbers_and_duplicates(database: Database) -> None:
    workbook = read_workbook("list.xlsx", thousand())
    plan, batch = take_in(database, workbook, SheetKind.CUSTOMERS)
    assert plan.customers == 981
    assert plan.counts == {"created": 981, "updated": 0, "unchanged": 0}
    by_kind = [kind for _, _, kind in kinds(plan)]
    assert len(by_kind) == 19
    assert by_kind.count("phone_invalid") == 6
    assert by_kind.count("number_rounded") == 1
    assert by_kind.count("duplicate_phone") == 8
    assert by_kind.count("duplicate_name") == 4
    assert (983, "手机", "phone_invalid") in kinds(plan)
    assert len(rows(database, "contact_point")) == 981
    again, _ = take_in(database, workbook, SheetKind.CUSTOMERS)
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 981}
    assert kinds(again) == kinds(plan)
    undone = take_back(database, batch)
    assert (undone.deleted["customer"], rows(database, "customer"), rows(database, "contact_point")) == (
        981,
        [],
        [],
    )


def test_a_number_used_by_two_names_is_refused_and_names_the_first_row(database: Database) -> None:
    plan = listed(database, "编号,姓名\n1,客户 A\n2,客户 B\n1,客户 C\n2,客户 B")
    assert kinds(plan) == [(4, "编号", "code_shared"), (5, "编号", "duplicate_row")]
    assert [finding.values["first_row"] for finding in plan.findings.errors] == [2, 3]
    assert [row["name"] for row in rows(database, "customer")] == ["客户 A", "客户 B"]


def test_names_alone_make_no_duplicates_where_numbers_tell_apart(database: Database) -> None:
    plan = listed(database, "编号,姓名,手机\n1,客户 A,13800000001\n2,客户 A,13800000002\n3,客户 A,")
    assert (plan.customers, kinds(plan)) == (3, [])


def test_a_switchboard_may_be_shared_by_different_names(database: Database) -> None:
    plan = listed(database, "姓名,电话\n客户 A,010-12345678\n客户 B,01012345678\n客户 A,(010)12345678")
    assert (plan.customers, kinds(plan)) == (2, [(4, "电话", "duplicate_phone")])


def test_without_numbers_of_its_own_a_list_finds_its_customers_again(database: Database) -> None:
    text = "姓名,公司,手机,城市\n客户 A,甲公司,13800000001,{0}\n客户 B,乙公司,,{0}\n,丙公司,,{0}"
    assert listed(database, text.format("杭州")).counts["created"] == 3
    assert listed(database, text.format("杭州")).counts == {"created": 0, "updated": 0, "unchanged": 3}
    assert listed(database, text.format("宁波")).counts == {"created": 0, "updated": 3, "unchanged": 0}
    found = {row["name"]: row for row in rows(database, "customer")}
    assert {row["city"] for row in found.values()} == {"宁波"}
    assert (found["丙公司"]["kind"], found["客户 A"]["extra"]) == ("company", {"company": "甲公司"})
    assert len({row["code"] for row in found.values()}) == 3


def test_an_empty_cell_erases_nothing_and_a_correction_is_stamped(database: Database) -> None:
    listed(database, "编号,姓名,城市,标签,手机\n1,客户 A,杭州,老客户,13800000001")
    plan = listed(database, "编号,姓名,城市,标签,手机\n1,客户 甲,,VIP,13800000002")
    assert plan.counts == {"created": 0, "updated": 1, "unchanged": 0}
    [customer] = rows(database, "customer")
    assert (customer["name"], customer["city"], customer["tags"]) == ("客户 甲", "杭州", ["老客户", "VIP"])
    assert set(customer["field_stamps"]) == {"name"}
    assert [(row["value"], row["position"]) for row in rows(database, "contact_point")] == [
        ("+8613800000001", 0),
        ("+8613800000002", 1),
    ]


def test_a_stored_number_under_another_code_is_refused(database: Database) -> None:
    listed(database, "编号,姓名,手机\n1,客户 A,13800000001")
    plan = listed(database, "编号,姓名,手机\n9,客户 B,138 0000 0001")
    assert kinds(plan) == [(2, "手机", "duplicate_phone")]
    assert plan.findings.errors[0].values["code"] == "1"


def test_several_numbers_in_a_cell_are_all_kept(database: Database) -> None:
    listed(
        database, "姓名,手机,固定电话,邮箱\n客户 A,13800000001/13800000002,0571-87654321转12,A@Example.com"
    )
    assert [(row["kind"], row["value"]) for row in rows(database, "contact_point")] == [
        ("mobile", "+8613800000001"),
        ("mobile", "+8613800000002"),
        ("landline", "+8657187654321;ext=12"),
        ("email", "a@example.com"),
    ]


def test_words_become_codes_and_unknown_ones_are_kept_or_refused(database: Database) -> None:
    plan = listed(
        database,
        """编号,姓名,性别,客户等级,语言,坐席
        1,客户 A,男,VIP客户,普通话,
        2,客户 B,女,特级,English,
        3,客户 C,,普通,,nobody""",
    )
    first, second = rows(database, "customer")
    assert (first["title"], first["tier"], first["language"]) == ("先生", "vip", "zh")
    assert (second["title"], second["tier"], second["language"]) == ("女士", "normal", "en")
    assert second["extra"] == {"level": "特级"}
    assert (3, "tier_unknown") in notices(plan)
    assert kinds(plan) == [(4, "坐席", "field_invalid")]


def test_the_same_list_again_takes_back_no_tier_that_was_worked_out(database: Database) -> None:
    text = "编号,姓名,客户等级\n1,客户 A,普通\n2,客户 B,潜在\n3,客户 C,普通"
    listed(database, text)
    first, second, _ = rows(database, "customer")
    because = {"tier": {"kind": "spent_in_a_year", "values": {"tier": "vip"}}}
    values = {"tier": "vip", "standing_because": because}
    with database.write(1) as tx:
        write(tx, [Update("customer", row["id"], values) for row in (first, second)])
    listed(database, text)
    assert [row["tier"] for row in rows(database, "customer")] == ["vip", "potential", "normal"]


def test_every_bad_cell_of_a_row_is_named(database: Database) -> None:
    plan = listed(database, "编号,姓名,手机,邮箱,生日\n1,,12,x@,昨天")
    assert kinds(plan) == [
        (2, "手机", "phone_invalid"),
        (2, "邮箱", "email_invalid"),
        (2, "生日", "date_invalid"),
        (2, "姓名", "field_missing"),
    ]


def test_a_team_is_made_for_a_region_but_not_for_every_place(database: Database) -> None:
    listed(database, "编号,姓名,大区\n1,客户 A,华东\n2,客户 B,华北")
    assert {row["region"] for row in rows(database, "team")} == {"华东", "华北"}
    places = "\n".join(f"P{number},客户 {number},地方 {number}" for number in range(60))
    plan = listed(database, f"编号,姓名,区域\n{places}")
    assert (0, "teams_not_made") in notices(plan)
    assert len(rows(database, "team")) == 2


@pytest.mark.parametrize("last", ["合计,2,,", "总计：2 人,,,", "Total,,,"])
def test_totals_repeated_headers_and_empty_rows_are_no_customers(database: Database, last: str) -> None:
    plan = listed(
        database, f"编号,姓名,手机,城市\n1,客户 A,,杭州\n,,,\n编号,姓名,手机,城市\n2,客户 B,,杭州\n{last}"
    )
    assert (plan.customers, kinds(plan)) == (2, [])
    assert {(4, "header_repeated"), (6, "totals_row")} <= set(notices(plan))
