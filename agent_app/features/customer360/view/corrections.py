"""The fields of a customer that may be corrected during a call, each saved when it is left."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.store.queries.customer360 import Customer360
from agent_app.ui.cards import clear
from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.words import field_label

FIELDS = ("name", "title", "province", "city", "address", "note")


class Corrections(QWidget):
    """Signals: `corrected(field, value)` and `number_corrected(contact point id, number)` when a changed
    line is left."""

    corrected = Signal(str, str)
    number_corrected = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._editors: Mapping[str, TextField] = {}
        self._numbers: Mapping[bytes, TextField] = {}
        self._customer_id: bytes | None = None

    def show_customer(self, customer: Customer360) -> None:
        """Offer this customer's fields; a line that is being typed in keeps what was typed."""
        if customer.id != self._customer_id or tuple(p.id for p in customer.contact_points) != tuple(
            self._numbers
        ):
            self._customer_id = customer.id
            self._make(customer)
        for name, editor in self._editors.items():
            if not editor.isModified():
                editor.setText(customer.fields[name] or "")

    def _make(self, customer: Customer360) -> None:
        clear(self._layout)
        self._editors = {name: TextField(field_label(name)) for name in FIELDS}
        self._numbers = {
            point.id: TextField(translate("Customer", "New number"), point.masked)
            for point in customer.contact_points
        }
        for name, editor in self._editors.items():
            editor.setProperty("field", name)
            editor.editingFinished.connect(self._left)
            self._layout.addWidget(Field(field_label(name), editor))
        for point_id, editor in self._numbers.items():
            editor.setProperty("point", point_id.hex())
            editor.editingFinished.connect(self._left)
            self._layout.addWidget(Field(translate("Customer", "New number"), editor))

    @Slot()
    def _left(self) -> None:
        editor = self.sender()
        if not isinstance(editor, TextField) or not editor.isModified():
            return
        editor.setModified(False)
        point = editor.property("point")
        if point:
            self.number_corrected.emit(bytes.fromhex(point), editor.text())
        else:
            self.corrected.emit(editor.property("field"), editor.text())
