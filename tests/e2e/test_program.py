"""The program as a process: how the demo begins and how it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warm import ROOT

PATIENCE = 90


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal's signals come another way on Windows")
def test_the_demo_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    """By one of the signals: that they all go the same way is tried beside them (`runtime/test_interrupts`)."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    demo = subprocess.Popen(
        [sys.executable, "-m", "agent_app", "demo"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        for _ in range(PATIENCE * 10):
            if list(tmp_path.glob("huifang-demo-*/profiles/*/store.db")) or demo.poll() is not None:
                break
            time.sleep(0.1)
        assert demo.poll() is None
        demo.send_signal(signal.SIGTERM)
        _, said = demo.communicate(timeout=PATIENCE)
    finally:
        demo.kill()
        demo.wait()
    assert (demo.returncode, [line for line in said.splitlines() if "propagateSizeHints" not in line]) == (
        0,
        [],
    )
    assert list(tmp_path.glob("huifang-demo-*")) == []
