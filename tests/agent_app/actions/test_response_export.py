"""Exported responses: one row each, repeats on sheets of their own, no formula, all of the file or nothing."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from agent_app.actions import table_files
from agent_app.actions.response_export import ExportOptions, Fact, ResponseExport
from agent_app.actions.table_files import open_tables
from agent_app.store.queries.responses import ResponseRow
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.tabulation import tabulate

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORM = """| survey | | | | |
| | type | name | label | calculation |
| | note | hello | 您好 | |
| | begin_group | use | 使用 | |
| | select_multiple color | colors | 喜欢的颜色 | |
| | end_group | | | |
| | decimal | price | 价格 | |
| | text | opinion | 意见 | |
| | begin_repeat | member | 成员 | |
| | text | name | 姓名 | |
| | begin_repeat | pet | 宠物 | |
| | text | kind | 种类 | |
| | end_repeat | | | |
| | end_repeat | | | |
| | calculate | twice | | ${price} * 2 |
| choices | | | |
| | list_name | name | label |
| | color | r | 红 |
| | color | g | 绿 |
"""
ANSWERS = {
    "/data/use/colors": "r g",
    "/data/price": "-3.50",
    "/data/opinion": "=cmd|' /C calc'!A0",
    "/data/member[1]/name": "@a",
    "/data/member[2]/name": "b",
    "/data/member[2]/pet[1]/kind": "猫",
    "/data/member[2]/pet[2]/kind": "狗",
    "/data/twice": "-7",
}
KEY = "01" * 16


def row(answers: Mapping[str, str] = ANSWERS, number: int = 1) -> ResponseRow:
    return ResponseRow(
        id=bytes([number]) * 16,
        customer_id=bytes(16),
        task_id=bytes(16),
        form_version_id=bytes(16),
        version="1",
        customer="客*",
        person="坐席 01",
        plan="首访",
        recorded_at=1_795_312_800_000,
        started_at=None,
        complete=True,
        csat=5,
        nps=None,
        edition=2,
        flags=("speeding",),
        language=None,
        answers=answers,
    )


def export(target: Path, *rows: ResponseRow, form: str = FORM, **options: Any) -> None:
    tables = tabulate([read_form(publish(form.encode(), "f.md").xform_xml)])
    made = ResponseExport(target, "关怀/回访", tables, ExportOptions(**options), SHANGHAI)
    made.add(rows)
    made.finish()


def sheets(file: Path) -> dict[str, list[list[object]]]:
    book = load_workbook(file)
    return {
        sheet.title: [list(line) for line in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def test_a_response_is_a_row_and_repeats_have_sheets_with_the_key_of_their_parent(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(file, row(), by_label=False, labels=False)
    found = sheets(file)
    assert list(found) == ["关怀_回访", "member", "pet"]
    head, line = found["关怀_回访"]
    got = dict(zip(head, line, strict=True))
    assert got["key"] == KEY
    assert (got["use/colors"], got["price"], got["twice"]) == ("r g", -3.5, "-7")
    assert (str(got["recorded_at"]), got["edition"], got["complete"]) == ("2026-11-22 10:00:00", 2, "1")
    assert "hello" not in head
    assert found["member"] == [
        ["key", "parent_key", "name"],
        [f"{KEY}/data/member[1]", KEY, "@a"],
        [f"{KEY}/data/member[2]", KEY, "b"],
    ]
    assert [line[:2] for line in found["pet"][1:]] == [
        [f"{KEY}/data/member[2]/pet[1]", f"{KEY}/data/member[2]"],
        [f"{KEY}/data/member[2]/pet[2]", f"{KEY}/data/member[2]"],
    ]
    assert list(tmp_path.iterdir()) == [file]


def test_labels_head_the_columns_and_word_the_choices(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(file, row(), headings={Fact.KEY: "编号"}, flags={"speeding": "过快"})
    head, line = sheets(file)["关怀_回访"]
    got = dict(zip(head, line, strict=True))
    assert (got["编号"], got["喜欢的颜色"], got["flags"]) == (KEY, "红, 绿", "过快")


def test_a_multiple_is_split_into_a_column_a_choice(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(file, row(), row({"/data/use/colors": "g"}, 2), row({}, 3), by_label=False, split=True)
    head, *lines = sheets(file)["关怀_回访"]
    at = head.index("use/colors/r")
    assert head[at + 1] == "use/colors/g"
    assert [line[at : at + 2] for line in lines] == [[1, 1], [0, 1], [None, None]]


def test_what_looks_like_a_formula_is_text_in_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(file, row(), by_label=False)
    for sheet in load_workbook(file).worksheets:
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    head, line = sheets(file)["关怀_回访"]
    assert dict(zip(head, line, strict=True))["opinion"] == ANSWERS["/data/opinion"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-a", "@x", "\t=1", "＝1", " =1", "\ufeff=1", "\u3000+1"])
def test_what_looks_like_a_formula_has_an_apostrophe_in_a_text_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    export(file, row({"/data/opinion": text, "/data/price": "-3.50"}), by_label=False)
    head, line = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    got = dict(zip(head, line, strict=True))
    assert got["opinion"] == f"'{text}"
    assert got["price"] == "-3.50"


TIMES = """| survey | | | |
| | type | name | label |
| | start | began | |
| | date | bought_on | 购买日期 |
| | time | call_at | 方便的时间 |
| | dateTime | visit_at | 上门时间 |
| | integer | phone | 手机 |
| | integer | share | 比例 |
| | decimal | price | 价格 |
| | text | code | 编号 |
| | begin_repeat | care | 保养 |
| | date | done_on | 日期 |
| | end_repeat | | |
"""
GIVEN = {
    "/data/began": "2026-11-21T23:30:15.250Z",
    "/data/bought_on": "2026-03-15",
    "/data/call_at": "14:30:00.000+08:00",
    "/data/visit_at": "2026-11-23T09:00:00.000+09:00",
    "/data/phone": "13800000000",
    "/data/share": "007",
    "/data/price": "12.5",
    "/data/code": "20260315",
    "/data/care[1]/done_on": "2026-02-28",
}


def test_days_times_and_numbers_of_a_workbook_are_such_and_codes_are_text(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    odd = {"/data/bought_on": "1899-12-31", "/data/visit_at": "9999-12-31T23:30:00Z", "/data/call_at": "late"}
    export(file, row(GIVEN), row(odd, 2), form=TIMES, by_label=False)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    head, first, second = ([cell for cell in line if isinstance(cell, Cell)] for line in sheet.iter_rows())
    names = [str(cell.value) for cell in head]
    got = dict(zip(names, first, strict=True))
    assert {
        name: str(cell.value) for name, cell in got.items() if cell.is_date and cell.value is not None
    } == {
        "recorded_at": "2026-11-22 10:00:00",
        "began": "2026-11-22 07:30:15.250000",
        "bought_on": "2026-03-15 00:00:00",
        "call_at": "14:30:00",
        "visit_at": "2026-11-23 08:00:00",
    }
    assert [got[name].value for name in ("phone", "share", "price", "code")] == [
        13_800_000_000,
        "007",
        12.5,
        "20260315",
    ]
    assert got["bought_on"].number_format == "yyyy-mm-dd"
    assert got["visit_at"].number_format == got["recorded_at"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert (got["phone"].number_format, got["key"].data_type, got["code"].data_type) == ("0", "s", "s")
    widths = {name: sheet.column_dimensions[cell.column_letter].width for name, cell in got.items()}
    assert widths["bought_on"] > 10, "a narrow column shows ##### in place of a day"
    assert widths["visit_at"] > 19
    odd_ones = {name: cell.value for name, cell in zip(names, second, strict=True)}
    assert [odd_ones[path.rpartition("/")[2]] for path in odd] == list(odd.values())
    assert str(book["care"]["C2"].value) == "2026-02-28 00:00:00"


def test_days_and_times_of_a_text_file_are_as_they_were_answered(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    export(file, row(GIVEN), form=TIMES, by_label=False)
    head, line = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    got = dict(zip(head, line, strict=True))
    assert {f"/data/{name}": got[name] for name in got if f"/data/{name}" in GIVEN} == {
        path: text for path, text in GIVEN.items() if "care" not in path
    }
    assert got["recorded_at"] == "2026-11-22 10:00:00"


def test_text_files_of_repeats_stand_beside_the_first(tmp_path: Path) -> None:
    export(tmp_path / "a.csv", row())
    assert {file.name for file in tmp_path.iterdir()} == {"a.csv", "a-member.csv", "a-pet.csv"}
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_file_is_whole_or_as_it_was(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"before")
    tables = tabulate([read_form(publish(FORM.encode(), "f.md").xform_xml)])
    made = ResponseExport(file, "f", tables, ExportOptions(), SHANGHAI)
    made.add([row()])
    assert file.read_bytes() == b"before"
    made.abandon()
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {name: b"before"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        export(tmp_path / "no folder" / "a.xlsx", row())
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE


def test_characters_that_no_workbook_takes_do_not_spoil_it(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(
        file, row({"/data/opinion": "a\x0bb" + "长" * 40_000, "/data/price": "\ud83d\uffff"}), by_label=False
    )
    export(tmp_path / "a.csv", row({"/data/opinion": "\ud83d"}), by_label=False)
    head, line = sheets(file)["关怀_回访"]
    text = str(dict(zip(head, line, strict=True))["opinion"])
    assert text.startswith("a b长")
    assert len(text) == 32_767


def test_several_versions_share_one_table(tmp_path: Path) -> None:
    older = FORM.replace("| | decimal | price | 价格 | |\n", "| | text | city | 城市 | |\n").replace(
        "${price} * 2", "1"
    )
    forms = [read_form(publish(text.encode(), "f.md").xform_xml) for text in (FORM, older)]
    names = [column.name for column in tabulate(forms)[0].columns]
    assert names == ["use/colors", "price", "opinion", "twice", "city"]


def test_names_of_sheets_are_short_and_each_stands_once(tmp_path: Path) -> None:
    file, long = tmp_path / "a.xlsx", "很长的名称" * 8
    names = [long, long.upper(), *["History", "history"], *["[]:*?/\\'"] * 2, *["a"] * 101]
    made = open_tables(file, names)
    made.finish()
    found = load_workbook(file).sheetnames
    assert len({name.casefold() for name in found}) == len(names)
    assert max(map(len, found)) <= 31


def test_a_table_that_is_too_long_for_a_sheet_goes_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "SHEET_ROWS", 2)
    file = tmp_path / "a.xlsx"
    made = open_tables(file, ["a", "a (2)"])
    for number in range(5):
        made.add(0, [number])
    made.finish()
    found = sheets(file)
    assert [found[name] for name in ("a", "a (2)", "a (3)", "a (4)")] == [[[0], [1]], [], [[2], [3]], [[4]]]
