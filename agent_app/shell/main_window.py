"""The window: rail, the columns of the place shown, the status bar, and the way from a route to a feature."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_app.ports import KeyBinding, Route
from agent_app.shell.keys_sheet import KeysSheet
from agent_app.shell.places import Feature, Place
from agent_app.shell.status_bar import StatusBar
from agent_app.shell.workspace import PlaceColumns
from agent_app.ui import keyboard
from agent_app.ui.cards import Separator
from agent_app.ui.i18n import translate
from agent_app.ui.notices import Notices
from agent_app.ui.panels import Ground, Rail, RailButton
from agent_app.ui.shortcuts import ShortcutMap, shown
from agent_app.ui.tokens import SIZES

SMALLEST = (1280, 800)
USUAL = (1440, 900)
MOST_KEYS = 9
"""So many places have a key of their own."""
# Function keys and Ctrl with a letter or digit work wherever one is; other keys only within their place.
_WHOLE = ("F", "Ctrl")


class MainWindow(Ground):
    """Main thread. Signals: `closing()` when the person closes the window, `routed(Route)` from the rail."""

    closing = Signal()
    routed = Signal(object)

    def __init__(self, title: str, status: StatusBar, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.setWindowTitle(title)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.shortcuts = ShortcutMap(self)
        self.status = status
        self._rail = Rail(translate("Window", "Places"))
        self._stack = QStackedWidget()
        self._places = QVBoxLayout()
        self._pages: dict[str, PlaceColumns] = {}
        self._features: list[Feature] = []
        self._buttons: dict[str, RailButton] = {}
        self._keys = KeysSheet(self, self.take_keyboard)
        self.notices = Notices(self, self._kept_free)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(0)
        self._places.addWidget(self._stack, 1)
        middle.addLayout(self._places, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(Separator())
        layout.addWidget(status)
        status.keys_asked.connect(self.show_keys)

    def add_band(self, band: QWidget) -> None:
        """What lies above every place while it is shown."""
        self._places.insertWidget(0, band)

    def add_place(self, place: Place) -> None:
        """One more place: its button on the rail (Alt+1 … Alt+9 for the first), its columns, its features' keys. The
        palette has those without a key of their own, too."""
        number = len(self._buttons) + 1
        keys = f"Alt+{number}" if number <= MOST_KEYS else ""
        button = RailButton(place.title, place.icon, key=shown(keys))
        known = self.features()
        page = self._page_for(place)
        button.setProperty("place", place.name)
        button.clicked.connect(self._on_rail)
        self._pages[place.name] = page
        self._features += [feature for feature in place.features() if feature not in known]
        self._buttons[place.name] = button
        (self._rail.add_below if place.at_bottom else self._rail.add)(button)
        for feature in place.features():
            if feature in known:
                continue
            show = self.show_place if feature is place.listing else self.show_work
            offered = [_after(one, show, place.name) for one in feature.shortcuts()]
            whole = [one for one in offered if one.keys.startswith(_WHOLE)]
            self.bind(whole, place.group_of(feature))
            self.bind_within(page, [one for one in offered if one not in whole], place.group_of(feature))
        self.shortcuts.register(
            f"place.{place.name}",
            keys,
            button.click,
            title=place.title,
            group=translate("Window", "Places"),
        )

    def _page_for(self, place: Place) -> PlaceColumns:
        """The columns of a place: those of an earlier one with the same work, with one list more, or its own."""
        for page in self._pages.values():
            if page.work is place.work and place.listing is not None:
                page.add_list(place.name, place.listing)
                return page
        page = PlaceColumns(place)
        self._stack.addWidget(page)
        return page

    def bind(self, bindings: Sequence[KeyBinding], group: str) -> None:
        """Register actions that work wherever the focus is in the window."""
        for one in bindings:
            self.shortcuts.register(one.action, one.keys, one.callback, title=one.title, group=group)

    def bind_within(self, scope: QWidget, bindings: Sequence[KeyBinding], group: str) -> None:
        """Register actions that work while the focus is within a widget."""
        for one in bindings:
            self.shortcuts.register(
                one.action, one.keys, one.callback, title=one.title, group=group, scope=scope
            )

    def show_place(self, name: str) -> None:
        """Bring a place to the front; where another was, it takes the keyboard."""
        for other, button in self._buttons.items():
            button.setChecked(other == name)
        page = self._pages[name]
        if page is not self._stack.currentWidget() or page.shown != name or self.focusWidget() is None:
            page.show_list(name)
            self._stack.setCurrentWidget(page)
            page.take_keyboard()
        self.notices.place()

    def show_work(self, name: str) -> None:
        """Bring a place's work to the front, beside whichever of its lists stood there last."""
        self.show_place(self._pages[name].shown)

    def take_keyboard(self) -> None:
        """Give the keyboard to the place at the front."""
        self._pages[self.place_shown()].take_keyboard()

    def place_shown(self) -> str:
        """The name of the place at the front."""
        page = self._stack.currentWidget()
        return page.shown if isinstance(page, PlaceColumns) else ""

    def features(self) -> list[Feature]:
        """Every feature of every place."""
        return list(self._features)

    def set_count(self, place: str, count: int, spoken: str) -> None:
        """Show a count at a place's button."""
        self._buttons[place].set_count(count, spoken)

    def said(self) -> str:
        """What the window says at its edge, "" for nothing."""
        return self.notices.words()

    def toggle_context(self) -> None:
        """Fold or unfold the context column of the place at the front."""
        self._pages[self.place_shown()].toggle_context()
        self.notices.place()

    def _kept_free(self) -> int:
        """The status bar; and the footer of the work, with what ends a call, where it reaches the right edge."""
        page = self._pages.get(self.place_shown())
        covers_work = page is None or not page.context_shown()
        return self.status.height() + SIZES.border + (SIZES.footer if covers_work else 0)

    def geometry_text(self) -> str:
        """The window's place and size, to be kept."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore_geometry_text(self, text: str) -> None:
        """Take the place and size that were kept; "" keeps the usual."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the window as it is laid out: many fields are younger than what stands behind them."""
        return keyboard.step(self, forward=forward) or super().focusNextPrevChild(forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    @Slot()
    def show_keys(self) -> None:
        """The sheet of all keys (F1)."""
        self._keys.show_keys(self.shortcuts.listed())

    @Slot()
    def _on_rail(self) -> None:
        self.routed.emit(Route(str(self.sender().property("place"))))


def _after(binding: KeyBinding, show: Callable[[str], None], place: str) -> KeyBinding:
    """Pressed elsewhere or chosen from the palette, the place comes to the front first: nobody dials what he does not
    see."""

    def act() -> None:
        show(place)
        binding.callback()

    return replace(binding, callback=act)
