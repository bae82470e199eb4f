"""The sheet of all keys (F1), laid over the window until a key or a click takes it away."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui.cards import Card, clear
from agent_app.ui.i18n import translate
from agent_app.ui.labels import KeyCap, Text
from agent_app.ui.shortcuts import Listed
from agent_app.ui.tokens import TypeRole, Weight

COLUMNS = 2
DIMMING = 110


class KeysSheet(QWidget):
    """Covers its window; `show_keys` fills and shows it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("KeysSheet", "Keys"))
        self._card = Card()
        self._card.body.setContentsMargins(28, 24, 28, 24)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(2)
        window.installEventFilter(self)
        self.hide()

    def show_keys(self, listed: Sequence[Listed]) -> None:
        """Show every action that has a key, by its group; a second call takes the sheet away."""
        if self.isVisible():
            self.hide()
            return
        clear(self._card.body)
        self._card.body.addWidget(Text(translate("KeysSheet", "Keys"), TypeRole.TITLE, weight=Weight.MEDIUM))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        with_keys = sorted((one for one in listed if one.keys), key=lambda one: one.group)
        lines: list[Text | Listed] = []
        for group, members in groupby(with_keys, key=lambda one: one.group):
            lines.append(Text(group, TypeRole.SMALL, quiet=True))
            lines.extend(members)
        rows = -(-len(lines) // COLUMNS)
        for place, line in enumerate(lines):
            column, at = divmod(place, rows)
            if isinstance(line, Text):
                grid.addWidget(line, at, column * 2, 1, 2)
            else:
                grid.addWidget(KeyCap(line.keys), at, column * 2)
                title = Text(line.title)
                title.setMinimumWidth(200)
                grid.addWidget(title, at, column * 2 + 1)
        self._card.body.addLayout(grid)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, DIMMING))
