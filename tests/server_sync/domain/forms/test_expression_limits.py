"""Expressions that would explode elsewhere: refused, empty, or bounded; by counts of work, never by time."""

from collections.abc import Callable

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms import expressions
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.session import Session
from server_sync.domain.forms.tree import MAX_TEXT
from server_sync.domain.forms.xpath import budget

XForm = Callable[..., FormDefinition]
Begin = Callable[..., Session]

LIST = "".join(f"<item><name>n{number}</name><v>{number}</v></item>" for number in range(2_000))
INSTANCE = f'<instance id="l"><list>{LIST}</list></instance>'
ITEMS = "instance('l')/list/item"


def model(expressions: list[str], more: str = "") -> str:
    """A form whose nodes a0, a1 … are calculated by these expressions."""
    nodes = "".join(f"<a{at}/>" for at in range(len(expressions)))
    sources = (one.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") for one in expressions)
    binds = "".join(
        f'<bind nodeset="/data/a{at}" calculate="{source}"/>' for at, source in enumerate(sources)
    )
    return f'<instance><data id="t">{nodes}</data></instance>{more}{binds}'


def value(xform: XForm, begin: Begin, expression: str, more: str = "", body: str = "") -> str:
    """What one expression gives."""
    return begin(xform(model([expression], more), body)).answers().get("/data/a0", "")


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1" + " + 1" * 7_000, "7001"),
        ("0" + " or 0" * 6_000 + " or 1", "true"),
        ("0" + " = 0" * 6_001, "true"),
        ("concat(" + ",".join(["1"] * 10_000) + ")", "1" * 10_000),
        ("count(" + "|".join(["/data"] * 900) + ")", "1"),
        ("'2'" + "[1]" * 5_000, ""),
    ],
)
def test_long_rows_of_operators_need_no_depth(
    xform: XForm, begin: Begin, expression: str, result: str
) -> None:
    assert value(xform, begin, expression) == result


@pytest.mark.parametrize(
    "expression", ["(" * 61 + "1" + ")" * 61, "concat(" * 4_000 + "1" + ")" * 3_000, "-" * 20_000 + "1"]
)
def test_what_is_nested_too_deeply_is_refused(xform: XForm, expression: str) -> None:
    with pytest.raises(KnownError) as wrong:
        xform(model([expression]))
    assert (wrong.value.kind, wrong.value.values["reason"]) == (ErrorKind.FORM_EXPRESSION, "too_deep")


def test_a_text_that_doubles_and_doubles_is_empty_in_the_end(xform: XForm, begin: Begin) -> None:
    doubling = ["'0123456789'", *(f"concat(/data/a{at}, /data/a{at})" for at in range(60))]
    answers = begin(xform(model(doubling))).answers()
    assert answers["/data/a13"] == "0123456789" * 8_192
    assert "/data/a14" not in answers
    assert max(map(len, answers.values())) <= MAX_TEXT


def test_a_pattern_of_a_date_cannot_make_a_text_explode(xform: XForm, begin: Begin) -> None:
    assert value(xform, begin, f"string-length(format-date(today(), '{'%Y' * 15_000}'))") == "60000"
    doubled = f"concat({','.join(['/data/a0'] * 2)})"
    answers = begin(xform(model([f"'{'%Y' * 15_000}'", f"format-date(today(), {doubled})"]))).answers()
    assert "/data/a1" not in answers


def test_many_nodes_are_joined_and_too_many_characters_are_nothing(xform: XForm, begin: Begin) -> None:
    assert len(value(xform, begin, f"join(',', {ITEMS}/name)", INSTANCE)) == 8_890 + 1_999
    assert value(xform, begin, f"join('{'-' * 60}', {ITEMS}/name)", INSTANCE) == ""


@pytest.mark.parametrize(
    "expression",
    [
        f"count({ITEMS}[count({ITEMS}[v > 1]) > 0])",
        "count(instance('l')//*[count(instance('l')//*[count(instance('l')//*) > 0]) > 0])",
        f"count({ITEMS}[string(instance('l')) != ''])",
        f"count({ITEMS}[count(../item) > 1])",
        f"count({ITEMS}[count(../a0) < 1][count(../*/name) > 1])",
        f"count({ITEMS}[string(..) != ''])",
        f"concat('x', count({ITEMS}[count({ITEMS}[v > 1]) > 0]))",
    ],
)
def test_loops_within_loops_give_up_and_are_empty(
    xform: XForm, begin: Begin, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    monkeypatch.setattr(budget, "MAX_STEPS", 50_000)
    assert value(xform, begin, expression, INSTANCE) == ""


def test_one_expression_that_gives_up_leaves_the_others_alone(
    xform: XForm, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MAX_STEPS", 50_000)
    greedy = f"count({ITEMS}[count({ITEMS}[v > 1]) > 0])"
    answers = begin(xform(model([greedy, f"count({ITEMS}[v > 1000])", greedy, "1 + 1"], INSTANCE))).answers()
    assert answers == {"/data/a1": "999", "/data/a3": "2"}


def test_sets_are_compared_without_pairing_all_with_all(xform: XForm, begin: Begin) -> None:
    assert value(xform, begin, f"{ITEMS}/name = {ITEMS}/v", INSTANCE) == "false"
    assert value(xform, begin, f"{ITEMS}/v != {ITEMS}/v", INSTANCE) == "true"
    assert value(xform, begin, f"{ITEMS}/v < {ITEMS}/name", INSTANCE) == "false"


def test_a_translation_that_asks_for_itself_ends(xform: XForm, begin: Begin) -> None:
    itself = "<output value=\"jr:itext('x')\"/>"
    itext = f'<itext><translation lang="a"><text id="x"><value>a{itself}{itself}</value></text></translation></itext>'
    assert set(value(xform, begin, "jr:itext('x')", itext)) <= {"a"}


def test_choices_that_ask_for_their_own_labels_end(xform: XForm, begin: Begin) -> None:
    nodeset = f"{ITEMS}[jr:choice-name('n1', '/data/a0') != 'x']"
    body = f"""<select1 ref="/data/a0"><label>q</label>
      <itemset nodeset="{nodeset}"><value ref="name"/><label ref="v"/></itemset></select1>"""
    session = begin(xform(f'<instance><data id="t"><a0/></data></instance>{INSTANCE}', body))
    assert session.question("/data/a0") is not None


def test_all_expressions_of_a_form_together_are_bounded(
    xform: XForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expressions, "MAX_TOKENS", 20_000)
    long = "1" + "+1" * 5_000
    with pytest.raises(KnownError) as wrong:
        xform(model([f"{long}+{at}" for at in range(20)]))
    assert wrong.value.kind is ErrorKind.FORM_TOO_LARGE
    assert wrong.value.values == {"tokens": 20_008, "most": 20_000}


def test_all_that_a_form_reads_is_bounded(xform: XForm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "MAX_REFERENCES", 5_000)
    count = 80
    nodes = "".join(f"<a{at}/>" for at in range(count))
    binds = "".join(f'<bind nodeset="/data/a{at}" required="count(//*) > {at}"/>' for at in range(count))
    with pytest.raises(KnownError) as wrong:
        xform(f'<instance><data id="t">{nodes}</data></instance>{binds}')
    assert wrong.value.kind is ErrorKind.FORM_TOO_LARGE
    assert wrong.value.values["most"] == 5_000


@pytest.mark.parametrize(
    "expression",
    [
        "string(pow(10, 308) * 10)", "round(pow(10, 308), 30)", "round(1, pow(10, 300))", "date(pow(10, 300))",
        "substr('abc', pow(10, 300), -pow(10, 300))", "uuid(pow(10, 300))", "selected-at('a', pow(10, 300))",
        "substring('abc', -pow(10, 300), pow(10, 300))", "format-date(pow(10, 9), '%Y')", "exp(pow(10, 9))",
        "decimal-date-time(pow(10, 300))", "sum(/data/a1 | /data/a2)", "pow(10, 300) mod 3", "int(pow(10, 300))",
        "decimal-time(1 div 0)", "distance('1e300 1')", "atan2(1 div 0, 1 div 0)", "tan(pow(10, 300))",
    ],
)  # fmt: skip
def test_extremes_never_break_off(xform: XForm, begin: Begin, expression: str) -> None:
    huge = "pow(10, 308) * 1.7"
    answers = begin(xform(model([expression, huge, huge]))).answers()
    assert "NaN" not in answers.get("/data/a0", "")
