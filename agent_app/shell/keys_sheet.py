"""The sheet of all keys (F1), laid over the window until a key or a click takes it away."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QScrollArea, QWidget

from agent_app.shell.overlay import Overlay
from agent_app.ui.cards import Card, clear, column, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import KeyCap, Text
from agent_app.ui.panels import scrolled
from agent_app.ui.shortcuts import Listed
from agent_app.ui.tokens import TypeRole, Weight

TITLE_WIDTH = 200
MARGIN = 16
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


_SCROLLING = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class KeysSheet(Overlay):
    """`show_keys` fills and shows it."""

    def __init__(self, window: QWidget, otherwise: Callable[[], object]) -> None:
        super().__init__(window, otherwise)
        self.setAccessibleName(translate("KeysSheet", "Keys"))
        self._card = Card()
        self._card.body.setContentsMargins(28, 24, 28, 24)
        self._card.body.setSpacing(16)
        self._area: QScrollArea | None = None
        self.setLayout(column(2, row(1, self._card, 1), 3))

    def show_keys(self, listed: Sequence[Listed]) -> None:
        """Show every action that has a key, by its group; a second call takes the sheet away."""
        if self.isVisible():
            self.go_away()
            return
        clear(self._card.body)
        title = Text(translate("KeysSheet", "Keys"), TypeRole.TITLE, weight=Weight.MEDIUM)
        margins = self._card.body.contentsMargins()
        around = margins.top() + margins.bottom() + self._card.body.spacing() + 2 * MARGIN
        room = self._window.height() - around - title.sizeHint().height()
        groups = _groups(listed)
        sheet = _sheet(groups, 2)
        if sheet.sizeHint().height() > room:
            sheet = _sheet(groups, 3)
        wanted = sheet.sizeHint()
        self._area = scrolled(sheet)
        sheet.setAutoFillBackground(False)  # the card shines through
        self._area.setFixedHeight(min(wanted.height(), room))
        self._area.setMinimumWidth(wanted.width() + self._area.verticalScrollBar().sizeHint().width())
        closing = translate("KeysSheet", "Any key closes this")
        if wanted.height() > room:
            closing = translate("KeysSheet", "↑ ↓ show the rest, any other key closes this")
        self._card.body.addLayout(row(title, 1, Text(closing, TypeRole.SMALL, quiet=True)))
        self._card.body.addWidget(self._area)
        self.pop_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bar = self._area.verticalScrollBar() if self._area is not None else None
        if bar is not None and bar.maximum() and key in _SCROLLING:
            bar.triggerAction(_SCROLLING[key])
        elif key not in _MODIFIERS:
            self.go_away()


Groups = Mapping[str, Sequence[Listed]]


def _groups(listed: Sequence[Listed]) -> Groups:
    """The actions that have a key by their group, both as they were registered."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        if one.keys:
            groups.setdefault(one.group, []).append(one)
    return groups


def _sheet(groups: Groups, count: int) -> QWidget:
    """All groups in so many columns."""
    sheet = QWidget()
    sheet.setLayout(row(*(column(_grid(one), 1) for one in _columns(groups, count)), gap=40))
    return sheet


def _columns(groups: Groups, count: int) -> list[Groups]:
    """Columns of whole groups, as even as their order allows."""
    names = list(groups)
    heights = [len(groups[name]) + 2 for name in names]

    def parts(cuts: tuple[int, ...]) -> list[tuple[int, int]]:
        return list(pairwise((0, *cuts, len(names))))

    def tallest(cuts: tuple[int, ...]) -> int:
        return max(sum(heights[first:end]) for first, end in parts(cuts))

    best = min(combinations(range(len(names) + 1), count - 1), key=tallest)
    return [{name: groups[name] for name in names[first:end]} for first, end in parts(best)]


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
