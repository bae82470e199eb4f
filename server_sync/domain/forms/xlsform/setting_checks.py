"""Checks the settings sheet and the languages: what they may say, and which translations are missing."""

from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import CHOICES, SETTINGS, SURVEY, TRANSLATED, Column
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.row_checks import is_name, valid_name
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook
from server_sync.domain.forms.xpath.nearest import nearest

_YES_NO = ("yes", "no", "true", "false", "true()", "false()")
_SWITCHES = ("allow_choice_duplicates", "clean_text_values", "omit_instanceid")
_MOST_ROWS = 10
"""Rows named in one finding on missing translations."""


def check_settings(book: Workbook, report: Reporter) -> None:
    """The row of settings, and the translations of all sheets."""
    languages = _languages(book)
    settings = book.sheets.get(SETTINGS)
    if settings is not None and settings.rows:
        _check_row(settings, languages, report)
    elif settings is None:
        report.warning(FindingKind.SETTING_MISSING, name="form_id")
    if any(languages):
        for name in (SURVEY, CHOICES):
            if name in book.sheets:
                _check_translations(book.sheets[name], languages, report)


def _languages(book: Workbook) -> tuple[str, ...]:
    found = [
        column.language
        for name in (SURVEY, CHOICES)
        if name in book.sheets
        for column in book.sheets[name].columns
        if column.name in TRANSLATED
    ]
    return tuple(dict.fromkeys(found))


def _check_row(settings: Sheet, languages: tuple[str, ...], report: Reporter) -> None:
    row = settings.rows[0]
    for name in ("form_id", "version"):
        if not settings.text(row, name):
            report.warning(
                FindingKind.SETTING_MISSING, settings, row.number, settings.column(name) or name, name=name
            )
    for name in _SWITCHES:
        for column, text in settings.texts(row, name):
            if text.lower() not in _YES_NO:
                report.error(
                    FindingKind.SETTING_INVALID, settings, row.number, column, "yes",
                    repair="yes", name=name, value=text, known="yes, no",
                )  # fmt: skip
    for column, text in settings.texts(row, "name"):
        if not is_name(text):
            report.error(
                FindingKind.NAME_INVALID,
                settings,
                row.number,
                column,
                valid_name(text),
                repair="",
                value=text,
            )
    for column, text in settings.texts(row, "default_language"):
        if any(languages) and text not in languages and "" not in languages:
            near = nearest(text, languages)
            report.warning(FindingKind.LANGUAGE_UNKNOWN, settings, row.number, column, near, value=text)
    if len(settings.rows) > 1:
        report.warning(FindingKind.SETTINGS_ROWS, settings, settings.rows[1].number)


def _check_translations(sheet: Sheet, languages: tuple[str, ...], report: Reporter) -> None:
    by_name: dict[str, list[Column]] = {}
    for column in sheet.columns:
        if column.name in TRANSLATED:
            by_name.setdefault(column.name, []).append(column)
    for name, columns in by_name.items():
        if name not in ("label", "hint", "constraint_message", "required_message"):
            continue
        present = {column.language for column in columns}
        for language in languages:
            if language and language not in present and (name == "label" or len(present) > 1):
                heading = f"{name}::{language}"
                report.warning(
                    FindingKind.TRANSLATION_COLUMN_MISSING, sheet, 1, columns[0], heading, name=heading
                )
        for column in columns if len(columns) > 1 else ():
            rows = [
                row.number
                for row in sheet.rows
                if not row.cells.get(column.heading)
                and any(row.cells.get(other.heading) for other in columns)
            ]
            if rows:
                report.warning(
                    FindingKind.TRANSLATION_MISSING,
                    sheet,
                    rows[0],
                    column,
                    count=len(rows),
                    rows=rows[:_MOST_ROWS],
                )
