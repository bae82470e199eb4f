"""The fields and tags of a customer that may be corrected during a call, each saved when it is left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.customer360.state import Correction
from agent_app.store.queries.customer360 import Customer360
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import TagFlow, clear
from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.words import field_label
from server_sync.domain.rules.merge import TAGS

FIELDS = ("name", "title", "province", "city", "address", "note")


class Corrections(QWidget):
    """Signals: `corrected(Correction)` when a changed line is left, however it is left."""

    corrected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._customer_id = b""
        # By the name of a field or the id of a contact point: its line, and what stood there when the typing began.
        self._lines: dict[str | bytes, TextField] = {}
        self._seen: dict[str | bytes, str | None] = {}
        self._tags = TagFlow()
        self._new_tag = TextField("")

    def show_customer(self, customer: Customer360) -> None:
        """Offer this customer's fields; a line that is being typed in keeps what was typed and what was seen."""
        if customer.id != self._customer_id or {*FIELDS, *_numbers(customer)} != self._lines.keys():
            self._make(customer)
        for name in FIELDS:
            editor, stored = self._lines[name], customer.fields[name]
            if not editor.isModified():
                self._seen[name] = stored
                if editor.text() != (stored or ""):
                    editor.setText(stored or "")
        for point in customer.contact_points:
            editor = self._lines[point.id]
            if not editor.isModified() and self._seen.get(point.id) != point.value:
                self._seen[point.id] = point.value
                editor.setText("")  # `clear` would count as typed
                editor.setPlaceholderText(point.masked)
        self._show_tags(customer.fields["tags"])

    def take_focus(self) -> None:
        """Begin with the first line, if the lines are shown."""
        if self.isVisible() and self._lines:
            self._lines[FIELDS[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, customer: Customer360) -> None:
        # This leaves the line that is being typed in, which belongs to the customer of before.
        clear(self._layout)
        self._customer_id, self._seen = customer.id, {}
        number = translate("Customer", "New number")
        self._lines = {name: TextField(field_label(name)) for name in FIELDS}
        self._lines |= {point_id: TextField(number) for point_id in _numbers(customer)}
        for editor in self._lines.values():
            editor.editingFinished.connect(self._left)
            self._layout.addWidget(Field(editor.accessibleName(), editor))
        self._tags = TagFlow()
        self._new_tag = TextField(
            translate("Customer", "New tag"), translate("Customer", "Enter adds the tag")
        )
        self._new_tag.returnPressed.connect(self._on_tag_added)
        self._layout.addWidget(Field(self._new_tag.accessibleName(), self._new_tag))
        self._layout.addWidget(self._tags)

    def _show_tags(self, tags: Sequence[str]) -> None:
        """A button a tag takes it off; a button that has the keyboard is drawn anew only when the tags changed."""
        if self._tags.property("tags") == list(tags):
            return
        self._tags.setProperty("tags", list(tags))
        buttons = []
        for tag in tags:
            button = Button(
                translate("Customer", "Remove {tag}").format(tag=tag), Kind.QUIET, small=True, icon="x"
            )
            button.setProperty("tag", tag)
            button.clicked.connect(self._on_tag_removed)
            buttons.append(button)
        self._tags.set_things(buttons)

    @Slot()
    def _on_tag_added(self) -> None:
        tag = self._new_tag.text().strip()
        self._new_tag.clear()
        if tag:
            self.corrected.emit(Correction(self._customer_id, None, tag, TAGS))

    @Slot()
    def _on_tag_removed(self) -> None:
        self.corrected.emit(Correction(self._customer_id, str(self.sender().property("tag")), "", TAGS))

    @Slot()
    def _left(self) -> None:
        editor = self.sender()
        key = next((key for key, line in self._lines.items() if line is editor), None)
        if key is None or not self._lines[key].isModified():
            return
        self._lines[key].setModified(False)
        seen, value = self._seen[key], self._lines[key].text()
        if isinstance(key, bytes):
            self.corrected.emit(Correction(self._customer_id, seen, value, contact_point_id=key))
        else:
            self.corrected.emit(Correction(self._customer_id, seen, value, key))


def _numbers(customer: Customer360) -> list[bytes]:
    return [point.id for point in customer.contact_points]
