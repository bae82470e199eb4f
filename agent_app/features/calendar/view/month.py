"""A month as a page of six weeks, by keyboard and mouse; what its days are comes from outside."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.features.calendar.model import kind_words
from agent_app.features.calendar.state import DayCell, DayKind
from agent_app.ui import painting, theme
from agent_app.ui.i18n import translate
from agent_app.ui.moment_field import weekday_words
from agent_app.ui.tokens import SIZES, Tone, TypeRole, Weight

COLUMNS, WEEKS = 7, 6
_HEAD, _CELL, _EDGE = 28, 63, 2
_PAD = 8.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthPage(QWidget):
    """Signals: `picked(on)` by arrows or click, `turned(months)` by Page Up and Down, `asked()` by Enter."""

    picked = Signal(object)
    turned = Signal(int)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: Sequence[DayCell] = ()
        self._selected = self._today = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Calendar", "Days of the month"))

    def show_days(self, cells: Sequence[DayCell], selected: str, today: str) -> None:
        """Show these 42 days, Monday first."""
        self._cells, self._selected, self._today = cells, selected, today
        chosen = next((cell for cell in cells if cell.on == selected), None)
        self.setAccessibleDescription("" if chosen is None else spoken(chosen))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * 96, _HEAD + WEEKS * _CELL)

    def minimumSizeHint(self) -> QSize:
        return QSize(COLUMNS * 84, _HEAD + WEEKS * _CELL)

    def place_of(self, on: str) -> QRectF:
        """Where a day is drawn; an empty rectangle for one that is not on the page."""
        place = next((number for number, cell in enumerate(self._cells) if cell.on == on), None)
        return QRectF() if place is None else self._rect(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._selected:
            self.picked.emit((date.fromisoformat(self._selected) + timedelta(days=_STEPS[key])).isoformat())
        elif key in _MONTHS:
            self.turned.emit(_MONTHS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = [
            cell for place, cell in enumerate(self._cells) if self._rect(place).contains(event.position())
        ]
        if found:
            self.picked.emit(found[0].on)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours, small = theme.colours(), theme.font(TypeRole.SMALL)
        monday = date(2024, 1, 1)
        for column in range(COLUMNS):
            left = self._rect(column)
            head = QRectF(left.left() + _PAD, 0, left.width() - _PAD, _HEAD)
            painting.text(painter, head, weekday_words(monday + timedelta(days=column)), small, colours.soft)
        for place, cell in enumerate(self._cells):
            self._paint(painter, self._rect(place), cell)

    def _paint(self, painter: QPainter, rect: QRectF, cell: DayCell) -> None:
        colours = theme.colours()
        words, tone = kind_words(cell.kind)
        marked = cell.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP, DayKind.OWN)
        inner = rect.adjusted(1, 1, -1, -1)
        fill = colours.tints[tone] if marked and cell.in_month else colours.surface
        closed = not cell.hours
        painting.box(
            painter, inner, fill=colours.canvas if closed and not marked else fill, line=colours.line
        )
        ink = colours.text if cell.in_month else colours.faint
        number = theme.font(
            TypeRole.BODY, Weight.BOLD if cell.on == self._today else Weight.MEDIUM, tabular=True
        )
        line = (inner.height() - 2 * _EDGE) / 3
        top = QRectF(inner.left() + _PAD, inner.top() + _EDGE, inner.width() - 2 * _PAD, line)
        if cell.on == self._today:
            painting.badge(painter, top.left() - 4, top.center().y(), str(int(cell.on[8:])), Tone.ACCENT)
        else:
            painting.text(painter, top, str(int(cell.on[8:])), number, ink)
        small = theme.font(TypeRole.SMALL, tabular=True)
        soft = colours.soft if cell.in_month else colours.faint
        name = cell.name or (words if marked else "")
        if name:
            named = colours.inks[tone] if cell.in_month else colours.faint
            painting.text(painter, top.adjusted(26, 0, 0, 0), name, small, named, Qt.AlignmentFlag.AlignRight)
        for number_of_line, part in enumerate(cell.hours.split(", ")[:2] if cell.hours else []):
            below = top.translated(0, line * (number_of_line + 1))
            painting.text(painter, below, part, small, soft)
        if cell.on == self._selected:
            painting.focus_ring(painter, inner, SIZES.radius)

    def _rect(self, place: int) -> QRectF:
        width = self.width() / COLUMNS
        return QRectF(place % COLUMNS * width, _HEAD + place // COLUMNS * _CELL, width, _CELL)


def spoken(cell: DayCell) -> str:
    """A day in words: 2026-10-01, holiday, 国庆节, closed."""
    words, _ = kind_words(cell.kind)
    parts = (cell.on, words, cell.name, cell.hours or translate("Calendar", "Closed"))
    return ", ".join(part for part in parts if part)
