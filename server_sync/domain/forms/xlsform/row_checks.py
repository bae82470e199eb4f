"""Checks the rows of the survey sheet: types, names, labels, groups; expressions and choices have their own checks."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.outline import Entry, Outline, RowKind
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.sheets import Sheet

_NAME = re.compile(r"[^\W\d][\w.\-]*")
_TYPES = (
    "text", "integer", "decimal", "range", "select_one", "select_multiple", "select_one_from_file",
    "select_multiple_from_file", "rank", "note", "date", "time", "dateTime", "calculate", "acknowledge", "trigger",
    "hidden", "image", "audio", "video", "file", "geopoint", "geotrace", "geoshape", "barcode", "begin_group",
    "end_group", "begin_repeat", "end_repeat", "start", "end", "today", "deviceid", "username", "email",
    "phonenumber", "audit", "xml-external", "csv-external", "start-geopoint", "background-audio",
    "background-geopoint",
)  # fmt: skip
_DEEPEST = 50
"""Groups in each other; no face could show more."""

_SLIPS: Mapping[str, FindingKind] = {
    "never_closed": FindingKind.NEVER_CLOSED,
    "never_opened": FindingKind.NEVER_OPENED,
    "closed_by_other": FindingKind.CLOSED_BY_OTHER,
}


@lru_cache(maxsize=1)
def _known_types() -> Mapping[str, bool]:
    """All types that pyxform knows, and whether a person sees a question of the type."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    return {name: "control" in parts for name, parts in QUESTION_TYPE_DICT.items()}


def check_rows(outline: Outline, report: Reporter) -> None:
    """Everything that a row says of itself, and how the rows begin and end groups."""
    meant: list[str] = []
    for entry in outline.entries:
        if entry.kind in (RowKind.QUESTION, RowKind.BEGIN):
            meant.append(_check_type(entry, outline, report))
            if not meant[-1].startswith("end_"):
                _check_name(entry, outline, report)
            if not meant[-1].startswith(("begin_", "end_")):
                _check_label(entry, outline, report)
    _check_uniqueness(outline, report)
    _check_depth(outline, report)
    _check_slips(outline, meant, report)


def _check_slips(outline: Outline, meant: list[str], report: Reporter) -> None:
    """Begins and ends that fit no other, but for those that only a misspelt type (`meant` a begin or end) brings."""
    misspelt = {side: sum(one.startswith(side) for one in meant) for side in ("begin_", "end_")}
    report.spoilt = report.spoilt or any(misspelt.values())
    for slip in outline.slips:
        missing = "end_" if slip.what == "never_closed" else "begin_"
        misspelt[missing] -= 1
        if misspelt[missing] >= 0:
            continue
        report.error(
            _SLIPS[slip.what],
            outline.sheet,
            slip.entry.row.number,
            outline.sheet.column("type"),
            f"end_{slip.entry.structure}" if slip.what == "never_closed" else "",
            value=slip.entry.structure,
            name=slip.entry.name if slip.other is None else slip.other.name,
            first=slip.other.row.number if slip.other is not None else 0,
        )


def _check_depth(outline: Outline, report: Reporter) -> None:
    depths: dict[int, int] = {}
    for entry in outline.entries:
        if entry.kind is RowKind.BEGIN:
            depth = depths[id(entry)] = 1 + (depths[id(entry.above)] if entry.above is not None else 0)
            if depth > _DEEPEST:
                column = outline.sheet.column("type")
                report.error(
                    FindingKind.GROUPS_TOO_DEEP, outline.sheet, entry.row.number, column, most=_DEEPEST
                )
                return


def _check_type(entry: Entry, outline: Outline, report: Reporter) -> str:
    """What was meant by a type that does not exist; "" otherwise."""
    sheet, number = outline.sheet, entry.row.number
    column = sheet.column("type")
    if not entry.type:
        report.error(FindingKind.TYPE_MISSING, sheet, number, column, repair="text")
    elif entry.kind is RowKind.QUESTION and not entry.command and entry.type not in _known_types():
        first, _, rest = entry.type.partition(" ")
        if first != "osm":
            near = _nearest_type(first, rest, report)
            report.error(
                FindingKind.TYPE_UNKNOWN, sheet, number, column, near, repair="text", value=entry.type
            )
            return near
    elif entry.command and not entry.choice_list:
        report.error(FindingKind.LIST_NAME_MISSING, sheet, number, column, repair="text")
    return ""


def _nearest_type(first: str, rest: str, report: Reporter) -> str:
    second, _, after = rest.partition(" ")
    in_two_words = f"{first}_{second}".casefold()
    if after and in_two_words in _TYPES:
        return f"{in_two_words} {after}"
    whole = report.guess("_".join((first, *rest.split())), _TYPES) if rest else ""
    if whole and not whole.startswith(("select", "rank")):
        return whole
    near = report.guess(first, _TYPES)
    return f"{near} {rest}" if near.startswith(("select", "rank")) and rest else near


def _check_name(entry: Entry, outline: Outline, report: Reporter) -> None:
    sheet, number = outline.sheet, entry.row.number
    column = sheet.column("name")
    if not entry.name:
        report.error(FindingKind.NAME_MISSING, sheet, number, column, repair=f"_row_{number}")
    elif not is_name(entry.name):
        near = valid_name(entry.name)
        report.error(FindingKind.NAME_INVALID, sheet, number, column, near, repair=near, value=entry.name)
    elif entry.name == "meta" or (entry.structure == "repeat" and entry.name == outline.root[1:]):
        near = f"{entry.name}_1"
        report.error(FindingKind.NAME_RESERVED, sheet, number, column, near, repair=near, value=entry.name)
    written = sheet.text(entry.row, "name")
    if entry.type == "audit" and written not in ("", "audit"):
        report.error(FindingKind.NAME_INVALID, sheet, number, column, "audit", repair="audit", value=written)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a question."""
    return _NAME.fullmatch(text) is not None


def valid_name(name: str) -> str:
    """The name that is most like this one."""
    plain = re.sub(r"[^\w.\-]+", "_", unicodedata.normalize("NFKC", name)).strip("_") or "name"
    return plain if is_name(plain) else f"_{plain}"


def is_calculated(entry: Entry, sheet: Sheet) -> bool:
    """Whether a question only computes: pyxform makes no control of one that is calculated and has no words."""
    return entry.type == "calculate" or (
        any(sheet.texts(entry.row, "calculation", "trigger"))
        and not any(sheet.texts(entry.row, "label", "hint"))
    )


def _check_label(entry: Entry, outline: Outline, report: Reporter) -> None:
    sheet = outline.sheet
    column = sheet.column("label")
    unseen = not _known_types().get(entry.type, True) or is_calculated(entry, sheet)
    if column is None or entry.kind is not RowKind.QUESTION or not entry.type or unseen:
        return
    if any(sheet.texts(entry.row, "label", "image", "audio", "video", "media")):
        return
    if any(sheet.texts(entry.row, "hint")):
        report.warning(FindingKind.LABEL_MISSING, sheet, entry.row.number, column, name=entry.name)
    else:
        report.error(FindingKind.LABEL_MISSING, sheet, entry.row.number, column, repair="_", name=entry.name)


def _check_uniqueness(outline: Outline, report: Reporter) -> None:
    sheet = outline.sheet
    column = sheet.column("name")
    places: dict[tuple[int, str], Entry] = {}
    lowered: dict[tuple[int, str], Entry] = {}
    repeats: dict[str, Entry] = {}
    repeated: dict[str, int] = {}
    for entry in outline.entries:
        if not entry.name or entry.kind not in (RowKind.QUESTION, RowKind.BEGIN):
            continue
        above = id(entry.above) if entry.type != "audit" else -1
        key, low = (above, entry.name), (above, entry.name.lower())
        first = places.setdefault(key, entry)
        same_repeat = repeats.setdefault(entry.name, entry) if entry.structure == "repeat" else entry
        if first is not entry or same_repeat is not entry:
            before = first if first is not entry else same_repeat
            again = repeated[entry.name] = repeated.get(entry.name, 1) + 1
            near = f"{entry.name}_{again}"
            report.error(
                FindingKind.NAME_TWICE,
                sheet,
                entry.row.number,
                column,
                near,
                repair=near,
                value=entry.name,
                first=before.row.number,
            )
        elif (before := lowered.setdefault(low, entry)) is not entry:
            report.warning(
                FindingKind.NAME_CASE,
                sheet,
                entry.row.number,
                column,
                value=entry.name,
                first=before.row.number,
            )
