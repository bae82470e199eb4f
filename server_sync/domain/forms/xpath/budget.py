"""How much work the expressions of one filling-in may do, counted and never timed, so that none can explode."""

MAX_STEPS = 1_000_000
"""Nodes and characters (by the hundred) that one expression may look at."""

MAX_STEPS_AT_ONCE = 5_000_000
"""The same for all that one change makes compute."""

GROUP = 1_000
"""Steps that looking at a group costs: its text is that of everything below it, as far as `tree.MAX_LEAVES`."""

MAX_NESTING = 20
"""Expressions within texts within expressions: a label that asks for a label, and so on."""


class OutOfSteps(Exception):
    """An expression asked for more work than it may do; its value is empty then."""


class Budget:
    """The steps of one filling-in. Each expression that runs out makes the later ones' share smaller."""

    __slots__ = ("_all", "_depth", "_left", "_overspent")

    def __init__(self) -> None:
        self._all = MAX_STEPS_AT_ONCE
        self._left = 0
        self._depth = 0
        self._overspent = 0

    def refill(self) -> None:
        """Another change is computed."""
        self._all = MAX_STEPS_AT_ONCE

    def enter(self) -> None:
        """An expression begins, perhaps within another. Raises OutOfSteps; `leave` follows in any case."""
        self._depth += 1
        if self._depth == 1:
            self._left = min(MAX_STEPS // (1 + self._overspent), self._all)
            self._all -= self._left
        elif self._depth > MAX_NESTING:
            raise OutOfSteps

    def leave(self) -> None:
        """The expression has ended."""
        self._depth -= 1
        if self._depth == 0:
            self._overspent += self._left < 0
            self._all += max(self._left, 0)

    def spend(self, steps: int) -> None:
        """Take steps from the current expression's share. Raises OutOfSteps."""
        self._left -= steps
        if self._left < 0:
            raise OutOfSteps
