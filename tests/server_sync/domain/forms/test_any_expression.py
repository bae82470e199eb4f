"""Any expression whatever is either refused as a known error or gives a value; nothing else can come of it."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.functions import FUNCTIONS
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import start
from server_sync.domain.forms.tree import MAX_TEXT
from server_sync.domain.forms.xpath.templates import Templates

HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
  <instance><data id="t"><a>2017-12-30</a><b/><r><n>1</n></r><r><n>x y</n></r><result/></data></instance>
  <instance id="l"><list><item><name>a</name><n>1</n></item><item><name>b</name><n/></item></list></instance>
  <bind nodeset="/data/result" calculate=" """
TAIL = """"/></model></h:head><h:body><group ref="/data/r"><repeat nodeset="/data/r"/></group></h:body></h:html>"""
REFUSALS = {
    ErrorKind.FORM_EXPRESSION,
    ErrorKind.FORM_REFERENCE,
    ErrorKind.FORM_CYCLE,
    ErrorKind.FORM_TOO_LARGE,
}

ATOMS = st.sampled_from(
    [
        "1", "0", "-1", "1.5", "1e9", "999999999999999999999", "''", "'a'", "'a b'", "'2020-02-29'", "'l'", "'%Y%b'",
        "'1 2;3 4;5 6'", "'(a+)+$'", "/data/a", "/data/b", "/data/r/n", "/data/r", "../a", ".", "..", "//n", "/data/*",
        "instance('l')/list/item", "instance('l')/list/item/n", "true()", "false()", "(1 div 0)", "(0 div 0)", "now()",
        "current()/../a", "pow(10, 308)", "'\\ud7ff😀'", "'SGVsbG8='", "'/data/a'", "'SHA-1'", "'hex'",
    ]
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or", "|"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Calls, operators, brackets and predicates around expressions."""
    call = st.builds(
        lambda name, arguments: f"{name}({', '.join(arguments)})",
        st.sampled_from(sorted(FUNCTIONS)),
        st.lists(inner, max_size=5),
    )
    joined = st.builds(lambda left, sign, right: f"{left} {sign} {right}", inner, OPERATORS, inner)
    chosen = st.builds(lambda left, condition: f"({left})[{condition}]", inner, inner)
    return st.one_of(call, call, joined, chosen, inner.map("({})".format), inner.map("-{}".format))


def evaluate(expression: str) -> str | None:
    """What it gives; None where it is refused."""
    source = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    try:
        form = read_form(HEAD.strip() + source + TAIL)
    except KnownError as refused:
        if refused.kind not in REFUSALS:
            raise
        return None
    return start(form, now=0, zone=UTC, seed="s").answers().get("/data/result", "")


def check(expression: str) -> None:
    """It is refused, or its value is no longer than one may be."""
    value = evaluate(expression)
    assert value is None or len(value) <= MAX_TEXT


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, larger, max_leaves=12))
def test_expressions_of_all_that_there_is(expression: str) -> None:
    check(expression)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(ATOMS, OPERATORS, st.sampled_from(list("()[],/.|@:$'\"!%&")), st.text(max_size=3))))
def test_signs_in_any_order(pieces: list[str]) -> None:
    expression = " ".join(pieces)
    # XML itself knows no control characters and no halves of characters.
    check(
        "".join(
            char
            for char in expression
            if char >= " " and not "\ud800" <= char <= "\udfff" and char < "\ufffe"
        )
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, larger, max_leaves=8))
def test_an_expression_is_worth_the_same_with_a_template_as_without(expression: str) -> None:
    with_template = evaluate(expression)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "find", lambda templates, source, group: None)
        assert evaluate(expression) == with_template
