"""What a check of a workbook remarks and lets pass."""

from collections.abc import Mapping

import pytest

from server_sync.domain.forms.xlsform.findings import FindingKind
from tests.server_sync.domain.forms.xlsform.tables import check, kinds

K = FindingKind
WARNINGS: Mapping[FindingKind, str] = {
    K.LABEL_MISSING: "| survey |\n| | type | name | label | hint |\n| | text | a | | A hint |",
    K.NAME_CASE: "| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | A | A |",
    K.CONSTRAINT_ALONE: "| survey |\n| | type | name | label | constraint_message |\n| | text | a | A | no |",
    K.DEFAULT_INVALID: "| survey |\n| | type | name | label | default |\n| | integer | a | A | many |",
    K.NOT_USED_HERE: "| survey |\n| | type | name | label | repeat_count |\n| | text | a | A | 3 |",
    K.SETTING_MISSING: "| survey |\n| | type | name | label |\n| | text | a | A |",
    K.LANGUAGE_UNKNOWN: (
        "| survey |\n| | type | name | label::English (en) |\n| | text | a | A |\n"
        "| settings |\n| | form_id | version | default_language |\n| | f | 1 | Englisch (en) |"
    ),
    K.TRANSLATION_MISSING: (
        "| survey |\n| | type | name | label::English (en) | label::中文 (zh) |\n"
        "| | text | a | A | |\n| | text | b | B | 乙 |"
    ),
    K.TRANSLATION_COLUMN_MISSING: (
        "| survey |\n| | type | name | label::English (en) | label::中文 (zh) |\n| | select_one l | a | A | 甲 |\n"
        "| choices |\n| | list_name | name | label::English (en) |\n| | l | x | X |"
    ),
    K.CHOICE_LABEL_MISSING: (
        "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n"
        "| choices |\n| | list_name | name | label |\n| | l | x | |"
    ),
    K.SHEET_MISSPELT: (
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| setings |\n| | form_id |\n| | f |"
    ),
    K.SETTINGS_ROWS: (
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id |\n| | f |\n| | g |"
    ),
    K.FILE_MISSING: "| survey |\n| | type | name | label |\n| | select_one_from_file towns.csv | a | A |",
}  # fmt: skip


@pytest.mark.parametrize("kind", WARNINGS, ids=lambda kind: str(kind))
def test_what_deserves_a_look_forbids_nothing(kind: FindingKind) -> None:
    checked = check(WARNINGS[kind])
    assert kind in kinds(checked.warnings)
    assert checked.errors == ()
    assert checked.form is not None
