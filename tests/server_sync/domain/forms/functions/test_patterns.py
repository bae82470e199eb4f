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
        (r"^x+?$", "", False),
        (r"^\d{2,3}?$", "1", False),
        (r"(?i)^abc$", "aBC", True),
        (r"\bcat\b", "a cat!", True),
        (r"\bcat\b", "concat", False),
        (r"^\p{Han}+$", "张三丰", True),
        (r"^\P{Han}+$", "张三", False),
        (r"^[\u4e00-\u9fa5]{2,4}$", "张三", True),
        (r"^\x41\Z", "A", True),
        (r"^[\w-\.]+@[\w-]+\.\w{2,}$", "a.b-c@example.com", True),
        (r"^\d+$", "١٢", False),
        (r"^\。$", "。", True),
        (r"^.$", "😀", True),
        ("^(?<year>[0-9]{4})$", "2026", True),
        (r"^(?=.*[A-Z])(?=.*\d)(?!.*\s).{8,}$", "Passw0rdX", True),
        (r"^(?=.*[A-Z])(?=.*\d)(?!.*\s).{8,}$", "passw0rdx", False),
        (r"^(?=.*[A-Z])(?=.*\d)(?!.*\s).{8,}$", "Passw0 rdX", False),
        (r"^(?!0+$)\d+$", "000", False),
        (r"^(?!(a|[)b])\)).*$", "b)", False),
    ],
)
def test_matching(pattern: str, text: str, found: bool) -> None:
    assert matches(text, pattern) is found


@pytest.mark.parametrize(
    "pattern",
    [
        "(", "a)", "*a", "[z-a]", r"\1", "(?=a)", r"\pL", "(a{999}){999}", "((){999}){999}(", "((a{1,900}){1,900})",
        "a{1001}", "((((a{0,9}){0,9}){0,9}){0,9})", r"(a)\1", "(?<=a)b", "^(?=a)b|c", "^(?=a", "^" + "(?=a)" * 11,
        ".{0,1000}" * 20, r"\p{Klingon}",
    ],
)  # fmt: skip
def test_what_is_broken_or_not_supported_is_refused_and_matches_nothing(pattern: str) -> None:
    with pytest.raises(PatternError):
        program(pattern)
    assert matches("a", pattern) is False


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)*$", "^(a*)*b?$", ".*.*.*.*x"])
def test_expressions_that_explode_elsewhere_are_answered_at_once(pattern: str) -> None:
    assert matches("a" * 2_000 + "!", pattern) is False


def test_the_work_of_one_match_is_bounded() -> None:
    assert matches("a" * 100, "(a?){500}" + "a?" * 8_000) is True
    assert matches("a" * 10_000, "(a?){500}" + "a?" * 8_000) is False
    assert matches("a" * 10_001, "a") is False


def test_what_is_no_character_matches_as_a_question_mark_would() -> None:
    assert matches("\ud800", "^[?]$") is True


@given(
    pattern=st.lists(
        st.sampled_from(["a", "b", ".", "[ab]", "a*", "b+", "(a|b)", "(ab)?", "a{1,2}", "^", "$"]), max_size=6
    ).map("".join),
    text=st.text("abc", max_size=8),
)
def test_agrees_with_the_standard_library(pattern: str, text: str) -> None:
    assert matches(text, pattern) is (re.search(pattern.replace("$", r"\Z"), text) is not None)
