"""Expressions that differ only in the questions they name share what was parsed and compiled, and mean the same."""

from collections.abc import Callable

import pytest

from server_sync.domain.errors import KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.expressions import ExpressionReader
from server_sync.domain.forms.model import Expression
from server_sync.domain.forms.xpath.references import Shape

XForm = Callable[..., FormDefinition]

NONE = frozenset[str]()
SHAPE = Shape(
    {
        "": frozenset({"data"}),
        "/data": frozenset({"a", "b", "g", "r", "result"}),
        "/data/a": NONE,
        "/data/b": NONE,
        "/data/result": NONE,
        "/data/g": frozenset({"c"}),
        "/data/g/c": NONE,
        "/data/r": frozenset({"n"}),
        "/data/r/n": NONE,
    },
    frozenset({"/data/r"}),
)


@pytest.fixture
def make() -> Callable[[str], Expression]:
    """Makes expressions of one form, standing at /data/result."""
    reader = ExpressionReader(SHAPE)
    return lambda source: reader.make(source, "/data/result", "calculate")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/data/a + 1", "/data/b + 1"),
        (" /data/a  = 'x' and . > 2", " /data/g/c  = 'x' and . > 2"),
        ("selected(/data/a, 'x') or /data/b", "selected(/data/b, 'x') or /data/g/c"),
        ("count(instance('l')/list/item[n = /data/a])", "count(instance('l')/list/item[n = /data/g/c])"),
    ],
)
def test_what_differs_in_its_questions_alone_is_compiled_once(
    make: Callable[[str], Expression], one: str, other: str
) -> None:
    assert make(one).compiled is make(other).compiled
    assert make(one).references != make(other).references


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/data/a = 'x'", "/data/a = 'y'"),
        ("'/data/a' = .", "'/data/b' = ."),
        ("concat('in /data/a so', .)", "concat('in /data/b so', .)"),
        ("sum(/data/r/n)", "sum(/data/a)"),
        ("string(/data/g)", "string(/data/a)"),
        ("/data/a/../b", "/data/b/../b"),
        ("count(/data/*)", "count(/data/a/*)"),
        ("/data/a[. > 1]", "/data/b[. > 1]"),
        ("/data/a", "/data/a div 2"),
    ],
)
def test_what_differs_in_more_is_not(make: Callable[[str], Expression], one: str, other: str) -> None:
    assert make(one).compiled is not make(other).compiled


def test_a_question_asked_in_every_item_of_a_list_is_read_widely(make: Callable[[str], Expression]) -> None:
    expression = make("count(instance('l')/list/item[n = /data/b]) + /data/a")
    assert expression.references == {"/data/a", "/data/b"}
    assert expression.wide == {"/data/b"}
    assert not expression.reads_itself
    assert make(". = /data/a").reads_itself


@pytest.mark.parametrize(
    ("source", "at"),
    [(" /data/a  + /data/zz", 18), ("/data/a + /data/b + oops(1)", 20), ("/data/a + + 1", 10)],
)
def test_what_is_wrong_is_told_where_it_stands_in_the_source(
    make: Callable[[str], Expression], source: str, at: int
) -> None:
    make("/data/a + /data/b + 1")
    with pytest.raises(KnownError) as wrong:
        make(source)
    assert wrong.value.values["expression"] == source
    assert wrong.value.values["at"] == at


def test_more_questions_than_a_template_has_blanks_for(make: Callable[[str], Expression]) -> None:
    expression = make(" + ".join(["/data/a", "/data/b"] * 20))
    assert expression.references == {"/data/a", "/data/b"}
