"""The knowledge panel (F4), which slides over the work column and gives the keyboard back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.knowledge.presenter import KnowledgePresenter
from agent_app.features.knowledge.state import KnowledgeState
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.knowledge import Article
from agent_app.ui.buttons import Button
from agent_app.ui.cards import Card, row
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.keyboard import KeyboardLoan
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.slide_panel import SlidePanel
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import TypeRole, Weight
from agent_app.ui.words import article_kind_label

LIST_HEIGHT = 420
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KnowledgeFeature(QObject):
    """Main thread. The keyboard stays in the line that is typed into: arrows move in the list, Enter reads, Esc goes
    back to what had the keyboard before. ``widget`` is laid over the work column by the shell."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._panel = SlidePanel(translate("Knowledge", "Knowledge base"))
        self._field = SearchField(
            translate("Knowledge", "Find in the knowledge base"),
            translate("Knowledge", "Key words or initials: print blurred, too expensive"),
            key="F4",
        )
        self._shelf = Text("", TypeRole.SMALL, quiet=True)
        self._model: ListModel[Article] = ListModel(self._want, _line, self)
        self._list = RowList(translate("Knowledge", "Found"), self._model)
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM, wrap=True)
        self._kind = Badge("")
        self._body = Paragraph("")
        self._article = Card(self._title, self._kind, self._body)
        self._nothing = EmptyState(
            translate("Knowledge", "Nothing found"),
            translate("Knowledge", "Try another word. What is missing can be added by your administrator."),
            icon="magnifying-glass",
        )
        self._back = Button(translate("Knowledge", "Back"), key="Esc")
        self._read = Button(translate("Knowledge", "Read"), key="↵")
        self._loan = KeyboardLoan()
        self.presenter = KnowledgePresenter(session, route, self._draw)
        self._lay_out()
        self._join()
        self._draw(KnowledgeState())

    def _lay_out(self) -> None:
        title = Text(translate("Knowledge", "Knowledge base"), TypeRole.TITLE, weight=Weight.MEDIUM)
        body = self._panel.body
        body.addLayout(row(title, self._shelf, 1, gap=12))
        body.addWidget(self._field)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMinimumHeight(LIST_HEIGHT)
        body.addWidget(self._list, 1)
        body.addWidget(self._article)
        body.addWidget(self._nothing)
        body.addStretch(0)
        footer = self._panel.footer.line
        footer.addWidget(self._back)
        footer.addStretch(1)
        footer.addWidget(self._read)

    def _join(self) -> None:
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._on_typed)
        self._panel.shown.connect(self._start)
        self._panel.back_asked.connect(self._leave)
        self._list.clicked.connect(self._open_chosen)
        self._back.clicked.connect(self._leave)
        self._read.clicked.connect(self._open_chosen)

    @property
    def widget(self) -> QWidget:
        return self._panel

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Look something up during the call of a task."""
        self._loan.keep(QApplication.focusWidget())
        self._field.clear()
        self.presenter.open(item)

    def give_keyboard_back(self) -> None:
        """After the panel has gone: where one was, one goes on."""
        self._loan.give_back()

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        """Its keys are the panel's own (Enter, Esc); the key that asks for it is the window's."""
        return ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._field:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """A key in the line: whether it was not for typing."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ENTER:
            self._open_chosen()
        elif event.key() in _MOVES and not self._list.isHidden():
            QApplication.sendEvent(self._list, event)
        else:
            return False
        return True

    def _draw(self, state: KnowledgeState) -> None:
        chosen = self._list.chosen()
        ids = tuple(one.id for one in state.found)
        self._model.set_ids(ids)
        self._model.put_rows({one.id: one for one in state.found})
        if ids and chosen not in ids:
            self._list.choose(ids[0])
        self._shelf.setText(
            translate("Knowledge", "The customer is upset: what soothes stands first") if state.upset else ""
        )
        opened = state.opened
        self._list.setVisible(opened is None and (bool(ids) or not state.loaded))
        self._nothing.setVisible(opened is None and state.loaded and not ids)
        self._article.setVisible(opened is not None)
        self._read.setVisible(opened is None and bool(ids))
        if opened is not None:
            words, tone = article_kind_label(opened.kind)
            self._title.setText(opened.title)
            self._kind.set_words(words, tone)
            self._body.set_words(opened.body)
            self._panel.reveal(self._title)

    def _want(self, ids: object) -> None:
        """Every line is already there."""

    @Slot()
    def _start(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.presenter.on_typed(text)
        self._list.choose(self.presenter.state.found[0].id if self.presenter.state.found else None)

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.presenter.on_opened(chosen)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave(self) -> None:
        self.presenter.on_left()


def _line(one: Article) -> TwoLine:
    words, tone = article_kind_label(one.kind)
    first = next((line for line in one.body.splitlines() if line.strip()), "")
    return TwoLine(title=one.title, marks=(Mark(words, tone),), second=first, tooltip="、".join(one.keywords))
