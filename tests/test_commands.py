"""The two commands of the clone, as they are typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def typed(
    command: str, *arguments: str, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    screenless = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [sys.executable, str(ROOT / command), *arguments],
        cwd=folder,
        env=screenless | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a screen")
def test_without_a_screen_the_demo_says_so_and_names_the_tour(tmp_path: Path) -> None:
    run = typed("run", folder=tmp_path, QT_QPA_PLATFORM="")
    assert run.returncode == 1
    assert "There is no screen here" in run.stderr
    assert "./run tour DIR" in run.stderr


@pytest.mark.parametrize("command", ["run", "check"])
def test_an_unknown_word_is_answered_with_those_that_are_known(command: str, tmp_path: Path) -> None:
    run = typed(command, "nonsense", folder=tmp_path)
    assert run.returncode == 1
    assert "does not know 'nonsense'" in run.stderr
    assert f"./{command} help" in run.stderr


@pytest.mark.parametrize("command", ["run", "check"])
def test_help_goes_to_stdout(command: str, tmp_path: Path) -> None:
    run = typed(command, "help", folder=tmp_path)
    assert run.returncode == 0
    assert f"./{command} help" in run.stdout


def test_a_program_runs_from_any_folder_with_its_own_exit_code(tmp_path: Path) -> None:
    """Not even a file there that is named like a module of Python is in the way."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "argparse.py").write_text("raise SystemExit('the wrong argparse')", encoding="utf-8")
    assert typed("run", "server", "--help", folder=folder).returncode == 0
    wrong = typed("run", "server", "--no-such-option", folder=folder)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "server_sync" in wrong.stderr
