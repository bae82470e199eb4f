"""A source of positions that finds what it is told to."""

from collections.abc import Callable

from agent_app.ports import Fix, Lack, Positions


class ToldPositions:
    """`positions` is what a desk asks; while it searches, `give` finds. `lack`: it cannot be asked."""

    def __init__(self, lack: Lack | None = None) -> None:
        self.lack = lack
        self._on_fix: Callable[[Fix], object] | None = None

    def positions(self) -> Positions | Lack:
        """This source."""
        return self if self.lack is None else self.lack

    @property
    def searching(self) -> bool:
        """Whether somebody wants to know."""
        return self._on_fix is not None

    def start(self, on_fix: Callable[[Fix], object]) -> None:
        self._on_fix = on_fix

    def stop(self) -> None:
        self._on_fix = None

    def give(self, accuracy: float | None, latitude: float = 31.2304, longitude: float = 121.4737) -> None:
        """It was found here, so accurately."""
        assert self._on_fix is not None, "nobody asked"
        self._on_fix(Fix(latitude, longitude, None, accuracy))
