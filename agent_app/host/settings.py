"""What this machine remembers between two starts: language, theme, who signed in last, where the window was."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from agent_app.host.files import write_atomically


@dataclass(frozen=True)
class Settings:
    """`language` and `theme` may be "system"; `dialling` is "hand" or "link"; `window` is Qt's saved
    geometry in base 64, opaque here."""

    language: str = "system"
    theme: str = "system"
    server: str = ""
    user: str = ""
    window: str = ""
    dialling: str = "hand"


# What one may choose; anything else in the file, such as a choice of a newer program, is as good as missing.
CHOICES = {
    "language": ("system", "zh_CN", "zh_TW", "en"),
    "theme": ("system", "light", "dark"),
    "dialling": ("hand", "link"),
}


def load_settings(file: Path) -> Settings:
    """The settings of the file; what is missing or unreadable has its default, for settings are never worth a stop."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return Settings()
    return Settings(**_known(found)) if isinstance(found, dict) else Settings()


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings; raises OSError when the disk refuses."""
    write_atomically(file, json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())


def _known(found: dict[str, Any]) -> dict[str, str]:
    names = {field.name for field in fields(Settings)}
    known = {name: value for name, value in found.items() if name in names and isinstance(value, str)}
    return {name: value for name, value in known.items() if value in CHOICES.get(name, (value,))}
