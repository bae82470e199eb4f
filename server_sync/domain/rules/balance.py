"""Evening out what a team has to do: which tasks would go from whom to whom; nobody gets what he cannot do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server_sync.domain.rules import skills


@dataclass(frozen=True)
class Loaded:
    """Somebody of the team: `load` is all that he has open."""

    person_id: bytes
    skills: Mapping[str, Any]
    load: int


@dataclass(frozen=True)
class Loose:
    """A task that may go to somebody else, and what it asks for."""

    task_id: bytes
    customer_id: bytes
    person_id: bytes
    region: str | None = None
    language: str | None = None
    product_line: str | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shift:
    """A task that would go to somebody else."""

    task: Loose
    to: bytes


def balance(people: Sequence[Loaded], tasks: Sequence[Loose]) -> tuple[Shift, ...]:
    """The moves after which no two loads differ by more than one, as far as skills and loose tasks let it; as few as
    that takes. All loose tasks of a customer go together. The same every time: the first of `people` and `tasks` count.
    """
    loads = {one.person_id: one.load for one in people}
    able = {one.person_id: one.skills for one in people}
    left = _by_customer(tasks)
    moves: list[Shift] = []
    while True:
        chosen = _best(loads, able, left)
        if chosen is None:
            return tuple(moves)
        giver, taker, group = chosen
        left[giver].remove(group)
        loads[giver] -= len(group)
        loads[taker] += len(group)
        moves += [Shift(task, taker) for task in group]


Groups = dict[bytes, list[tuple[Loose, ...]]]


def _by_customer(tasks: Sequence[Loose]) -> Groups:
    together: dict[tuple[bytes, bytes], list[Loose]] = {}
    for task in tasks:
        together.setdefault((task.person_id, task.customer_id), []).append(task)
    groups: Groups = {}
    for (person_id, _), some in together.items():
        groups.setdefault(person_id, []).append(tuple(some))
    return groups


def _best(
    loads: Mapping[bytes, int], able: Mapping[bytes, Mapping[str, Any]], left: Groups
) -> tuple[bytes, bytes, tuple[Loose, ...]] | None:
    """The next move: from whom has most to whom has least, of those with whom it evens anything out."""
    by_load = sorted(loads, key=lambda person_id: loads[person_id])
    for giver in reversed(by_load):
        for taker in by_load:
            apart = loads[giver] - loads[taker]
            if apart < 2:
                break
            for group in left.get(giver, ()):
                if len(group) < apart and all(skills.missing(able[taker], task) is None for task in group):
                    return giver, taker, group
    return None
