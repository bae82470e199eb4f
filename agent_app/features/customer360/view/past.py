"""What was with a customer, as it is drawn: days, facts, and answers to be opened; which lines there are is `lines`."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.features.customer360.view.lines import Line
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import TypeRole

_AT_TOP = Qt.AlignmentFlag.AlignTop


class Past(QWidget):
    """Signal: ``answers_asked(response_id)``, by mouse, or by Tab and Enter."""

    answers_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Text, Text, _AnswersButton]] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these instead of what was shown."""
        # Labels are kept from one customer to the next: making and styling a hundred of them is what takes time.
        for place in range(len(self._rows), len(lines)):
            day = Text("", TypeRole.SMALL, faint=True, tabular=True)
            words, answers = Text("", wrap=True), _AnswersButton()
            answers.clicked.connect(self._on_answers)
            self._grid.addWidget(day, place, 0, _AT_TOP)
            self._grid.addWidget(words, place, 1)
            self._grid.addWidget(answers, place, 2, _AT_TOP)
            self._rows.append((day, words, answers))
        for (day, words, answers), line in zip(self._rows, lines, strict=False):
            day.setText(line.day)
            day.setToolTip(line.exact)
            words.setText(line.what if not line.rest else f"{line.what}  {line.rest}")
            answers.show_line(line)
        for place, (day, words, answers) in enumerate(self._rows):
            shown = place < len(lines)
            day.setVisible(shown)
            words.setVisible(shown)
            answers.setVisible(shown and answers.response_id is not None)

    @Slot()
    def _on_answers(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _AnswersButton):
            self.answers_asked.emit(pressed.response_id)


class _AnswersButton(Button):
    """Opens the answers of its line."""

    def __init__(self) -> None:
        super().__init__(translate("Customer", "Answers"), Kind.QUIET, small=True)
        self.setToolTip(translate("Customer", "Look at the answers and correct them"))
        self.response_id: bytes | None = None

    def show_line(self, line: Line) -> None:
        """Stand beside this line."""
        self.response_id = line.response_id
        self.setAccessibleName(f"{self.text()} · {line.day} · {line.what}")
