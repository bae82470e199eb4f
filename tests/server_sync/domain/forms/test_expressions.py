"""A wrong expression says where it stands in the form, at which character, and what was probably meant."""

from collections.abc import Callable
from typing import Any

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition

XForm = Callable[..., FormDefinition]

INSTANCE = """<instance><data id="t"><客户名/><group><phone/><age/></group><x/></data></instance>"""


def fault(xform: XForm, expression: str) -> KnownError:
    """What is wrong with an expression in the relevance of /data/x."""
    source = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    with pytest.raises(KnownError) as wrong:
        xform(f'{INSTANCE}<bind nodeset="/data/x" relevant="{source}"/>')
    return wrong.value


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("1 + contians('a', 'b')", {"value": "contians", "at": 4, "suggestion": "contains"}),
        ("Concat('a')", {"value": "Concat", "at": 0, "suggestion": "concat"}),
        ("count_selected('a')", {"value": "count_selected", "at": 0, "suggestion": "count-selected"}),
        ("zzzzzz()", {"value": "zzzzzz", "at": 0, "suggestion": ""}),
        ("1 + if(1)", {"value": "if", "at": 4, "least": 3, "most": 3, "count": 1}),
        ("concat(coalesce())", {"value": "coalesce", "at": 7, "least": 1, "most": None, "count": 0}),
        ("1 = (2", {"reason": "incomplete", "at": 6}),
        ("1 = = 2", {"reason": "unexpected", "value": "=", "at": 4}),
        ("1 +  # 2", {"reason": "unexpected", "value": "# 2", "at": 5}),
        (". and following::x", {"reason": "axis", "value": "following", "at": 6}),
        ("x/text()", {"reason": "node_test", "value": "text", "at": 2}),
        ("1 + regex(., '(')", {"reason": "pattern", "value": "(", "at": 4}),
    ],
)
def test_a_wrong_expression_says_where_and_what_was_meant(
    xform: XForm, expression: str, values: dict[str, Any]
) -> None:
    wrong = fault(xform, expression)
    assert wrong.kind is ErrorKind.FORM_EXPRESSION
    place = {"path": "/data/x", "attribute": "relevant", "expression": expression}
    assert wrong.values == wrong.values | place | values


@pytest.mark.parametrize(
    ("expression", "name", "at", "suggestion"),
    [
        ("1 = /data/group/phnoe", "phnoe", 16, "phone"),
        ("/data/客户 = 'a'", "客户", 6, "客户名"),
        ("../group/AGE > 1", "AGE", 9, "age"),
        ("/dta/x", "dta", 1, "data"),
        ("/data/age > 1", "age", 6, "/data/group/age"),
        ("/data/nothing_like_it", "nothing_like_it", 6, ""),
        ("instance('l')/list/item[a = /data/group/phonee]", "phonee", 40, "phone"),
    ],
)
def test_a_path_to_nowhere_names_the_step_and_the_nearest_node(
    xform: XForm, expression: str, name: str, at: int, suggestion: str
) -> None:
    wrong = fault(xform, expression)
    assert wrong.kind is ErrorKind.FORM_REFERENCE
    assert (wrong.values["name"], wrong.values["at"], wrong.values["suggestion"]) == (name, at, suggestion)


def test_a_bind_without_a_node_names_the_nearest_node(xform: XForm) -> None:
    with pytest.raises(KnownError) as wrong:
        xform(f'{INSTANCE}<bind nodeset="/data/group/phon" type="string"/>')
    assert (wrong.value.values["name"], wrong.value.values["suggestion"]) == ("phon", "/data/group/phone")


def test_all_children_of_an_empty_group_are_none_and_no_error(xform: XForm) -> None:
    assert xform(f'{INSTANCE}<bind nodeset="/data/x" relevant="count(/data/客户名/*) = 0"/>').code == "t"
