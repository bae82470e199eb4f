"""Photos, drawings and sounds made ready to be kept, and looked at again; all of it away from the main thread."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QImageWriter

from agent_app.actions.attachments import Made
from agent_app.ports import SOUND_RATE
from agent_app.ui.image_viewer import decoded
from server_sync.domain.clock import SECOND
from server_sync.domain.rules.attachments import media_type_of

THUMBNAIL = 480
"""Pixels of the longest edge of what is shown at the question."""
DRAWABLE = 1_600
"""The same of what is drawn on."""
_QUALITY = 88
_UPRIGHT = QImageIOHandler.Transformation.TransformationNone


@dataclass(frozen=True)
class Preview:
    """What is shown of an answer: the picture if it is one that can be shown, its size in bytes, the length in ms of a
    sound whose length can be told."""

    size: int
    picture: QImage | None = None
    length: int | None = None


def photo(source: Path | Made, most_pixels: int) -> Path | Made:
    """A picture upright, and its longer edge no more than `most_pixels` (0: as it is); as it came where it is so
    already, or is of a kind that cannot be drawn here."""
    if isinstance(source, Path):
        reader, buffer = QImageReader(str(source)), None
    else:
        buffer = _buffer(source.content)
        reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    large = 0 < most_pixels < max(size.width(), size.height())
    if not reader.canRead() or (reader.transformation() == _UPRIGHT and not large):
        return source
    if large:
        reader.setScaledSize(_within(size, most_pixels))
    image = reader.read()
    return source if image.isNull() else encoded(image, source.name)


def taken(image: QImage, most_pixels: int) -> Made:
    """A picture of the camera or the clipboard as a photo."""
    size = image.size()
    if 0 < most_pixels < max(size.width(), size.height()):
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(_within(size, most_pixels), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return encoded(image, "photo.jpg")


def encoded(image: QImage, name: str) -> Made:
    """A picture as a file: PNG where it is drawn or has no other format to keep, else JPEG."""
    stem, png = Path(name).stem, Path(name).suffix.lower() == ".png"
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png" if png else b"jpeg"))
    if not png:
        writer.setQuality(_QUALITY)
    writer.write(image)
    return Made(f"{stem}.{'png' if png else 'jpg'}", bytes(buffer.data().data()))


def recorded(samples: bytes) -> Made:
    """Recorded sound as a WAV file."""
    with BytesIO() as held:
        with wave.open(held, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(SOUND_RATE)
            sound.writeframes(samples)
        return Made("recording.wav", held.getvalue())


def preview(content: bytes | None, name: str, longest: int = THUMBNAIL) -> Preview | None:
    """What is shown of a file, a picture at most so many pixels long; None where it is not on this computer."""
    if content is None:
        return None
    media_type = media_type_of(name) or ""
    if media_type.startswith("image/"):
        return Preview(len(content), decoded(content, media_type, longest))
    return Preview(len(content), length=_length(content) if media_type == "audio/wav" else None)


def _length(content: bytes) -> int | None:
    try:
        with wave.open(BytesIO(content), "rb") as sound:
            return sound.getnframes() * SECOND // sound.getframerate()
    except (wave.Error, EOFError, ZeroDivisionError):
        return None


def _within(size: QSize, most: int) -> QSize:
    return size.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio)


def _buffer(content: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
