"""A recording in a question's card: level and length while it is made, and one that was cut off."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ports import SOUND_RATE, Microphone
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import row
from agent_app.ui.feedback import ProgressLine
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole
from server_sync.domain.clock import SECOND

LONGEST_S = 45 * 60
"""Seconds: then the recording ends by itself, and is kept."""
_LOUDEST = 32_768
_SAMPLE_BYTES = 2


class Recorder(QWidget):
    """Hidden until it records; leaving the page ends the recording, and keeps it. Signals: ``heard(samples)`` with each
    piece as it comes, ``recorded(samples)`` with all at the end."""

    heard = Signal(object)
    recorded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._microphone: Microphone | None = None
        self._heard = bytearray()
        self._length = Text("", TypeRole.BODY, tabular=True)
        self._level = ProgressLine()
        self.setLayout(
            row(Picture("record", SIZES.icon, tone=Tone.DANGER), self._length, self._level, gap=12)
        )
        self.hide()

    def start(self, microphone: Microphone) -> None:
        """Record from now on."""
        self._microphone = microphone
        self._heard.clear()
        self._show(b"")
        self.show()
        microphone.start(self._on_sound)

    def stop(self) -> None:
        """End, and give what was heard."""
        microphone = self._microphone
        if microphone is None:
            return
        microphone.stop()
        self._microphone = None
        self.hide()
        if self._heard:
            self.recorded.emit(bytes(self._heard))

    def is_recording(self) -> bool:
        """Whether it listens."""
        return self._microphone is not None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.stop()

    def _on_sound(self, samples: bytes) -> None:
        self._heard += samples
        self._show(samples)
        self.heard.emit(samples)
        if len(self._heard) >= LONGEST_S * SOUND_RATE * _SAMPLE_BYTES:
            self.stop()

    def _show(self, samples: bytes) -> None:
        self._length.setText(formats.stopwatch(length_of(len(self._heard))))
        level = loudness(samples)
        self._level.show_share(level, translate("Form", "Recording"))


class CutOff(QWidget):
    """A recording that the program did not live to end, offered back. Signals: ``kept(samples)``, ``dropped()``."""

    kept = Signal(object)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = b""
        self._words = Text("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        keep = Button(translate("Form", "Keep it"), key="K", small=True, icon="check")
        drop = Button(translate("Form", "Throw it away"), Kind.QUIET, key="X", small=True)
        self.setLayout(row(Picture("warning", SIZES.icon, tone=Tone.WARNING), self._words, keep, drop, gap=8))
        keep.clicked.connect(self._on_keep)
        drop.clicked.connect(self._on_drop)
        self.hide()

    def show_samples(self, samples: bytes) -> None:
        """Offer these; nothing where there are none."""
        self._samples = samples
        words = translate("Form", "A recording was cut off here after {length}.")
        self._words.setText(words.format(length=formats.stopwatch(length_of(len(samples)))))
        self.setVisible(bool(samples))

    @Slot()
    def _on_keep(self) -> None:
        self.hide()
        self.kept.emit(self._samples)

    @Slot()
    def _on_drop(self) -> None:
        self.hide()
        self.dropped.emit()


def length_of(size: int) -> int:
    """The length in ms of so many bytes of samples."""
    return size * SECOND // (SOUND_RATE * _SAMPLE_BYTES)


def loudness(samples: bytes) -> float:
    """The loudest of some samples, of 1."""
    values = array("h", samples[: len(samples) // _SAMPLE_BYTES * _SAMPLE_BYTES])
    return max((abs(one) for one in values), default=0) / _LOUDEST
