"""A clock that stands still until a test moves it."""

TEN_O_CLOCK = 1_795_312_800_000  # 2026-11-22 10:00 in Shanghai


class HandClock:
    """Both of its times move together, by hand; any thread may look at it."""

    def __init__(self, at: int = TEN_O_CLOCK) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000

    def move(self, ms: int) -> None:
        """Let time pass."""
        self.at += ms
