"""What a form computes: relevance, calculations, constraints, repeats; and only what a change reaches."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.session import Session

ReadTable = Callable[[str], FormDefinition]
Begin = Callable[..., Session]

MOOD = """
| survey  |                      |         |       |                 |               |
|         | type                 | name    | label | relevant        | calculation   |
|         | select_one mood      | mood    | 情绪  |                 |               |
|         | begin_group          | upset   | 不满  | ${mood}='bad'   |               |
|         | text                 | why     | 原因  |                 |               |
|         | text                 | promise | 承诺  | ${why} != ''    |               |
|         | end_group            |         |       |                 |               |
|         | calculate            | marked  |       |                 | concat('[', ${promise}, ']') |
|         | calculate            | lots    |       |                 | if(${mood} = '', 0, random()) |
|         | text                 | remark  | 备注  |                 |               |
| choices |                      |         |       |                 |               |
|         | list_name            | name    | label |                 |               |
|         | mood                 | good    | 满意  |                 |               |
|         | mood                 | bad     | 不满  |                 |               |
"""


def test_what_is_not_relevant_is_kept_but_seen_as_empty_and_dropped_at_the_end(begin: Begin) -> None:
    session = begin(MOOD)
    session.answer("/data/mood", "bad")
    session.answer("/data/upset/why", "等太久")
    session.answer("/data/upset/promise", "今天回电")
    assert session.answers()["/data/marked"] == "[今天回电]"
    outcome = session.answer("/data/mood", "good")
    assert outcome.hidden == ("/data/upset/why", "/data/upset/promise")
    draft = session.answers()
    assert (draft["/data/upset/why"], draft["/data/marked"]) == ("等太久", "[]")
    assert "/data/upset/why" not in session.finalise(session.now_at)
    assert session.answer("/data/mood", "bad").shown == ("/data/upset/why", "/data/upset/promise")
    assert session.answers()["/data/marked"] == "[今天回电]"


def test_only_what_depends_on_a_changed_answer_is_computed_again(begin: Begin) -> None:
    session = begin(MOOD)
    session.answer("/data/mood", "bad")
    drawn = session.answers()["/data/lots"]
    session.answer("/data/remark", "x")
    session.answer("/data/upset/why", "y")
    assert session.answers()["/data/lots"] == drawn
    session.answer("/data/mood", "good")
    assert session.answers()["/data/lots"] != drawn


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/data/mood", "/data/upset/why", "/data/upset/promise"]),
            st.sampled_from(["", "good", "bad"]),
        ),
        max_size=12,
    )
)
def test_step_by_step_gives_what_computing_everything_gives(
    begin: Begin, mood: FormDefinition, answers: list[tuple[str, str]]
) -> None:
    session = begin(mood)
    for path, value in answers:
        session.answer(path, value)
    again = begin(mood, answers=session.answers())
    assert _without_lots(again.finalise(0)) == _without_lots(session.finalise(0))
    assert again.outline() == session.outline()


@pytest.fixture
def mood(form: ReadTable) -> FormDefinition:
    """The form above."""
    return form(MOOD)


def _without_lots(answers: dict[str, str]) -> dict[str, str]:
    return {path: value for path, value in answers.items() if path != "/data/lots"}


@pytest.mark.parametrize(
    ("rows", "paths"),
    [
        ("| | calculate | a | | ${b} + 1 |\n| | calculate | b | | ${a} + 1 |", {"/data/a", "/data/b"}),
        ("| | calculate | a | | ${a} + 1 |", {"/data/a"}),
    ],
)
def test_a_circle_of_calculations_is_refused_with_its_paths(
    form: ReadTable, rows: str, paths: set[str]
) -> None:
    with pytest.raises(KnownError) as refused:
        form(f"| survey | | | | |\n| | type | name | label | calculation |\n| | text | q | Q | |\n{rows}")
    assert refused.value.kind is ErrorKind.FORM_CYCLE
    assert set(refused.value.values["paths"]) == paths


def test_a_circle_of_relevance_through_a_group_is_refused(form: ReadTable) -> None:
    with pytest.raises(KnownError) as refused:
        form(
            """
            | survey |             |      |       |             |
            |        | type        | name | label | relevant    |
            |        | begin_group | g    | G     | ${a} = 'x'  |
            |        | text        | a    | A     |             |
            |        | end_group   |      |       |             |
            """
        )
    assert refused.value.kind is ErrorKind.FORM_CYCLE


def test_a_calculation_may_look_at_its_own_former_value(begin: Begin) -> None:
    session = begin(
        """
        | survey |           |       |       |                          |
        |        | type      | name  | label | calculation              |
        |        | text      | a     | A     |                          |
        |        | calculate | first |       | if(. = '', ${a}, .)      |
        |        | calculate | lot   |       | once(random() + string-length(${a})) |
        """
    )
    lot = session.answers()["/data/lot"]
    session.answer("/data/a", "one")
    session.answer("/data/a", "two")
    assert session.answers()["/data/first"] == "one"
    assert session.answers()["/data/lot"] == lot


def test_required_readonly_and_constraint_follow_other_answers(begin: Begin) -> None:
    session = begin(
        """
        | survey |         |      |       |              |              |                  |
        |        | type    | name | label | required     | read_only    | constraint       |
        |        | integer | a    | A     |              |              |                  |
        |        | integer | b    | B     | ${a} > 5     | ${a} = 1     | . >= ${a}        |
        """
    )
    assert session.validate() == ()
    session.answer("/data/a", "6")
    assert [problem.kind for problem in session.validate()] == [ErrorKind.ANSWER_REQUIRED]
    outcome = session.answer("/data/b", "3")
    assert outcome.accepted
    assert outcome.problem is not None
    assert outcome.problem.kind is ErrorKind.ANSWER_CONSTRAINT
    session.answer("/data/a", "2")
    assert session.validate() == ()
    session.answer("/data/a", "1")
    refused = session.answer("/data/b", "9")
    assert not refused.accepted
    assert refused.problem is not None
    assert refused.problem.kind is ErrorKind.ANSWER_READ_ONLY


def test_defaults_are_set_once_and_a_trigger_sets_again(begin: Begin) -> None:
    table = """
    | survey |      |       |       |              |             |         |
    |        | type | name  | label | default      | calculation | trigger |
    |        | text | fixed | F     | hello        |             |         |
    |        | date | due   | D     | today() + 2  |             |         |
    |        | text | asked | A     |              |             |         |
    |        | text | copy  | C     |              | ${asked}    | ${asked} |
    """
    session = begin(table)
    assert session.answers() == {"/data/fixed": "hello", "/data/due": "2018-01-01"}
    session.answer("/data/asked", "x")
    session.answer("/data/fixed", "")
    assert session.answers()["/data/copy"] == "x"
    again = begin(table, answers=session.answers())
    assert again.answers() == {"/data/due": "2018-01-01", "/data/asked": "x", "/data/copy": "x"}


CASCADE = """
| survey  |                     |      |       |                  |              |
|         | type                | name | label | choice_filter    | calculation  |
|         | select_one region   | r    | 大区  |                  |              |
|         | select_one city     | c    | 城市  | region = ${r}    |              |
|         | calculate           | said |       |                  | jr:choice-name(${c}, '${c}') |
| choices |                     |      |       |                  |              |
|         | list_name           | name | label | region           |              |
|         | region              | n    | 华北  |                  |              |
|         | region              | e    | 华东  |                  |              |
|         | city                | bj   | 北京  | n                |              |
|         | city                | tj   | 天津  | n                |              |
|         | city                | sh   | 上海  | e                |              |
"""


def test_choices_follow_an_earlier_answer_and_a_choice_gone_is_wrong(begin: Begin) -> None:
    session = begin(CASCADE)
    session.answer("/data/r", "n")
    city = session.question("/data/c")
    assert city is not None
    assert [choice.label for choice in city.choices] == ["北京", "天津"]
    session.answer("/data/c", "tj")
    assert session.answers()["/data/said"] == "天津"
    refused = session.answer("/data/c", "sh")
    assert not refused.accepted
    assert refused.problem is not None
    assert refused.problem.kind is ErrorKind.ANSWER_NOT_OFFERED
    session.answer("/data/r", "e")
    assert [(problem.path, problem.kind) for problem in session.validate()] == [
        ("/data/c", ErrorKind.ANSWER_NOT_OFFERED)
    ]


def test_long_lists_are_looked_up_as_short_ones_are(begin: Begin) -> None:
    cities = "\n".join(f"| | city | c{n} | City {n} | {'n' if n % 3 else 'e'} |" for n in range(60))
    session = begin(CASCADE.rstrip() + "\n" + cities)
    session.answer("/data/r", "e")
    city = session.question("/data/c")
    assert city is not None
    assert [choice.value for choice in city.choices] == ["sh", *(f"c{n}" for n in range(0, 60, 3))]
