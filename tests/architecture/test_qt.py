"""Where Qt may be: import-linter sees PySide6 as one name, so its modules are told apart here."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import files, imports

QT = ("PySide6", "shiboken6")
EMITS = 20_000


def test_the_runtime_uses_qtcore_alone() -> None:
    """It must run, and be tested, where there is no window."""
    assert _strangers(files("agent_app/runtime"), allowed="PySide6.QtCore") == []


def test_presenters_and_states_are_plain_python() -> None:
    plain = [
        file for file in files("agent_app/features") if {"presenter", "state"} & {file.stem, file.parent.name}
    ]
    assert len(plain) > len(list(files("agent_app/features"))) // 4
    assert _strangers(plain, allowed=None) == []


def test_star_imports_hide_nothing() -> None:
    starred = [str(file) for file in files("agent_app") if any(name.endswith(".*") for name in imports(file))]
    assert starred == []


def _strangers(among: list[Path], allowed: str | None) -> list[tuple[str, str]]:
    found = [(str(file), name) for file in among for name in imports(file) if name.split(".")[0] in QT]
    return [
        (file, name) for file, name in found if allowed is None or not f"{name}.".startswith(f"{allowed}.")
    ]


def test_a_signal_can_be_emitted_20000_times() -> None:
    """PySide6 6.12.0 loses a reference of `True` at each emit, and Python 3.11 aborts after some hundreds of them."""
    program = f"""
from PySide6.QtCore import QObject, Signal

class Source(QObject):
    fact = Signal(object)

heard = []
source = Source()
source.fact.connect(heard.append)
for _ in range({EMITS}):
    source.fact.emit(True)
print(len(heard))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, str(EMITS)), run.stderr
