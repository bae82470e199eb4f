"""A day at a desk in a process of its own, which may be killed in the midst of it."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.faults.processes import Child, Deadly, desk_work

DAY = (
    ("sync", ""), ("note", "一"), ("correct", "二"), ("note", "三"), ("attach", ""), ("sync", ""), ("note", "四"),
    ("sync", ""), ("fetch", ""), ("settle", ""),
    ("sync", ""),
)  # fmt: skip
"""What is done at a desk in these tests."""
DAY_MS = 120
"""About as long as it takes."""


class Day:
    """One sitting in a process of its own: what was confirmed before it died, and what it passed."""

    def __init__(
        self, profile: Path, address: str, deadly: Deadly = None, kill: Callable[[Child], None] | None = None
    ) -> None:
        self.confirmed: list[bytes] = []
        self.passed: Counter[str] = Counter()
        self.died = True
        with closing(Child(desk_work, profile, address, deadly)) as child:
            for order in (*DAY, ("end",)):
                child.tell(*order)
            if kill is not None:
                kill(child)
            while self.died and (word := child.hear()) is not None:
                assert word[0] != "error", word
                if word[0] == "saved":
                    self.confirmed.append(word[1])
                elif word[0] == "end":
                    self.died, self.passed = False, word[1]
