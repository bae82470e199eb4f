"""A sheet to sign or draw on by mouse, pen or finger, empty or over a picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.tokens import SIZES

DRAWING_PAUSE_MS = 600
_SIGNATURE, _SHEET = QSize(640, 200), QSize(640, 400)
_PEN = 3 / 640
"""Of the sheet's width."""
_INK, _RED, _PAPER = QColor(20, 24, 32), QColor(214, 40, 40), QColor(255, 255, 255)


class Canvas(QWidget):
    """What is drawn is given when the pen rests for a moment, as typed words are. Signals: ``drawn(image)``."""

    drawn = Signal(object)

    def __init__(self, name: str, *, signature: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = _SIGNATURE if signature else _SHEET
        self._sheet = _empty(self._size)
        self._ink = _INK
        self._last: QPointF | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAWING_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._touched = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._size.height() // 5 * 4)

    def show_picture(self, picture: QImage | None) -> None:
        """Draw over this picture, or on an empty sheet; while somebody is drawing, his sheet stays."""
        if not self._touched:
            empty = picture is None or picture.isNull()
            self._sheet = _empty(self._size) if picture is None or empty else QImage(picture)
            self.update()

    def use_marker(self) -> None:
        """Draw in a colour that is seen on a photo."""
        self._ink = _RED

    @Slot()
    def flush(self) -> None:
        """Give what was drawn, without waiting for the pause."""
        self._pause.stop()
        if self._touched:
            self._touched = False
            self.drawn.emit(self._sheet.copy())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pause.stop()
            self._last = self._on_sheet(event.position())
            self._stroke(self._last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._stroke(self._on_sheet(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._last = None
            self._pause.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._area(), self._sheet)
        painting.box(painter, self._area(), fill=None, line=theme.colours().strong_line, radius=SIZES.radius)

    def _stroke(self, to: QPointF) -> None:
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._ink, self._sheet.width() * _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._last == to or self._last is None:
            painter.drawPoint(to)
        else:
            painter.drawLine(self._last, to)
        painter.end()
        self._last = to
        self._touched = True
        self.update()

    def _on_sheet(self, at: QPointF) -> QPointF:
        area = self._area()
        scale = self._sheet.width() / area.width()
        return QPointF((at.x() - area.x()) * scale, (at.y() - area.y()) * scale)

    def _area(self) -> QRectF:
        """Where the sheet lies in the widget."""
        size = self._sheet.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(0, 0, size.width(), size.height())


def _empty(size: QSize) -> QImage:
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(_PAPER)
    return sheet
