"""The list column: the articles, found as one types."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.articles.state import ArticlesState, Which
from agent_app.store.queries.articles import KeptArticle
from agent_app.ui.buttons import Button
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.whole_list import WholeList
from agent_app.ui.words import article_kind_label

_Row = tuple[KeptArticle, bool]
"""The article, and whether what was written of it is saved."""


class ArticleList(WholeList[_Row]):
    """Signals: ``seen(bool)`` as the place comes and goes, ``searched(text)``, ``which_chosen(Which)``, ``chosen(id)``
    by mouse or arrow keys, ``new_asked()``."""

    searched = Signal(object)
    which_chosen = Signal(object)
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.search = SearchField(
            translate("Articles", "Find an article"),
            translate("Articles", "Words, pinyin or initials"),
            key="Alt F",
        )
        self._which = Segments(
            translate("Articles", "Which articles"),
            [
                (Which.USED, translate("Articles", "In use")),
                (Which.RETIRED, translate("Articles", "Retired")),
                (Which.ALL, translate("Articles", "All")),
            ],
        )
        self._new = Button(translate("Articles", "New article"), icon="plus", key="Alt N")
        empty = EmptyState(
            translate("Articles", "No articles here"),
            translate("Articles", "Try another word, or write a new one."),
            icon="book-open",
        )
        heads = (self._new, self.search, self._which)
        names = translate("Articles", "Knowledge base"), translate("Articles", "Articles")
        super().__init__(*names, _line, empty, heads, parent)
        self.search.set_next(self.rows)
        self.search.searched.connect(self.searched)
        self._which.chosen.connect(self._on_which)
        self._new.clicked.connect(self.new_asked)

    def draw(self, state: ArticlesState) -> None:
        """Show those that were found."""
        count = str(len(state.found)) if state.loaded else ""
        self.set_title(translate("Articles", "Knowledge base"), count)
        rows = {one: (state.articles[one], one not in state.unsaved) for one in state.found}
        self.show_rows(rows, state.open_id, loaded=state.loaded)

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self.which_chosen.emit(Which(code))


def _line(row: _Row) -> TwoLine:
    one, saved = row
    text = one.written
    marks = [Mark(*article_kind_label(text.kind))]
    if not text.active:
        marks.append(Mark(translate("Articles", "Retired")))
    if not saved:
        marks.append(Mark(translate("Articles", "Not saved"), Tone.WARNING))
    return TwoLine(title=text.title, marks=tuple(marks), second="、".join(text.keywords))
