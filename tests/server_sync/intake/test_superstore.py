"""The sample workbook of the shared data: its figures, found again by an independent count."""

import json
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from server_sync.intake.plan import ImportPlan
from server_sync.intake.workbook import Workbook
from server_sync.store.database import Database, create_schema
from tests.server_sync.intake.importing import rows, take_back, take_in


@dataclass(frozen=True)
class Imported:
    """The workbook once imported: its plan and the rows of every table."""

    plan: ImportPlan
    tables: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, superstore: Workbook) -> Imported:
    file = str(tmp_path_factory.mktemp("imported") / "server.db")
    create_schema(file)
    with closing(Database(file)) as database:
        plan, _ = take_in(database, superstore)
        names = ("team", "person", "customer", "sales_order", "order_line", "activity")
        return Imported(plan, {name: rows(database, name) for name in names})


@pytest.fixture(scope="session")
def lines(superstore_file: Path) -> list[dict[str, object]]:
    table = CalamineWorkbook.from_path(superstore_file).get_sheet_by_name("订单").to_python()
    return [dict(zip(map(str, table[0]), row, strict=True)) for row in table[1:]]


def test_the_figures_are_exact_and_a_second_run_changes_nothing(
    database: Database, superstore: Workbook
) -> None:
    plan, batch = take_in(database, superstore)
    report = plan.to_json()
    assert batch is not None
    assert (report["customers"], report["orders"], report["order_lines"]) == (790, 4979, 10000)
    assert (report["sales"], report["returns"], report["errors"]) == ("16117548.24", 552, [])
    assert plan.counts == {"created": 790 + 4979 + 10000, "updated": 0, "unchanged": 0}
    before = {
        name: rows(database, name) for name in ("customer", "sales_order", "order_line", "activity", "person")
    }
    again, second_batch = take_in(database, superstore)
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 790 + 4979 + 10000}
    assert second_batch is None
    assert {name: rows(database, name) for name in before} == before


def test_amounts_keep_the_exact_decimals_of_the_file(
    imported: Imported, lines: list[dict[str, object]]
) -> None:
    stored = {row["source_row"]: row for row in imported.tables["order_line"]}
    for line in lines:
        row = stored[str(int(float(str(line["行 ID"]))))]
        assert Decimal(row["amount"]) == Decimal(repr(line["销售额"]))
        assert Decimal(row["profit"]) == Decimal(repr(line["利润"]))
    exact = sum(Decimal(row["amount"]) for row in stored.values())
    assert sum(Decimal(row["amount"]) for row in imported.tables["sales_order"]) == exact
    customers = imported.tables["customer"]
    assert abs(sum(row["spent_cents"] for row in customers) - 100 * exact) < len(customers)


def test_names_repeat_and_nobody_is_merged(imported: Imported, lines: list[dict[str, object]]) -> None:
    customers = {row["code"]: row["name"] for row in imported.tables["customer"]}
    assert customers == {line["客户 ID"]: line["客户名称"] for line in lines}
    assert len(set(customers.values())) == 771


def test_a_customers_team_is_the_region_of_his_latest_order(
    imported: Imported, lines: list[dict[str, object]]
) -> None:
    sold: dict[object, dict[tuple[object, object], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        sold[line["客户 ID"]][line["订单日期"], line["地区"]] += Decimal(repr(line["销售额"]))
    teams = {row["id"]: row["region"] for row in imported.tables["team"]}
    for customer in imported.tables["customer"]:
        of_him = sold[customer["code"]]
        day = max(str(day) for day, _ in of_him)
        latest = {region: amount for (on, region), amount in of_him.items() if str(on) == day}
        assert teams[customer["team_id"]] == max(latest, key=lambda region: latest[region])
        assert customer["last_order_on"] == day


def test_regional_managers_are_supervisors_of_six_teams(imported: Imported, superstore: Workbook) -> None:
    teams = {row["id"]: row["name"] for row in imported.tables["team"]}
    people = imported.tables["person"]
    assert len(teams) == len(people) == 6
    assert {row["role"] for row in people} == {"supervisor"}
    assert {teams[row["team_id"]]: row["name"] for row in people} == {
        sheet[0]: sheet[1] for sheet in superstore.sheets[2].rows[1:]
    }


def test_a_returned_number_that_customers_share_goes_to_each_and_is_flagged(
    imported: Imported, superstore: Workbook, lines: list[dict[str, object]]
) -> None:
    plan = imported.plan
    sharing: dict[object, set[object]] = defaultdict(set)
    for line in lines:
        sharing[line["订单 ID"]].add(line["客户 ID"])
    returned = {row[0] for row in superstore.sheets[1].rows[1:]}
    expected = {(number, code): len(sharing[number]) > 1 for number in returned for code in sharing[number]}
    codes = {row["id"]: row["code"] for row in imported.tables["customer"]}
    orders = [row for row in imported.tables["sales_order"] if row["returned_at"] is not None]
    assert {(row["number"], codes[row["customer_id"]]): row["return_ambiguous"] for row in orders} == expected
    told = [row for row in imported.tables["activity"] if row["kind"] == "return"]
    assert {
        (row["details"]["number"], codes[row["customer_id"]]): row["details"]["ambiguous"] for row in told
    } == expected
    reported = {n.values["number"] for n in plan.findings.notices if n.kind == "return_ambiguous"}
    assert reported == {number for (number, _), ambiguous in expected.items() if ambiguous}


def test_undo_returns_everything(database: Database, superstore: Workbook) -> None:
    _, batch = take_in(database, superstore)
    undone = take_back(database, batch)
    assert not any(undone.kept.values())
    for name in ("customer", "sales_order", "order_line", "activity", "team", "person"):
        assert rows(database, name) == []
    assert json.loads(json.dumps(undone.to_json()))["deleted"]["order_line"] == 10000
