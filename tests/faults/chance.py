"""How much of every fault is tried: a spread-out portion in ./check, all of it by ./run faults."""

import os
from collections.abc import Sequence
from typing import TypeVar

from server_sync.demo.chance import draw

ALL_VARIABLE = "HUIFANG_FAULTS"
SEED_VARIABLE = "HUIFANG_FAULTS_SEED"
Item = TypeVar("Item")


def everything() -> bool:
    """Whether the long form was asked for."""
    return os.environ.get(ALL_VARIABLE) == "all"


def seed() -> int:
    """What the random moments go by."""
    return int(os.environ.get(SEED_VARIABLE, "0"))


def moment(below: int, *about: object) -> int:
    """A number below another one that is the same in every run with the same seed."""
    return draw(below, seed(), *about)


def portion(items: Sequence[Item], most: int) -> list[Item]:
    """All of them in the long form; else at most so many, spread evenly with the first and the last."""
    if everything() or len(items) <= most:
        return list(items)
    return [items[place * (len(items) - 1) // max(most - 1, 1)] for place in range(most)]
