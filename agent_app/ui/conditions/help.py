"""What may be done with lines by key and by mouse, told beside them when somebody asks (?)."""

from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.ui.cards import Card
from agent_app.ui.conditions.acts import ACTS
from agent_app.ui.i18n import mark, translate
from agent_app.ui.labels import KeyCap, Text
from agent_app.ui.tokens import TypeRole

_COLUMNS = 3
_BESIDES = (
    ("↑ ↓", mark("Conditions", "Another line")),
    ("↵", mark("Conditions", "Edit the line")),
    ("Esc", mark("Conditions", "Back to the lines")),
    ("?", mark("Conditions", "These keys")),
)


class KeysTold(Card):
    """Hidden until it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(translate("Conditions", "Keys"))
        told = [(key, translate("Conditions", words)) for key, words in _BESIDES]
        told += [(act.key, translate("Conditions", act.words)) for act in ACTS]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        rows = -(-len(told) // _COLUMNS)
        for number, (key, words) in enumerate(told):
            column, row = divmod(number, rows)
            grid.addWidget(KeyCap(key), row, 2 * column)
            grid.addWidget(Text(words, TypeRole.SMALL), row, 2 * column + 1)
        for column in range(_COLUMNS):
            grid.setColumnStretch(2 * column + 1, 1)
        self.body.addLayout(grid)
        said = translate("Conditions", "By mouse: pull a line upon a group, or between two lines of one.")
        self.body.addWidget(Text(said, TypeRole.SMALL, quiet=True, wrap=True))
        self.hide()
