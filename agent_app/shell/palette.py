"""Find anything (Ctrl+K): every action and every customer from one line, laid over the window."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.ports import Route
from agent_app.shell.main_window import MainWindow
from agent_app.store.queries import search
from agent_app.store.queries.search import Found
from agent_app.ui.cards import Card
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.words import tier_label
from server_sync.domain.rules.names import mask_firm, mask_person

WIDTH = 560
HEIGHT = 420
DIMMING = 90
MOST = 12


@dataclass(frozen=True)
class Entry:
    """One line: an action by its name, or a customer."""

    id: bytes
    line: TwoLine
    action: str = ""
    found: Found | None = None


class Palette(QWidget):
    """Covers its window while it is asked; main thread."""

    def __init__(self, window: MainWindow, session: DeskSession, go: Callable[[Route], object]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._go = go
        self._entries: dict[bytes, Entry] = {}
        self._field = SearchField(
            translate("Palette", "Find anything"), translate("Palette", "An action, a customer, a setting")
        )
        self._model: ListModel[Entry] = ListModel(self._want, _line, self)
        self._list = RowList(translate("Palette", "Found"), self._model)
        card = Card(self._field, self._list)
        card.setFixedSize(WIDTH, HEIGHT)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._field.set_next(self._list)
        self._field.searched.connect(self._on_searched)
        self._field.returnPressed.connect(self._on_return)
        self._list.row_opened.connect(self._on_opened)
        window.installEventFilter(self)
        self.hide()

    def pop_up(self) -> None:
        """Ask what is wanted."""
        self.setGeometry(self._window.rect())
        self._field.clear()
        self._show([])
        self._on_searched("")
        self.raise_()
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, DIMMING))

    def _actions(self, text: str) -> list[Entry]:
        wanted = text.casefold()
        return [
            Entry(
                one.action.encode(),
                TwoLine(title=one.title, note=one.keys, second=one.group),
                action=one.action,
            )
            for one in self._window.shortcuts.listed()
            if one.enabled and wanted in one.title.casefold()
        ]

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        self._show(self._actions(text))
        if text:
            self._session.read(
                lambda connection: search.search(connection, text, MOST), self._found, key="palette"
            )

    def _found(self, found: tuple[Found, ...]) -> None:
        actions = [entry for entry in self._entries.values() if entry.action]
        self._show(actions + [_customer(one) for one in found])

    def _show(self, entries: list[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._model.set_ids(tuple(self._entries))
        self._model.put_rows(self._entries)
        if entries:
            self._list.choose(entries[0].id)

    def _want(self, ids: object) -> None:
        """Every line is already there."""

    @Slot()
    def _on_return(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self._on_opened(chosen)

    @Slot(object)
    def _on_opened(self, entry_id: bytes) -> None:
        entry = self._entries[entry_id]
        self.hide()
        if entry.action:
            self._window.shortcuts.run(entry.action)
        elif entry.found is not None and entry.found.task_id is not None:
            self._go(Route("task", entry.found.task_id))
        elif entry.found is not None:
            self._go(Route("queue"))
            self._go(Route("customer", entry.found.customer_id))


def _line(entry: Entry) -> TwoLine:
    return entry.line


def _customer(found: Found) -> Entry:
    name = mask_firm(found.name) if found.kind == "company" else mask_person(found.name)
    label, tone = tier_label(found.tier)
    line = TwoLine(title=name, marks=(Mark(label, tone),), second=found.region or "", second_note=found.code)
    return Entry(found.customer_id, line, found=found)
