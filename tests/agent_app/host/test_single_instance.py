"""One desk per profile: a second one is refused, a killed one leaves no trace that matters."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent_app.host.single_instance import ProfileLock
from server_sync.domain.errors import ErrorKind, KnownError

HOLDER = """
import sys
from pathlib import Path
from agent_app.host.single_instance import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_desk_on_one_profile_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    with ProfileLock(tmp_path / "profile"):
        with pytest.raises(KnownError) as caught:
            ProfileLock(tmp_path / "profile")
        assert caught.value.kind is ErrorKind.PROFILE_IN_USE
        ProfileLock(tmp_path / "another").release()
    ProfileLock(tmp_path / "profile").release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_lock_of_a_killed_desk_is_gone(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(KnownError) as caught:
            ProfileLock(tmp_path)
        assert caught.value.kind is ErrorKind.PROFILE_IN_USE
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    ProfileLock(tmp_path).release()
