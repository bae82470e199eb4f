"""Checks the lists of choices, and that every question finds the list it names."""

import re
from pathlib import PurePath

from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import CHOICES, EXTERNAL_CHOICES, SETTINGS
from server_sync.domain.forms.xlsform.outline import Entry, Outline
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook

_FILES = frozenset({".csv", ".xml", ".geojson"})
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?")
_COMPUTED = re.compile(r"\$\{|[(+*|\[]| div | mod ")


def check_choices(book: Workbook, outline: Outline, report: Reporter) -> None:
    """The choices sheets, the lists of the questions, and defaults that are no choice."""
    lists = {name: _check_sheet(book, name, outline, report) for name in (CHOICES, EXTERNAL_CHOICES)}
    for entry in outline.entries:
        if entry.choice_list:
            _check_list(entry, book, outline, lists, report)
        _check_default(entry, outline, lists[CHOICES], report)


def _check_sheet(book: Workbook, name: str, outline: Outline, report: Reporter) -> dict[str, dict[str, int]]:
    """The rows of the choices by list and name."""
    sheet = book.sheets.get(name)
    if sheet is None or sheet.column("list_name") is None or sheet.column("name") is None:
        return {}
    spaceless = {
        entry.choice_list for entry in outline.entries if "mult" in entry.command or "all" in entry.command
        or entry.command == "rank"
    }  # fmt: skip
    twice = name == EXTERNAL_CHOICES or _allows_duplicates(book)
    lists: dict[str, dict[str, int]] = {}
    repeated: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        list_name, choice = sheet.text(row, "list_name"), sheet.text(row, "name")
        if not list_name:
            report.warning(
                FindingKind.LIST_NAME_MISSING, sheet, row.number, sheet.column("list_name"), value=choice
            )
            continue
        known = lists.setdefault(list_name, {})
        column = sheet.column("name")
        if not choice:
            report.error(
                FindingKind.CHOICE_NAME_MISSING,
                sheet,
                row.number,
                column,
                repair=f"_{row.number}",
                value=list_name,
            )
            continue
        if choice in known and not twice:
            again = repeated[list_name, choice] = repeated.get((list_name, choice), 1) + 1
            near = f"{choice}_{again}"
            report.error(
                FindingKind.CHOICE_TWICE,
                sheet,
                row.number,
                column,
                near,
                repair=near,
                value=choice,
                name=list_name,
                first=known[choice],
            )
        if list_name in spaceless and " " in choice:
            near = choice.replace(" ", "_")
            report.error(
                FindingKind.CHOICE_NAME_SPACE, sheet, row.number, column, near,
                repair=near, value=choice, name=list_name,
            )  # fmt: skip
        if sheet.column("label") is not None and not any(
            sheet.texts(row, "label", "image", "audio", "video", "media")
        ):
            report.warning(
                FindingKind.CHOICE_LABEL_MISSING, sheet, row.number, sheet.column("label"), value=choice
            )
        known.setdefault(choice, row.number)
    return lists


def _allows_duplicates(book: Workbook) -> bool:
    settings = book.sheets.get(SETTINGS)
    said = (
        ""
        if settings is None or not settings.rows
        else settings.text(settings.rows[0], "allow_choice_duplicates")
    )
    return said.lower() in ("yes", "true", "true()")


def _check_list(
    entry: Entry,
    book: Workbook,
    outline: Outline,
    lists: dict[str, dict[str, dict[str, int]]],
    report: Reporter,
) -> None:
    sheet, number = outline.sheet, entry.row.number
    column = sheet.column("type")
    if "file" in entry.command or PurePath(entry.choice_list).suffix in _FILES:
        if PurePath(entry.choice_list).suffix not in _FILES:
            near = f"{entry.command} {PurePath(entry.choice_list).stem}.csv"
            report.error(
                FindingKind.FILE_TYPE_UNKNOWN,
                sheet,
                number,
                column,
                near,
                repair="text",
                value=entry.choice_list,
            )
        return
    if "${" in entry.choice_list:
        name = entry.choice_list[2:].rstrip("}")
        if name not in outline.named:
            near = report.guess(name, outline.named)
            report.error(
                FindingKind.REFERENCE_UNKNOWN,
                sheet,
                number,
                column,
                near,
                repair="text",
                value=entry.choice_list,
                name=name,
            )
        return
    where = EXTERNAL_CHOICES if "external" in entry.command else CHOICES
    if where not in book.sheets:
        report.error(FindingKind.SHEET_MISSING, sheet, number, column, where, repair="text", name=where)
        return
    known = lists[where]
    if not known and any(
        one.column(name) is None for name in ("list_name", "name") for one in [book.sheets[where]]
    ):
        return  # which columns the sheet lacks has been said
    if entry.choice_list not in known:
        near = report.guess(entry.choice_list, known)
        report.error(
            FindingKind.LIST_MISSING, sheet, number, column, near, repair="text", value=entry.choice_list
        )
    elif not known[entry.choice_list]:
        report.error(FindingKind.LIST_EMPTY, sheet, number, column, repair="text", value=entry.choice_list)


def _check_default(
    entry: Entry, outline: Outline, lists: dict[str, dict[str, int]], report: Reporter
) -> None:
    sheet: Sheet = outline.sheet
    for column, text in sheet.texts(entry.row, "default"):
        if _COMPUTED.search(text):
            continue
        choices = lists.get(entry.choice_list, {}) if entry.command else {}
        near = ""
        if entry.command and choices and "external" not in entry.command:
            missing = [
                one for one in text.split() if one not in choices and not (entry.other and one == "other")
            ]
            wrong = bool(missing)
            near = report.guess(missing[0], choices) if missing else ""
        else:
            wrong = (
                (entry.type in ("integer", "int") and not _INTEGER.fullmatch(text))
                or (entry.type in ("decimal", "range") and not _NUMBER.fullmatch(text))
                or (entry.type == "date" and not _DATE.fullmatch(text))
            )
        if wrong:
            report.warning(
                FindingKind.DEFAULT_INVALID,
                sheet,
                entry.row.number,
                column,
                near,
                value=text,
                name=entry.name,
            )
