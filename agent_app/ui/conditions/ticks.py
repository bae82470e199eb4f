"""A short list of choices of which some have a tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from agent_app.ui.forms.lists import CHOSEN_ROLE, ChoiceLine
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import SIZES

_LEAST_SEEN, _MOST_SEEN = 2, 5
_CODE_ROLE = CHOSEN_ROLE + 1


class Ticks(QListWidget):
    """Space or a click sets a tick or takes it. Signal: ``turned()`` when the user sets or takes one."""

    turned = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("framed", True)
        self.setItemDelegate(ChoiceLine(self))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_clicked)

    def show_ticks(self, codes: Sequence[str]) -> None:
        """These have one; what is not listed is added."""
        listed = [item.data(_CODE_ROLE) for item in self._listed()]
        for code in codes:
            if code not in listed:
                self.add(code, code)
        for item in self._listed():
            self._tick(item, item.data(_CODE_ROLE) in codes)
        self.setFixedHeight(min(max(self.count(), _LEAST_SEEN), _MOST_SEEN) * SIZES.row + SIZES.grid)

    def ticked(self) -> list[str]:
        """Those that have one, as they are listed."""
        return [str(item.data(_CODE_ROLE)) for item in self._listed() if item.data(CHOSEN_ROLE)]

    def add(self, code: str, label: str) -> None:
        """One choice more."""
        item = QListWidgetItem(label, self)
        item.setData(_CODE_ROLE, code)
        self._tick(item, False)

    def _listed(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentItem() is not None:
            self._on_clicked(self.currentItem())
            return
        super().keyPressEvent(event)

    def _tick(self, item: QListWidgetItem, on: bool) -> None:
        item.setData(CHOSEN_ROLE, on)
        said = translate("Conditions", "{choice}, chosen").format(choice=item.text()) if on else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._tick(item, not item.data(CHOSEN_ROLE))
        self.turned.emit()
