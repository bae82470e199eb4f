"""What is far too much is refused or bounded: repeats, nodes, answers, instances handed in."""

from collections.abc import Callable

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.instance_xml import read_filled_form
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]
ReadTable = Callable[[str], FormDefinition]
XForm = Callable[..., FormDefinition]

NESTED = """
| survey |              |      |       |              |
|        | type         | name | label | repeat_count |
|        | integer      | n    | N     |              |
|        | begin_repeat | a    | A     | ${n}         |
|        | begin_repeat | b    | B     | ${n}         |
|        | begin_repeat | c    | C     | ${n}         |
|        | text         | x    | X     |              |
|        | end_repeat   |      |       |              |
|        | end_repeat   |      |       |              |
|        | end_repeat   |      |       |              |
"""


def test_nested_counts_stop_at_the_most_nodes_and_that_is_said(begin: Begin) -> None:
    session = begin(NESTED)
    outcome = session.answer("/data/n", "400")
    assert outcome.problem is not None
    assert outcome.problem.kind is ErrorKind.FORM_TOO_LARGE
    assert len(session.nodes()) <= 50_010
    assert session.answer("/data/n", "1").problem is None
    assert [node.path for node in session.nodes() if node.type == "repeat"] == [
        "/data/a[1]",
        "/data/a[1]/b[1]",
        "/data/a[1]/b[1]/c[1]",
    ]


def test_counts_that_take_away_outer_and_inner_instances_at_once(begin: Begin) -> None:
    session = begin(NESTED)
    session.answer("/data/n", "3")
    session.answer("/data/a[3]/b[3]/c[3]/x", "far")
    session.answer("/data/a[1]/b[2]/c[2]/x", "near")
    outcome = session.answer("/data/n", "1")
    assert set(outcome.hidden) == {"/data/a[3]/b[3]/c[3]/x", "/data/a[1]/b[2]/c[2]/x"}
    assert session.shown() == ("/data/n", "/data/a[1]/b[1]/c[1]/x")


def test_a_repeat_takes_five_hundred_instances(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |      |       |
        |        | type         | name | label |
        |        | begin_repeat | a    | A     |
        |        | note         | x    | X     |
        |        | end_repeat   |      |       |
        """
    )
    assert sum(session.add_repeat("/data/a") for _ in range(510)) == 499


@pytest.mark.parametrize("kind", ["text", "integer", "date", "geotrace", "select_multiple yn", "image"])
def test_an_answer_of_megabytes_is_refused(begin: Begin, kind: str) -> None:
    session = begin(
        f"""
        | survey  |           |      |       |
        |         | type      | name | label |
        |         | {kind}    | a    | A     |
        | choices |           |      |       |
        |         | list_name | name | label |
        |         | yn        | y    | Y     |
        """
    )
    outcome = session.answer("/data/a", "1 2;" * 1_000_000)
    assert not outcome.accepted
    assert outcome.problem is not None
    assert outcome.problem.kind is ErrorKind.ANSWER_TOO_LONG
    assert session.answers() == {}


def test_a_line_of_many_points_is_taken(begin: Begin) -> None:
    session = begin(
        """
        | survey |          |      |       |
        |        | type     | name | label |
        |        | geotrace | a    | A     |
        """
    )
    assert session.answer("/data/a", ";".join(f"1.{n} 2 0 0" for n in range(4_000))).accepted


def test_elements_nested_without_end_are_refused(xform: XForm) -> None:
    with pytest.raises(KnownError) as refused:
        xform(f'<instance><data id="t">{"<a>" * 5_000}{"</a>" * 5_000}</data></instance>')
    assert refused.value.kind is ErrorKind.FORM_UNREADABLE


def test_an_instance_with_a_hundred_thousand_repeats_is_bounded(begin: Begin, form: ReadTable) -> None:
    definition = form(
        """
        | survey |              |      |       |
        |        | type         | name | label |
        |        | begin_repeat | a    | A     |
        |        | text         | x    | X     |
        |        | end_repeat   |      |       |
        """
    )
    filled = read_filled_form(definition, f"<data>{'<a><x>1</x></a>' * 99_999}</data>")
    session = begin(definition, answers=filled.answers)
    assert sum(node.type == "repeat" for node in session.nodes()) == 500
