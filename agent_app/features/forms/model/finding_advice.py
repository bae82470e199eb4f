"""What to do about a finding where no other word is meant; what is wrong stands in ``finding_texts``."""

from collections.abc import Mapping

from agent_app.ui.i18n import mark
from server_sync.domain.forms.xlsform.findings import FindingKind

ADVICE: Mapping[str, str] = {
    FindingKind.OTHER_TYPE: mark("Findings", "Rename the file to end with {found}"),
    FindingKind.SHEET_MISSING: mark("Findings", "Add a sheet named {suggestion}"),
    FindingKind.FILE_MISSING: mark("Findings", "Drop it here, too, or choose it together with the workbook"),
    FindingKind.NO_QUESTIONS: mark("Findings", "Write one question a row below the column names"),
    FindingKind.COLUMN_MISSING: mark("Findings", "Add it to the first row"),
    FindingKind.COLUMN_TWICE: mark("Findings", "Delete one of them"),
    FindingKind.CELL_ERROR: mark("Findings", "Correct the formula, or write the value itself"),
    FindingKind.FORMULA_WITHOUT_VALUE: mark(
        "Findings", "Open and save the file in a spreadsheet program, or write the value itself"
    ),
    FindingKind.CELLS_MERGED: mark("Findings", "Separate them and write the value into every row"),
    FindingKind.SPACES_AROUND: mark("Findings", "They are not counted; delete them"),
    FindingKind.BLANK_ROWS: mark("Findings", "Some programs stop reading there; delete them"),
    FindingKind.TYPE_MISSING: mark("Findings", "Write a type, such as text"),
    FindingKind.NAME_MISSING: mark("Findings", "Write a name of letters, digits and underscores"),
    FindingKind.NAME_TWICE: mark("Findings", "Rename one of them, say to {suggestion}"),
    FindingKind.NAME_CASE: mark("Findings", "Programs that analyse the answers may take them for one"),
    FindingKind.NEVER_CLOSED: mark("Findings", "Add a row of type {suggestion} after its last question"),
    FindingKind.NEVER_OPENED: mark("Findings", "Delete the row, or add a row of type begin_{value} above"),
    FindingKind.CLOSED_BY_OTHER: mark("Findings", "Close what was begun last first"),
    FindingKind.CALCULATION_MISSING: mark("Findings", "Write an expression, such as 1 + 1"),
    FindingKind.LIST_NAME_MISSING: mark(
        "Findings", "Write the name of the list behind the type, or into its column"
    ),
    FindingKind.LIST_EMPTY: mark("Findings", "Add its choices to the sheet choices"),
    FindingKind.CHOICE_NAME_MISSING: mark(
        "Findings", "Write the value that is stored when the choice is taken"
    ),
    FindingKind.CHOICE_TWICE: mark(
        "Findings",
        "Rename it, say to {suggestion}; or set allow_choice_duplicates to yes on the sheet settings",
    ),
    FindingKind.REFERENCE_AMBIGUOUS: mark("Findings", "Give each question a name of its own"),
    FindingKind.EXPRESSION_TOO_COMPLEX: mark("Findings", "Divide it among several calculations"),
    FindingKind.CYCLE: mark("Findings", "Take one of them out of the circle"),
    FindingKind.PARAMETERS_BROKEN: mark("Findings", "Write them as key=value key=value"),
    FindingKind.SETTINGS_ROWS: mark("Findings", "Only the first row counts; delete the others"),
    FindingKind.TRANSLATION_MISSING: mark("Findings", "The question shows without words in that language"),
}

SETTING_ADVICE: Mapping[str, str] = {
    "form_id": mark("Findings", "The file's name stands for it: under another name it would be another form"),
    "version": mark("Findings", "The next number is taken"),
}
"""What a missing setting means, by its name."""
