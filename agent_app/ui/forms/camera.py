"""A camera in a question's card: what it sees, until a picture is taken or read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ports import Camera
from agent_app.ui import painting, theme
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import SIZES

_HEIGHT = 260


class Viewfinder(QWidget):
    """Runs while it is seen. Signals: ``saw(image)``, for each picture."""

    saw = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera: Camera[QImage] | None = None
        self.picture: QImage | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Form", "What the camera sees"))
        self.hide()

    def open(self, camera: Camera[QImage]) -> None:
        """Show what it sees from now on."""
        self._camera = camera
        self.picture = None
        self.show()
        camera.start(self.show_picture)

    def close_camera(self) -> None:
        """Let the camera go."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
        self.hide()

    def is_open(self) -> bool:
        """Whether a camera runs."""
        return self._camera is not None

    def show_picture(self, picture: QImage) -> None:
        """Show this, from the camera or from a film."""
        self.picture = picture
        self.update()
        self.saw.emit(picture)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.close_camera()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painting.box(painter, rect, fill=theme.colours().canvas, radius=SIZES.radius)
        if self.picture is not None:
            ratio = self.devicePixelRatioF()
            room = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
            shown = self.picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            shown.setDevicePixelRatio(ratio)
            size = shown.deviceIndependentSize()
            painter.drawImage(
                rect.center().toPoint() - QRectF(0, 0, size.width(), size.height()).center().toPoint(), shown
            )
