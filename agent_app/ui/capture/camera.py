"""What the camera sees, picture by picture, by Qt Multimedia."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

_LEAST_BETWEEN = 80_000
"""Microseconds from one picture to the next: enough to aim by, and nothing else has to wait."""


def camera() -> QtCamera | None:
    """The system's camera, None without one."""
    return None if QMediaDevices.defaultVideoInput().isNull() else QtCamera()


class QtCamera(QObject):
    """`ports.Camera` with pictures of Qt."""

    def __init__(self) -> None:
        super().__init__()
        self._camera = QCamera(QMediaDevices.defaultVideoInput(), self)
        self._sink = QVideoSink(self)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._on_picture: Callable[[QImage], object] | None = None
        self._shown_at = -_LEAST_BETWEEN

    def start(self, on_picture: Callable[[QImage], object]) -> None:
        """See `Camera`."""
        self._on_picture = on_picture
        self._camera.start()

    def stop(self) -> None:
        """See `Camera`."""
        self._on_picture = None
        self._camera.stop()

    @Slot(QVideoFrame)
    def _on_frame(self, frame: QVideoFrame) -> None:
        began = frame.startTime()
        if self._on_picture is None or 0 <= began - self._shown_at < _LEAST_BETWEEN:
            return
        self._shown_at = began
        image = frame.toImage()
        if not image.isNull():
            self._on_picture(image)
