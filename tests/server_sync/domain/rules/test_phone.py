"""Numbers as people and spreadsheets write them, the reasons for refusing them, and what a mask keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.rules.phone import Number, NumberKind, NumberRefusal, mask, normalise, same_number


@pytest.mark.parametrize(
    ("text", "stored", "kind"),
    [
        ("13812345678", "+8613812345678", "mobile"),
        (" 138 1234 5678 ", "+8613812345678", "mobile"),
        ("138-1234-5678", "+8613812345678", "mobile"),
        ("１３８１２３４５６７８", "+8613812345678", "mobile"),
        ("+86 138 1234 5678", "+8613812345678", "mobile"),
        ("＋８６－138－1234－5678", "+8613812345678", "mobile"),
        ("008613812345678", "+8613812345678", "mobile"),
        ("8613812345678", "+8613812345678", "mobile"),
        ("013812345678", "+8613812345678", "mobile"),
        ("13812345678.0", "+8613812345678", "mobile"),
        ("021-12345678", "+862112345678", "landline"),
        ("(010) 8765 4321", "+861087654321", "landline"),
        ("0755/12345678", "+8675512345678", "landline"),
        ("0571 8765432", "+865718765432", "landline"),
        ("+86 (0)21 1234 5678", "+862112345678", "landline"),
        ("021-12345678转12", "+862112345678;ext=12", "landline"),
        ("021-12345678-12", "+862112345678;ext=12", "landline"),
        ("021-12345678 ext. 12", "+862112345678;ext=12", "landline"),
        ("021 12345678 分机：8001", "+862112345678;ext=8001", "landline"),
        ("+862112345678;ext=12", "+862112345678;ext=12", "landline"),
        ("400-123-4567", "+864001234567", "other"),
        ("+852 2345 6789", "+85223456789", "other"),
        ("001 415 555 2671", "+14155552671", "other"),
    ],
)
def test_every_way_of_writing_becomes_one_form(text: str, stored: str, kind: str) -> None:
    assert normalise(text) == Number(stored, NumberKind(kind))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "empty"),
        ("　", "empty"),
        ("---", "empty"),
        ("无", "letters"),
        ("138abcd5678", "letters"),
        ("1.38E+10", "rounded"),
        ("1.3812345678E10", "rounded"),
        ("13812345678/13912345678", "several"),
        ("13812345678、021-12345678", "several"),
        ("13812345678 13912345678", "several"),
        ("87654321", "no_area_code"),
        ("1381234567", "too_short"),
        ("+86 1381234567", "too_short"),
        ("95588", "too_short"),
        ("+1 415", "too_short"),
        ("138123456789", "too_long"),
        ("+1234567890123456", "too_long"),
        ("12012345678", "no_such_number"),
        ("8613812345", "no_such_number"),
        ("+0123456789", "no_such_number"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, refusal: str) -> None:
    assert normalise(text).refusal == NumberRefusal(refusal)


@given(st.text(max_size=40) | st.text("0123456789+-/ ().转x#;", max_size=24))
def test_stored_form_is_stable_and_never_both_a_number_and_a_refusal(text: str) -> None:
    number = normalise(text)
    assert (number.refusal is None) == bool(number.text) == (number.kind is not None)
    if number.refusal is None:
        assert normalise(number.text) == number


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+8613812341234", "138****1234"),
        ("+862112345678;ext=12", "021****5678"),
        ("+8675512345678", "0755****5678"),
        ("+864001234567", "400****4567"),
        ("+14155552671", "+141****2671"),
        ("12345", "****"),
        ("", "****"),
    ],
)
def test_mask_keeps_the_head_and_the_last_four_digits(stored: str, shown: str) -> None:
    assert mask(stored) == shown


@given(st.text("0123456789", min_size=7, max_size=15))
def test_mask_hides_at_least_four_digits(digits: str) -> None:
    assert sum(c.isdigit() for c in mask(f"+{digits}")) <= max(len(digits) - 4, 0) + 1


def test_same_line_whatever_the_extension() -> None:
    assert same_number("+862112345678;ext=12", "+862112345678")
    assert not same_number("+862112345678", "+862112345679")
