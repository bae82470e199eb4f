"""Puts the files that a form looks things up in (CSV, XML, GeoJSON) into the XForm itself, so that one file is sent."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.skeleton import MAX_ITEMS
from server_sync.domain.forms.xlsform.text_grids import decode
from server_sync.domain.forms.xml import XFORMS, Element, attribute, clean_text, parse_xml

MAX_FILE = 10 * 1024 * 1024
"""Bytes of one file beside a form."""

Files = Callable[[str], bytes | None]
"""What gives the content of a file by its name; None where there is none."""

Lists = Mapping[str, Iterable[Mapping[str, str]]]
"""Rows by the list that they belong to."""

_SOURCE = re.compile(r"jr://(?:file|file-csv)/([^/\\]+)")
_NAME = re.compile(r"[^\W\d][\w.-]*")


@dataclass(frozen=True, slots=True)
class Inlined:
    """An XForm with the content of its files, and the names of those that were not there: their lists are empty."""

    xform: str
    missing: tuple[str, ...] = ()


def files_beside(form: Path, media: Path | None = None) -> Files:
    """The files in a form's folder, or in the folder `<form>-media` beside it, as ODK Collect has them; with `media` in
    that alone."""
    folders = (form.parent, form.with_name(f"{form.stem}-media")) if media is None else (media,)

    def read(name: str) -> bytes | None:
        for folder in folders:
            file = folder / name
            if file.is_file():
                if file.stat().st_size > MAX_FILE:
                    raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=file.stat().st_size, most=MAX_FILE)
                return file.read_bytes()
        return None

    return read


def inline_files(xform: str, files: Files, lists: Lists) -> Inlined:
    """The XForm with its external secondary instances (ODK XForms, Secondary Instances - External) filled in.

    `lists` are those that `select_one_external` asks: the rows of the sheet `external_choices`. Raises KnownError
    FORM_UNREADABLE (`reason`: "file" with `filename`, or "xml" …) and FORM_TOO_LARGE.
    """
    if "jr://file" not in xform and not lists:
        return Inlined(xform)
    html = parse_xml(xform.encode())
    missing = []
    instances = list(html.iter(f"{{{XFORMS}}}instance"))
    for instance in instances:
        match = _SOURCE.fullmatch(attribute(instance, "src"))
        data = None if match is None else files(match[1])
        if match is not None and data is None:
            missing.append(match[1])
        elif match is not None and data is not None:
            instance.append(_root(match[1], data))
            del instance.attrib["src"]
    for name, rows in lists.items() if instances else ():
        instance = etree.Element(f"{{{XFORMS}}}instance", {"id": name})
        instance.append(_items(_labelled(row) for row in rows))
        instances[-1].addnext(instance)
    return Inlined(etree.tostring(html, encoding="unicode"), tuple(missing))


def _root(name: str, data: bytes) -> Element:
    """The root element of a file's content."""
    if len(data) > MAX_FILE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=len(data), most=MAX_FILE)
    kind = Path(name).suffix.lower()
    if kind == ".geojson":
        return _items(_features(name, data))
    if kind == ".csv":
        return _items(_rows(name, data))
    return parse_xml(data)


def _items(rows: Iterable[Mapping[str, str]]) -> Element:
    root = etree.Element(f"{{{XFORMS}}}root")
    for count, row in enumerate(rows, 1):
        if count > MAX_ITEMS:
            raise KnownError(ErrorKind.FORM_TOO_LARGE, items=count, most=MAX_ITEMS)
        item = etree.SubElement(root, f"{{{XFORMS}}}item")
        for name, value in row.items():
            etree.SubElement(item, f"{{{XFORMS}}}{name}").text = clean_text(value)
    return root


def _rows(name: str, data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header, by `,` or else `;` or tab (ODK XForms, Secondary instances from CSV)."""
    text = _decoded(name, data)
    header = text.partition("\n")[0]
    delimiter = next((one for one in ",;\t" if one in header), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = [column.strip() for column in next(reader, [])]
    if not columns or len(set(columns)) < len(columns) or not all(map(_NAME.fullmatch, columns)):
        raise _unreadable(name)
    try:
        for row in reader:
            if any(row):
                yield dict(zip(columns, [*row, *[""] * len(columns)], strict=False))
    except csv.Error as broken:
        raise _unreadable(name) from broken


def _labelled(row: Mapping[str, str]) -> dict[str, str]:
    """A row of `external_choices` by its columns; a label in several languages is the first of them."""
    labels = [value for column, value in row.items() if column.startswith("label")]
    named = {column: value for column, value in row.items() if _NAME.fullmatch(column)}
    return {**named, "label": labels[0] if labels else row.get("name", "")}


def _features(name: str, data: bytes) -> Iterator[dict[str, str]]:
    """The features of a GeoJSON file as items with a `geometry` (ODK XForms, Secondary Instances from GeoJSON)."""
    try:
        collection = json.loads(_decoded(name, data))
        if collection["type"] != "FeatureCollection":
            raise _unreadable(name)
        for feature in collection["features"]:
            properties = {key: value for key, value in feature["properties"].items() if value is not None}
            own = {"id": feature["id"]} if "id" in feature else {}
            item = {**properties, **own, "geometry": _geometry(feature["geometry"])}
            if not all(map(_NAME.fullmatch, item)):
                raise _unreadable(name)
            yield {key: _json_text(value) for key, value in item.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as broken:
        raise _unreadable(name) from broken


def _geometry(geometry: Mapping[str, Any]) -> str:
    """A point, a line or the outline of an area in ODK's spelling: latitude before longitude."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    points = {"Point": [coordinates], "LineString": coordinates, "Polygon": coordinates[0]}[kind]
    return ";".join(f"{_json_text(y)} {_json_text(x)} {_json_text(z)} 0" for x, y, z in map(_point, points))


def _point(position: Sequence[object]) -> tuple[object, object, object]:
    """Longitude, latitude and altitude."""
    return position[0], position[1], position[2] if len(position) > 2 else 0


def _json_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError(value)


def _decoded(name: str, data: bytes) -> str:
    try:
        return decode(data)
    except KnownError as broken:
        raise _unreadable(name) from broken


def _unreadable(name: str) -> KnownError:
    return KnownError(ErrorKind.FORM_UNREADABLE, reason="file", filename=name, line=0)
