"""What a form can hear, see and find out in tests: devices that do what they are told."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from agent_app.ports import Fix, Lack


class Microphone:
    def __init__(self) -> None:
        self.hear: Callable[[bytes], object] | None = None

    def start(self, on_sound: Callable[[bytes], object]) -> None:
        self.hear = on_sound

    def stop(self) -> None:
        self.hear = None

    def is_on(self) -> bool:
        return self.hear is not None


class Player:
    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.end: Callable[[], object] | None = None
        self.show: Callable[[QImage], object] | None = None

    def play(
        self,
        content: bytes,
        on_end: Callable[[], object],
        on_picture: Callable[[QImage], object] | None = None,
    ) -> None:
        self.played.append(content)
        self.end, self.show = on_end, on_picture

    def stop(self) -> None:
        self.end = None


class Camera:
    def __init__(self) -> None:
        self.see: Callable[[QImage], object] | None = None

    def start(self, on_picture: Callable[[QImage], object]) -> None:
        self.see = on_picture

    def stop(self) -> None:
        self.see = None

    def is_on(self) -> bool:
        return self.see is not None


class Positions:
    def __init__(self) -> None:
        self.find: Callable[[Fix], object] | None = None

    def start(self, on_fix: Callable[[Fix], object]) -> None:
        self.find = on_fix

    def stop(self) -> None:
        self.find = None


class Devices:
    """`ports.Capture`; `lack` is why there is nothing at all."""

    def __init__(self, lack: Lack | None = None) -> None:
        self.lack = lack
        self.ear, self.voice, self.eye, self.compass = Microphone(), Player(), Camera(), Positions()
        self.code = ""

    def microphone(self) -> Microphone | Lack:
        return self.lack or self.ear

    def player(self) -> Player | Lack:
        return self.lack or self.voice

    def camera(self) -> Camera | Lack:
        return self.lack or self.eye

    def positions(self) -> Positions | Lack:
        return self.lack or self.compass

    def barcodes(self) -> Callable[[QImage], str] | Lack:
        return self.lack or (lambda picture: self.code)


def scene(width: int = 1200, height: int = 800) -> QImage:
    """A photo to be taken: the left half red, the right half blue, with a white ring."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor(190, 60, 50))
    painter = QPainter(picture)
    painter.fillRect(width // 2, 0, width - width // 2, height, QColor(50, 80, 170))
    painter.setPen(Qt.GlobalColor.white)
    painter.drawEllipse(width // 3, height // 4, width // 3, height // 2)
    painter.end()
    return picture
