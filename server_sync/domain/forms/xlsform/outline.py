"""The survey sheet as a tree: what each row is, where it stands and which path its node will have; judges nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from server_sync.domain.forms.xlsform.headings import SETTING_COLUMNS, SETTINGS, SURVEY
from server_sync.domain.forms.xlsform.sheets import Row, Sheet, Workbook
from server_sync.domain.forms.xpath.references import Shape

_BEGIN = re.compile(r"begin[ _](group|repeat|lgroup|loop|looped group)(?: (?:over )?(\S+))?")
_END = re.compile(r"end[ _](group|repeat|lgroup|loop|looped group)")
_SELECT = re.compile(
    r"(?P<command>select_one_from_file|select one from file|select_multiple_from_file|select multiple from file"
    r"|select_one_external|select one external"
    r"|add select one prompt using|select one from|select_one|select one|select1"
    r"|add select multiple prompt using|select all that apply from|select_multiple|select all that apply"
    r"|rank)(?: (?P<list>\S+)(?: (?P<other>or specify other|or_other|or other))?)?"
)
_KINDS: Mapping[str, str] = {"group": "group", "loop": "loop"}
_SETTING_TYPES = frozenset({*SETTING_COLUMNS, "set form title", "set form id"})
ROOT = "data"
"""What pyxform calls the root unless the settings do."""


class RowKind(Enum):
    """What a row of the survey sheet is."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    SETTING = "setting"
    NOTHING = "nothing"


@dataclass(slots=True)
class Entry:
    """A row with its place: `type` in XLSForm's words, `structure` "group", "repeat" or "loop" where it begins or ends.

    `path` is that of its node ("" without a name); `above` the entry that it stands in; `end` the row that closes it.
    """

    row: Row
    kind: RowKind
    type: str = ""
    structure: str = ""
    command: str = ""
    choice_list: str = ""
    other: bool = False
    name: str = ""
    path: str = ""
    above: "Entry | None" = None
    below: list["Entry"] = field(default_factory=list)
    end: "Entry | None" = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A begin or end that fits no other: `what` is "never_closed", "never_opened" or "closed_by_other"."""

    what: str
    entry: Entry
    other: Entry | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """All rows in order, those with a name by name, the slips of begin and end, and the path of the root."""

    sheet: Sheet
    root: str
    entries: tuple[Entry, ...]
    slips: tuple[Slip, ...]
    named: Mapping[str, tuple[Entry, ...]]
    by_path: Mapping[str, Entry]

    def at(self, path: str) -> Entry | None:
        """The row whose node has this path, or the one that pyxform made that node for."""
        for suffix in ("", "_count", "_other"):
            found = self.by_path.get(path.removesuffix(suffix)) if path.endswith(suffix) else None
            if found is not None:
                return found
        return None

    def shape(self) -> Shape:
        """The skeleton of the answers that pyxform will make, for following paths."""
        children: dict[str, set[str]] = {
            "": {self.root[1:]},
            self.root: {"meta"},
            f"{self.root}/meta": {"instanceID", "instanceName", "audit", "deprecatedID"},
        }
        repeats: set[str] = set()
        for entry in self.entries:
            if not entry.path or entry.kind not in (RowKind.QUESTION, RowKind.BEGIN):
                continue
            above, _, name = entry.path.rpartition("/")
            children.setdefault(above, set()).add(name)
            children.setdefault(entry.path, set())
            if entry.structure == "repeat":
                repeats.add(entry.path)
                children[above].add(f"{name}_count")
            if entry.other:
                children[above].add(f"{name}_other")
        return Shape({path: frozenset(names) for path, names in children.items()}, frozenset(repeats))


def read_outline(book: Workbook) -> Outline:
    """The outline of a workbook's survey sheet."""
    sheet = book.sheets[SURVEY]
    root = f"/{_root_name(book)}"
    entries: list[Entry] = []
    slips: list[Slip] = []
    stack: list[Entry] = []
    for row in sheet.rows:
        entry = _entry(sheet, row)
        entries.append(entry)
        if entry.kind is RowKind.END:
            _close(entry, stack, slips)
            continue
        entry.above = stack[-1] if stack else None
        if entry.kind in (RowKind.QUESTION, RowKind.BEGIN):
            if stack:
                stack[-1].below.append(entry)
            if entry.name:
                entry.path = f"{_place(entry, root)}/{entry.name}"
        if entry.kind is RowKind.BEGIN:
            stack.append(entry)
    slips += [Slip("never_closed", left) for left in stack]
    named: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.name and entry.kind in (RowKind.QUESTION, RowKind.BEGIN):
            named.setdefault(entry.name, []).append(entry)
    rows_by_name = {name: tuple(rows) for name, rows in named.items()}
    by_path = {entry.path: entry for entry in reversed(entries) if entry.path}
    return Outline(sheet, root, tuple(entries), tuple(slips), rows_by_name, by_path)


def _place(entry: Entry, root: str) -> str:
    if entry.type == "audit":
        return f"{root}/meta"
    return entry.above.path if entry.above is not None and entry.above.path else root


def _root_name(book: Workbook) -> str:
    settings = book.sheets.get(SETTINGS)
    if settings is None or not settings.rows:
        return ROOT
    return settings.text(settings.rows[0], "name") or ROOT


def _entry(sheet: Sheet, row: Row) -> Entry:
    written = sheet.text(row, "type")
    name = sheet.text(row, "name")
    if sheet.text(row, "disabled").lower() in ("yes", "true", "true()"):
        return Entry(row, RowKind.NOTHING)
    if not written:
        told = any(sheet.texts(row, "name", "label"))
        return Entry(row, RowKind.QUESTION if told else RowKind.NOTHING, name=name)
    begin, end = _BEGIN.fullmatch(written), _END.fullmatch(written)
    if begin is not None:
        structure = _KINDS.get(begin[1], "repeat")
        return Entry(row, RowKind.BEGIN, written, structure, choice_list=begin[2] or "", name=name)
    if end is not None:
        return Entry(row, RowKind.END, written, _KINDS.get(end[1], "repeat"), name=name)
    if written in _SETTING_TYPES:
        return Entry(row, RowKind.SETTING, written, name=name)
    if written == "audit":
        name = "audit"
    elif written == "note" and not name:
        name = f"generated_note_name_{row.number}"
    select = _SELECT.fullmatch(written)
    if select is None:
        return Entry(row, RowKind.QUESTION, written, name=name)
    return Entry(
        row,
        RowKind.QUESTION,
        written,
        command=select["command"],
        choice_list=select["list"] or "",
        other=bool(select["other"]),
        name=name,
    )


def _close(entry: Entry, stack: list[Entry], slips: list[Slip]) -> None:
    """Close the innermost structure of this kind; what was left open inside it was never closed."""
    if not any(one.structure == entry.structure for one in stack):
        slips.append(Slip("closed_by_other", entry, stack[-1]) if stack else Slip("never_opened", entry))
        return
    while stack[-1].structure != entry.structure:
        slips.append(Slip("never_closed", stack.pop()))
    stack.pop().end = entry
