"""The verb `import` as it is typed: what it prints, writes and answers."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server_sync.__main__ import main
from server_sync.intake.fields import SheetKind
from server_sync.intake.words import sheet_kind
from server_sync.store.database import Database
from server_sync.texts import speak
from tests.server_sync.intake.importing import rows

TEXT = '编号,姓名,手机,备注\n1,客户 A,13800000001,=1+1\n2,客户 B,12,"=HYPERLINK(""x"")"\n'


class Shell:
    """Runs the verb on one database and one folder."""

    def __init__(self, url: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.folder = folder
        self._capsys = capsys

    def run(self, *words: str | Path) -> tuple[int, Any]:
        """Exit code and all of the output, one object of JSON."""
        code = main(["import", *map(str, words), "--json", "--database", self.url])
        return code, json.loads(self._capsys.readouterr().out)


@pytest.fixture(autouse=True)
def _speaking_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def shell(sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    (tmp_path / "list.csv").write_text(TEXT, encoding="utf-8")
    return Shell(sqlite_url, tmp_path, capsys)


def stored(shell: Shell, table: str = "customer") -> list[dict[str, Any]]:
    database = Database(shell.url)
    try:
        return rows(database, table)
    finally:
        database.close()


def test_a_preview_counts_and_writes_nothing(shell: Shell) -> None:
    code, report = shell.run(shell.folder / "list.csv", "--guess", "--as", "customers", "--preview")
    assert (code, report["customers"], report["created"], report["batch"]) == (0, 1, 1, None)
    assert stored(shell) == []


def test_an_import_reports_and_can_be_undone(shell: Shell) -> None:
    code, report = shell.run(shell.folder / "list.csv", "--guess", "--as", "customers")
    assert (code, report["created"], report["updated"], report["unchanged"]) == (0, 1, 0, 0)
    assert report["errors"] == [
        {
            "sheet": "list",
            "row": 3,
            "column": "手机",
            "kind": "phone_invalid",
            "values": {"value": "12", "reason": "too_short"},
        }
    ]
    code, undone = shell.run("--undo", report["batch"])
    assert (code, undone["deleted"]["customer"], stored(shell)) == (0, 1, [])
    assert shell.run("--undo", report["batch"])[1]["error"] == "batch_undone"


def test_a_saved_mapping_is_used_again(shell: Shell) -> None:
    mapping = shell.folder / "m.json"
    shell.run(
        shell.folder / "list.csv", "--guess", "--as", "customers", "--preview", "--save-mapping", mapping
    )
    changed = mapping.read_text(encoding="utf-8").replace('"note": "备注"', '"segment": "备注"')
    mapping.write_text(changed, encoding="utf-8")
    assert shell.run(shell.folder / "list.csv", "--mapping", mapping)[0] == 0
    assert [row["segment"] for row in stored(shell)] == ["=1+1"]


@pytest.mark.parametrize("name", ["refused.csv", "refused.xlsx"])
def test_the_result_file_holds_the_refused_rows_and_nothing_that_runs(shell: Shell, name: str) -> None:
    result = shell.folder / name
    shell.run(shell.folder / "list.csv", "--guess", "--as", "customers", "--result", result)
    if name.endswith(".csv"):
        assert result.read_bytes().startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(result.read_text(encoding="utf-8-sig").splitlines()))
    else:
        sheet = openpyxl.load_workbook(result).active
        assert sheet is not None
        table = [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    assert len(table) == 2
    assert table[0][-4:] == ["编号", "姓名", "手机", "备注"]
    assert table[1][:3] == ["list", "3", "手机"]
    assert table[1][4:] == ["phone_invalid", "2", "客户 B", "12", '\'=HYPERLINK("x")']


def test_a_corrected_result_file_can_be_imported(shell: Shell) -> None:
    result = shell.folder / "refused.csv"
    shell.run(shell.folder / "list.csv", "--guess", "--as", "customers", "--result", result)
    corrected = result.read_text(encoding="utf-8-sig").replace(",12,", ",13800000002,")
    result.write_text(corrected, encoding="utf-8-sig")
    report = shell.run(result, "--guess", "--as", "customers")[1]
    assert (report["created"], report["errors"]) == (1, [])
    assert [row["note"] for row in stored(shell)] == ["=1+1", '=HYPERLINK("x")']


def test_without_its_result_file_nothing_is_imported(shell: Shell) -> None:
    words = (
        shell.folder / "list.csv",
        "--guess",
        "--as",
        "customers",
        "--result",
        shell.folder / "none" / "r.csv",
    )
    code, report = shell.run(*words)
    assert (code, report["error"], stored(shell)) == (2, "file_unwritable", [])


def test_a_bad_file_is_one_calm_line(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    (shell.folder / "bad.xlsx").write_bytes(b"PK\x03\x04")
    code, report = shell.run(shell.folder / "bad.xlsx", "--guess", "--as", "orders")
    assert (code, report["error"], report["values"]["file"]) == (2, "file_unreadable", "bad.xlsx")


def test_a_list_that_lacks_columns_saves_a_mapping_to_correct(shell: Shell) -> None:
    (shell.folder / "odd.csv").write_text("代号,称谓人,号\n1,客户 A,x\n", encoding="utf-8")
    mapping = shell.folder / "m.json"
    code, report = shell.run(
        shell.folder / "odd.csv", "--guess", "--as", "customers", "--save-mapping", mapping
    )
    assert (code, report["error"], report["values"]["columns"]) == (2, "columns_missing", ["name|company"])
    proposed = json.loads(mapping.read_text(encoding="utf-8"))
    proposed["sheets"][0]["columns"] = {"code": "代号", "name": "称谓人"}
    mapping.write_text(json.dumps(proposed), encoding="utf-8")
    assert shell.run(shell.folder / "odd.csv", "--mapping", mapping)[1]["created"] == 1


def test_an_unknown_batch_is_an_error_of_the_command_line(shell: Shell) -> None:
    for batch in ("xyz", ""):  # an empty one is a variable of a script that was not set
        code, report = shell.run("--undo", batch)
        assert (code, report["error"]) == (2, "not_found")


def test_an_undo_never_imports_and_a_preview_never_undoes(shell: Shell) -> None:
    report = shell.run(shell.folder / "list.csv", "--guess", "--as", "customers")[1]
    before = stored(shell)
    assert shell.run(shell.folder / "list.csv", "--undo", report["batch"])[1]["error"] == "field_invalid"
    assert shell.run("--undo", report["batch"], "--preview")[1]["error"] == "field_invalid"
    assert shell.run("--guess", "--as", "customers")[1] == {
        "error": "field_missing",
        "values": {"field": "FILE"},
    }
    assert stored(shell) == before


@pytest.mark.parametrize("name", ["list.csv", "same.csv", "server.db", "m.json"])
@pytest.mark.parametrize("option", ["--result", "--save-mapping"])
def test_nothing_that_is_read_is_written_over(shell: Shell, option: str, name: str) -> None:
    source, mapping = shell.folder / "list.csv", shell.folder / "m.json"
    shell.run(source, "--guess", "--as", "customers", "--preview", "--save-mapping", mapping)
    os.link(source, shell.folder / "same.csv")
    before = (shell.folder / name).read_bytes()
    code, report = shell.run(source, "--mapping", mapping, option, shell.folder / name)
    if (option, name) == ("--save-mapping", "m.json"):
        assert code == 0  # the same mapping again
    else:
        assert (code, report["error"], report["values"]) == (2, "file_unwritable", {"file": name})
        assert stored(shell) == []
    assert (shell.folder / name).read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk"])
def test_a_mapping_may_be_saved_by_any_editor(shell: Shell, encoding: str) -> None:
    mapping = shell.folder / "m.json"
    shell.run(
        shell.folder / "list.csv", "--guess", "--as", "customers", "--preview", "--save-mapping", mapping
    )
    mapping.write_text(mapping.read_text(encoding="utf-8"), encoding=encoding)
    assert shell.run(shell.folder / "list.csv", "--mapping", mapping)[1]["created"] == 1


def test_what_a_mapping_takes_of_each_column_is_shown(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    (shell.folder / "two.csv").write_text(
        "姓名,手机(主),手机(备)\n客户 A,13800000001,13800000002\n", encoding="utf-8"
    )
    words = [str(shell.folder / "two.csv"), "--guess", "--as", "customers", "--preview"]
    assert main(["import", *words, "--database", shell.url]) == 0
    shown = capsys.readouterr().out.splitlines()[1:4]
    assert shown == ["  A   姓名 → name", "  B   手机(主) → phone", "  C   手机(备) → –"]
    mapping = {"version": 1, "imports": "customers", "sheets": [{"sheet": "two", "kind": "customers"}]}
    mapping["sheets"] = [
        {
            "sheet": "two",
            "kind": "customers",
            "columns": {"name": "姓名", "company": "姓名", "phone": "手机(备)"},
        }
    ]
    (shell.folder / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
    words[1:4] = ["--mapping", str(shell.folder / "m.json")]
    assert main(["import", *words, "--database", shell.url]) == 0
    shown = capsys.readouterr().out.splitlines()[1:4]
    assert shown == ["  A   姓名 → name, company", "  B   手机(主) → –", "  C   手机(备) → phone"]


def test_a_row_with_several_bad_cells_is_one_row_of_the_result_and_comes_back_once(shell: Shell) -> None:
    head = "订单编号,订单日期,客户姓名,产品,金额"
    (shell.folder / "o.csv").write_text(f"{head}\nO1,昨天,客户 A,茶叶,很多\n", encoding="utf-8")
    result = shell.folder / "refused.csv"
    report = shell.run(shell.folder / "o.csv", "--guess", "--as", "orders", "--result", result)[1]
    assert [error["column"] for error in report["errors"]] == ["订单日期", "金额"]
    [_, refused] = csv.reader(result.read_text(encoding="utf-8-sig").splitlines())
    assert refused[2] == "订单日期; 金额"
    assert refused[3] == "订单日期: “昨天” is no date. 金额: “很多” is no number."
    corrected = result.read_text(encoding="utf-8-sig").replace(",昨天,", ",2024-05-01,")
    result.write_text(corrected.replace(",很多", ",12.50"), encoding="utf-8-sig")
    report = shell.run(result, "--guess", "--as", "orders")[1]
    assert (report["order_lines"], report["sales"], report["errors"]) == (1, "12.50", [])


def test_a_customer_who_only_gets_another_number_is_an_updated_one(shell: Shell) -> None:
    file = shell.folder / "list.csv"
    shell.run(file, "--guess", "--as", "customers")
    file.write_text("编号,姓名,手机\n1,客户 A,13800000009\n", encoding="utf-8")
    report = shell.run(file, "--guess", "--as", "customers")[1]
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 1, 0)
    report = shell.run(file, "--guess", "--as", "customers")[1]
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 1)


def test_a_title_above_the_columns_is_left_out_and_said_so(shell: Shell) -> None:
    file = shell.folder / "list.csv"
    file.write_text("三月名单\n\n姓名,手机\n客户 A,13800000001\n", encoding="utf-8")
    report = shell.run(file, "--guess", "--as", "customers")[1]
    assert report["created"] == 1
    assert [(one["row"], one["kind"], one["values"]) for one in report["notices"]] == [
        (1, "rows_above_skipped", {"rows": 1})
    ]


def test_what_an_import_says_in_chinese_names_sheets_and_records_in_chinese(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    book = openpyxl.Workbook()
    orders, returns, managers = book.active, book.create_sheet("退货"), book.create_sheet("经理")
    assert orders is not None
    orders.title = "订单"
    for row in (
        ("订单号", "订单日期", "客户名称", "金额", "地区"),
        ("A-1", "2024-05-01", "客户 A", 12, "华东"),
    ):
        orders.append(row)
    for line in (("订单号", "退回"), ("A-1", "是")):
        returns.append(line)
    for line in (("地区", "地区经理"), ("华东", "坐席 01")):
        managers.append(line)
    book.save(shell.folder / "o.xlsx")
    main(["import", str(shell.folder / "o.xlsx"), "--guess", "--as", "orders", "--database", shell.url])
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("工作表")] == [
        "工作表 订单：订单，表头在第 1 行",
        "工作表 退货：退货，表头在第 1 行",
        "工作表 经理：区域负责人，表头在第 1 行",
    ]
    made = [line.partition("：")[0].strip() for line in said if "：新增 " in line]
    assert made == ["团队", "人员", "客户", "订单", "订单明细", "往来记录"]


@pytest.mark.parametrize("kind", SheetKind)
def test_every_kind_of_sheet_has_a_name(kind: SheetKind) -> None:
    speak("zh_CN")
    try:
        assert not sheet_kind(kind).isascii()
    finally:
        speak("en")
