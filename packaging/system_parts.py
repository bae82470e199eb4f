"""Finds and, where it may, installs what Qt and `venv` need of the system; no Python packages."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

# Shared library that Qt loads (offscreen, and xcb for a real screen) → the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libbrotlidec.so.1": "libbrotli1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class NotReady(Exception):
    """The machine lacks something that only its owner can add; the text says what to do."""


def ensure(*, qt: bool) -> None:
    """Make sure of `venv` and pip and, with `qt`, of Qt's libraries and a Chinese font. Raises NotReady."""
    missing = _missing_packages(qt=qt) if sys.platform == "linux" else []
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise NotReady(
            "Some parts of the system are missing. With your package manager, install what Debian calls:\n"
            f"    {' '.join(missing)}"
        )
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    prefix = _root_prefix()
    if prefix is None:
        line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
        as_root = f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"
        raise NotReady(
            f"Some parts of the system are missing. Please type this one line, then try again:\n    {as_root}"
        )
    print(f"Installing missing parts of the system: {' '.join(missing)}", file=sys.stderr, flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    # An outdated list of packages need not stop the installation; a failing installation does.
    subprocess.run([*quiet, "apt-get", "update", "-q"], stdout=sys.stderr, check=False)
    if subprocess.run([*quiet, *install], stdout=sys.stderr, check=False).returncode != 0:
        raise NotReady(f"The system parts could not be installed. What was tried:\n    {' '.join(install)}")
    importlib.invalidate_caches()


def _missing_packages(*, qt: bool) -> list[str]:
    missing = []
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off its Python
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if qt:
        missing += [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
        missing += _missing_font_packages()
    return missing


def _loads(library: str) -> bool:
    """Ask the loader, not the package manager: packages are renamed between releases, libraries are not."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _missing_font_packages() -> list[str]:
    # With the fontconfig package the system keeps the font cache, and Qt writes none into anybody's home.
    if not shutil.which("fc-list"):
        return ["fontconfig", "fonts-noto-cjk"]
    fonts = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return [] if fonts.stdout.strip() else ["fonts-noto-cjk"]


def _root_prefix() -> list[str] | None:
    """What to put before a command so that it runs as root without asking; None when there is no such way."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None
