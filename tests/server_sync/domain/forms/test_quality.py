"""What stands out in answers by how they were given: too quick, or all alike."""

import pytest

from server_sync.domain.forms.audit import AuditRow
from server_sync.domain.forms.quality import flags
from tests.server_sync.domain.forms.conftest import read_table

CHOICES = """
| choices |           |      |       |
|         | list_name | name | label |
|         | scale     | 1    | 差    |
|         | scale     | 2    | 好    |
|         | other     | 1    | 差    |
|         | other     | 2    | 好    |
"""


def battery(*kinds: str, group: str = "begin group") -> str:
    """A form with one group of these questions."""
    lines = "".join(f"|        | {kind} | q{n} | 问{n} |\n" for n, kind in enumerate(kinds, 1))
    end = group.replace("begin", "end")
    return f"""
| survey |              |      |       |
|        | type         | name | label |
|        | {group}      | g    | 组    |
{lines}|        | {end}        |      |       |
{CHOICES}"""


def given(*values: str, within: str = "/data/g") -> dict[str, str]:
    return {f"{within}/q{number}": value for number, value in enumerate(values, 1) if value}


def timed(*seconds: float) -> list[AuditRow]:
    return [
        ("question", f"/data/g/q{number}", 0, round(one * 1000), "", "1")
        for number, one in enumerate(seconds, 1)
    ]


FIVE = battery(*["select_one scale"] * 5)
MIXED = ("1", "2", "1", "2", "1")


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        ((1, 1, 1, 1, 1), ("speeding",)),
        ((1.49, 1.49, 1.49, 9, 3600), ("speeding",)),
        ((1.5, 1.5, 1.5, 1.5, 1.5), ()),
        ((0.1, 0.1, 1.6, 2, 2), ()),
        ((0.1, 0.1, 0.1, 0.1), ()),  # four answers are too few to say anything
    ],
)
def test_speeding_is_a_median_below_the_limit_over_five_answers_or_more(
    seconds: tuple[float, ...], found: tuple[str, ...]
) -> None:
    answers = given(*MIXED[: len(seconds)])
    assert flags(read_table(FIVE), answers, timed(*seconds), 1500) == found


def test_the_limit_is_the_companys() -> None:
    form, answers = read_table(FIVE), given(*MIXED)
    assert flags(form, answers, timed(2, 2, 2, 2, 2), 2001) == ("speeding",)
    assert flags(form, answers, timed(1, 1, 1, 1, 1), 0) == ()


def test_only_answered_questions_are_timed_and_their_visits_add_up() -> None:
    form = read_table(FIVE)
    assert flags(form, given("1", "2", "1", "2"), timed(1, 1, 1, 1, 1), 1500) == ()
    twice = [*timed(1, 1, 1, 1, 1), *timed(1, 1, 1)]
    assert flags(form, given(*MIXED), twice, 1500) == ()
    of_group: AuditRow = ("group questions", "/data/g", 0, 100, None, None)
    assert flags(form, given(*MIXED), [of_group] * 9, 1500) == ()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("2", "2", "2", "2", "2"), ("straight_lining",)),
        (("2", "2", "2", "2", "1"), ()),
        (("2", "2", "2", "2", ""), ()),
    ],
)
def test_straight_lining_is_five_answers_of_one_battery_that_are_all_the_same(
    values: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert flags(read_table(FIVE), given(*values), (), 1500) == found


@pytest.mark.parametrize(
    "table",
    [
        battery(*["select_one scale"] * 3, *["select_one other"] * 3),
        battery(*["integer"] * 6),
        battery(*["text"] * 6),
    ],
)
def test_questions_of_other_lists_or_of_none_are_no_battery(table: str) -> None:
    assert flags(read_table(table), given(*["1"] * 6), (), 1500) == ()


def test_other_questions_between_them_do_not_break_a_battery() -> None:
    kinds = ["select_one scale"] * 3 + ["text"] + ["select_one scale"] * 2
    values = ("1", "1", "1", "好", "1", "1")
    assert flags(read_table(battery(*kinds)), given(*values), (), 1500) == ("straight_lining",)


def test_each_instance_of_a_repeat_is_a_battery_of_its_own() -> None:
    form = read_table(battery(*["select_one scale"] * 5, group="begin repeat"))
    first, second = (given(*["1"] * 3, within=f"/data/g[{n}]") for n in (1, 2))
    assert flags(form, first | second, (), 1500) == ()
    assert flags(form, first | given(*["1"] * 5, within="/data/g[2]"), (), 1500) == ("straight_lining",)


def test_both_may_stand_out_at_once() -> None:
    straight = given(*["1"] * 5)
    assert flags(read_table(FIVE), straight, timed(1, 1, 1, 1, 1), 1500) == ("speeding", "straight_lining")
