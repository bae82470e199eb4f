"""Reading files of every kind: what comes out of good ones, and the kind of error of each bad one."""

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.parser_process import parse_in_child
from server_sync.intake.workbook import read_workbook, read_workbook_file

SUPERSTORE = Path(__file__).resolve().parents[4] / "shared" / "data" / "superstore_zh.xls"


def xlsx(*rows: list[Any], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed_member(data: bytes, name: str, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, change(content) if member.filename == name else content)
    return out.getvalue()


def refusal(name: str, data: bytes) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_workbook(name, data)
    assert caught.value.values["file"] == name
    return caught.value


def test_an_xlsx_keeps_row_numbers_over_empty_rows_and_columns() -> None:
    sheet = read_workbook("a.xlsx", xlsx([], [None, "名称"], [], [None, 1.5])).sheets[0]
    assert sheet.rows == [[None, None], [None, "名称"], [None, None], [None, 1.5]]


def test_the_old_binary_format_is_read_with_all_its_sheets() -> None:
    if not SUPERSTORE.exists():
        pytest.skip("the shared sample workbook is not beside this clone")
    workbook = read_workbook_file(SUPERSTORE)
    assert [(sheet.name, len(sheet.rows)) for sheet in workbook.sheets] == [
        ("订单", 10001),
        ("退货", 297),
        ("销售人员", 7),
    ]
    assert workbook.sheets[0].rows[1][2] == "2017-04-27"


def test_the_type_is_told_by_content_and_not_by_name() -> None:
    assert read_workbook("really_text.xls", "编号,姓名\n1,客户 A\n".encode()).sheets[0].rows[1] == [
        "1",
        "客户 A",
    ]
    assert read_workbook("really_a_workbook.csv", xlsx(["编号"])).sheets[0].rows == [["编号"]]


def test_a_formula_is_read_as_the_value_stored_with_it() -> None:
    data = changed_member(
        xlsx(["=6*7", "x"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>6*7</f><v />", b"<f>6*7</f><v>42</v>").replace(
            b"<f>6*7</f><v></v>", b"<f>6*7</f><v>42</v>"
        ),
    )
    assert read_workbook("a.xlsx", data).sheets[0].rows == [[42.0, "x"]]


def test_a_formula_that_was_never_calculated_is_read_as_its_text_and_not_as_nothing() -> None:
    data = xlsx(['=A2&"x"', "客户 A", None], [None], ["=1+1", None, '=IF(1<2,"是","")'])
    sheet = read_workbook("a.xlsx", data).sheets[0]
    assert [row[0] if row else None for row in sheet.rows] == ['=A2&"x"', None, "=1+1"]
    assert sheet.rows[2][2] == '=IF(1<2,"是","")'


def test_a_formula_whose_value_is_the_empty_text_is_empty() -> None:
    data = changed_member(
        xlsx(["=A2", "客户 A"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="A1">', b'<c r="A1" t="str">'),
    )
    assert read_workbook("a.xlsx", data).sheets[0].rows[0][0] is None


def test_a_hidden_sheet_is_marked() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("暗").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.hidden for sheet in read_workbook("a.xlsx", out.getvalue()).sheets] == [False, True]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("empty.csv", b"", ErrorKind.HEADER_MISSING),
        ("page.xls", b"\xef\xbb\xbf <html><table></table></html>", ErrorKind.FILE_TYPE_UNKNOWN),
        ("paper.csv", b"%PDF-1.7 ...", ErrorKind.FILE_TYPE_UNKNOWN),
        ("program.csv", b"MZ\x00\x01\x02", ErrorKind.FILE_TYPE_UNKNOWN),
        ("torn.xlsx", b"PK\x03\x04 and nothing more", ErrorKind.FILE_UNREADABLE),
        ("torn.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ErrorKind.FILE_UNREADABLE),
        ("latin.csv", "Név,Szám\nÁrvíztűrő,é\n".encode("iso-8859-2"), ErrorKind.ENCODING_UNKNOWN),
    ],
)
def test_a_file_of_the_wrong_kind_has_its_reason(name: str, data: bytes, kind: ErrorKind) -> None:
    assert refusal(name, data).kind is kind


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal("letter.xlsx", out.getvalue()).kind is ErrorKind.FILE_TYPE_UNKNOWN


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    data = changed_member(xlsx(["a"]), "xl/worksheets/sheet1.xml", lambda _: b" " * 60_000_000)
    error = refusal("bomb.xlsx", data)
    assert error.kind is ErrorKind.FILE_TOO_LARGE
    assert error.values["ratio"] > 300


def test_a_password_protected_member_is_refused() -> None:
    data = bytearray(xlsx(["a"]))
    start = 0
    while (at := data.find(b"PK\x01\x02", start)) >= 0:
        data[at + 8] |= 1
        start = at + 4
    assert refusal("locked.xlsx", bytes(data)).kind is ErrorKind.FILE_ENCRYPTED


@pytest.mark.parametrize(
    "part",
    [
        "EncryptedPackage".encode("utf-16-le"),
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x01" * 12 + b"\x2f\x00\x36\x00",
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x01" * 12 + b"\x86\x00\x00\x00\x2f\x00\x36\x00",
    ],
)
def test_a_workbook_with_a_password_is_told_from_a_damaged_one(part: bytes) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + part + b"\x00" * 600
    assert refusal("locked.xls", data).kind is ErrorKind.FILE_ENCRYPTED


def test_too_many_columns_are_refused_in_workbooks_and_text() -> None:
    assert refusal("wide.xlsx", xlsx(["x"] * 2_000)).kind is ErrorKind.TOO_MANY_COLUMNS
    error = refusal("wide.csv", b"a\n" + b"," * 100_000)
    assert (error.kind, error.values["columns"], error.values["row"]) == (
        ErrorKind.TOO_MANY_COLUMNS,
        100_001,
        2,
    )


def test_a_sheet_with_one_cell_at_the_far_corner_cannot_exhaust_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    sheet["XFD1048576"] = 2
    out = io.BytesIO()
    book.save(out)
    assert refusal("far.xlsx", out.getvalue()).kind is ErrorKind.FILE_TOO_LARGE


def test_a_child_that_needs_too_much_time_or_memory_is_ended() -> None:
    data = xlsx(*([[f"text {row * 20 + column}" for column in range(20)] for row in range(3_000)]))
    with pytest.raises(KnownError) as slow:
        parse_in_child(data, seconds=0)
    assert slow.value.kind is ErrorKind.FILE_TOO_LARGE
    with pytest.raises(KnownError) as large:
        parse_in_child(data, memory=2**20)
    assert large.value.kind is ErrorKind.FILE_TOO_LARGE


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(KnownError) as caught:
        parse_in_child(xlsx(["a"], ["b"], ["c"]), max_rows=2)
    assert (caught.value.kind, caught.value.values["rows"]) == (ErrorKind.TOO_MANY_ROWS, 3)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_workbook_file(tmp_path / "none.xlsx")
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_a_file_without_an_end_is_too_large() -> None:
    with pytest.raises(KnownError) as caught:
        read_workbook_file(Path("/dev/zero"))
    assert caught.value.kind is ErrorKind.FILE_TOO_LARGE
