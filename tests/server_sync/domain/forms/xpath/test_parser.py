"""XPath expressions that cannot be understood say where and why."""

import pytest

from server_sync.domain.forms.xpath.parser import parse
from server_sync.domain.forms.xpath.syntax import Binary, Call, Literal, Number, Path, Step
from server_sync.domain.forms.xpath.tokens import XPathError


def test_operator_names_and_stars_mean_what_their_place_says() -> None:
    div, star = Path(False, (Step("child", "div"),)), Path(False, (Step("child", "*"),))
    assert parse("div div div") == Binary("div", div, div)
    assert parse("* * *") == Binary("*", star, star)


def test_operators_bind_as_in_xpath() -> None:
    one, two, three = Number(1.0), Number(2.0), Number(3.0)
    assert parse("1 - 2 - 3") == Binary("-", Binary("-", one, two), three)
    assert parse("1 or 2 and 3") == Binary("or", one, Binary("and", two, three))
    assert parse("1 + 2 = 3") == Binary("=", Binary("+", one, two), three)


def test_names_may_be_chinese_and_hold_dots_and_hyphens() -> None:
    assert parse("/data/客户.名-1") == Path(True, (Step("child", "data"), Step("child", "客户.名-1")))


def test_prefixes_of_nodes_do_not_count_those_of_functions_do() -> None:
    assert parse("orx:meta") == Path(False, (Step("child", "meta"),))
    assert parse("jr:itext('a')") == Call("jr:itext", (Literal("a"),))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1 +", "incomplete"),
        ("", "incomplete"),
        ("f(1", "incomplete"),
        ("1 2", "unexpected"),
        ("a # b", "unexpected"),
        ("'open", "unexpected"),
        ("@id", "unexpected"),
        ("preceding-sibling::a", "axis"),
        ("a/text()", "node_test"),
        ("(" * 80 + "1" + ")" * 80, "too_deep"),
        ("1" * 40_000, "too_long"),
    ],
)
def test_what_is_wrong_is_said_by_a_word(source: str, reason: str) -> None:
    with pytest.raises(XPathError) as wrong:
        parse(source)
    assert wrong.value.reason == reason
