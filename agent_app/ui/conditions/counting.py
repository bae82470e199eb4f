"""How many customers a tree holds for, and some of them; who counts is not known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from agent_app.ui import formats, theme
from agent_app.ui.cards import column, row
from agent_app.ui.conditions.state import Counted, CountStage, Sample
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import mark, translate
from agent_app.ui.labels import Text
from agent_app.ui.row_views import RowTable
from agent_app.ui.rows import Cell, Column
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import tier_label

_ROWS_SEEN = 5

_STAGES = {
    CountStage.IDLE: (mark("Conditions", "The count appears here"), None),
    CountStage.RUNNING: (mark("Conditions", "Counting …"), None),
    CountStage.COUNTED: ("", None),
    CountStage.STALE: (mark("Conditions", "Of the conditions before the last change"), Tone.WARNING),
    CountStage.OFFLINE: (
        mark("Conditions", "The count needs the server, which cannot be reached now"),
        Tone.WARNING,
    ),
    CountStage.FAILED: (
        mark("Conditions", "The server did not answer; change a condition to ask again"),
        Tone.DANGER,
    ),
}


class CountPanel(QWidget):
    """The figure, what is to be known of it, and the sample as a small table. Main thread."""

    def __init__(self, tz: Callable[[], tzinfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = tz
        self._now = 0
        self._figure = Text("", TypeRole.FIGURE, weight=Weight.MEDIUM, tabular=True, keep=True)
        self._note = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._model: TableModel[Sample] = TableModel(_nothing_to_fetch, self._columns(), self)
        self._table = RowTable(translate("Conditions", "Sample of these customers"), self._model)
        self._table.setFixedHeight((_ROWS_SEEN + 1) * theme.row_height() + 2)
        head = row(self._figure, self._note)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._table))

    def show_count(self, counted: Counted, now: int) -> None:
        """Show this; `now` is in milliseconds."""
        self._now = now
        text, tone = _STAGES[counted.stage]
        said = translate("Conditions", text) if text else _sample_words(counted)
        if counted.stage is CountStage.FAILED and counted.error is not None:
            said = error_text(counted.error, counted.error_values, now, self._tz())
        self._figure.setText(_figure(counted))
        self._figure.setVisible(counted.number is not None)
        self._note.setText(said)
        self._note.set_tone(tone)
        self._table.setVisible(bool(counted.sample))
        rows = {str(place).encode(): one for place, one in enumerate(counted.sample)}
        self._model.set_ids(list(rows))
        self._model.put_rows(rows)

    def words(self) -> str:
        """What it says, in one line."""
        return " ".join(part for part in (self._figure.text(), self._note.text()) if part)

    def _columns(self) -> tuple[Column[Sample], ...]:
        def title(text: str) -> str:
            return translate("Conditions", text)

        return (
            Column(
                title(mark("Conditions", "Customer number")), lambda one: Cell(one.code), 120, sortable=False
            ),
            Column(title(mark("Conditions", "Customer")), lambda one: Cell(one.name), 0, sortable=False),
            Column(title(mark("Conditions", "Tier")), _tier, 88, sortable=False),
            Column(
                title(mark("Conditions", "City")),
                lambda one: Cell(one.city or formats.NONE),
                88,
                sortable=False,
            ),
            Column(title(mark("Conditions", "Last contact")), self._last_contact, 120, sortable=False),
        )

    def _last_contact(self, one: Sample) -> Cell:
        at, tz = one.last_contact_at, self._tz()
        return Cell(formats.brief(at, self._now, tz), tooltip=formats.exact(at, tz))


def _tier(one: Sample) -> Cell:
    words, tone = tier_label(one.tier)
    return Cell(words, tone, badge=True)


def _figure(counted: Counted) -> str:
    if counted.number is None:
        return ""
    about, exactly = mark("Conditions", "about {number} customers"), mark("Conditions", "{number} customers")
    words = translate("Conditions", about if counted.about else exactly)
    return words.format(number=formats.number(counted.number))


def _sample_words(counted: Counted) -> str:
    if counted.number == 0:
        return translate("Conditions", "Nobody meets these conditions now")
    shown = len(counted.sample)
    return translate("Conditions", "{shown} of them:").format(shown=shown) if shown else ""


def _nothing_to_fetch(_: Sequence[bytes]) -> None:
    """Every row is there from the start."""
