"""A clock for whole processes that runs like the machine's but can be set: both ends read its offset from one file."""

from pathlib import Path

from server_sync.domain.clock import SystemClock


class ShiftedClock:
    """The machine's time plus the milliseconds in a file, so that a journey of a day takes a minute."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._system = SystemClock()

    def now(self) -> int:
        return self._system.now() + int(self._file.read_text())

    def monotonic(self) -> float:
        return self._system.monotonic()

    def set(self, at: int) -> None:
        """From now on it is this moment (ms), for every process that reads the file."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(at - self._system.now()))
        fresh.replace(self._file)
