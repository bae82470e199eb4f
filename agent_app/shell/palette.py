"""Find anything (Ctrl+K): every action and every customer from one line, laid over the window."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from agent_app.actions.session import DeskSession
from agent_app.ports import Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.overlay import Overlay
from agent_app.store.queries import search
from agent_app.store.queries.search import Found
from agent_app.ui.cards import Card, column, row
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.words import tier_label
from server_sync.domain.rules.names import mask_firm, mask_person

WIDTH = 560
HEIGHT = 420
MOST = 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Entry:
    """One line: an action by its name, or a customer."""

    id: bytes
    line: TwoLine
    action: str = ""
    found: Found | None = None


class Palette(Overlay):
    """Main thread. The keyboard stays in the line that is typed into: arrows move in the list, Enter opens."""

    def __init__(self, window: MainWindow, session: DeskSession, go: Callable[[Route], object]) -> None:
        super().__init__(window, window.take_keyboard)
        self._main = window
        self._session = session
        self._go = go
        self._entries: dict[bytes, Entry] = {}
        self._searching = False
        self._open_first = False
        self._field = SearchField(
            translate("Palette", "Find anything"), translate("Palette", "An action, a customer, a setting")
        )
        self._model: ListModel[Entry] = ListModel(self._want, _line, self)
        self._list = RowList(translate("Palette", "Found"), self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = EmptyState(
            translate("Palette", "Nothing found"),
            translate("Palette", "Try another piece of a name, its pinyin or initials, or the last digits."),
            icon="magnifying-glass",
        )
        self._body = QStackedWidget()
        self._body.addWidget(self._list)
        self._body.addWidget(self._nothing)
        card = Card(self._field, self._body)
        card.setFixedSize(WIDTH, HEIGHT)
        self.setLayout(column(1, row(1, card, 1), 3))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._on_typed)
        self._list.clicked.connect(self._open_chosen)

    def ask(self) -> None:
        """Ask what is wanted; asked again, forget it."""
        if self.isVisible():
            self.go_away()
            return
        self._field.clear()
        self._on_typed("")
        self.pop_up(self._field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """A key in the line: whether it was not for typing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (control and event.key() == Qt.Key.Key_K):
            self.go_away()
        elif event.key() in _ENTER:
            if self._searching:
                self._open_first = True
            else:
                self._open_chosen()
        elif event.key() in _MOVES:
            QApplication.sendEvent(self._list, event)
        else:
            return False
        return True

    def _actions(self, text: str) -> list[Entry]:
        wanted = text.casefold()
        found = [
            Entry(
                one.action.encode(),
                TwoLine(title=one.title, note=one.keys, second=one.group),
                action=one.action,
            )
            for one in self._main.shortcuts.listed()
            if one.enabled and (wanted in one.title.casefold() or wanted == one.keys.casefold())
        ]
        return sorted(found, key=lambda one: one.line.title.casefold() != wanted)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        text = typed.strip()
        self._searching, self._open_first = bool(text), False
        self._show(self._actions(text))
        if text:
            self._session.read(
                lambda connection: search.search(connection, text, MOST), self._found, key="palette"
            )

    def _found(self, found: tuple[Found, ...]) -> None:
        if not self._searching:
            return
        self._searching = False
        self._show(
            [entry for entry in self._entries.values() if entry.action] + [_customer(one) for one in found]
        )
        if self._open_first:
            self._open_chosen()

    def _show(self, entries: list[Entry]) -> None:
        chosen = self._list.chosen()
        self._entries = {entry.id: entry for entry in entries}
        self._model.set_ids(tuple(self._entries))
        self._model.put_rows(self._entries)
        if entries:
            self._list.choose(chosen if chosen in self._entries else entries[0].id)
        self._body.setCurrentWidget(self._list if entries or self._searching else self._nothing)

    def _want(self, ids: object) -> None:
        """Every line is already there."""

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self._list.chosen()
        if chosen is None:
            return
        entry = self._entries[chosen]
        self.go_away()
        if entry.action:
            self._main.shortcuts.run(entry.action)
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
