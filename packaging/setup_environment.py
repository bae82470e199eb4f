"""Makes the clone ready: system parts, the one .venv and the pinned packages in it; starts nothing."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

import system_parts
from system_parts import NotReady

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "huifang-setup"


def prepare(*, qt: bool = True) -> Path:
    """Set up what is missing and return the Python to use; ends with a plain sentence if it cannot."""
    try:
        system_parts.ensure(qt=qt)
        _ensure_packages()
    except NotReady as problem:
        sys.exit(str(problem))
    return PYTHON


def _ensure_packages() -> None:
    wanted = f"{hashlib.sha256(PINS.read_bytes()).hexdigest()} {platform.python_version()}"
    if PYTHON.exists() and _read(STAMP) == wanted:
        return
    if VENV.exists() and not os.access(VENV, os.W_OK):
        raise NotReady(
            f"{VENV} is out of date and belongs to another user: let that user run this, or remove it."
        )
    if not _usable():
        _say(f"Making the Python environment {VENV}")
        _run(sys.executable, "-m", "venv", "--clear", str(VENV))
    _say(f"Installing the pinned packages of {PINS.relative_to(ROOT)} (the first time takes some minutes)")
    options = ("--disable-pip-version-check", "--no-input", "--require-hashes")
    volume = () if sys.stderr.isatty() else ("--quiet",)
    _run(str(PYTHON), "-m", "pip", "install", *options, *volume, "-r", str(PINS))
    # The clone's own packages, importable from any folder; relative, so that the clone may be moved.
    packages = next(VENV.glob("Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"))
    (packages / "huifang.pth").write_text(os.path.relpath(ROOT, packages) + "\n", encoding="utf-8")
    STAMP.write_text(wanted, encoding="utf-8")
    _say("Ready.")


def _usable() -> bool:
    """Whether .venv is of this Python's version and has a pip."""
    version = f"version = {sys.version_info.major}.{sys.version_info.minor}."
    if version not in _read(VENV / "pyvenv.cfg") or not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _run(*command: str) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise NotReady(f"This did not work:\n    {' '.join(command)}")


def _say(text: str) -> None:
    # On stderr: stdout belongs to the program that is run afterwards.
    print(text, file=sys.stderr, flush=True)
