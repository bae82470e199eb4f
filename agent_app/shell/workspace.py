"""Lays a place's features side by side in the columns of the frame, with the lists of places that share its work; which
place is shown is the window's part."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from agent_app.shell.places import Feature, Place
from agent_app.ui.panels import Columns


class PlaceColumns(QWidget):
    """One place of the rail: list, work and context, as far as it has them."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = place.work
        self.shown = place.name
        """The place whose list stands beside the work."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._columns: Columns | None = None
        self._lists = QStackedWidget()
        self._list_of: dict[str, QWidget] = {}
        if place.listing is None:
            layout.addWidget(place.work.widget)
            return
        self.add_list(place.name, place.listing)
        context = place.context.widget if place.context else None
        self._columns = Columns(self._lists, place.work.widget, context)
        layout.addWidget(self._columns)

    def add_list(self, name: str, listing: Feature | QWidget) -> None:
        """The list of a place, to be shown beside the work."""
        widget = listing if isinstance(listing, QWidget) else listing.widget
        self._list_of[name] = widget
        self._lists.addWidget(widget)

    def show_list(self, name: str) -> None:
        """Show the list of this place."""
        self.shown = name
        if name in self._list_of:
            self._lists.setCurrentWidget(self._list_of[name])

    def toggle_context(self) -> None:
        """Fold or unfold the context column."""
        if self._columns is not None:
            self._columns.show_context(not self._columns.context_shown())

    def context_shown(self) -> bool:
        """Whether the context column stands at the right edge."""
        return self._columns is not None and self._columns.context_shown()

    def take_keyboard(self) -> None:
        """Give the keyboard to what had it here last, else to the list, else to the first thing that takes it."""
        takers = [widget for widget in self._chain() if _takes_keyboard(widget)]
        last = self.focusWidget()
        lists = [widget for widget in takers if isinstance(widget, QAbstractItemView)]
        for widget in (*(one for one in takers if one is last), *lists, *takers):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _chain(self) -> list[QWidget]:
        """What is on this page, in the order of the Tab key."""
        chain: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget):
                chain.append(widget)
            widget = widget.nextInFocusChain()
        return chain


def _takes_keyboard(widget: QWidget) -> bool:
    by_tab = Qt.FocusPolicy.TabFocus
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & by_tab == by_tab
