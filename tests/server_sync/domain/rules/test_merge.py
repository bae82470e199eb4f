"""Who wins when two correct one field (SYNC §5), as a table."""

import pytest

from server_sync.domain.model import TABLES
from server_sync.domain.rules.merge import CORRECTABLE, NEVER_BY_CLOCK, Correction, Verdict, judge

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
def test_the_later_correction_stands(
    base: str | None, value: str | None, now: str | None, at: int, now_at: int | None, expected: str
) -> None:
    assert verdict("address", base, value, now, at, now_at) == expected


@pytest.mark.parametrize("at", [EARLY, LATE])
def test_two_different_names_go_to_a_person_whoever_was_later(at: int) -> None:
    assert verdict("name", "旧", "新", "他的", at, EARLY) == Verdict.CONFLICT.value
    assert verdict("name", "旧", "新", "旧", at, EARLY) == Verdict.CLEAN.value
    assert verdict("name", "旧", "新", "新", at, EARLY) == Verdict.CLEAN.value


def test_what_may_be_corrected_is_a_column_of_the_customer_that_nothing_else_decides() -> None:
    columns = set(TABLES["customer"].c.keys())
    assert columns > CORRECTABLE > NEVER_BY_CLOCK
    decided_elsewhere = {"id", "rev", "code", "team_id", "owner_id", "tier", "spent_cents", "field_stamps"}
    assert CORRECTABLE.isdisjoint(decided_elsewhere)
