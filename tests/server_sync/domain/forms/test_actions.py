"""Actions: dynamic defaults and triggered calculations (ODK XForms, Events and Actions)."""

from collections.abc import Callable

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]
XForm = Callable[..., FormDefinition]

CHILDREN = """
| survey |              |       |       |             |           |              |
|        | type         | name  | label | calculation | default   | repeat_count |
|        | integer      | n     | N     |             | 1 + 1     |              |
|        | begin_repeat | child | C     |             |           | ${n}         |
|        | calculate    | at    |       | position(..) |          |              |
|        | text         | name  | A     |             | concat('#', ${at}) | |
|        | end_repeat   |       |       |             |           |              |
"""


def test_instances_that_a_count_brings_get_their_dynamic_defaults(begin: Begin) -> None:
    session = begin(CHILDREN)
    assert session.answers()["/data/child[2]/name"] == "#2"
    session.answer("/data/child[1]/name", "mine")
    session.answer("/data/n", "3")
    answers = session.answers()
    assert [answers[f"/data/child[{at}]/name"] for at in (1, 2, 3)] == ["mine", "#2", "#3"]
    session.answer("/data/n", "1")
    assert "/data/child[2]/name" not in session.answers()
    session.answer("/data/n", "2")
    assert session.answers()["/data/child[2]/name"] == "#2"


def test_a_dynamic_default_is_set_once_and_never_on_a_draft(begin: Begin) -> None:
    session = begin(CHILDREN)
    session.answer("/data/n", "1")
    session.answer("/data/child[1]/name", "")
    again = begin(CHILDREN, answers=session.answers())
    assert again.answers() == {"/data/n": "1", "/data/child[1]/at": "1"}


def test_a_count_beyond_the_limit_is_bounded_and_said(begin: Begin) -> None:
    session = begin(CHILDREN)
    outcome = session.answer("/data/n", "1000000")
    assert outcome.accepted
    assert outcome.problem is not None
    assert (outcome.problem.path, outcome.problem.kind) == ("/data/child", ErrorKind.FORM_TOO_LARGE)
    assert outcome.problem.values == {"instances": 1_000_000, "most": 500}
    assert "/data/child[500]/name" in session.answers()
    assert session.answer("/data/n", "2").problem is None


def test_any_of_several_triggers_calculates_again(begin: Begin) -> None:
    session = begin(
        """
        | survey |         |      |       |                    |            |
        |        | type    | name | label | calculation        | trigger    |
        |        | text    | a    | A     |                    |            |
        |        | text    | b    | B     |                    |            |
        |        | text    | c    | C     |                    |            |
        |        | calculate | all |      | concat(${a}, ${b}, ${c}) | ${a}, ${b} |
        """
    )
    session.answer("/data/c", "3")
    assert "/data/all" not in session.answers()
    session.answer("/data/a", "1")
    assert session.answers()["/data/all"] == "13"
    session.answer("/data/b", "2")
    assert session.answers()["/data/all"] == "123"
    session.answer("/data/c", "4")
    assert session.answers()["/data/all"] == "123"


def test_a_calculated_answer_triggers_when_its_value_changes(begin: Begin) -> None:
    session = begin(
        """
        | survey |           |       |       |             |         |
        |        | type      | name  | label | calculation | trigger |
        |        | integer   | a     | A     |             |         |
        |        | text      | even  | E     | ${a} mod 2  |         |
        |        | calculate | seen  |       | ${a}        | ${even} |
        """
    )
    session.answer("/data/a", "3")
    assert session.answers()["/data/seen"] == "3"
    session.answer("/data/a", "5")
    assert session.answers()["/data/seen"] == "3"
    session.answer("/data/a", "6")
    assert session.answers()["/data/seen"] == "6"


def test_what_a_form_or_an_instance_begins_with_triggers_nothing(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |      |       |                |                 |           |              |
        |        | type         | name | label | default        | calculation     | trigger   | repeat_count |
        |        | text         | a    | A     | concat('x', 1) |                 |           |              |
        |        | text         | seen | S     |                | concat(${a}, 2) | ${a}      |              |
        |        | begin_repeat | r    | R     |                |                 |           | 2            |
        |        | text         | b    | B     | concat('y', 1) |                 |           |              |
        |        | text         | told | T     |                | concat(${b}, 2) | ${b}      |              |
        |        | end_repeat   |      |       |                |                 |           |              |
        """
    )
    assert "/data/seen" not in session.answers()
    assert "/data/r[2]/told" not in session.answers()
    session.answer("/data/r[2]/b", "z")
    assert session.answers()["/data/r[2]/told"] == "z2"


def test_a_trigger_within_a_repeat_stays_within_its_instance(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |       |       |             |         |
        |        | type         | name  | label | calculation | trigger |
        |        | begin_repeat | child | C     |             |         |
        |        | text         | name  | A     |             |         |
        |        | text         | said  | S     | ${name}     | ${name} |
        |        | end_repeat   |       |       |             |         |
        """
    )
    session.add_repeat("/data/child")
    session.answer("/data/child[2]/name", "x")
    assert session.answers() == {"/data/child[1]": "", "/data/child[2]/name": "x", "/data/child[2]/said": "x"}


def test_triggers_in_a_circle_come_to_an_end(begin: Begin, xform: XForm) -> None:
    session = begin(
        xform(
            '<instance><data id="t"><a/><b/></data></instance>',
            '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="/data/a + 1"/></input>'
            '<input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/a" value="/data/b + 1"/></input>',
        )
    )
    assert session.answer("/data/a", "1").accepted
    assert int(session.answers()["/data/b"]) <= 2_000


def test_an_action_sets_what_a_person_may_not(begin: Begin) -> None:
    session = begin(
        """
        | survey |      |      |       |             |         |           |
        |        | type | name | label | calculation | trigger | read_only |
        |        | text | a    | A     |             |         |           |
        |        | text | b    | B     | ${a}        | ${a}    | yes       |
        """
    )
    session.answer("/data/a", "x")
    assert session.answers()["/data/b"] == "x"
    refused = session.answer("/data/b", "y")
    assert refused.problem is not None
    assert refused.problem.kind is ErrorKind.ANSWER_READ_ONLY


def test_a_literal_value_may_stand_in_the_action(begin: Begin, xform: XForm) -> None:
    session = begin(
        xform(
            '<instance><data id="t"><a/><b/></data></instance>',
            '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b">changed</setvalue></input>',
        )
    )
    session.answer("/data/a", "1")
    assert session.answers()["/data/b"] == "changed"
