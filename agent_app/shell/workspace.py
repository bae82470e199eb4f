"""Lays a place's features side by side in the columns of the frame; which place is shown is the window's part."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.shell.places import Place
from agent_app.ui.panels import Columns


class PlaceColumns(QWidget):
    """One place of the rail: list, work and context, as far as it has them."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._columns: Columns | None = None
        if place.listing is None:
            layout.addWidget(place.work.widget)
            return
        context = place.context.widget if place.context else None
        self._columns = Columns(place.listing.widget, place.work.widget, context)
        layout.addWidget(self._columns)

    def toggle_context(self) -> None:
        """Fold or unfold the context column."""
        if self._columns is not None:
            self._columns.show_context(not self._columns.context_shown())
