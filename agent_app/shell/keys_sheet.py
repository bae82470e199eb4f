"""The sheet of all keys (F1), laid over the window until a key or a click takes it away."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.shell.overlay import Overlay
from agent_app.ui.cards import Card, clear, column, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import KeyCap, Text
from agent_app.ui.shortcuts import Listed
from agent_app.ui.tokens import TypeRole, Weight

TITLE_WIDTH = 200
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class KeysSheet(Overlay):
    """`show_keys` fills and shows it."""

    def __init__(self, window: QWidget, otherwise: Callable[[], object]) -> None:
        super().__init__(window, otherwise)
        self.setAccessibleName(translate("KeysSheet", "Keys"))
        self._card = Card()
        self._card.body.setContentsMargins(28, 24, 28, 24)
        self._card.body.setSpacing(16)
        self.setLayout(column(2, row(1, self._card, 1), 3))

    def show_keys(self, listed: Sequence[Listed]) -> None:
        """Show every action that has a key, by its group; a second call takes the sheet away."""
        if self.isVisible():
            self.go_away()
            return
        clear(self._card.body)
        title = Text(translate("KeysSheet", "Keys"), TypeRole.TITLE, weight=Weight.MEDIUM)
        closing = Text(translate("KeysSheet", "Any key closes this"), TypeRole.SMALL, quiet=True)
        self._card.body.addLayout(row(title, 1, closing))
        left, right = _halves(_groups(listed))
        self._card.body.addLayout(row(column(_grid(left), 1), column(_grid(right), 1), gap=40))
        self.pop_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _MODIFIERS:
            self.go_away()


Groups = Mapping[str, Sequence[Listed]]


def _groups(listed: Sequence[Listed]) -> Groups:
    """The actions that have a key by their group, both as they were registered."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        if one.keys:
            groups.setdefault(one.group, []).append(one)
    return groups


def _halves(groups: Groups) -> tuple[Groups, Groups]:
    """Two columns of whole groups, as even as their order allows."""
    names = list(groups)
    heights = [len(groups[name]) + 2 for name in names]
    at = min(range(len(names) + 1), key=lambda place: max(sum(heights[:place]), sum(heights[place:])))
    left, right = ({name: groups[name] for name in half} for half in (names[:at], names[at:]))
    return left, right


def _grid(groups: Groups) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    line = 0
    for name, members in groups.items():
        if line:
            grid.setRowMinimumHeight(line, 4)
            line += 1
        grid.addWidget(Text(name, TypeRole.SMALL, quiet=True), line, 0, 1, 2)
        for one in members:
            line += 1
            words = Text(one.title, keep=True)
            words.setMinimumWidth(TITLE_WIDTH)
            grid.addWidget(KeyCap(one.keys), line, 0)
            grid.addWidget(words, line, 1)
        line += 1
    return grid
