"""The window: rail, the columns of the place shown, the status bar, and the way from a route to a feature."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_app.ports import KeyBinding, Route
from agent_app.shell.keys_sheet import KeysSheet
from agent_app.shell.places import Feature, Place
from agent_app.shell.status_bar import StatusBar
from agent_app.shell.workspace import PlaceColumns
from agent_app.store.changes import StoreChanges
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.panels import Ground, Rail, RailButton
from agent_app.ui.shortcuts import ShortcutMap
from agent_app.ui.tokens import Tone

SMALLEST = (1280, 800)
USUAL = (1440, 900)
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
        self._banner = Banner()
        self._pages: dict[str, PlaceColumns] = {}
        self._buttons: dict[str, RailButton] = {}
        self._keys = KeysSheet(self)
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self._banner)
        work.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addLayout(work, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(status)
        status.keys_asked.connect(self.show_keys)

    def add_place(self, place: Place) -> None:
        """One more place: its button on the rail (Alt+1 … Alt+9), its columns, its features' keys."""
        number = len(self._buttons) + 1
        button = RailButton(place.title, place.icon, key=f"Alt {number}")
        page = PlaceColumns(place)
        button.setProperty("place", place.name)
        button.clicked.connect(self._on_rail)
        self._pages[place.name] = page
        self._buttons[place.name] = button
        self._stack.addWidget(page)
        (self._rail.add_below if place.at_bottom else self._rail.add)(button)
        self.shortcuts.register(
            f"place.{place.name}",
            f"Alt+{number}",
            button.click,
            title=place.title,
            group=translate("Window", "Places"),
        )
        for feature in place.features():
            whole = [one for one in feature.shortcuts() if one.keys.startswith(_WHOLE)]
            self.bind(whole, place.title)
            self.bind_within(page, [one for one in feature.shortcuts() if one not in whole], place.title)

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
        """Bring a place to the front."""
        for other, button in self._buttons.items():
            button.setChecked(other == name)
        self._stack.setCurrentWidget(self._pages[name])

    def place_shown(self) -> str:
        """The name of the place at the front."""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def features(self) -> list[Feature]:
        """Every feature of every place."""
        return [feature for page in self._pages.values() for feature in page.place.features()]

    def set_count(self, place: str, count: int, spoken: str) -> None:
        """Show a count at a place's button."""
        self._buttons[place].set_count(count, spoken)

    def say(self, words: str, tone: Tone = Tone.ACCENT) -> None:
        """A calm line across the top; "" takes it away."""
        self._banner.say(words, tone)

    def said(self) -> str:
        """The words of the line across the top, "" when it is away."""
        return self._banner.words() if self._banner.isVisible() else ""

    def toggle_context(self) -> None:
        """Fold or unfold the context column of the place at the front."""
        self._pages[self.place_shown()].toggle_context()

    def geometry_text(self) -> str:
        """The window's place and size, to be kept."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore_geometry_text(self, text: str) -> None:
        """Take the place and size that were kept; "" keeps the usual."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode()))

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


def tell_changed(window: MainWindow, changes: StoreChanges) -> None:
    """Every feature hears of what changed in the store."""
    for feature in window.features():
        feature.on_changed(changes)
