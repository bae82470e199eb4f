"""A file of answers: taken in its order, refused with the reason, instances of repeats made as they are answered."""

from collections.abc import Callable

import pytest

from server_sync.domain.forms.filling import Refusal, take_answers
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

TABLE = """
| survey  |              |         |       |                |            |           |              |
|         | type         | name    | label | relevant       | constraint | read_only | repeat_count |
|         | select_one l | mood    | M     |                |            |           |              |
|         | text         | why     | W     | ${mood} = 'no' |            |           |              |
|         | integer      | age     | A     |                | . < 150    |           |              |
|         | date         | day     | D     |                |            |           |              |
|         | text         | shown   | S     |                |            | yes       |              |
|         | note         | hello   | N     |                |            |           |              |
|         | acknowledge  | seen    | OK?   |                |            |           |              |
|         | select_multiple l | many | L    |                |            |           |              |
|         | begin_repeat | person  | P     | ${mood} = 'no' |            |           |              |
|         | text         | name    | N     |                |            |           |              |
|         | begin_repeat | child   | C     |                |            |           |              |
|         | text         | name    | N     |                |            |           |              |
|         | end_repeat   |         |       |                |            |           |              |
|         | end_repeat   |         |       |                |            |           |              |
|         | begin_repeat | visit   | V     |                |            |           | ${age}       |
|         | text         | place   | P     |                |            |           |              |
|         | end_repeat   |         |       |                |            |           |              |
|         | hidden       | secret  |       |                |            |           |              |
| choices |              |         |       |                |            |           |              |
|         | list_name    | name    | label |                |            |           |              |
|         | l            | yes     | Yes   |                |            |           |              |
|         | l            | no      | No    |                |            |           |              |
"""


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("/data/nobody", "x", Refusal.UNKNOWN_PATH),
        ("data/mood", "yes", Refusal.UNKNOWN_PATH),
        ("", "yes", Refusal.UNKNOWN_PATH),
        ("/data/mood[2]", "yes", Refusal.UNKNOWN_PATH),
        ("/data/mood[0]", "yes", Refusal.UNKNOWN_PATH),
        ("/data/visit[1]/place", "x", Refusal.UNKNOWN_PATH),
        ("/data/why", "x", Refusal.NOT_RELEVANT),
        ("/data/person[1]/name", "x", Refusal.NOT_RELEVANT),
        ("/data/person[2]/name", "x", Refusal.NOT_RELEVANT),
        ("/data/shown", "x", Refusal.READ_ONLY),
        ("/data/hello", "x", Refusal.READ_ONLY),
        ("/data/secret", "x", Refusal.READ_ONLY),
        ("/data", "x", Refusal.READ_ONLY),
        ("/data/age", "many", Refusal.WRONG_TYPE),
        ("/data/age", "1.5", Refusal.WRONG_TYPE),
        ("/data/age", 5, Refusal.WRONG_TYPE),
        ("/data/age", None, Refusal.WRONG_TYPE),
        ("/data/age", ["5"], Refusal.WRONG_TYPE),
        ("/data/day", "2026-02-30", Refusal.WRONG_TYPE),
        ("/data/seen", "yes", Refusal.WRONG_TYPE),
        ("/data/mood", "maybe", Refusal.NOT_OFFERED),
        ("/data/many", "yes maybe", Refusal.NOT_OFFERED),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_reason(
    begin: Begin, path: str, value: object, reason: Refusal
) -> None:
    session = begin(TABLE)
    before = session.answers()
    [refused] = take_answers(session, [(path, value)])
    assert (refused.path, refused.value, refused.reason) == (path, value, reason)
    assert session.answers() == before


def test_answers_are_taken_in_the_order_of_the_file(begin: Begin) -> None:
    session = begin(TABLE)
    refused = take_answers(session, [("/data/why", "early"), ("/data/mood", "no"), ("/data/why", "late")])
    assert [one.value for one in refused] == ["early"]
    assert session.answers()["/data/why"] == "late"


def test_an_answer_that_breaks_its_constraint_is_taken_and_not_valid(begin: Begin) -> None:
    session = begin(TABLE)
    assert take_answers(session, [("/data/age", "200")]) == []
    assert [(one.value, one.valid) for one in session.nodes() if one.path == "/data/age"] == [("200", False)]


def test_an_answer_makes_the_next_instance_and_no_later_one(begin: Begin) -> None:
    session = begin(TABLE)
    answers = [
        ("/data/mood", "no"),
        ("/data/person[1]/name", "a"),
        ("/data/person[3]/name", "c"),
        ("/data/person[2]/child[1]/name", "b1"),
        ("/data/person[2]/child[2]/name", "b2"),
        ("/data/person[3]/name", "c"),
    ]
    refused = take_answers(session, answers)
    assert [(one.path, one.reason) for one in refused] == [("/data/person[3]/name", Refusal.UNKNOWN_PATH)]
    names = {path: value for path, value in session.answers().items() if path.endswith("name")}
    assert names == {
        "/data/person[1]/name": "a",
        "/data/person[2]/child[1]/name": "b1",
        "/data/person[2]/child[2]/name": "b2",
        "/data/person[3]/name": "c",
    }


def test_a_refused_answer_leaves_no_instance_behind(begin: Begin) -> None:
    session = begin(TABLE)
    take_answers(session, [("/data/mood", "no")])
    before = [one.path for one in session.nodes()]
    [refused] = take_answers(session, [("/data/person[2]/nobody", "x")])
    assert refused.reason is Refusal.UNKNOWN_PATH
    [refused] = take_answers(session, [("/data/person[2]/name", 7)])
    assert refused.reason is Refusal.WRONG_TYPE
    [refused] = take_answers(session, [("/data/person[2]/name", "x" * 20_000)])
    assert refused.reason is Refusal.TOO_LONG
    assert [one.path for one in session.nodes()] == before


def test_a_count_rules_its_instances(begin: Begin) -> None:
    session = begin(TABLE)
    answers = [("/data/age", "2"), *((f"/data/visit[{number}]/place", str(number)) for number in (1, 2, 3))]
    refused = take_answers(session, answers)
    assert [(one.path, one.reason) for one in refused] == [("/data/visit[3]/place", Refusal.UNKNOWN_PATH)]
    assert session.answers()["/data/visit[2]/place"] == "2"


def test_acknowledgements_and_several_choices_are_written_as_in_an_instance(begin: Begin) -> None:
    session = begin(TABLE)
    assert take_answers(session, [("/data/seen", "OK"), ("/data/many", "no yes")]) == []
    assert (session.answers()["/data/seen"], session.answers()["/data/many"]) == ("OK", "yes no")


def test_an_empty_answer_takes_the_answer_back(begin: Begin) -> None:
    session = begin(TABLE)
    assert take_answers(session, [("/data/mood", "no"), ("/data/mood", "")]) == []
    assert "/data/mood" not in session.answers()
