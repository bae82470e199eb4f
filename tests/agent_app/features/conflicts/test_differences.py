"""Where two texts differ, and numbers that can be told apart without being shown whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.features.conflicts.differences import LONGEST, Span, masked_apart, spans


@pytest.mark.parametrize(
    ("base", "value", "expected"),
    [
        ("周末不便", "周末不便接听", [("周末不便", False), ("接听", True)]),
        ("文一路", "文二路", [("文", False), ("二", True), ("路", False)]),
        ("", "新", [("新", True)]),
        ("旧", "", []),
        ("同", "同", [("同", False)]),
    ],
)
def test_what_the_other_does_not_have_is_marked(
    base: str, value: str, expected: list[tuple[str, bool]]
) -> None:
    assert spans(base, value) == tuple(Span(*one) for one in expected)


def test_endless_texts_are_marked_as_a_whole() -> None:
    value = "新" * LONGEST
    assert spans("旧", value) == (Span(value, True),)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_pieces_are_the_text_and_no_two_beside_each_other_are_alike(base: str, value: str) -> None:
    found = spans(base, value)
    assert "".join(piece.text for piece in found) == value
    assert all(one.changed is not other.changed for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["+8613812341234", "+8613900005678"], ["138****1234", "139****5678"]),
        (["+8613812341234", "+8613812391234"], ["138***41234", "138***91234"]),
        (["+8613812341234", "+8613812391234", ""], ["138***41234", "138***91234", ""]),
        (["+8613812341234", "+862112345678"], ["138****1234", "021****5678"]),
        (["+8613812341234", "+8613812341234"], ["138****1234", "138****1234"]),
    ],
)
def test_only_the_digits_in_which_numbers_differ_are_shown_besides(
    numbers: list[str], shown: list[str]
) -> None:
    assert masked_apart(numbers) == shown
