"""The peers' own environments: made outside the clone, started as programs; nothing of theirs is imported here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
ANKI = "anki==26.9.3"


def figures_of_anki(workload: Path) -> dict[str, Any]:
    """Run the peer's program over the rows of a workload (a plain SQLite file); its figures by the keys of ours."""
    done = subprocess.run(
        [str(_python_with(ANKI)), "-m", "tests.bench.peers.anki_peer", str(workload)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"version": ANKI, **figures}


def _python_with(requirement: str) -> Path:
    """The Python of an environment that has this package, in the user's cache folder; made when it is not there."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(cache) / "huifang-bench" / requirement.replace("==", "-")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        print(f"Making an environment with {requirement} in {folder}", file=sys.stderr, flush=True)
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement],
        ):
            subprocess.run(command, check=True, stdout=sys.stderr)
        ready.touch()
    return python
