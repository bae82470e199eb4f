"""Publishing a workbook: what comes out, and that whatever is wrong with it is said by kind and values."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from openpyxl import Workbook

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form

ReadTable = Callable[[str], FormDefinition]


def _refusal(data: bytes, filename: str) -> KnownError:
    with pytest.raises(KnownError) as refused:
        publish(data, filename)
    return refused.value


def _table(rows: str) -> bytes:
    return dedent(rows).strip().encode()


def test_a_workbook_becomes_a_form_with_its_own_code_and_version(tmp_path: Path) -> None:
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (["type", "name", "label"], ["text", "why", "为什么？"]):
        survey.append(row)
    settings = book.create_sheet("settings")
    for row in (["form_title", "form_id", "version"], ["回访", "visit", "3"]):
        settings.append(row)
    book.save(tmp_path / "f.xlsx")
    published = publish(tmp_path / "f.xlsx", "f.xlsx")
    assert (published.code, published.title, published.version) == ("visit", "回访", "3")
    assert read_form(published.xform_xml).questions.keys() == {"/data/why"}
    again = publish(published.xform_xml.encode(), "visit.xml")
    assert (again.code, again.version) == ("visit", "3")


def test_without_settings_the_file_gives_the_code() -> None:
    published = publish(
        _table("| survey | | | |\n| | type | name | label |\n| | text | a | A |"), "回访 1.md"
    )
    assert published.code == "回访 1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_csv_is_read_in_every_encoding_that_chinese_spreadsheets_write(encoding: str) -> None:
    text = '"survey",,,\n,"type","name","label"\n,"text","a","为什么？"\n'
    form = read_form(publish(text.encode(encoding), "f.csv").xform_xml)
    label = form.questions["/data/a"].label
    assert label is not None
    assert label.literal is not None
    assert label.literal.pieces == ("为什么？",)


def test_an_unknown_reference_names_sheet_row_and_column() -> None:
    refused = _refusal(
        _table("| survey | | | | |\n| | type | name | label | relevant |\n| | text | a | A | ${foo} = 1 |"),
        "f.md",
    )
    assert refused.kind is ErrorKind.FORM_INVALID
    told = {key: refused.values[key] for key in ("code", "sheet", "row", "column", "name")}
    assert told == {"code": "PYREF_003", "sheet": "survey", "row": 2, "column": "relevant", "name": "foo"}


@pytest.mark.parametrize(
    ("relevant", "kind", "values"),
    [
        ("nothing(${a})", ErrorKind.FORM_EXPRESSION, {"reason": "unknown_function", "value": "nothing"}),
        ("if(${a})", ErrorKind.FORM_EXPRESSION, {"reason": "argument_count", "value": "if"}),
        ("${a} = ", ErrorKind.FORM_EXPRESSION, {"reason": "incomplete"}),
        ("regex(${a}, '(')", ErrorKind.FORM_EXPRESSION, {"reason": "pattern", "value": "("}),
        ("/data/zzz = 1", ErrorKind.FORM_REFERENCE, {"value": "/data/zzz"}),
    ],
)
def test_a_wrong_expression_names_its_node_and_attribute(
    form: ReadTable, relevant: str, kind: ErrorKind, values: dict[str, str]
) -> None:
    rows = f"| | text | a | A | |\n| | text | b | B | {relevant} |"
    with pytest.raises(KnownError) as refused:
        form(f"| survey | | | | |\n| | type | name | label | relevant |\n{rows}")
    assert refused.value.kind is kind
    told = refused.value.values
    assert (told["path"], told["attribute"]) == ("/data/b", "relevant")
    assert {key: told[key] for key in values} == values


def test_what_cannot_be_done_is_said_by_path() -> None:
    refused = _refusal(
        _table(
            """
            | survey   |                |       |       |                          |
            |          | type           | name  | label | appearance               |
            |          | select_one abc | one   | O     | minimal search('places') |
            | choices  |                |       |       |                          |
            |          | list_name      | name  | label |                          |
            |          | abc            | a     | A     |                          |
            | settings |                |       |       |                          |
            |          | public_key     | submission_url |  |                     |
            |          | abc            | https://x/     |  |                     |
            """
        ),
        "f.md",
    )
    assert refused.kind is ErrorKind.FORM_UNSUPPORTED
    assert [(one["path"], one["feature"]) for one in refused.values["features"]] == [
        ("/data/one", "search"),
        ("submission", "encryption"),
    ]


@pytest.mark.parametrize(
    ("data", "filename", "reason"),
    [
        (b"anything", "form.pdf", "type"),
        (b"no zip", "form.xlsx", "workbook"),
        (b"\xd0\xcf\x11\xe0 broken", "form.xls", "workbook"),
        (b"\xff\xfe\xff", "form.csv", "encoding"),
        (b"<html/>", "form.xml", "not_xform"),
        (b"<html", "form.xml", "xml"),
        (b"", "form.xlsx", "empty"),
    ],
)
def test_what_is_no_form_is_unreadable(data: bytes, filename: str, reason: str) -> None:
    refused = _refusal(data, filename)
    assert (refused.kind, refused.values["reason"]) == (ErrorKind.FORM_UNREADABLE, reason)


def test_a_csv_without_a_survey_sheet_is_no_form() -> None:
    refused = _refusal(b"a,b\n1,2\n", "form.csv")
    assert refused.kind is ErrorKind.FORM_INVALID
    assert "survey" in refused.values["detail"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    assert len(packed.getvalue()) < 100_000
    assert _refusal(packed.getvalue(), "form.xlsx").kind is ErrorKind.FORM_TOO_LARGE


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE h [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE h [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE h SYSTEM "http://127.0.0.1:1/form.dtd">',
    ],
)
def test_an_xform_with_a_document_type_is_refused(form: ReadTable, doctype: str) -> None:
    xform = publish(
        _table("| survey | | | |\n| | type | name | label |\n| | text | a | A |"), "f.md"
    ).xform_xml
    hostile = xform.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}')
    refused = _refusal(hostile.encode(), "form.xml")
    assert (refused.kind, refused.values["reason"]) == (ErrorKind.FORM_UNREADABLE, "doctype")


def test_too_many_bytes_are_refused_unread() -> None:
    assert _refusal(b" " * (10 * 1024 * 1024 + 1), "form.md").kind is ErrorKind.FORM_TOO_LARGE
    with pytest.raises(KnownError) as refused:
        read_form(b" " * (16 * 1024 * 1024 + 1))
    assert refused.value.kind is ErrorKind.FORM_TOO_LARGE
