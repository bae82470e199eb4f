"""Forms in files of every kind, whole or broken: what is read, and that what is hostile is refused before it costs."""

import codecs
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from server_sync.domain.forms.checking import CheckedForm, check_form
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.grids import MAX_ROWS

K = FindingKind
DATA = Path(__file__).resolve().parents[6] / "shared" / "data"
Rows = list[list[object]]
SURVEY: Rows = [["type", "name", "label"], ["text", "why", "为什么"]]
SETTINGS: Rows = [["form_id", "version"], ["care", "1"]]


def book(**sheets: Rows) -> Workbook:
    """A workbook of these sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def check(rows: Rows, change: Callable[[Workbook], None] = lambda made: None, **more: Rows) -> CheckedForm:
    """What is found in an .xlsx with this survey sheet."""
    made = book(survey=rows, **{"settings": SETTINGS, **more})
    change(made)
    return check_form(saved(made), "form.xlsx")


def found(checked: CheckedForm) -> list[tuple[FindingKind, int, str]]:
    return [(one.kind, one.row, one.column) for one in checked.findings]


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """An .xlsx with other content in some of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def reason(data: bytes, filename: str) -> str:
    checked = check_form(data, filename)
    [error] = checked.errors
    assert error.kind is K.FILE_UNREADABLE
    return str(error.values["reason"])


def test_rows_are_counted_as_the_spreadsheet_does_blank_ones_too() -> None:
    rows: Rows = [SURVEY[0], *([[]] * 27), ["text", "b", "${nothing}"]]
    assert found(check(rows)) == [(K.BLANK_ROWS, 29, ""), (K.REFERENCE_UNKNOWN, 29, "label")]


def test_a_column_of_spaces_and_hard_spaces_around_names_are_told_and_not_counted() -> None:
    checked = check([["type", "name ", "label", "hint"], ["text ", " a\u00a0", "A", "\u00a0 "]])
    assert found(checked) == [(K.SPACES_AROUND, 2, "type"), (K.SPACES_AROUND, 2, "name")]
    assert checked.form is not None
    assert read_form(checked.form.xform_xml).questions.keys() == {"/data/a"}


def test_numbers_dates_and_truths_in_cells_are_texts_as_a_form_writes_them() -> None:
    checked = check(
        [
            ["type", "name", "label", "default", "required", "constraint"],
            ["select_one l", "a", 2026, 1.0, True, None],
            ["date", "b", "B", date(2026, 3, 15), False, None],
            ["dateTime", "c", "C", datetime.fromisoformat("2026-03-15T09:30"), None, None],
            ["time", "d", "D", time(9, 30), None, None],
            ["decimal", "e", "E", 1.5, None, ". > 0.1"],
        ],
        choices=[["list_name", "name", "label"], ["l", 1.0, "eins"], ["l", 2, "zwei"]],
    )
    assert checked.findings == ()
    assert checked.form is not None
    form = read_form(checked.form.xform_xml)
    defaults = {path.rpartition("/")[2]: form.nodes[path].default for path in form.questions}
    assert defaults == {"a": "1", "b": "2026-03-15", "c": "2026-03-15T09:30:00", "d": "09:30:00", "e": "1.5"}


def test_a_number_is_no_name_of_a_question() -> None:
    checked = check([SURVEY[0], ["text", 1.0, "A"]])
    assert [(one.kind, one.values["value"], one.suggestion) for one in checked.errors] == [
        (K.NAME_INVALID, "1", "_1")
    ]


def test_formulas_without_values_and_errors_in_cells_are_told() -> None:
    def error(made: Workbook) -> None:
        made["survey"]["C2"].value = "#REF!"
        made["survey"]["C2"].data_type = "e"

    assert found(check([SURVEY[0], ["text", "a", "A"]], error)) == [
        (K.CELL_ERROR, 2, "label"),
        (K.LABEL_MISSING, 2, "label"),
    ]
    assert found(check([SURVEY[0], ["text", "a", '=CONCAT("A","B")']])) == [
        (K.FORMULA_WITHOUT_VALUE, 2, "label"),
        (K.LABEL_MISSING, 2, "label"),
    ]


def test_merged_cells_are_told_where_they_begin() -> None:
    rows: Rows = [SURVEY[0], ["text", "a", "A"], ["text", "b", "B"]]
    checked = check(rows, lambda made: made["survey"].merge_cells("C2:C3"))
    assert (K.CELLS_MERGED, 2, "label") in found(checked)


def test_control_characters_in_cells_hurt_nobody() -> None:
    checked = check([SURVEY[0], ["text", "a", "one_x000B_two"]])
    assert checked.form is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_is_read_in_every_encoding_that_chinese_spreadsheets_write(encoding: str) -> None:
    text = '"survey",,,\n,"type","name","label"\n,"text","a","为什么？"\n"settings",,,\n,form_id,version,\n,f,1,\n'
    checked = check_form(text.encode(encoding), "f.csv")
    assert checked.findings == ()


def test_a_plain_csv_table_is_the_survey_sheet() -> None:
    checked = check_form("题型,变量名,题目\n文本,a,为什么\n".encode("gbk"), "f.csv")
    assert checked.form is not None
    assert checked.errors == ()


def test_a_file_is_read_by_what_it_is_and_not_by_its_name() -> None:
    checked = check_form(saved(book(survey=SURVEY, settings=SETTINGS)), "form.xls")
    assert [(one.kind, one.values["found"]) for one in checked.findings] == [(K.OTHER_TYPE, ".xlsx")]
    assert checked.form is not None


def old_xls(rows: Rows) -> bytes:
    """A worksheet as Excel 2 wrote it: the one binary format that is simple enough to be written here."""
    records = [struct.pack("<HHHH", 0x0009, 4, 2, 0x0010)]
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            head = struct.pack("<HH", number, place) + b"\0\0\0"
            if isinstance(value, float):
                content, kind = head + struct.pack("<d", value), 0x0003
            elif isinstance(value, bool):
                content, kind = head + bytes((value, 0)), 0x0005
            else:
                text = str(value).encode("ascii")
                content, kind = head + bytes((len(text),)) + text, 0x0004
            records.append(struct.pack("<HH", kind, len(content)) + content)
    return b"".join((*records, struct.pack("<HH", 0x000A, 0)))


def test_an_xls_is_read_with_its_numbers_and_truths() -> None:
    rows: Rows = [["type", "name", "label", "required", "default"], ["integer", "a", "A", True, 3.0]]
    checked = check_form(old_xls(rows), "form.xls")
    assert checked.form is not None
    form = read_form(checked.form.xform_xml)
    required = form.binds["/data/a"].required
    assert (form.nodes["/data/a"].default, required is not None and required.source) == ("3", "true()")
    wrong = check_form(old_xls([rows[0], ["integer", "a", "A", "maybe", 1.0]]), "form.xls")
    assert [(one.kind, one.row, one.column) for one in wrong.errors] == [(K.YES_OR_NO, 2, "required")]


def test_an_xls_of_other_things_is_no_form() -> None:
    file = DATA / "superstore_zh.xls"
    if not file.exists():
        pytest.skip("superstore_zh.xls is not in shared/data beside the repository")
    checked = check_form(file, file.name)
    assert [one.kind for one in checked.errors] == [K.SHEET_MISSING]


@pytest.mark.parametrize(
    ("data", "filename", "why"),
    [
        (b"", "form.xlsx", "empty"),
        (b" \n", "form.csv", "empty"),
        (b"anything", "form.pdf", "type"),
        (b"type,name\n", "form.xlsx", "workbook"),
        (b"PK\x03\x04 broken", "form.xlsx", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "form.xls", "workbook"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "form.xlsx",
            "encrypted",
        ),
        (b"\xff\xfe\xff", "form.csv", "encoding"),
        (b"survey,\x00,\n", "form.csv", "workbook"),
        (b"no table at all", "form.md", "workbook"),
        (b"<html", "form.xml", "xml"),
        (b"<html/>", "form.xml", "not_xform"),
        (codecs.BOM_UTF8 + b"<html/>", "form.xml", "not_xform"),
    ],
)
def test_what_is_no_form_is_told_by_its_reason(data: bytes, filename: str, why: str) -> None:
    assert reason(data, filename) == why


def test_a_zip_that_is_no_workbook_is_no_form() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert reason(file.getvalue(), "form.xlsx") == "workbook"


def test_a_zip_with_a_password_is_encrypted() -> None:
    data = bytearray(saved(book(survey=SURVEY)))
    at = data.find(b"PK\x01\x02")
    flags = struct.unpack_from("<H", data, at + 8)[0]
    struct.pack_into("<H", data, at + 8, flags | 1)
    assert reason(bytes(data), "form.xlsx") == "encrypted"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    [error] = check_form(packed.getvalue(), "form.xlsx").errors
    assert (error.kind, error.values["what"], error.values["found"]) == (
        K.FILE_TOO_LARGE,
        "unpacked",
        40_000_000,
    )


def test_entities_in_a_workbook_are_refused_unexpanded() -> None:
    def bomb(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        return content.replace(b"<workbook", entities + b"<workbook", 1)

    assert reason(repacked(saved(book(survey=SURVEY)), bomb), "form.xlsx") == "doctype"


def test_a_workbook_that_lies_about_its_size_is_read_to_its_end() -> None:
    def lie(name: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:C2"', b'ref="A1:A1"') if "sheet1" in name else content

    data = repacked(saved(book(survey=SURVEY, settings=SETTINGS)), lie)
    assert check_form(data, "form.xlsx").form is not None


def test_a_lonely_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    def lonely(made: Workbook) -> None:
        made["survey"]["XFD1048576"] = "x"

    assert check(SURVEY, lonely).findings == ()


def test_more_rows_than_a_form_may_have_are_refused_with_the_limit() -> None:
    rows = "\n".join(f",l,c{number},C" for number in range(MAX_ROWS))
    text = f"survey,,,\n,type,name,label\n,select_one l,a,A\nchoices,,,\n,list_name,name,label\n{rows}\n"
    [error] = check_form(text.encode(), "form.csv").errors
    assert (error.kind, error.values["what"], error.values["most"]) == (K.FILE_TOO_LARGE, "rows", MAX_ROWS)


def test_too_many_bytes_are_refused_unread() -> None:
    [error] = check_form(b" " * (10 * 1024 * 1024 + 1), "form.md").errors
    assert (error.kind, error.values["what"]) == (K.FILE_TOO_LARGE, "bytes")


def test_groups_in_groups_without_end_are_refused() -> None:
    deep = 600
    begins = "\n".join(f"| | begin_group | g{number} | G |" for number in range(deep))
    ends = "\n".join("| | end_group | | |" for _ in range(deep))
    table = f"| survey |\n| | type | name | label |\n{begins}\n| | text | a | A |\n{ends}"
    checked = check_form(table.encode(), "form.md")
    assert [(one.kind, one.row) for one in checked.errors] == [(K.GROUPS_TOO_DEEP, 52)]


def test_a_regular_expression_that_would_explode_is_only_read() -> None:
    checked = check([["type", "name", "label", "constraint"], ["text", "a", "A", "regex(., '^(a+)+$')"]])
    assert checked.errors == ()


XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>t</h:title><model>
<instance><data id="t"><a/><b/><c/><d/></data></instance>
<bind nodeset="/data/a" type="string" relevant="/data/bb = 1"/>
<bind nodeset="/data/b" calculate="/data/c + 1"/>
<bind nodeset="/data/c" calculate="cuont(/data/a)"/>
<bind nodeset="/data/d" constraint=". &gt; " calculate="../d + 1"/>
<bind nodeset="/data/e" type="string"/>
</model></h:head>
<h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""


def test_all_faults_of_an_xform_are_told_with_their_lines() -> None:
    checked = check_form(XFORM.encode(), "form.xml")
    told = {(one.kind, one.row, one.column, one.suggestion) for one in checked.errors}
    assert told >= {
        (K.PATH_UNKNOWN, 4, "relevant", "b"),
        (K.FUNCTION_UNKNOWN, 6, "calculate", "count"),
        (K.EXPRESSION_INCOMPLETE, 7, "constraint", ""),
    }
    assert K.CYCLE in {one.kind for one in checked.errors}
    assert {"/data/a", "/data/c", "/data/d"} <= {str(one.values.get("path")) for one in checked.errors}


def test_an_xform_of_another_encoding_is_read() -> None:
    good = (
        XFORM.replace("/data/bb", "/data/b").replace("cuont(/data/a)", "1").replace('". &gt; "', '". &gt; 1"')
    )
    good = good.replace(' calculate="../d + 1"', "").replace('<bind nodeset="/data/e" type="string"/>\n', "")
    text = '<?xml version="1.0" encoding="GBK"?>' + good.replace("<label>A<", "<label>甲<")
    checked = check_form(text.encode("gbk"), "form.xml")
    assert checked.form is not None
    assert "甲" in checked.form.xform_xml


def test_files_beside_a_form_are_put_into_it(tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    table = (
        "| survey |\n| | type | name | label |\n| | select_one_from_file towns.csv | a | A |\n"
        "| settings |\n| | form_id | version |\n| | f | 1 |"
    )
    form.write_text(table, encoding="utf-8")
    assert [one.kind for one in check_form(form, form.name).findings] == [K.FILE_MISSING]
    (tmp_path / "towns.csv").write_bytes("name,label\nhz,杭州\n".encode("gbk"))
    checked = check_form(form, form.name)
    assert checked.findings == ()
    assert checked.form is not None
    assert "杭州" in checked.form.xform_xml


@pytest.mark.parametrize("name", ["xlsform_all_question_types.xlsx", "xlsform_socio_economic_survey.xlsx"])
def test_workbooks_of_others_can_be_published(name: str) -> None:
    file = DATA / name
    if not file.exists():
        pytest.skip(f"{name} is not in shared/data beside the repository")
    checked = check_form(file, name)
    assert checked.errors == ()
    assert checked.form is not None


@pytest.mark.parametrize(
    "relevant",
    [
        "${" * 10_000,
        "${nobody} or " * 2_000 + "1",
        "nothing(" * 3_000,
        "nothing() or " * 2_000 + "1",
        "(" * 30_000,
    ],
    ids=["open references", "references", "open calls", "calls", "brackets"],
)
def test_what_is_wrong_a_thousand_times_in_a_cell_is_told_a_few_times(relevant: str) -> None:
    checked = check([["type", "name", "label", "relevant"], ["text", "a", "A", relevant]])
    assert checked.form is None
    assert 1 <= len(checked.errors) <= 10
    assert {(one.row, one.column) for one in checked.errors} == {(2, "relevant")}


def test_faults_of_thousands_of_rows_are_told_each_at_its_row() -> None:
    rows = "\n".join(f",text,q{number},L,${{nobody{number}}} = 1" for number in range(2_000))
    checked = check_form(f"survey,,,,\n,type,name,label,relevant\n{rows}\n".encode(), "form.csv")
    assert [one.row for one in checked.errors] == list(range(2, 2_002))
    assert len({one.suggestion for one in checked.errors}) <= 200
