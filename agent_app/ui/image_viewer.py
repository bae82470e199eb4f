"""A picture over the window: decoded from memory, never from a file, fitted or at its own size."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES, TypeRole, Weight

LONGEST_EDGE = 4_096
"""Pixels: more is made smaller while it is decoded, so that a huge picture costs neither time nor memory."""
SHARE = 0.9
"""Of the window, at most."""
VIEWABLE = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp"}
"""The types that can be shown, and their names in Qt: a file is only ever read as what its row says."""


def decoded(content: bytes, media_type: str, longest: int = LONGEST_EDGE) -> QImage | None:
    """The picture in these bytes, upright and at most so many pixels long; None when it is none, or of a type that
    cannot be shown."""
    if media_type not in VIEWABLE:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(VIEWABLE[media_type].encode()))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


class ImageViewer(QDialog):
    """Signals: ``save_asked()``. Esc closes; the space bar changes between fitted and its own size."""

    save_asked = Signal()

    def __init__(self, image: QImage, name: str, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self.setWindowTitle(name)
        self._image = image
        self._fitted = True
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setAccessibleName(name)
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._shown)
        self._area.setWidgetResizable(True)
        self._zoom = Button("", Kind.QUIET, small=True)
        save = Button(translate("Attachments", "Save a copy"), Kind.QUIET, small=True)
        close = Button(translate("Attachments", "Close"), key="Esc", small=True)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(Text(name, TypeRole.BODY, weight=Weight.MEDIUM), 1)
        for button in (self._zoom, save, close):
            line.addWidget(button)
        self._lines = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(self._area, 1)
        self._zoom.clicked.connect(self._change)
        save.clicked.connect(self.save_asked)
        close.clicked.connect(self.reject)
        self.resize(self._wished(window))
        self._draw()
        close.setFocus(Qt.FocusReason.PopupFocusReason)

    def is_fitted(self) -> bool:
        """Whether all of the picture can be seen."""
        return self._fitted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._change()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(
            QPainter(self), QRectF(self.rect()), fill=c.surface, line=c.strong_line, radius=SIZES.radius + 4
        )

    def _wished(self, window: QWidget) -> QSize:
        most = window.window().size() * SHARE
        frame = QSize(32, 28 + SIZES.control + 10)
        wished = self._image.deviceIndependentSize().toSize() + frame
        return wished.boundedTo(most).expandedTo(QSize(480, 320).boundedTo(most))

    @Slot()
    def _change(self) -> None:
        self._fitted = not self._fitted
        self._draw()

    def _draw(self) -> None:
        words = translate("Attachments", "Own size") if self._fitted else translate("Attachments", "Fit")
        self._zoom.set_words(words)
        image = self._image
        if self._fitted:
            ratio = self.devicePixelRatioF()
            self._lines.activate()
            room = self._area.viewport().size() * ratio
            if image.width() > room.width() or image.height() > room.height():
                image = image.scaled(
                    room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            image.setDevicePixelRatio(ratio)
        self._shown.setPixmap(QPixmap.fromImage(image))
