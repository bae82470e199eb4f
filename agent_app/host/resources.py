"""Where the files lie that come with the program; nothing here is written to."""

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """The file or folder `name` (with slashes) below resources/, in a checkout and in a PyInstaller bundle alike."""
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle is not None else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *name.split("/"))
