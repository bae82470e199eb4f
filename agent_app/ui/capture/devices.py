"""What this computer can hear, see and find out: each part is asked for when somebody wants it, and may be missing.

The modules beside this one need PySide6-Addons (the extra `visits`) and, on Linux, the system's libpulse; without them
everything works by file and by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from PySide6.QtGui import QImage

from agent_app.ports import Camera, Lack, Microphone, Player, Positions


class Devices:
    """`ports.Capture` over Qt. Main thread."""

    def microphone(self) -> Microphone | Lack:
        """See `Capture`."""
        sound = _part("sound")
        return Lack.NOT_INSTALLED if sound is None else sound.microphone() or Lack.NO_DEVICE

    def player(self) -> Player[QImage] | Lack:
        """See `Capture`."""
        sound = _part("sound")
        return Lack.NOT_INSTALLED if sound is None else sound.player() or Lack.NO_DEVICE

    def camera(self) -> Camera[QImage] | Lack:
        """See `Capture`."""
        camera = _part("camera")
        return Lack.NOT_INSTALLED if camera is None else camera.camera() or Lack.NO_DEVICE

    def positions(self) -> Positions | Lack:
        """See `Capture`."""
        positions = _part("positions")
        return Lack.NOT_INSTALLED if positions is None else positions.positions() or Lack.NO_DEVICE

    def barcodes(self) -> Callable[[QImage], str] | Lack:
        """See `Capture`."""
        if find_spec("zxingcpp") is None:
            return Lack.NOT_INSTALLED
        from agent_app.ui.capture.barcodes import barcode_in

        return barcode_in


def _part(name: str) -> ModuleType | None:
    """A module beside this one; None where what it needs is not on this computer."""
    try:
        return import_module(f"agent_app.ui.capture.{name}")
    except ImportError:
        return None
