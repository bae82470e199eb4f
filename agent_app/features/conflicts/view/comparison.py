"""Base, mine and theirs side by side, with what differs marked."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from agent_app.features.conflicts.differences import Span, spans
from agent_app.features.conflicts.words import Line
from agent_app.ui import theme
from agent_app.ui.cards import clear
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole, hex_of

NOTHING = "—"


class Comparison(QWidget):
    """One row a thing; a column that nobody has anything in is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)

    def show_lines(self, lines: Sequence[Line], mine: str, theirs: str) -> None:
        """Show these, under the names of whose they are."""
        clear(self._grid)
        columns = [
            (translate("Conflicts", "Base"), [line.base for line in lines]),
            (mine, [line.mine or None for line in lines]),
            (theirs, [line.theirs for line in lines]),
        ]
        # An empty text is a value that was taken away; what nobody said anything of has no column.
        shown = [place for place, (_, values) in enumerate(columns) if any(one is not None for one in values)]
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if 0 < column <= len(shown) else 0)
        for column, place in enumerate(shown, 1):
            self._grid.addWidget(Text(columns[place][0], TypeRole.SMALL, quiet=True), 0, column)
        top = Qt.AlignmentFlag.AlignTop
        for number, line in enumerate(lines, 1):
            self._grid.addWidget(Text(line.label, TypeRole.SMALL, faint=True, keep=True), number, 0, top)
            values = (line.base, line.mine if line.mine or line.base is not None else None, line.theirs)
            for column, place in enumerate(shown, 1):
                self._grid.addWidget(_cell(line, place, values[place]), number, column, top)


def _cell(line: Line, place: int, value: str | None) -> QWidget:
    if value is None:
        return Text("", TypeRole.BODY)
    against = line.base if line.base is not None else line.theirs if place == 1 else line.mine
    if place == 0 or against is None or not value:
        return Text(value or NOTHING, wrap=True, faint=not value)
    # What a person only meant, with nothing to hold it against, differs from nothing.
    return MarkedText(spans(against, value) if against or line.base is not None else (Span(value, False),))


class MarkedText(QLabel):
    """Words in which the changed ones are tinted and underlined."""

    def __init__(self, pieces: Sequence[Span], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces = tuple(pieces)
        self._tint = ""
        self.setFont(theme.font(TypeRole.BODY))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAccessibleName("".join(piece.text for piece in self._pieces))
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw()
        super().paintEvent(event)

    def _draw(self) -> None:
        c = theme.colours()
        tint = hex_of(c.tints[Tone.WARNING])
        if tint == self._tint:
            return
        self._tint = tint
        ink = hex_of(c.inks[Tone.WARNING])
        style = f"background-color:{tint}; color:{ink}; text-decoration:underline"
        words = (
            f'<span style="{style}">{escape(piece.text)}</span>' if piece.changed else escape(piece.text)
            for piece in self._pieces
        )
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(c.text))
        self.setPalette(palette)
        self.setText("".join(words).replace("\n", "<br/>"))
