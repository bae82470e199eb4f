"""What is said of each kind of finding; what to do about it stands in ``finding_advice``."""

from collections.abc import Mapping

from agent_app.ui.i18n import mark
from server_sync.domain.forms.xlsform.findings import FindingKind

SENTENCES: Mapping[str, str] = {
    FindingKind.FILE_UNREADABLE: mark("Findings", "The file cannot be read: {reason}"),
    FindingKind.FILE_TOO_LARGE: mark("Findings", "The file is too large: {size}"),
    FindingKind.OTHER_TYPE: mark("Findings", "{name} is really a file of the type {found}"),
    FindingKind.SHEET_MISSING: mark("Findings", "There is no sheet {name}"),
    FindingKind.SHEET_MISSPELT: mark("Findings", "The sheet {name} is none that a form can have"),
    FindingKind.NO_QUESTIONS: mark("Findings", "The sheet has no questions"),
    FindingKind.COLUMN_MISSING: mark("Findings", "There is no column {name}"),
    FindingKind.COLUMN_UNKNOWN: mark("Findings", "The column {name} is not known and not read"),
    FindingKind.COLUMN_TWICE: mark("Findings", "The columns {other} and {name} are the same"),
    FindingKind.CELL_ERROR: mark("Findings", "The formula gives an error: {value}"),
    FindingKind.FORMULA_WITHOUT_VALUE: mark("Findings", "The formula {value} was saved without its value"),
    FindingKind.CELLS_MERGED: mark(
        "Findings", "The cells {value} are merged; only the first one has the value"
    ),
    FindingKind.SPACES_AROUND: mark("Findings", "“{value}” has spaces around it"),
    FindingKind.BLANK_ROWS: mark("Findings", "{count} empty rows stand above this one"),
    FindingKind.TYPE_MISSING: mark("Findings", "The question has no type"),
    FindingKind.TYPE_UNKNOWN: mark("Findings", "The question type {value} does not exist"),
    FindingKind.NAME_MISSING: mark("Findings", "The row has no name"),
    FindingKind.NAME_INVALID: mark(
        "Findings", "{value} is no valid name: a letter or underscore first, then letters, digits, _, - and ."
    ),
    FindingKind.NAME_RESERVED: mark("Findings", "The name {value} is taken by the form itself"),
    FindingKind.NAME_TWICE: mark(
        "Findings", "The name {value} stands in the same group in row {first} already"
    ),
    FindingKind.NAME_CASE: mark(
        "Findings", "The name {value} differs from the one in row {first} only in capital letters"
    ),
    FindingKind.LABEL_MISSING: mark("Findings", "The question {name} has no label"),
    FindingKind.NEVER_CLOSED: mark("Findings", "The {value} {name} that begins here is never closed"),
    FindingKind.NEVER_OPENED: mark("Findings", "This closes a {value} that was never begun"),
    FindingKind.CLOSED_BY_OTHER: mark(
        "Findings", "This closes a {value}, but {name}, begun in row {first}, is still open"
    ),
    FindingKind.CALCULATION_MISSING: mark("Findings", "The calculation {name} has no expression"),
    FindingKind.CONSTRAINT_ALONE: mark("Findings", "{name} has a constraint message, but no constraint"),
    FindingKind.DEFAULT_INVALID: mark("Findings", "The default {value} is no possible answer to {name}"),
    FindingKind.NOT_USED_HERE: mark("Findings", "{column} is not possible with {value}"),
    FindingKind.YES_OR_NO: mark("Findings", "{value} is neither yes nor no nor a condition"),
    FindingKind.LIST_NAME_MISSING: mark("Findings", "The name of the list of choices is missing"),
    FindingKind.LIST_MISSING: mark("Findings", "The list of choices {value} does not exist"),
    FindingKind.LIST_EMPTY: mark("Findings", "The list of choices {value} is empty"),
    FindingKind.CHOICE_NAME_MISSING: mark("Findings", "A choice of the list {value} has no name"),
    FindingKind.CHOICE_NAME_SPACE: mark(
        "Findings",
        "The choice {value} of the list {name} has a space, which separates choices where several may be taken",
    ),
    FindingKind.CHOICE_TWICE: mark(
        "Findings", "The choice {value} of the list {name} stands in row {first} already"
    ),
    FindingKind.CHOICE_LABEL_MISSING: mark("Findings", "The choice {value} has no label"),
    FindingKind.FILE_MISSING: mark("Findings", "The file {name}, which the form names, is not beside it"),
    FindingKind.FILE_TYPE_UNKNOWN: mark("Findings", "{value} is no .csv, .xml or .geojson file"),
    FindingKind.REFERENCE_UNKNOWN: mark("Findings", "The question that {value} refers to does not exist"),
    FindingKind.REFERENCE_BROKEN: mark("Findings", "{value} is no reference such as ${{name}}"),
    FindingKind.REFERENCE_AMBIGUOUS: mark("Findings", "{value} may be several questions, in the rows {rows}"),
    FindingKind.TRIGGER_INVALID: mark(
        "Findings", "{value} is no question, such as ${{name}}, that can trigger this"
    ),
    FindingKind.PATH_UNKNOWN: mark("Findings", "At character {at}: nothing is to be found at {value}"),
    FindingKind.EXPRESSION_BROKEN: mark(
        "Findings", "At character {at}: {value} cannot stand there; expected: {expected}"
    ),
    FindingKind.EXPRESSION_INCOMPLETE: mark(
        "Findings", "The expression breaks off at character {at}; expected: {expected}"
    ),
    FindingKind.EXPRESSION_TOO_COMPLEX: mark("Findings", "The expression is too long or too deep"),
    FindingKind.AXIS_UNKNOWN: mark("Findings", "At character {at}: forms do not know the axis {value}"),
    FindingKind.FUNCTION_UNKNOWN: mark("Findings", "At character {at}: the function {value} does not exist"),
    FindingKind.ARGUMENT_COUNT: mark(
        "Findings", "At character {at}: the function {value} takes {wanted} arguments, not {count}"
    ),
    FindingKind.PATTERN_BROKEN: mark("Findings", "The regular expression {value} is broken or not supported"),
    FindingKind.FILTER_COLUMN_UNKNOWN: mark(
        "Findings", "At character {at}: the choices have no column {value}"
    ),
    FindingKind.COUNT_INVALID: mark("Findings", "{value} is no number of repetitions"),
    FindingKind.CYCLE: mark("Findings", "These depend on each other in a circle: {circle} (rows {rows})"),
    FindingKind.PARAMETERS_BROKEN: mark("Findings", "The parameters cannot be understood at {value}"),
    FindingKind.PARAMETER_UNKNOWN: mark(
        "Findings", "There is no parameter {value} for this type of question, only: {known}"
    ),
    FindingKind.PARAMETER_NO_NUMBER: mark("Findings", "The parameter {name} has to be a number, not {value}"),
    FindingKind.PARAMETER_ZERO: mark("Findings", "The parameter {name} must not be 0"),
    FindingKind.PARAMETER_TOO_LARGE: mark(
        "Findings", "The parameter {name} is {value}, more than from start to end: {most}"
    ),
    FindingKind.PARAMETER_NOT_OFFERED: mark(
        "Findings", "The parameter {name} cannot be {value}, only: {known}"
    ),
    FindingKind.SETTING_INVALID: mark("Findings", "The setting {name} cannot be {value}, only: {known}"),
    FindingKind.SETTINGS_ROWS: mark("Findings", "There is more than one row of settings"),
    FindingKind.SETTING_MISSING: mark("Findings", "The setting {name} is missing"),
    FindingKind.LANGUAGE_UNKNOWN: mark("Findings", "No column is of the default language {value}"),
    FindingKind.TRANSLATION_COLUMN_MISSING: mark(
        "Findings", "The column {name} is missing, which other texts have"
    ),
    FindingKind.TRANSLATION_MISSING: mark("Findings", "{count} rows have no text in this language: {rows}"),
    FindingKind.UNSUPPORTED: mark("Findings", "This cannot be done here yet: {feature}"),
    FindingKind.CONVERTER: mark("Findings", "The workbook cannot be converted as it is (pyxform): {detail}"),
}
