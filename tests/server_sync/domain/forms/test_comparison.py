"""What changed between two versions of a form, told of what a reader of it would see."""

from server_sync.domain.forms.comparison import ChangeKind, FormChange, compare_forms
from server_sync.domain.forms.contents import EntryKind, contents
from tests.server_sync.domain.forms.conftest import ReadTable

FIRST = """
    | survey | | | | | | |
    | | type | name | label | relevant | constraint | calculation |
    | | select_one yn | consent | May we ask? | | | |
    | | begin_group | use | Use | | | |
    | | integer | age | How old? | ${consent} = 'y' | . < 99 | |
    | | text | name | Your name | | | |
    | | end_group | | | | | |
    | | text | extra | Anything else? | | | |
    | | calculate | twice | | | | ${age} * 2 |
    | choices | | | |
    | | list_name | name | label |
    | | yn | y | Yes |
    | | yn | n | No |
    | settings | | |
    | | form_id | form_title |
    | | f | First |
"""
TOLD = tuple[ChangeKind, str, str, str]


def told(change: FormChange) -> TOLD:
    return change.kind, change.name, change.before, change.after


def differences(form: ReadTable, *edits: tuple[str, str]) -> list[TOLD]:
    """What is different after these replacements in the first version."""
    second = FIRST
    for old, new in edits:
        assert old in second
        second = second.replace(old, new)
    return [told(change) for change in compare_forms(form(FIRST), form(second))]


def test_the_same_form_has_no_differences(form: ReadTable) -> None:
    assert differences(form) == []


def test_a_question_added_or_removed_is_told_with_its_group(form: ReadTable) -> None:
    added = "| | text | name | Your name | | | |\n    | | text | nick | Nickname | | | |"
    assert differences(form, ("| | text | name | Your name | | | |", added)) == [
        (ChangeKind.ADDED, "nick", "", "Use")
    ]
    assert differences(form, ("| | text | name | Your name | | | |\n", "")) == [
        (ChangeKind.REMOVED, "name", "Use", "")
    ]


def test_a_reworded_question_is_told_with_both_wordings_and_values_by_name(form: ReadTable) -> None:
    assert differences(form, ("Anything else?", "Anything else, ${name}?")) == [
        (ChangeKind.REWORDED, "extra", "Anything else?", "Anything else, ${name}?")
    ]


def test_a_question_in_another_group_has_moved_and_is_the_same_question(form: ReadTable) -> None:
    line = "| | text | name | Your name | | | |\n    "
    moved = differences(form, (line, ""), ("| | text | extra |", line + "| | text | extra |"))
    assert moved == [(ChangeKind.MOVED, "name", "Use", "/")]


def test_what_changed_its_place_among_those_that_stayed_has_moved_alone(form: ReadTable) -> None:
    line = "| | text | extra | Anything else? | | | |\n    "
    first = "| | select_one yn | consent |"
    assert differences(form, (line, ""), (first, line + first)) == [(ChangeKind.MOVED, "extra", "", "")]


def test_conditions_are_told_as_their_author_wrote_them(form: ReadTable) -> None:
    changed = differences(
        form, ("${consent} = 'y'", "${consent} = 'n'"), (". < 99", ". < 120"), ("${age} * 2", "${age} * 3")
    )
    assert changed == [
        (ChangeKind.RELEVANT, "age", "${consent} = 'y'", "${consent} = 'n'"),
        (ChangeKind.CONSTRAINT, "age", ". < 99", ". < 120"),
        (ChangeKind.CALCULATION, "twice", "${age} * 2", "${age} * 3"),
    ]


def test_another_type_is_told_by_its_kind(form: ReadTable) -> None:
    assert differences(form, ("| | text | extra", "| | date | extra")) == [
        (ChangeKind.TYPE, "extra", "text", "date")
    ]


def test_choices_are_told_once_a_list_by_their_values(form: ReadTable) -> None:
    second = "| | select_one yn | again | Again? | | | |\n    | | begin_group |"
    changed = compare_forms(
        form(FIRST.replace("| | begin_group |", second)),
        form(
            FIRST.replace("| | begin_group |", second)
            .replace("| | yn | y | Yes |", "| | yn | y | Certainly |")
            .replace("| | yn | n | No |", "| | yn | later | Later |")
        ),
    )
    assert [(one.kind, one.name, one.label, one.before, one.after) for one in changed] == [
        (ChangeKind.CHOICE_REWORDED, "yn", "y", "Yes", "Certainly"),
        (ChangeKind.CHOICE_ADDED, "yn", "later", "", "Later"),
        (ChangeKind.CHOICE_REMOVED, "yn", "n", "No", ""),
    ]


def test_choices_in_another_order_are_told_as_such(form: ReadTable) -> None:
    yes, no = "| | yn | y | Yes |", "| | yn | n | No |"
    assert differences(form, (yes, "#"), (no, yes), ("#", no)) == [(ChangeKind.CHOICE_ORDER, "yn", "", "")]


def test_title_and_languages_come_first(form: ReadTable) -> None:
    changed = differences(
        form, ("| First |", "| Second |"), ("| type | name | label |", "| type | name | label::中文 (zh) |")
    )
    assert changed[:2] == [
        (ChangeKind.TITLE, "", "First", "Second"),
        (ChangeKind.LANGUAGE_ADDED, "中文 (zh)", "", ""),
    ]


def test_contents_tell_where_each_entry_stands(form: ReadTable) -> None:
    nested = form(
        """
        | survey | | | |
        | | type | name | label |
        | | begin_group | g | Group |
        | | begin_repeat | member | Member |
        | | text | name | Name |
        | | end_repeat | | |
        | | end_group | | |
        """
    )
    assert [(one.kind, one.path, one.parent, one.repeat) for one in contents(nested)] == [
        (EntryKind.GROUP, "/data/g", "", ""),
        (EntryKind.REPEAT, "/data/g/member", "/data/g", ""),
        (EntryKind.QUESTION, "/data/g/member/name", "/data/g/member", "/data/g/member"),
    ]
