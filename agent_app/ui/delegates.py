"""How rows are drawn: two-line rows of lists (56) and rows of tables (32), from tokens; no model, no data here."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_app.ui import painting, theme
from agent_app.ui.rows import Cell, TwoLine
from agent_app.ui.tables import SHOWN_ROLE, WAITED_ROLE
from agent_app.ui.tokens import SIZES, Tone, TypeRole

_SIDE = 16.0
_BAR = 3.0
Index = QModelIndex | QPersistentModelIndex


def _ground(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, *, bar: bool) -> None:
    """Selection, hover and the line beneath the row."""
    c = theme.colours()
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color(c.selection))
        if bar:
            painter.fillRect(QRectF(rect.left(), rect.top(), _BAR, rect.height()), theme.color(c.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color(c.hover))
    if not bar or not state & QStyle.StateFlag.State_Selected:
        line = QRectF(rect.left(), rect.bottom() - SIZES.border, rect.width(), SIZES.border)
        painter.fillRect(line, theme.color(c.line))
    if bar and state & QStyle.StateFlag.State_HasFocus:
        painting.focus_ring(painter, rect.adjusted(1, 1, -1, -1))


def _placeholder(painter: QPainter, rect: QRectF) -> None:
    painting.box(painter, rect, fill=theme.colours().hover, radius=SIZES.radius_small)


class TwoLineDelegate(QStyledItemDelegate):
    """Draws a ``TwoLine``: title and badges left, note right; beneath, the second line and its note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(SIZES.list_min, theme.two_line_row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        painter.save()
        _ground(painter, rect, option, bar=True)
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        body, small = theme.line_height(TypeRole.BODY), theme.line_height(TypeRole.SMALL)
        top = rect.center().y() - (body + small + 2) / 2
        first = QRectF(inner.left(), top, inner.width(), body)
        second = QRectF(inner.left(), first.bottom() + 2, inner.width(), small)
        shown = index.data(SHOWN_ROLE)
        if isinstance(shown, TwoLine):
            _paint_first(painter, first, shown)
            _paint_second(painter, second, shown)
        elif index.data(WAITED_ROLE):
            _placeholder(painter, QRectF(first.left(), first.top() + 3, first.width() * 0.35, body - 6))
            _placeholder(painter, QRectF(second.left(), second.top() + 3, second.width() * 0.6, small - 6))
        painter.restore()


def _paint_first(painter: QPainter, line: QRectF, shown: TwoLine) -> None:
    c = theme.colours()
    note_font = theme.font(TypeRole.SMALL, tabular=True)
    note_width = painting.text_width(shown.note, note_font)
    ink = c.soft if shown.note_tone is None else c.inks[shown.note_tone]
    painting.text(painter, line, shown.note, note_font, ink, Qt.AlignmentFlag.AlignRight)
    room = line.width() - note_width - (8 if shown.note else 0)
    marks = sum(painting.badge_width(mark.words) + 6 for mark in shown.marks)
    title_room = max(room - marks, room * 0.4)
    title = QRectF(line.left(), line.top(), title_room, line.height())
    x = line.left() + painting.text(painter, title, shown.title, theme.font(TypeRole.BODY), c.text) + 6
    for mark in shown.marks:
        if x + painting.badge_width(mark.words) > line.left() + room + 1:
            break
        x += painting.badge(painter, x, line.center().y(), mark.words, mark.tone) + 6


def _paint_second(painter: QPainter, line: QRectF, shown: TwoLine) -> None:
    c = theme.colours()
    font = theme.font(TypeRole.SMALL, tabular=True)
    note_width = painting.text_width(shown.second_note, font)
    painting.text(painter, line, shown.second_note, font, c.faint, Qt.AlignmentFlag.AlignRight)
    rest = line.adjusted(0, 0, -(note_width + 8 if shown.second_note else 0), 0)
    painting.text(painter, rest, shown.second, font, c.soft)


class CellDelegate(QStyledItemDelegate):
    """Draws a ``Cell``; numbers at the right in tabular figures."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(96, theme.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        painter.save()
        _ground(painter, rect, option, bar=False)
        inner = rect.adjusted(8, 0, -8, 0)
        shown = index.data(SHOWN_ROLE)
        if not isinstance(shown, Cell):
            if index.data(WAITED_ROLE):
                _placeholder(painter, QRectF(inner.left(), inner.center().y() - 5, inner.width() * 0.5, 10))
        elif shown.badge and shown.words:
            tone = shown.tone if shown.tone is not None else Tone.NEUTRAL
            painting.badge(painter, inner.left(), inner.center().y(), shown.words, tone)
        else:
            c = theme.colours()
            ink = c.text if shown.tone is None else c.inks[shown.tone]
            columns = getattr(index.model(), "columns", ())
            right = bool(columns) and columns[index.column()].number
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            painting.text(painter, inner, shown.words, theme.font(TypeRole.BODY, tabular=True), ink, side)
        painter.restore()
