"""Files that a form looks things up in: they become part of it, and none of them does harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.secondary import Inlined, files_beside, inline_files
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

TABLE = """
| survey |
| | type | name | label | calculation |
| | select_one_from_file {} | place | P | |
| | calculate | more | | instance('places')/*/item[name = ${{place}}]/{} |
"""


def _published(folder: Path, name: str, content: bytes, wanted: str = "people") -> str:
    (folder / "form.md").write_text(TABLE.format(name, wanted))
    (folder / name).write_bytes(content)
    return publish(folder / "form.md", "form.md").xform_xml


def _refusal(folder: Path, name: str, content: bytes) -> KnownError:
    with pytest.raises(KnownError) as refused:
        _published(folder, name, content)
    return refused.value


@pytest.mark.parametrize(
    "content",
    [
        "name,label,people\nbj,北京,21\nsh,上海,24\n".encode(),
        "\ufeffname;label;people\r\nbj;北京;21\r\n\r\nsh;上海;24\r\n".encode(),
        "name\tlabel\tpeople\nbj\t北京\t21\nsh\t上海\t24".encode("gbk"),
        'people,name,label\n21,bj,"北京"\n24,sh,"上海"\n'.encode(),
    ],
)
def test_a_csv_file_is_read_as_spreadsheets_write_it(begin: Begin, tmp_path: Path, content: bytes) -> None:
    session = begin(read_form(_published(tmp_path, "places.csv", content)))
    question = session.question("/data/place")
    assert question is not None
    assert [(choice.value, choice.label) for choice in question.choices] == [("bj", "北京"), ("sh", "上海")]
    session.answer("/data/place", "sh")
    assert session.answers()["/data/more"] == "24"


def test_an_xml_file_is_taken_as_it_is(begin: Begin, tmp_path: Path) -> None:
    content = b"<root><item><name>bj</name><label>B &amp; J</label><people>21</people></item></root>"
    session = begin(read_form(_published(tmp_path, "places.xml", content)))
    session.answer("/data/place", "bj")
    assert session.answers()["/data/more"] == "21"


def test_geojson_has_its_places_as_odk_writes_them(begin: Begin, tmp_path: Path) -> None:
    content = b"""{"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"id": "a", "title": "A", "open": true, "none": null},
       "geometry": {"type": "Point", "coordinates": [121.5, 31.25, 4]}},
      {"type": "Feature", "id": "b", "properties": {"title": "B"},
       "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}}
    ]}"""
    form = read_form(_published(tmp_path, "places.geojson", content).replace("[name =", "[id ="))
    session = begin(form)
    items = form.instances["places"].children["root"][0].children["item"]
    told = [{name: nodes[0].value for name, nodes in item.children.items()} for item in items]
    assert told == [
        {"id": "a", "title": "A", "open": "true", "geometry": "31.25 121.5 4 0"},
        {"title": "B", "id": "b", "geometry": "2 1 0 0;4 3 0 0;6 5 0 0;2 1 0 0"},
    ]
    assert session.answer("/data/place", "b").accepted


def test_files_lie_beside_the_form_or_in_its_media_folder(tmp_path: Path) -> None:
    files = files_beside(tmp_path / "form.xlsx")
    assert files("places.csv") is None
    (tmp_path / "form-media").mkdir()
    (tmp_path / "form-media" / "places.csv").write_bytes(b"media")
    assert files("places.csv") == b"media"
    (tmp_path / "places.csv").write_bytes(b"beside")
    assert files("places.csv") == b"beside"


def test_no_name_of_a_file_leads_elsewhere() -> None:
    asked: list[str] = []

    def files(name: str) -> bytes | None:
        asked.append(name)
        return None

    xform = """<h xmlns="http://www.w3.org/2002/xforms"><instance src="jr://file/../../secret.xml"/>
      <instance src="file:///etc/passwd"/><instance src="http://x/y.xml"/><instance src="jr://file/z.xml"/></h>"""
    assert inline_files(xform, files, {}).missing == ("z.xml",)
    assert asked == ["z.xml"]


def test_a_form_without_files_stays_as_it_is() -> None:
    assert inline_files("<anything/>", lambda name: None, {}) == Inlined("<anything/>")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("places.csv", b"name,name\n1,2\n"),
        ("places.csv", b"name,two words\n1,2\n"),
        ("places.csv", b""),
        ("places.csv", b"\xff\xfe\xff\xff\xff"),
        ("places.geojson", b"{}"),
        ("places.geojson", b"[" * 100_000),
        ("places.geojson", b'{"type": "Feature"}'),
        (
            "places.geojson",
            b'{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": null}]}',
        ),
        (
            "places.geojson",
            (
                b'{"type": "FeatureCollection", "features": [{"properties": {"id": {"a": 1}},'
                b' "geometry": {"type": "Point", "coordinates": [1, 2]}}]}'
            ),
        ),
        (
            "places.geojson",
            (
                b'{"type": "FeatureCollection", "features": [{"properties": {},'
                b' "geometry": {"type": "Point", "coordinates": []}}]}'
            ),
        ),
    ],
)
def test_a_broken_file_is_refused_by_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    refused = _refusal(tmp_path, name, content)
    assert (refused.kind, refused.values["reason"]) == (ErrorKind.FORM_UNREADABLE, "file")
    assert refused.values["filename"] == name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>', "doctype"),
        (b'<!DOCTYPE r SYSTEM "file:///etc/hostname"><r/>', "doctype"),
        (b"<root><item>", "xml"),
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    refused = _refusal(tmp_path, "places.xml", content)
    assert (refused.kind, refused.values["reason"]) == (ErrorKind.FORM_UNREADABLE, reason)


def test_a_list_of_a_million_rows_is_refused(tmp_path: Path) -> None:
    rows = b"name,label,people\n" + b"a,b,1\n" * 1_000_000
    refused = _refusal(tmp_path, "places.csv", rows)
    assert refused.kind is ErrorKind.FORM_TOO_LARGE
    assert (refused.values["items"], refused.values["most"]) == (50_001, 50_000)
    assert _refusal(tmp_path, "places.csv", rows * 2).values["most"] == 10 * 1024 * 1024
    items = b"<root>" + b"<item/>" * 60_000 + b"</root>"
    assert _refusal(tmp_path, "places.xml", items).values["most"] == 50_000
