"""Unexpected errors: in the log with their id, shown once, and nothing of a customer in the file."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.host.crash import Crash, watch_for_crashes
from agent_app.host.logs import LOG_FILE, close_log, open_log, scrubbed
from server_sync.domain.errors import ErrorKind, KnownError


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    handler = open_log(tmp_path / "logs")
    yield tmp_path / "logs" / LOG_FILE
    close_log(handler)
    logging.getLogger().setLevel(level)


@pytest.fixture
def shown() -> Iterator[list[Crash]]:
    crashes: list[Crash] = []
    give_back = watch_for_crashes(crashes.append, lambda error: None)
    yield crashes
    give_back()


def break_down(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_crash_is_in_the_log_under_the_id_that_was_shown(log: Path, shown: list[Crash]) -> None:
    break_down("x")
    assert [crash.error for crash in shown] == ["ValueError"]
    written = log.read_text(encoding="utf-8")
    assert shown[0].id in written
    assert "in break_down" in written


def test_the_same_crash_is_shown_once_and_logged_each_time(log: Path, shown: list[Crash]) -> None:
    for _ in range(3):
        break_down("x")
    assert len(shown) == 1
    assert log.read_text(encoding="utf-8").count("ValueError: ") == 3


def test_a_crash_of_a_thread_is_met_too_and_the_program_goes_on(log: Path, shown: list[Crash]) -> None:
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert [crash.error for crash in shown] == ["ZeroDivisionError"]
    assert shown[0].id in log.read_text(encoding="utf-8")


def test_an_error_of_the_environment_is_told_each_time_and_is_no_crash(log: Path) -> None:
    crashes: list[Crash] = []
    known: list[ErrorKind] = []
    give_back = watch_for_crashes(crashes.append, lambda error: known.append(error.kind))
    for _ in range(2):
        sys.excepthook(KnownError, KnownError(ErrorKind.DISK_FULL), None)
    give_back()
    assert (crashes, known) == ([], [ErrorKind.DISK_FULL, ErrorKind.DISK_FULL])
    assert "uncaught disk_full" in log.read_text(encoding="utf-8")


def test_an_interrupt_of_the_keyboard_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    crashes: list[Crash] = []
    passed_on: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: passed_on.append(kind))
    give_back = watch_for_crashes(crashes.append, lambda error: None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    give_back()
    assert (crashes, passed_on) == ([], [KeyboardInterrupt])


def test_no_personal_data_reaches_the_file(log: Path, shown: list[Crash]) -> None:
    break_down("客户甲 138 0013 8000")
    logging.getLogger("test").warning("mail to %s of %s", "a.b@mail.example", "13800138000")
    written = log.read_text(encoding="utf-8")
    assert "invalid literal" in written
    assert "WARNING test" in written
    for secret in ("客户甲", "8000", "a.b@", "mail.example"):
        assert secret not in written


def test_what_a_developer_needs_is_not_blotted_out() -> None:
    for text in (
        "crash c00ff12ab",
        'File "work.py", line 1234, in run',
        "409 in 12.5 ms",
        "push of 10000 rows",
    ):
        assert scrubbed(text) == text


def test_the_log_does_not_grow_without_end(log: Path) -> None:
    for _ in range(70):
        logging.getLogger("test").info("word " * 20_000)
    files = list(log.parent.iterdir())
    assert len(files) == 5
    assert sum(file.stat().st_size for file in files) < 6_000_000
