"""The list column: the articles, found as one types."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.features.articles.state import ArticlesState, Which
from agent_app.store.queries.articles import KeptArticle
from agent_app.ui.buttons import Button
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import Tone
from agent_app.ui.words import article_kind_label


class ArticleList(ListColumn):
    """Signals: ``seen(bool)`` as the place comes and goes, ``searched(text)``, ``which_chosen(Which)``, ``chosen(id)``
    by mouse or arrow keys, ``new_asked()``."""

    searched = Signal(object)
    which_chosen = Signal(object)
    chosen = Signal(object)
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("Articles", "Knowledge base"), parent)
        self._unsaved: frozenset[bytes] = frozenset()
        self._model: ListModel[KeptArticle] = ListModel(self._want, self._line, self)
        self.rows = RowList(translate("Articles", "Articles"), self._model)
        self.search = SearchField(
            translate("Articles", "Find an article"),
            translate("Articles", "Words, pinyin or initials"),
            key="Alt F",
        )
        self.search.set_next(self.rows)
        self._which = Segments(
            translate("Articles", "Which articles"),
            [
                (Which.USED, translate("Articles", "In use")),
                (Which.RETIRED, translate("Articles", "Retired")),
                (Which.ALL, translate("Articles", "All")),
            ],
        )
        self._new = Button(translate("Articles", "New article"), icon="plus", key="Alt N")
        self._empty = EmptyState(
            translate("Articles", "No articles here"),
            translate("Articles", "Try another word, or write a new one."),
            icon="book-open",
        )
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        for thing in (self._new, self.search, self._which):
            self.add(thing)
        self.set_body(self._body)
        self.search.searched.connect(self.searched)
        self._which.chosen.connect(self._on_which)
        self.rows.row_chosen.connect(self._on_chosen)
        self._new.clicked.connect(self.new_asked)

    def draw(self, state: ArticlesState) -> None:
        """Show those that were found."""
        count = str(len(state.found)) if state.loaded else ""
        self.set_title(translate("Articles", "Knowledge base"), count)
        self._model.set_ids(state.found)
        if state.unsaved != self._unsaved:
            self._unsaved = state.unsaved
            self._model.set_stale(state.found)
        self._model.put_rows({one: state.articles[one] for one in state.found})
        self.rows.choose(state.open_id if state.open_id in state.found else None)
        self._body.setCurrentWidget(self.rows if state.found or not state.loaded else self._empty)

    def _line(self, one: KeptArticle) -> TwoLine:
        text = one.written
        marks = [Mark(*article_kind_label(text.kind))]
        if not text.active:
            marks.append(Mark(translate("Articles", "Retired")))
        if one.id in self._unsaved:
            marks.append(Mark(translate("Articles", "Not saved"), Tone.WARNING))
        return TwoLine(title=text.title, marks=tuple(marks), second="、".join(text.keywords))

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self.which_chosen.emit(Which(code))

    @Slot(object)
    def _on_chosen(self, article_id: bytes | None) -> None:
        if article_id is not None:
            self.chosen.emit(article_id)
