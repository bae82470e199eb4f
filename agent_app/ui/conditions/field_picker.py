"""Picking the field of a rule: shows the one in force, and unfolds the list of all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.buttons import PressArea
from agent_app.ui.condition_words import field_label
from agent_app.ui.conditions.field_list import FieldList
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import SIZES, Tone, TypeRole


class FieldPicker(PressArea):
    """The field in force; pressed, typed at or by the Down key it unfolds. Signals: ``picked(field)``,
    ``terms_wanted()`` when it unfolds and nobody has told it pinyin and initials yet."""

    picked = Signal(object)
    terms_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._field = ""
        self._unfolded = FieldList(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(TypeRole.BODY))
        self.clicked.connect(self._on_clicked)
        self._unfolded.picked.connect(self._on_picked)
        self._unfolded.left.connect(self._on_left)
        self.show_field("")

    def show_field(self, field: str) -> None:
        """Show this one as in force; sends no signal."""
        self._field = field
        self.setText(field_label(field) if field else "")
        name = translate("Conditions", "Field")
        self.setAccessibleName(f"{name} {self.text()}".strip())
        self.update()

    def learn(self, terms: Sequence[str]) -> None:
        """What `terms_of` gave for `searched_labels`."""
        self._unfolded.learn(terms)

    def sizeHint(self) -> QSize:
        return QSize(180, SIZES.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.click()
            return
        if event.text().strip() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            self._unfold(event.text())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        painting.box(painter, rect, fill=c.surface, line=c.strong_line if self.hovered else c.line)
        inner = rect.adjusted(9, 0, -26, 0)
        painting.text(painter, inner, self.text(), self.font(), c.text)
        spot = QRectF(rect.right() - 22, rect.center().y() - 6, 12, 12)
        icons.paint_icon(painter, spot, "caret-down", c.inks[Tone.ACCENT] if self.hasFocus() else c.soft)
        if self.hasFocus():
            painting.focus_ring(painter, rect)

    def _unfold(self, typed: str) -> None:
        if not self._unfolded.learned:
            self.terms_wanted.emit()
        self._unfolded.unfold(self._field, typed)

    @Slot()
    def _on_clicked(self) -> None:
        self._unfold("")

    def hideEvent(self, event: QHideEvent) -> None:
        self._unfolded.fold()
        super().hideEvent(event)

    @Slot()
    def _on_left(self) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(object)
    def _on_picked(self, field: str) -> None:
        self._on_left()
        self.picked.emit(field)
