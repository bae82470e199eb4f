"""The disposition set: the flags of the conventions' table, and a tree that reaches every code by at most two
digits.
"""

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.dispositions import BY_CODE, TREE, Disposition, Outcome

# code: flags of the conventions' table (C contacted, A try again, E eligible, N note, T other number), delay, group
TABLE: dict[str, tuple[str, int | None, str]] = {
    "1.1": ("CE", None, "I"),
    "1.1o": ("CE", None, "I"),
    "1.2": ("CAE", DAY, "P"),
    "2.111a": ("CAEN", 7 * DAY, "R"),
    "2.112a": ("CAEN", 7 * DAY, "R"),
    "2.111b": ("CEN", None, "R"),
    "2.112b": ("CEN", None, "R"),
    "2.112c": ("AET", 7 * DAY, "R"),
    "2.12a": ("CAE", None, "appt"),
    "2.12b": ("CAE", None, "appt"),
    "2.13a": ("CAE", 3 * HOUR, "appt"),
    "2.13b": ("CAE", 3 * HOUR, "appt"),
    "2.20": ("AET", 3 * HOUR, "NC"),
    "2.221": ("AET", 3 * HOUR, "NC"),
    "2.222": ("AET", 3 * HOUR, "NC"),
    "2.31": ("CE", None, "O"),
    "2.32": ("CE", None, "O"),
    "2.33": ("E", None, "O"),
    "2.34": ("AN", None, "O"),
    "3.91": ("AN", None, "UO"),
    "2.35a": ("AET", 0, "O"),
    "2.36": ("AE", 7 * DAY, "O"),
    "2.36s": ("AE", 7 * DAY, "O"),
    "3.11": ("AT", 0, "UH"),
    "3.13": ("AET", 3 * HOUR, "UH"),
    "3.13d": ("AET", 3 * HOUR, "UH"),
    "3.12": ("AT", 15 * MINUTE, "UH"),
    "3.16": ("AT", 3 * HOUR, "UH"),
    "3.16o": ("AT", 3 * HOUR, "UH"),
    "3.16a": ("AT", 3 * HOUR, "UH"),
    "3.90": ("", None, "UH"),
    "2.30": ("E", None, "O"),
    "4.20": ("T", 0, "NE"),
    "4.32": ("T", 0, "NE"),
    "4.32s": ("T", 0, "NE"),
    "4.10w": ("T", 0, "NE"),
    "4.51": ("", None, "NE"),
    "4.70": ("", None, "NE"),
    "4.80": ("", None, "NE"),
    "4.10": ("", None, "NE"),
}


def flags(disposition: Disposition) -> str:
    marked = {
        "C": disposition.contacted,
        "A": disposition.try_again,
        "E": disposition.eligible,
        "N": disposition.note_required,
        "T": disposition.other_number,
    }
    return "".join(letter for letter, on in marked.items() if on)


@pytest.mark.parametrize("code", sorted(set(TABLE) | set(BY_CODE)))
def test_code_has_the_flags_delay_and_group_of_the_conventions(code: str) -> None:
    disposition = BY_CODE[code]
    assert (flags(disposition), disposition.delay, disposition.group) == TABLE[code]


def test_every_code_a_person_may_choose_is_in_the_tree_once() -> None:
    chosen = [code for codes in TREE.values() for code in codes]
    set_by_desk_or_server = {"3.11", "3.90", "2.30", "4.80", "1.1o", "2.112c"}
    assert len(chosen) == len(set(chosen))
    assert set(chosen) == set(BY_CODE) - set_by_desk_or_server


def test_every_level_fits_the_number_keys_and_1_is_complete() -> None:
    assert len(TREE) <= 9
    assert all(len(codes) <= 9 for codes in TREE.values())
    assert next(iter(TREE.values())) == ("1.1",), "F8, 1 completes (journey A1)"


def test_hard_refusals_end_the_task_want_a_note_and_suggest_do_not_call() -> None:
    suggesting = {code for code, disposition in BY_CODE.items() if disposition.suggests_do_not_call}
    assert suggesting == {"2.111b", "2.112b"}
    assert all(BY_CODE[code].final and BY_CODE[code].note_required for code in suggesting)


def test_only_definite_appointments_want_a_callback() -> None:
    assert {code for code, disposition in BY_CODE.items() if disposition.callback_required} == {
        "2.12a",
        "2.12b",
    }


def test_outcomes_are_success_pending_and_failure() -> None:
    assert {code for code, disposition in BY_CODE.items() if disposition.success} == {"1.1", "1.1o"}
    assert BY_CODE["3.13"].outcome is Outcome.PENDING
    assert BY_CODE["2.12a"].outcome is Outcome.PENDING
    assert BY_CODE["2.34"].outcome is Outcome.PENDING, "somebody else goes on"
    assert BY_CODE["2.112b"].outcome is Outcome.FAILURE
    assert BY_CODE["4.32"].outcome is Outcome.FAILURE, "of this number"
    assert not BY_CODE["4.32"].final, "another number may be left"


def test_nobody_is_contacted_by_a_call_that_was_not_answered() -> None:
    assert [c for c, d in BY_CODE.items() if d.contacted and not d.answered] == ["1.1o"]
    unanswered = {
        "3.12",
        "3.13",
        "3.13d",
        "3.16",
        "3.16o",
        "3.16a",
        "3.11",
        "4.32",
        "4.32s",
        "2.221",
        "2.222",
    }
    assert not any(BY_CODE[code].answered for code in unanswered)
