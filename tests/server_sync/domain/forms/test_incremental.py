"""After any answers, and whatever came and went, a form stands as if everything had just been computed."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.session import Session

ReadTable = Callable[[str], FormDefinition]
Begin = Callable[..., Session]

FORM = """
| survey |
| | type | name | label | relevant | constraint | calculation | repeat_count | required | readonly |
| | calculate | early | | | | concat(${why}, '/', ${t}) | | | |
| | integer | n | N | | | | | | |
| | text | a | A | | | | | | ${n} = 7 |
| | begin_group | g | G | ${n} != 3 | | | | | |
| | integer | b | B | | . > ${n} | | | ${a} = 'x' | |
| | begin_repeat | r | R | ${a} != 'hide' | | | | | |
| | integer | x | X | | . < ${b} or ${n} = 1 | | | | |
| | calculate | y | | | | ${x} + ${n} | | | |
| | calculate | place | | | | position(..) | | | |
| | calculate | all | | | | sum(../../r/x) | | | |
| | calculate | before | | | | indexed-repeat(${x}, ${r}, position(..) - 1) | | | |
| | text | t | T | ${x} > 1 | | | | ${y} > 3 | |
| | begin_repeat | s | S | ${n} != 5 | | | if(${n} = 3, 2, ${x}) | | |
| | integer | z | Z | ${t} != 'no' | . != ${y} | | | | ${all} > 6 |
| | calculate | zy | | | | concat(${z}, '/', ${y}, '/', position(..)) | | | |
| | end_repeat | | | | | | | | |
| | calculate | zs | | | | sum(${z}) | | | |
| | end_repeat | | | | | | | | |
| | end_group | | | | | | | | |
| | calculate | sum_x | | | | sum(${x}) | | | |
| | calculate | many | | | | count(${r}) | | | |
| | calculate | big | | | | count(/data/g/r[x > 2]) | | | |
| | calculate | said | | | | join(';', ${t}) | | | |
| | text | end | End | ${big} > 0 | | | | | |
| | text | why | Why | ${end} != '' | | | | | |
| | calculate | last | | | | concat(${why}, ${sum_x}, ${many}) | | | |
"""
VALUES = st.sampled_from(["", "0", "1", "2", "3", "5", "7", "x", "no", "hide"])
STEPS = st.lists(st.tuples(st.integers(0, 40), VALUES), min_size=1, max_size=14)


@pytest.fixture
def grown(form: ReadTable) -> FormDefinition:
    """The form above."""
    return form(FORM)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)
@given(STEPS)
def test_whatever_is_done_a_form_stands_as_if_computed_anew(
    begin: Begin, grown: FormDefinition, steps: list[tuple[int, str]]
) -> None:
    session = _begun(begin, grown)
    for number, value in steps:
        _take(session, number, value)
    anew = begin(session.form, answers=session.answers())
    assert session.nodes() == anew.nodes()
    assert session.shown() == anew.shown()
    assert session.outline() == anew.outline()
    assert session.progress.of == anew.progress.of


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(STEPS)
def test_what_an_answer_shows_and_hides_is_the_difference_that_it_makes(
    begin: Begin, grown: FormDefinition, steps: list[tuple[int, str]]
) -> None:
    session = _begun(begin, grown)
    for number, value in steps:
        before, answered = session.asked(), session.answers()
        path = session.paths()[number % len(session.paths())]
        outcome = session.answer(path, value)
        present, after = set(session.paths()), session.asked()
        assert {one for one in outcome.shown if one in before} == set()
        assert set(outcome.hidden) <= before
        assert {one for one in outcome.hidden if one in after or one not in answered} == set()
        assert {one for one in before if one in present and one not in after and answered.get(one)} <= {
            *outcome.hidden,
            path,
        }


def _begun(begin: Begin, grown: FormDefinition) -> Session:
    """The form with two instances, each with as many inner ones as its count says."""
    session = begin(grown)
    session.add_repeat("/data/g/r")
    session.add_repeat("/data/g/r")
    session.answer("/data/n", "1")
    session.answer("/data/g/r[1]/x", "2")
    return session


def _take(session: Session, number: int, value: str) -> None:
    """An answer to one of the questions; from 36 on an instance comes or goes."""
    if number >= 38:
        session.add_repeat("/data/g/r")
    elif number >= 36:
        session.remove_repeat(f"/data/g/r[{number - 35}]")
    else:
        paths = session.paths()
        session.answer(paths[number % len(paths)], value)


def test_what_is_relevant_only_on_the_way_is_neither_shown_nor_hidden(begin: Begin) -> None:
    session = begin(
        """
        | survey |             |      |       |           |
        |        | type        | name | label | relevant  |
        |        | integer     | n    | N     |           |
        |        | begin_group | g    | G     | ${n} != 3 |
        |        | text        | q    | Q     | ${n} != 5 |
        |        | end_group   |      |       |           |
        """
    )
    session.answer("/data/g/q", "kept")
    assert session.answer("/data/n", "3").hidden == ("/data/g/q",)
    outcome = session.answer("/data/n", "5")
    assert (outcome.hidden, outcome.shown) == ((), ())
    assert session.answer("/data/n", "1").shown == ("/data/g/q",)


def test_a_calculation_written_before_what_it_reads_comes_after_its_relevance(begin: Begin) -> None:
    form = """
        | survey |             |       |       |            |             |
        |        | type        | name  | label | relevant   | calculation |
        |        | calculate   | early |       |            | ${b}        |
        |        | begin_group | g     | G     | ${a} = 'x' |             |
        |        | text        | b     | B     |            |             |
        |        | end_group   |       |       |            |             |
        |        | text        | a     | A     |            |             |
        """
    hidden = begin(form, answers={"/data/g/b": "said before", "/data/a": "y"})
    assert "/data/early" not in hidden.answers()
    hidden.answer("/data/a", "x")
    assert hidden.answers()["/data/early"] == "said before"


def test_an_answer_in_one_instance_leaves_what_others_drew(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |      |       |                                 |
        |        | type         | name | label | calculation                     |
        |        | begin_repeat | r    | R     |                                 |
        |        | integer      | x    | X     |                                 |
        |        | calculate    | lot  |       | concat(${x}, ':', random())     |
        |        | end_repeat   |      |       |                                 |
        """
    )
    session.add_repeat("/data/r")
    session.answer("/data/r[1]/x", "1")
    drawn = session.answers()["/data/r[1]/lot"]
    session.answer("/data/r[2]/x", "2")
    assert session.answers()["/data/r[1]/lot"] == drawn
    assert session.answers()["/data/r[2]/lot"].startswith("2:")
