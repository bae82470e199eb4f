"""The guard against left-over threads and timers sees what it should, in a run of pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

LEAVES_A_THREAD = """
import threading
def test_it():
    threading.Thread(target=threading.Event().wait, args=(8,), name="forgotten").start()
"""
LEAVES_A_TIMER = """
from PySide6.QtCore import QTimer
kept = []
def test_it(qapp):
    timer = QTimer()
    timer.start(1000)
    kept.append(timer)
"""
LEAVES_A_QTHREAD = """
from PySide6.QtCore import QThread
kept = []
def test_it(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)
def teardown_module():
    kept[0].quit()
    kept[0].wait()
"""
TIDIES_UP = """
import threading
from PySide6.QtCore import QObject, QThread, QTimer
def test_it(qapp):
    timer = QTimer()
    timer.start(1000)
    timer.stop()
    owner = QObject()
    QTimer(owner).start(1000)
    owner.deleteLater()
    worker = QThread()
    worker.start()
    worker.quit()
    worker.wait()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    done.set()
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (LEAVES_A_THREAD, "the thread 'forgotten', started at"),
        (LEAVES_A_TIMER, "a QTimer, started at"),
        (LEAVES_A_QTHREAD, "a QThread, started at"),
    ],
)
def test_what_a_test_leaves_running_fails_it_and_is_named(tmp_path: Path, body: str, said: str) -> None:
    run = _run(tmp_path, body)
    assert run.returncode == 1, run.stdout
    assert said in run.stdout
    assert ".start(" in run.stdout


def test_a_tidy_test_passes(tmp_path: Path) -> None:
    run = _run(tmp_path, TIDIES_UP)
    assert run.returncode == 0, run.stdout


def _run(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(body, encoding="utf-8")
    options = [
        "-p",
        "tests.left_over",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "--import-mode=importlib",
    ]
    command = [sys.executable, "-m", "pytest", "-q", *options, "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True)
