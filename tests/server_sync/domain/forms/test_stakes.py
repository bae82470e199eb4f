"""What an answer would take out of a form is told before it is given."""

from collections.abc import Callable

from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

TABLE = """
| survey |                |       |       |              |              |             |          |
|        | type           | name  | label | relevant     | repeat_count | calculation | trigger  |
|        | integer        | age   | A     |              |              |             |          |
|        | calculate      | adult |       |              |              | ${age} > 17 |          |
|        | begin_group    | trade | W     | ${adult} = 'true' |         |             |          |
|        | text           | job   | J     |              |              |             |          |
|        | text           | firm  | F     | ${job} != '' |              |             |          |
|        | end_group      |       |       |              |              |             |          |
|        | integer        | n     | N     |              |              |             |          |
|        | begin_repeat   | child | C     |              | ${n}         |             |          |
|        | text           | name  | N     |              |              |             |          |
|        | end_repeat     |       |       |              |              |             |          |
|        | text           | reset | R     |              |              |             |          |
|        | text           | copy  | C     |              |              | ${reset}    | ${reset} |
|        | text           | last  | L     | ${copy} = '' |              |             |          |
"""


def _filled(begin: Begin) -> Session:
    session = begin(TABLE)
    for path, value in {
        "age": "20",
        "trade/job": "cook",
        "trade/firm": "A",
        "n": "3",
        "child[1]/name": "a",
        "child[3]/name": "c",
        "last": "z",
    }.items():
        assert session.answer(f"/data/{path}", value).accepted
    return session


def test_nothing_is_at_stake_where_nothing_is_answered(begin: Begin) -> None:
    session = begin(TABLE)
    session.answer("/data/age", "20")
    assert session.would_hide("/data/age", "10") == ()
    assert session.would_hide("/data/nowhere", "10") == ()


def test_what_would_be_hidden_is_told_without_changing_anything(begin: Begin) -> None:
    session = _filled(begin)
    before = session.answers()
    assert session.would_hide("/data/age", "10") == ("/data/trade/job", "/data/trade/firm")
    assert session.would_hide("/data/age", "30") == ()
    assert session.would_hide("/data/age", "many") == ()
    assert session.answers() == before
    assert session.answer("/data/age", "10").hidden == ("/data/trade/job", "/data/trade/firm")


def test_answers_in_instances_that_a_lower_count_takes_away_are_told(begin: Begin) -> None:
    session = _filled(begin)
    assert session.would_hide("/data/n", "2") == ("/data/child[3]/name",)
    assert session.would_hide("/data/n", "4") == ()
    assert session.answer("/data/n", "0").hidden == ("/data/child[1]/name", "/data/child[3]/name")


def test_what_a_triggered_calculation_hides_is_told(begin: Begin) -> None:
    session = _filled(begin)
    assert session.would_hide("/data/reset", "x") == ("/data/last",)
    assert session.answer("/data/reset", "x").hidden == ("/data/last",)
