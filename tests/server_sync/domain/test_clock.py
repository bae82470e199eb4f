"""The machine's clock in the units that everything else counts on."""

from pathlib import Path

from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND, SystemClock


def test_now_is_the_machines_time_in_milliseconds(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    written_at = file.stat().st_mtime_ns // 1_000_000
    assert written_at <= SystemClock().now() < written_at + HOUR


def test_monotonic_never_goes_back() -> None:
    clock = SystemClock()
    readings = [clock.monotonic() for _ in range(1_000)]
    assert readings == sorted(readings)


def test_units_are_milliseconds() -> None:
    assert (SECOND, MINUTE, HOUR, DAY) == (1_000, 60_000, 3_600_000, 86_400_000)
