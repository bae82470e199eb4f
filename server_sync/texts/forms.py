"""What the check of a form says to its author: a sentence for each kind of finding, with its place and what to do."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.forms.xlsform.findings import Finding, FindingKind
from server_sync.texts.catalogue import _
from server_sync.texts.errors import Values
from server_sync.texts.form_features import expected_words, feature_words, reason_words

_MOST_NAMES = 12
"""Names of a circle that are told."""


def finding_words(finding: Finding) -> str:
    """The whole line: place, what is wrong, and what to do about it."""
    what = _sentences()[finding.kind].format_map(_values(finding))
    if finding.kind in _advices():
        what = _("{what}. What to do: {advice}").format(what=what, advice=suggestion_words(finding))
    elif finding.suggestion:
        what = _("{what}, did you mean {suggestion}?").format(what=what, suggestion=finding.suggestion)
    return _placed(finding, what)


def suggestion_words(finding: Finding) -> str:
    """What to write instead, or a sentence on what to do; "" where there is nothing to be said."""
    advice = _advices().get(finding.kind)
    if finding.suggestion and advice is None:
        return finding.suggestion
    return "" if advice is None else advice.format_map(_values(finding))


def _placed(finding: Finding, what: str) -> str:
    """A sentence behind the place it speaks of, as far as that is known; in an XForm the line and the node."""
    path = finding.values.get("path", "")
    values = {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "path": path,
        "what": what,
    }
    if finding.sheet and finding.row and finding.column:
        return _("sheet {sheet}, row {row}, column {column}: {what}").format(**values)
    if finding.sheet and finding.row:
        return _("sheet {sheet}, row {row}: {what}").format(**values)
    if finding.sheet:
        return _("sheet {sheet}: {what}").format(**values)
    if path and finding.row and finding.column:
        return _("line {row}, {column} of {path}: {what}").format(**values)
    if finding.row:
        return _("line {row}: {what}").format(**values)
    return _("at {path}: {what}").format(**values) if path else what


def _values(finding: Finding) -> Mapping[str, Any]:
    values: dict[str, Any] = {
        key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for key, value in finding.values.items()
    }
    values |= {"suggestion": finding.suggestion, "sheet": finding.sheet, "column": finding.column}
    if finding.kind is FindingKind.CYCLE:
        names = finding.values["names"]
        values["circle"] = " → ".join(names if len(names) <= _MOST_NAMES else [*names[:_MOST_NAMES], "…"])
        if finding.values["rows"]:
            rows = _("rows {rows}").format(rows=values["rows"])
            values["circle"] = f"{values['circle']} ({rows})"
    if "expected" in values:
        values["expected"] = expected_words(values["expected"])
    if finding.kind is FindingKind.ARGUMENT_COUNT:
        values["wanted"] = _wanted(finding.values["least"], finding.values["most"])
    if finding.kind is FindingKind.UNSUPPORTED:
        values["feature"] = feature_words(finding.values["feature"])
    if finding.kind is FindingKind.FILE_UNREADABLE:
        values["reason"] = reason_words(finding.values.get("reason", ""), finding.values.get("filename", ""))
    if finding.kind is FindingKind.FILE_TOO_LARGE:
        values["size"] = _size(finding.values)
    return Values(values)


def _wanted(least: int, most: int | None) -> str:
    if most is None:
        return _("at least {least}").format(least=least)
    return str(least) if least == most else _("{least} to {most}").format(least=least, most=most)


def _size(values: Mapping[str, Any]) -> str:
    what, most = values["what"], values["most"]
    if what in ("bytes", "unpacked"):
        sizes = {"found": round(values["found"] / 2**20, 1), "most": round(most / 2**20)}
        if what == "bytes":
            return _("{found} MB; {most} MB are the most").format(**sizes)
        return _("{found} MB when unpacked; {most} MB are the most").format(**sizes)
    if what == "rows":
        return _(
            "more than {most} rows; put long lists into a file of their own (select_one_from_file)"
        ).format(most=most)
    if what == "items":
        return _("more than {most} choices").format(most=most)
    return _("more than {most} questions and groups").format(most=most)


def _advices() -> dict[FindingKind, str]:
    """What to do where no other name is meant."""
    return {
        FindingKind.OTHER_TYPE: _("Rename the file to end with {found}"),
        FindingKind.SHEET_MISSING: _("Add a sheet named {suggestion}"),
        FindingKind.NO_QUESTIONS: _("Write one question a row below the column names"),
        FindingKind.COLUMN_MISSING: _("Add it to the first row"),
        FindingKind.COLUMN_TWICE: _("Delete one of them"),
        FindingKind.CELL_ERROR: _("Correct the formula, or write the value itself"),
        FindingKind.FORMULA_WITHOUT_VALUE: _(
            "Open and save the file in a spreadsheet program, or write the value itself"
        ),
        FindingKind.CELLS_MERGED: _("Separate them and write the value into every row"),
        FindingKind.SPACES_AROUND: _("They are not counted; delete them"),
        FindingKind.BLANK_ROWS: _("Some programs stop reading there; delete them"),
        FindingKind.TYPE_MISSING: _("Write a type, such as text"),
        FindingKind.NAME_MISSING: _("Write a name of letters, digits and underscores"),
        FindingKind.NAME_TWICE: _("Rename one of them, say to {suggestion}"),
        FindingKind.NAME_CASE: _("Programs that analyse the answers may take them for one"),
        FindingKind.NEVER_CLOSED: _("Add a row of type {suggestion} after its last question"),
        FindingKind.NEVER_OPENED: _("Delete the row, or add a row of type begin_{value} above"),
        FindingKind.CLOSED_BY_OTHER: _("Close what was begun last first"),
        FindingKind.CALCULATION_MISSING: _("Write an expression, such as 1 + 1"),
        FindingKind.LIST_NAME_MISSING: _("Write the name of the list behind the type, or into its column"),
        FindingKind.LIST_EMPTY: _("Add its choices to the sheet choices"),
        FindingKind.CHOICE_NAME_MISSING: _("Write the value that is stored when the choice is taken"),
        FindingKind.CHOICE_TWICE: _(
            "Rename it, say to {suggestion}; or set allow_choice_duplicates to yes on the sheet settings"
        ),
        FindingKind.REFERENCE_AMBIGUOUS: _("Give each question a name of its own"),
        FindingKind.EXPRESSION_TOO_COMPLEX: _("Divide it among several calculations"),
        FindingKind.CYCLE: _("Take one of them out of the circle"),
        FindingKind.PARAMETERS_BROKEN: _("Write them as key=value key=value"),
        FindingKind.SETTINGS_ROWS: _("Only the first row counts; delete the others"),
        FindingKind.TRANSLATION_MISSING: _("The question shows without words in that language"),
    }


def _sentences() -> dict[FindingKind, str]:
    return {
        FindingKind.FILE_UNREADABLE: _("The file cannot be read: {reason}"),
        FindingKind.FILE_TOO_LARGE: _("The file is too large: {size}"),
        FindingKind.OTHER_TYPE: _("{name} is really a file of the type {found}"),
        FindingKind.SHEET_MISSING: _("There is no sheet {name}"),
        FindingKind.SHEET_MISSPELT: _("The sheet {name} is none that a form can have"),
        FindingKind.NO_QUESTIONS: _("The sheet has no questions"),
        FindingKind.COLUMN_MISSING: _("There is no column {name}"),
        FindingKind.COLUMN_UNKNOWN: _("The column {name} is not known and not read"),
        FindingKind.COLUMN_TWICE: _("The columns {other} and {name} are the same"),
        FindingKind.CELL_ERROR: _("The formula gives an error: {value}"),
        FindingKind.FORMULA_WITHOUT_VALUE: _("The formula {value} was saved without its value"),
        FindingKind.CELLS_MERGED: _("The cells {value} are merged; only the first one has the value"),
        FindingKind.SPACES_AROUND: _("“{value}” has spaces around it"),
        FindingKind.BLANK_ROWS: _("{count} empty rows stand above this one"),
        FindingKind.TYPE_MISSING: _("The question has no type"),
        FindingKind.TYPE_UNKNOWN: _("The question type {value} does not exist"),
        FindingKind.NAME_MISSING: _("The row has no name"),
        FindingKind.NAME_INVALID: _(
            "{value} is no valid name: a letter or underscore first, then letters, digits, _, - and ."
        ),
        FindingKind.NAME_RESERVED: _("The name {value} is taken by the form itself"),
        FindingKind.NAME_TWICE: _("The name {value} stands in the same group in row {first} already"),
        FindingKind.NAME_CASE: _(
            "The name {value} differs from the one in row {first} only in capital letters"
        ),
        FindingKind.LABEL_MISSING: _("The question {name} has no label"),
        FindingKind.NEVER_CLOSED: _("The {value} {name} that begins here is never closed"),
        FindingKind.NEVER_OPENED: _("This closes a {value} that was never begun"),
        FindingKind.CLOSED_BY_OTHER: _(
            "This closes a {value}, but {name}, begun in row {first}, is still open"
        ),
        FindingKind.GROUPS_TOO_DEEP: _("More than {most} groups stand in each other"),
        FindingKind.CALCULATION_MISSING: _("The calculation {name} has no expression"),
        FindingKind.CONSTRAINT_ALONE: _("{name} has a constraint message, but no constraint"),
        FindingKind.DEFAULT_INVALID: _("The default {value} is no possible answer to {name}"),
        FindingKind.NOT_USED_HERE: _("{column} is not possible with {value}"),
        FindingKind.YES_OR_NO: _("{value} is neither yes nor no nor a condition"),
        FindingKind.LIST_NAME_MISSING: _("The name of the list of choices is missing"),
        FindingKind.LIST_MISSING: _("The list of choices {value} does not exist"),
        FindingKind.LIST_EMPTY: _("The list of choices {value} is empty"),
        FindingKind.CHOICE_NAME_MISSING: _("A choice of the list {value} has no name"),
        FindingKind.CHOICE_NAME_SPACE: _(
            "The choice {value} of the list {name} has a space, which separates choices where several may be taken"
        ),
        FindingKind.CHOICE_TWICE: _("The choice {value} of the list {name} stands in row {first} already"),
        FindingKind.CHOICE_LABEL_MISSING: _("The choice {value} has no label"),
        FindingKind.FILE_MISSING: _("The file {name}, which the form names, is not beside it"),
        FindingKind.FILE_TYPE_UNKNOWN: _("{value} is no .csv, .xml or .geojson file"),
        **_expression_sentences(),
        FindingKind.PARAMETERS_BROKEN: _("The parameters cannot be understood at {value}"),
        FindingKind.PARAMETER_UNKNOWN: _(
            "There is no parameter {value} for this type of question, only: {known}"
        ),
        FindingKind.PARAMETER_NO_NUMBER: _("The parameter {name} has to be a number, not {value}"),
        FindingKind.PARAMETER_ZERO: _("The parameter {name} must not be 0"),
        FindingKind.PARAMETER_TOO_LARGE: _(
            "The parameter {name} is {value}, more than from start to end: {most}"
        ),
        FindingKind.PARAMETER_NOT_OFFERED: _("The parameter {name} cannot be {value}, only: {known}"),
        FindingKind.SETTING_INVALID: _("The setting {name} cannot be {value}, only: {known}"),
        FindingKind.SETTINGS_ROWS: _("There is more than one row of settings"),
        FindingKind.SETTING_MISSING: _("The setting {name} is missing"),
        FindingKind.LANGUAGE_UNKNOWN: _("No column is of the default language {value}"),
        FindingKind.TRANSLATION_COLUMN_MISSING: _("The column {name} is missing, which other texts have"),
        FindingKind.TRANSLATION_MISSING: _("{count} rows have no text in this language: {rows}"),
        FindingKind.UNSUPPORTED: _("This cannot be done here yet: {feature}"),
        FindingKind.CONVERTER: _("The workbook cannot be converted as it is (pyxform): {detail}"),
    }


def _expression_sentences() -> dict[FindingKind, str]:
    return {
        FindingKind.REFERENCE_UNKNOWN: _("The question that {value} refers to does not exist"),
        FindingKind.REFERENCE_BROKEN: _("{value} is no reference such as ${{name}}"),
        FindingKind.REFERENCE_AMBIGUOUS: _("{value} may be several questions, in the rows {rows}"),
        FindingKind.TRIGGER_INVALID: _("{value} is no question, such as ${{name}}, that can trigger this"),
        FindingKind.PATH_UNKNOWN: _("At character {at}: nothing is to be found at {value}"),
        FindingKind.EXPRESSION_BROKEN: _(
            "At character {at}: {value} cannot stand there; expected: {expected}"
        ),
        FindingKind.EXPRESSION_INCOMPLETE: _(
            "The expression breaks off at character {at}; expected: {expected}"
        ),
        FindingKind.EXPRESSION_TOO_COMPLEX: _("The expression is too long or too deep"),
        FindingKind.AXIS_UNKNOWN: _("At character {at}: forms do not know the axis {value}"),
        FindingKind.FUNCTION_UNKNOWN: _("At character {at}: the function {value} does not exist"),
        FindingKind.ARGUMENT_COUNT: _(
            "At character {at}: the function {value} takes {wanted} arguments, not {count}"
        ),
        FindingKind.PATTERN_BROKEN: _("The regular expression {value} is broken or not supported"),
        FindingKind.FILTER_COLUMN_UNKNOWN: _("At character {at}: the choices have no column {value}"),
        FindingKind.COUNT_INVALID: _("{value} is no number of repetitions"),
        FindingKind.CYCLE: _("These depend on each other in a circle: {circle}"),
    }
