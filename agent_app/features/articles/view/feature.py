"""Joins the room's columns with their presenter, and what the shell calls."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.articles.presenter import ArticlesPresenter
from agent_app.features.articles.state import ArticlesState, Which
from agent_app.features.articles.view.editing import ArticleColumn
from agent_app.features.articles.view.listing import ArticleList
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.articles import Written
from agent_app.ui.i18n import translate


class ArticlesFeature(QObject):
    """The work column for the shell, and ``listing`` beside it. Main thread."""

    def __init__(self, session: DeskSession) -> None:
        super().__init__()
        self.listing = ArticleList()
        self._column = ArticleColumn(session.timezone)
        self.presenter = ArticlesPresenter(session, self._draw)
        listing, column = self.listing, self._column
        listing.seen.connect(self._on_seen)
        listing.searched.connect(self._on_searched)
        listing.which_chosen.connect(self._on_which)
        listing.chosen.connect(self._on_chosen)
        listing.new_asked.connect(self.write_new)
        column.written.connect(self._on_written)
        column.save_asked.connect(self.save)
        column.retired.connect(self._on_retired)
        column.let_be_asked.connect(self._on_let_be)
        column.insisted.connect(self._on_insisted)
        column.notice_seen.connect(self._on_notice_seen)
        self._draw(self.presenter.state)

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this article."""
        if item is not None:
            self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("articles.search", "Alt+F", translate("Articles", "Find an article"), self._search),
            KeyBinding("articles.new", "Alt+N", translate("Articles", "New article"), self.write_new),
            KeyBinding("articles.save", "Alt+S", translate("Articles", "Save"), self.save),
        )

    def _draw(self, state: ArticlesState) -> None:
        self.listing.draw(state)
        self._column.draw(state)

    @Slot()
    def write_new(self) -> None:
        """Begin an article."""
        self.presenter.on_new()
        self._column.start()

    @Slot()
    def save(self) -> None:
        """Save what was written on the open one."""
        self.presenter.on_save()

    @Slot()
    def _search(self) -> None:
        self.listing.search.setFocus()

    @Slot(bool)
    def _on_seen(self, seen: bool) -> None:
        self.presenter.on_seen(seen)

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        self.presenter.on_searched(text)

    @Slot(object)
    def _on_which(self, which: Which) -> None:
        self.presenter.on_which(which)

    @Slot(object)
    def _on_chosen(self, article_id: bytes) -> None:
        self.presenter.on_chosen(article_id)

    @Slot(object)
    def _on_written(self, written: Written) -> None:
        self.presenter.on_written(written)

    @Slot(bool)
    def _on_retired(self, retired: bool) -> None:
        self.presenter.on_retired(retired)

    @Slot()
    def _on_let_be(self) -> None:
        self.presenter.on_let_be()

    @Slot()
    def _on_insisted(self) -> None:
        self.presenter.on_insisted()

    @Slot()
    def _on_notice_seen(self) -> None:
        self.presenter.on_notice_seen()
