"""How a file of responses shall be: what is chosen before its place is asked for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.response_export import ExportOptions
from agent_app.features.responses.model import export_options
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.choices import Segments
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph


class ExportCard(Card):
    """Signals: ``asked(suffix, ExportOptions)``, ``closed()``."""

    asked = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._kind = Segments(translate("Responses", "File"), [(".xlsx", "Excel"), (".csv", "CSV")])
        self._words = Segments(
            translate("Responses", "Choices"),
            [
                ("labels", translate("Responses", "Words of the choices")),
                ("codes", translate("Responses", "Codes")),
            ],
        )
        self._split = Segments(
            translate("Responses", "Multiple answers"),
            [
                ("joined", translate("Responses", "In one column")),
                ("split", translate("Responses", "A column a choice")),
            ],
        )
        self._head = Segments(
            translate("Responses", "Headings"),
            [
                ("labels", translate("Responses", "Questions as headings")),
                ("names", translate("Responses", "Names as headings")),
            ],
        )
        self._save = Button(translate("Responses", "Choose a place"), Kind.PRIMARY, key="↵")
        cancel = Button(translate("Responses", "Cancel"), key="Esc")
        note = Paragraph(
            translate(
                "Responses",
                "One row a response; what is asked several times stands on sheets of its own. "
                "The file is not encrypted.",
            ),
            quiet=True,
        )
        super().__init__(
            row(self._kind, self._words, 1),
            row(self._split, self._head, 1),
            note,
            row(1, cancel, self._save),
            gap=10,
            parent=parent,
        )
        self._save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.closed)

    def options(self) -> ExportOptions:
        """What is chosen."""
        return export_options(
            labels=self._words.code() == "labels",
            split=self._split.code() == "split",
            by_label=self._head.code() == "labels",
        )

    def take_keyboard(self) -> None:
        """Enter goes on with what is chosen."""
        self._save.setFocus()

    @Slot()
    def _on_save(self) -> None:
        self.asked.emit(self._kind.code(), self.options())
