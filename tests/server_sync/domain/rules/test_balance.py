"""Evening out: loads differ by one at most, as far as skills and loose tasks let them; nobody gets what he cannot."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.rules.balance import Loaded, Loose, balance

A, B, C = b"a", b"b", b"c"


def loose(owner: bytes, number: int, customer: int | None = None, **values: Any) -> Loose:
    task_id = b"%b%03d" % (owner, number)
    return Loose(task_id, task_id if customer is None else b"%03d" % customer, owner, **values)


def after(people: list[Loaded], tasks: list[Loose]) -> dict[bytes, int]:
    loads = Counter({one.person_id: one.load for one in people})
    for move in balance(people, tasks):
        loads[move.task.person_id] -= 1
        loads[move.to] += 1
    return dict(loads)


def test_loads_are_evened_out_with_as_few_moves_as_it_takes() -> None:
    people = [Loaded(A, {}, 9), Loaded(B, {}, 0), Loaded(C, {}, 3)]
    tasks = [loose(A, number) for number in range(9)]
    assert after(people, tasks) == {A: 4, B: 4, C: 4}
    assert len(balance(people, tasks)) == 5


def test_nobody_gets_what_he_cannot_do() -> None:
    people = [Loaded(A, {}, 4), Loaded(B, {"languages": ["en"]}, 0)]
    tasks = [loose(A, number, language="zh" if number < 3 else "en") for number in range(4)]
    assert after(people, tasks) == {A: 3, B: 1}


def test_the_tasks_of_a_customer_stay_together() -> None:
    people = [Loaded(A, {}, 5), Loaded(B, {}, 0)]
    tasks = [loose(A, number, customer=1) for number in range(3)]
    assert after(people, tasks) == {A: 2, B: 3}
    one_block = [loose(A, number, customer=1) for number in range(5)]
    assert balance(people, one_block) == ()


def test_what_is_even_stays() -> None:
    assert balance([Loaded(A, {}, 1), Loaded(B, {}, 2)], [loose(B, 1), loose(B, 2)]) == ()
    assert balance([], []) == ()


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
def test_with_all_loose_and_everybody_able_no_two_differ_by_more_than_one(loads: list[int]) -> None:
    people = [Loaded(b"%d" % place, {}, load) for place, load in enumerate(loads)]
    tasks = [loose(one.person_id, number) for one in people for number in range(one.load)]
    found = after(people, tasks).values()
    assert max(found) - min(found) <= 1
    assert sum(found) == sum(loads)
    assert balance(people, tasks) == balance(people, tasks)
