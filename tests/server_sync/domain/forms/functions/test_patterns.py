"""Regular expressions of forms: what they match, what is refused, and that none can explode."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.forms.functions.patterns import PatternError, matches, program


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^1[3-9]\d{9}$", "13812345678", True),
        (r"^1[3-9]\d{9}$", "138123456789", False),
        ("b", "abc", True),
        ("^b", "abc", False),
        (r"^[一-龥]{2,4}$", "张三", True),
        (r"a\.b", "axb", False),
        ("^(a|bc)*d?$", "abcbcad", True),
        ("^a{2,}$", "a", False),
        ("^(?:x+?)$", "xxx", True),
        ("", "anything", True),
        ("^$", "", True),
        (r"^[^\]a]+$", "bc", True),
    ],
)
def test_matching(pattern: str, text: str, found: bool) -> None:
    assert matches(text, pattern) is found


@pytest.mark.parametrize(
    "pattern", ["(", "a)", "*a", "[z-a]", r"\1", "(?=a)", r"\pL", "(a{999}){999}", "((){999}){999}("]
)
def test_what_is_broken_or_not_supported_is_refused_and_matches_nothing(pattern: str) -> None:
    with pytest.raises(PatternError):
        program(pattern)
    assert matches("a", pattern) is False


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)*$", "^(a*)*b?$", ".*.*.*.*x"])
def test_expressions_that_explode_elsewhere_are_answered_at_once(pattern: str) -> None:
    assert matches("a" * 2_000 + "!", pattern) is False


@given(
    pattern=st.lists(
        st.sampled_from(["a", "b", ".", "[ab]", "a*", "b+", "(a|b)", "(ab)?", "a{1,2}", "^", "$"]), max_size=6
    ).map("".join),
    text=st.text("abc", max_size=8),
)
def test_agrees_with_the_standard_library(pattern: str, text: str) -> None:
    assert matches(text, pattern) is (re.search(pattern.replace("$", r"\Z"), text) is not None)
