"""Who wins when two correct one field (SYNC §5), as a table."""

import pytest

from server_sync.domain.model import TABLES
from server_sync.domain.rules.merge import (
    CORRECTABLE,
    NEVER_BY_CLOCK,
    Correction,
    Stamps,
    Verdict,
    behind,
    changed_since,
    judge,
    stamped,
)
from tests.server_sync.organisation import NOW

EARLY, LATE = 1_000, 2_000


def verdict(
    field: str, base: str | None, value: str | None, now: str | None, at: int, now_at: int | None
) -> str:
    return judge(Correction(field, base, value, at), now, now_at).value


@pytest.mark.parametrize(
    ("base", "value", "now", "at", "now_at", "expected"),
    [
        ("旧", "新", "旧", EARLY, LATE, "clean"),  # nobody else touched it, whatever the clocks say
        ("旧", "新", "新", EARLY, LATE, "clean"),  # both mean the same
        (None, "新", None, EARLY, None, "clean"),
        ("旧", None, "旧", EARLY, None, "clean"),  # emptied
        ("旧", "新", "他的", LATE, EARLY, "mine"),
        ("旧", "新", "他的", EARLY, LATE, "theirs"),
        ("旧", "新", "他的", EARLY, EARLY, "mine"),  # at one moment the later to arrive stands
        ("旧", "新", "他的", EARLY, None, "mine"),  # theirs came by an import, not by a correction
        ("旧", "新", None, EARLY, LATE, "theirs"),  # emptied by the other
    ],
)
def test_section_5_the_later_correction_stands(
    base: str | None, value: str | None, now: str | None, at: int, now_at: int | None, expected: str
) -> None:
    assert verdict("address", base, value, now, at, now_at) == expected


@pytest.mark.parametrize("at", [EARLY, LATE])
def test_section_5_two_different_names_go_to_a_person_whoever_was_later(at: int) -> None:
    assert verdict("name", "旧", "新", "他的", at, EARLY) == Verdict.CONFLICT.value
    assert verdict("name", "旧", "新", "旧", at, EARLY) == Verdict.CLEAN.value
    assert verdict("name", "旧", "新", "新", at, EARLY) == Verdict.CLEAN.value


def test_what_may_be_corrected_is_a_column_of_the_customer_that_nothing_else_decides() -> None:
    columns = set(TABLES["customer"].c.keys())
    assert columns > CORRECTABLE > NEVER_BY_CLOCK
    decided_elsewhere = {"id", "rev", "code", "team_id", "owner_id", "tier", "spent_cents", "field_stamps"}
    assert CORRECTABLE.isdisjoint(decided_elsewhere)


def test_section_5_a_long_text_is_never_decided_by_a_clock() -> None:
    assert verdict("note", "旧", "新", "他的", LATE, EARLY) == Verdict.CONFLICT.value


@pytest.mark.parametrize(
    ("at", "taken"), [(0, 0), (NOW, NOW), (NOW + 60_000, NOW + 60_000), (NOW + 60_001, NOW)]
)
def test_section_5_a_stamp_further_ahead_than_a_minute_is_taken_back(at: int, taken: int) -> None:
    assert stamped(at, NOW) == taken


@pytest.mark.parametrize(("at", "seen", "later"), [(5, None, 5), (5, 4, 5), (5, 5, 6), (5, 9, 10)])
def test_section_5_what_was_done_in_sight_of_a_stamp_is_behind_it(
    at: int, seen: int | None, later: int
) -> None:
    assert behind(at, seen) == later


def test_changes_of_other_fields_are_those_of_others_after_the_version_that_was_seen() -> None:
    stamps: Stamps = {
        "city": {"at": 1, "by": "a", "rev": 3},
        "address": {"at": 1, "by": "a", "rev": 4},
        "title": {"at": 1, "by": "me", "rev": 4},
        "segment": {"at": 1, "by": None},
    }
    assert changed_since(stamps, 3, "tags", "me") == ("address",)
    assert changed_since(stamps, 2, "tags", "me") == ("address", "city")
    assert changed_since(stamps, 2, "city", "me") == ("address",)
    assert changed_since(stamps, None, "tags", "me") == ()
