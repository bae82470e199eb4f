"""What the check of a workbook finds: one small table for each rule, with the row, the column and the suggestion."""

import pytest

from server_sync.domain.forms.checking import CheckedForm
from server_sync.domain.forms.xlsform.findings import FindingKind
from tests.server_sync.domain.forms.xlsform.tables import check, kinds, survey

K = FindingKind


def errors(checked: CheckedForm) -> list[tuple[FindingKind, int, str, str]]:
    return [(one.kind, one.row, one.column, one.suggestion) for one in checked.errors]


CHOICES = """
| choices |           |      |       |
|         | list_name | name | label |
|         | yes_no    | yes  | Yes   |
|         | yes_no    | no   | No    |
"""


def test_a_form_without_a_fault_can_be_published() -> None:
    checked = survey(
        "type | name | label | relevant",
        "select_one yes_no | happy | Happy? |",
        "text | why | Why? | ${happy} = 'no'",
        more=CHOICES + "| settings | | |\n| | form_id | version |\n| | care | 3 |",
    )
    assert checked.findings == ()
    assert checked.form is not None
    assert (checked.form.code, checked.form.version) == ("care", "3")


@pytest.mark.parametrize(
    ("row", "column", "suggestion", "kind"),
    [
        ("text | b | B | ${FOO} = 1 | | |", "relevant", "foo", K.REFERENCE_UNKNOWN),
        ("text | b | B | ${fooo} = 1 | | |", "relevant", "foo", K.REFERENCE_UNKNOWN),
        ("text | b | B | ${zzz} = 1 | | |", "relevant", "", K.REFERENCE_UNKNOWN),
        ("text | b | B | ${ foo } = 1 | | |", "relevant", "${foo}", K.REFERENCE_BROKEN),
        ("text | b | B | ${foo = 1 | | |", "relevant", "${foo}", K.REFERENCE_BROKEN),
        ("text | b | B says ${Foo} | | | |", "label", "foo", K.REFERENCE_UNKNOWN),
        ("text | b | B | ${foo} = | | |", "relevant", "", K.EXPRESSION_INCOMPLETE),
        ("text | b | B | ${foo} == 1 | | |", "relevant", "=", K.EXPRESSION_BROKEN),
        ("text | b | B | ${foo} = 1 && 2 | | |", "relevant", "and", K.EXPRESSION_BROKEN),
        ("text | b | B | ${foo} <> 1 | | |", "relevant", "!=", K.EXPRESSION_BROKEN),
        ("text | b | B | ${foo} ≥ 1 | | |", "relevant", ">=", K.EXPRESSION_BROKEN),
        ("text | b | B | if(${foo}，1, 2) = 1 | | |", "relevant", ",", K.EXPRESSION_BROKEN),
        ("text | b | B | (${foo} = 1 | | |", "relevant", "", K.EXPRESSION_INCOMPLETE),
        ("text | b | B | ${foo} / 2 = 1 | | |", "relevant", "div", K.EXPRESSION_BROKEN),
        ("text | b | B | selectd(${foo}, 'a') | | |", "relevant", "selected", K.FUNCTION_UNKNOWN),
        ("text | b | B | selected(${foo}) | | |", "relevant", "", K.ARGUMENT_COUNT),
        ("text | b | B | /data/fo = 1 | | |", "relevant", "foo", K.PATH_UNKNOWN),
        ("text | b | B | following::foo = 1 | | |", "relevant", "", K.AXIS_UNKNOWN),
        ("text | b | B | | regex(., '[a') | |", "constraint", "", K.PATTERN_BROKEN),
        ("text | b | B | | | | Y", "required", "yes", K.YES_OR_NO),
        ("calculate | b | | | | selectd(1) |", "calculation", "selected", K.FUNCTION_UNKNOWN),
        ("calculate | b | | | | |", "calculation", "", K.CALCULATION_MISSING),
        ("calcualte | b | | | | 1 |", "type", "calculate", K.TYPE_UNKNOWN),
        ("Text | b | B | | | |", "type", "text", K.TYPE_UNKNOWN),
        ("selectone yes_no | b | B | | | |", "type", "select_one yes_no", K.TYPE_UNKNOWN),
        ("Select One yes_no | b | B | | | |", "type", "select_one yes_no", K.TYPE_UNKNOWN),
        ("select_one | b | B | | | |", "type", "", K.LIST_NAME_MISSING),
        ("select_one yesno | b | B | | | |", "type", "yes_no", K.LIST_MISSING),
        ("select_one_from_file towns | b | B | | | |", "type", "select_one_from_file towns.csv", K.FILE_TYPE_UNKNOWN),
        ("text | b c | B | | | |", "name", "b_c", K.NAME_INVALID),
        ("text | 1b | B | | | |", "name", "_1b", K.NAME_INVALID),
        ("text | b | | | | |", "label", "", K.LABEL_MISSING),
        ("text | b | B | foo = 1 | | |", "relevant", "${foo}", K.PATH_UNKNOWN),
        ("text | | B | | | |", "name", "", K.NAME_MISSING),
        ("text | foo | B | | | |", "name", "foo_2", K.NAME_TWICE),
        ("text | meta | B | | | |", "name", "meta_1", K.NAME_RESERVED),
        ("| b | B | | | |", "type", "", K.TYPE_MISSING),
        ("end_group | | | | | |", "type", "", K.NEVER_OPENED),
        ("begin_group | g | G | | | |", "type", "end_group", K.NEVER_CLOSED),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_what_was_meant(
    row: str, column: str, suggestion: str, kind: FindingKind
) -> None:
    checked = survey(
        "type | name | label | relevant | constraint | calculation | required",
        "text | foo | Foo | | | |",
        row,
        more=CHOICES,
    )
    assert errors(checked) == [(kind, 3, column, suggestion)]
    assert checked.form is None


def test_all_faults_are_told_at_once_in_the_order_of_sheets_rows_and_columns() -> None:
    checked = survey(
        "type | name | label | relevant | calculation",
        "select_one yes_no | a | A ${none} | nothing(1) |",
        "integr | b | B | ${c} > |",
        "calculate | c | | | iff(1, 2, 3) + if(1)",
        more=CHOICES + "|  | yes_no | no | No again |",
    )
    assert [(one.sheet, one.row, one.column, one.kind) for one in checked.errors] == [
        ("survey", 2, "label", K.REFERENCE_UNKNOWN),
        ("survey", 2, "relevant", K.FUNCTION_UNKNOWN),
        ("survey", 3, "type", K.TYPE_UNKNOWN),
        ("survey", 3, "relevant", K.EXPRESSION_INCOMPLETE),
        ("survey", 4, "calculation", K.FUNCTION_UNKNOWN),
        ("survey", 4, "calculation", K.ARGUMENT_COUNT),
        ("choices", 4, "name", K.CHOICE_TWICE),
    ]


def test_a_circle_names_its_questions_and_rows_beside_other_faults() -> None:
    checked = survey(
        "type | name | label | relevant | calculation",
        "calculate | a | | | ${b} + 1",
        "text | x | X | ${nothing} |",
        "calculate | b | | | ${a} + 1",
        "text | p | P | ${q} = 1 |",
        "text | q | Q | ${p} = 1 |",
    )
    circles = [one for one in checked.errors if one.kind is K.CYCLE]
    assert [(one.row, one.column, one.values["rows"]) for one in circles] == [
        (2, "calculation", [2, 4]),
        (5, "relevant", [5, 6]),
    ]
    assert sorted(circles[0].values["names"][:2]) == ["a", "b"]
    assert kinds(checked.errors).count(K.REFERENCE_UNKNOWN) == 1


def test_groups_that_cross_name_the_row_that_is_still_open() -> None:
    checked = survey(
        "type | name | label",
        "begin_group | g | G",
        "begin_repeat | r | R",
        "text | a | A",
        "end_group | |",
    )
    assert errors(checked) == [
        (K.NEVER_CLOSED, 3, "type", "end_repeat"),
    ]
    closed = survey(
        "type | name | label", "begin_group | g | G", "text | a | A", "end_repeat | |", "end_group | |"
    )
    assert [(one.kind, one.row, one.values["first"]) for one in closed.errors] == [(K.CLOSED_BY_OTHER, 4, 2)]


@pytest.mark.parametrize(
    ("begin", "end", "row", "suggestion"),
    [("begin_grup", "end_group", 2, "begin_group"), ("begin_group", "end grop", 4, "end_group")],
)
def test_a_misspelt_begin_or_end_is_told_once(begin: str, end: str, row: int, suggestion: str) -> None:
    checked = survey("type | name | label", f"{begin} | g |", "text | a | A", f"{end} | |")
    assert errors(checked) == [(K.TYPE_UNKNOWN, row, "type", suggestion)]


def test_the_same_name_in_two_groups_is_right_until_somebody_refers_to_it() -> None:
    rows = ["begin_group | g | G |", "text | a | A |", "end_group | | |", "text | a | A |"]
    assert survey("type | name | label | relevant", *rows).errors == ()
    [ambiguous] = survey("type | name | label | relevant", *rows, "text | b | B | ${a} = 1").errors
    assert (ambiguous.kind, ambiguous.row, ambiguous.values["rows"]) == (K.REFERENCE_AMBIGUOUS, 6, [3, 5])


@pytest.mark.parametrize(
    ("parameters", "kind", "suggestion"),
    [
        ("start=1 end=ten", K.PARAMETER_NO_NUMBER, ""),
        ("start=1 end=10 step=0", K.PARAMETER_ZERO, ""),
        ("start=1 end=5 step=7", K.PARAMETER_TOO_LARGE, ""),
        ("begin=1 end=5", K.PARAMETER_UNKNOWN, ""),
        ("start=1 end=5 stepp=1", K.PARAMETER_UNKNOWN, "step"),
        ("start 1 end 5", K.PARAMETERS_BROKEN, ""),
    ],
)
def test_the_parameters_of_a_range_are_looked_at(parameters: str, kind: FindingKind, suggestion: str) -> None:
    checked = survey("type | name | label | parameters", f"range | a | A | {parameters}")
    assert errors(checked) == [(kind, 2, "parameters", suggestion)]


@pytest.mark.parametrize(
    "parameters", ["", "start=0 end=10", "start=10 end=0 step=2", "start=0; end=1; step=0.1"]
)
def test_a_range_may_run_up_or_down_in_any_steps(parameters: str) -> None:
    assert survey("type | name | label | parameters", f"range | a | A | {parameters}").errors == ()


@pytest.mark.parametrize(
    ("count", "found"),
    [
        ("3", None),
        ("${number}", None),
        ("${number} + 1", None),
        ("numbr", (K.COUNT_INVALID, "${number}")),
        ("1.5", (K.COUNT_INVALID, "")),
        ("${nmber}", (K.REFERENCE_UNKNOWN, "number")),
        ("${number} +", (K.EXPRESSION_INCOMPLETE, "")),
    ],
)
def test_a_count_of_repeats_is_a_whole_number_or_an_expression(
    count: str, found: tuple[FindingKind, str] | None
) -> None:
    checked = survey(
        "type | name | label | repeat_count",
        "integer | number | N |",
        f"begin_repeat | r | R | {count}",
        "text | a | A |",
        "end_repeat | | |",
    )
    assert [(one.kind, one.suggestion) for one in checked.errors] == ([] if found is None else [found])


@pytest.mark.parametrize(
    ("trigger", "found"),
    [
        ("${a}", None),
        ("${a}, ${b}", None),
        ("${A}", (K.REFERENCE_UNKNOWN, "a")),
        ("a", (K.TRIGGER_INVALID, "${a}")),
        ("${g}", (K.TRIGGER_INVALID, "")),
    ],
)
def test_a_trigger_is_a_question(trigger: str, found: tuple[FindingKind, str] | None) -> None:
    checked = survey(
        "type | name | label | trigger | calculation",
        "text | a | A | |",
        "begin_group | g | G | |",
        "text | b | B | |",
        "end_group | | | |",
        f"text | c | C | {trigger} | now()",
    )
    assert [(one.kind, one.suggestion) for one in checked.errors] == ([] if found is None else [found])


CITIES = """
| choices |           |      |       |          |
|         | list_name | name | label | province |
|         | provinces | zj   | 浙江  |          |
|         | cities    | hz   | 杭州  | zj       |
"""


@pytest.mark.parametrize(
    ("choice_filter", "found"),
    [
        ("province = ${p}", None),
        ("selected(${p}, province) or name = 'hz'", None),
        ("provinc = ${p}", (K.FILTER_COLUMN_UNKNOWN, "province")),
        ("province = ${P}", (K.REFERENCE_UNKNOWN, "p")),
        ("province = ", (K.EXPRESSION_INCOMPLETE, "")),
    ],
)
def test_a_filter_of_choices_knows_their_columns(
    choice_filter: str, found: tuple[FindingKind, str] | None
) -> None:
    checked = survey(
        "type | name | label | choice_filter",
        "select_one provinces | p | P |",
        f"select_one cities | c | C | {choice_filter}",
        more=CITIES,
    )
    assert [(one.kind, one.suggestion) for one in checked.errors] == ([] if found is None else [found])


@pytest.mark.parametrize(
    ("rows", "kind", "row"),
    [
        (["l | a | A", "l | a | B"], K.CHOICE_TWICE, 3),
        (["l | | A"], K.CHOICE_NAME_MISSING, 2),
        (["l | a b | A"], K.CHOICE_NAME_SPACE, 2),
    ],
)
def test_choices_of_a_list_have_names_of_their_own(rows: list[str], kind: FindingKind, row: int) -> None:
    table = "\n".join(f"| | {one} |" for one in ("list_name | name | label", *rows))
    checked = survey("type | name | label", "select_multiple l | a | A", more=f"| choices |\n{table}")
    assert [(one.kind, one.row) for one in checked.errors if one.sheet == "choices"] == [(kind, row)]


def test_a_list_without_any_named_choice_is_empty() -> None:
    checked = survey(
        "type | name | label", "select_one l | a | A",
        more="| choices |\n| | list_name | name | label |\n| | l | | A |\n| | m | b | B |",
    )  # fmt: skip
    assert kinds(checked.errors) == [K.LIST_EMPTY, K.CHOICE_NAME_MISSING]


def test_choices_may_stand_twice_where_the_settings_allow_it() -> None:
    more = "| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | a | B |\n| settings |\n"
    for said, expected in (
        ("yes", []),
        ("no", [K.CHOICE_TWICE]),
        ("maybe", [K.CHOICE_TWICE, K.SETTING_INVALID]),
    ):
        checked = survey(
            "type | name | label", "select_one l | a | A",
            more=f"{more}| | form_id | allow_choice_duplicates |\n| | f | {said} |",
        )  # fmt: skip
        assert kinds(checked.errors) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("typ | name | label", [(K.COLUMN_UNKNOWN, "typ", "type")]),
        ("type | nme | label", [(K.COLUMN_UNKNOWN, "nme", "name")]),
        ("type | label | hint", [(K.COLUMN_MISSING, "name", "name")]),
        ("type | name | relevant", [(K.COLUMN_MISSING, "label", "label")]),
        ("type | name | lable", [(K.COLUMN_UNKNOWN, "lable", "label")]),
        ("type | name | label | relevent", [(K.COLUMN_UNKNOWN, "relevent", "relevant")]),
        ("type | name | label | caption", [(K.COLUMN_TWICE, "caption", "")]),
        ("type | name | label | relevance", []),
        ("type | name | label | remarks", []),
    ],
)
def test_columns_are_known_by_their_names(columns: str, expected: list[tuple[FindingKind, str, str]]) -> None:
    checked = survey(columns, "text | a | A | ")
    assert [(one.kind, one.column, one.suggestion) for one in checked.errors if one.row == 1] == expected


def test_a_column_of_ones_own_is_but_a_warning() -> None:
    checked = survey("type | name | label | remarks", "text | a | A | to be discussed")
    assert checked.form is not None
    assert K.COLUMN_UNKNOWN in kinds(checked.warnings)


@pytest.mark.parametrize(("heading", "wrong"), [("provinces", False), ("images", False), ("lable", True)])
def test_choices_may_have_any_column_to_filter_by(heading: str, wrong: bool) -> None:
    checked = survey(
        "type | name | label", "select_one l | a | A",
        more=f"| choices |\n| | list_name | name | {heading} |\n| | l | a | A |",
    )  # fmt: skip
    assert (K.COLUMN_UNKNOWN in kinds(checked.errors)) is wrong


def test_a_misspelt_survey_sheet_is_guessed() -> None:
    checked = check(
        "| survy |\n| | type | name | label |\n| | text | a | A |\n| choices |\n| | list_name | name |"
    )
    assert [(one.kind, one.suggestion) for one in checked.errors] == [
        (K.SHEET_MISSPELT, "survey"),
        (K.SHEET_MISSING, "survey"),
    ]


def test_choices_without_a_sheet_are_missed() -> None:
    checked = survey("type | name | label", "select_one l | a | A")
    assert errors(checked) == [(K.SHEET_MISSING, 2, "type", "choices")]


def test_what_the_form_cannot_do_here_is_told_at_its_row() -> None:
    checked = survey(
        "type | name | label | appearance", "select_one l | a | A | search('x')",
        more="| choices |\n| | list_name | name | label |\n| | l | x | X |",
    )  # fmt: skip
    assert [(one.kind, one.row, one.values["feature"]) for one in checked.errors] == [
        (K.UNSUPPORTED, 2, "search")
    ]
