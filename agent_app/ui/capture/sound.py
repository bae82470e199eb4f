"""Recording sounds, and playing sounds and films, by Qt Multimedia."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QAudioFormat,
    QAudioOutput,
    QAudioSource,
    QMediaDevices,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

from agent_app.ports import SOUND_RATE

_ENDED = (QMediaPlayer.MediaStatus.EndOfMedia, QMediaPlayer.MediaStatus.InvalidMedia)


def microphone() -> QtMicrophone | None:
    """The system's microphone, None without one that records as wanted."""
    device = QMediaDevices.defaultAudioInput()
    return None if device.isNull() or not device.isFormatSupported(_format()) else QtMicrophone()


def player() -> QtPlayer | None:
    """The system's loudspeaker, None without one."""
    return None if QMediaDevices.defaultAudioOutput().isNull() else QtPlayer()


def _format() -> QAudioFormat:
    wanted = QAudioFormat()
    wanted.setSampleRate(SOUND_RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


class QtMicrophone(QObject):
    """`ports.Microphone`: nothing of what it hears touches a disk."""

    def __init__(self) -> None:
        super().__init__()
        self._source = QAudioSource(QMediaDevices.defaultAudioInput(), _format(), self)
        self._stream: QIODevice | None = None
        self._on_sound: Callable[[bytes], object] | None = None

    def start(self, on_sound: Callable[[bytes], object]) -> None:
        """See `Microphone`."""
        self._on_sound = on_sound
        self._stream = self._source.start()
        self._stream.readyRead.connect(self._read)

    def stop(self) -> None:
        """See `Microphone`."""
        self._read()
        self._on_sound = None
        self._source.stop()

    @Slot()
    def _read(self) -> None:
        if self._stream is not None and self._on_sound is not None:
            heard = self._stream.readAll().data()
            if heard:
                self._on_sound(bytes(heard))


class QtPlayer(QObject):
    """`ports.Player`."""

    def __init__(self) -> None:
        super().__init__()
        self._output = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._buffer = QBuffer(self)
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.setVideoSink(self._sink)
        self._on_end: Callable[[], object] | None = None
        self._on_picture: Callable[[QImage], object] | None = None

    def play(
        self,
        content: bytes,
        on_end: Callable[[], object],
        on_picture: Callable[[QImage], object] | None = None,
    ) -> None:
        """See `Player`."""
        self.stop()
        self._on_end, self._on_picture = on_end, on_picture
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer)
        self._player.play()

    def stop(self) -> None:
        """See `Player`."""
        self._on_end, self._on_picture = None, None
        self._player.stop()
        self._player.setSource(QUrl())
        self._buffer.close()

    @Slot(QVideoFrame)
    def _on_frame(self, frame: QVideoFrame) -> None:
        image = frame.toImage() if self._on_picture is not None else QImage()
        if self._on_picture is not None and not image.isNull():
            self._on_picture(image)

    @Slot(QMediaPlayer.MediaStatus)
    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status in _ENDED and self._on_end is not None:
            ended, self._on_end = self._on_end, None
            ended()
