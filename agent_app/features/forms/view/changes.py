"""What changed between two versions: under each heading what it is of, what it said, what it says."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from agent_app.features.forms.model.changes import Line, sections
from agent_app.ui.cards import clear, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Text
from agent_app.ui.tokens import TypeRole
from server_sync.domain.forms.comparison import FormChange

MOST = 120
"""Lines that are drawn; who changed more of a form reads it anew."""


class ChangeList(QWidget):
    """Empty until it is given changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[FormChange] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def draw(self, changes: Sequence[FormChange]) -> None:
        """Show these."""
        if changes == self._shown:
            return
        self._shown = changes
        clear(self._column)
        left = MOST
        for title, tone, lines in sections(changes):
            shown = lines[: max(left, 0)]
            left -= len(lines)
            if not shown:
                break
            self._column.addLayout(row(Badge(f"{title} {len(lines)}", tone), 1))
            self._column.addWidget(_Lines(shown))
        if left < 0:
            self._column.addWidget(Text(translate("FormChanges", "…and %n more", -left), quiet=True))


class _Lines(QWidget):
    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, stretch in enumerate((4, 5, 0, 5)):
            grid.setColumnStretch(column, stretch)
        for place, (of, before, after) in enumerate(lines):
            grid.addWidget(Text(of, wrap=True), place, 0)
            grid.addWidget(Text(before, quiet=True, wrap=True), place, 1)
            grid.addWidget(Text("→" if before and after else "", TypeRole.SMALL, faint=True), place, 2)
            grid.addWidget(Text(after, wrap=True), place, 3)
