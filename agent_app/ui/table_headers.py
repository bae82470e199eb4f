"""The head of a table: titles over their columns, and by which of them it is sorted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.tokens import SIZES, TypeRole

_SIDE, _ARROW = 8.0, 12.0


class TableHeader(QHeaderView):
    """Draws its sections itself: Qt's own way asks every row of the table whether it is chosen, a second for 50,000."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(theme.row_height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        c, font, whole = theme.colours(), theme.font(TypeRole.SMALL), QRectF(rect)
        line = QRectF(whole.left(), whole.bottom() - SIZES.border, whole.width(), SIZES.border)
        painter.fillRect(line, theme.color(c.line))
        words = str(self.model().headerData(logicalIndex, self.orientation()) or "")
        side = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        right = bool((side or Qt.AlignmentFlag.AlignLeft) & Qt.AlignmentFlag.AlignRight)
        inner = whole.adjusted(_SIDE, 0, -_SIDE, 0)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        if not sorted_by:
            edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            painting.text(painter, inner, words, font, c.soft, edge)
            return
        width = min(painting.text_width(words, font), inner.width() - _ARROW - 2)
        left = inner.right() - width - _ARROW - 2 if right else inner.left()
        text = QRectF(left, inner.top(), width, inner.height())
        painting.text(painter, text, words, font, c.text)
        down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        arrow = QRectF(text.right() + 2, inner.center().y() - _ARROW / 2, _ARROW, _ARROW)
        icons.paint_icon(painter, arrow, "caret-down" if down else "caret-up", c.text)
