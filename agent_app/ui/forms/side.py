"""The list of all questions at the side: how each stands, why it is left out; type to find, Enter to go there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from agent_app.ui import icons, painting, theme
from agent_app.ui.buttons import IconButton
from agent_app.ui.cards import Separator, column, row
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import ProgressLine
from agent_app.ui.fields import SearchField
from agent_app.ui.forms.outline import Outline
from agent_app.ui.forms.search import Terms
from agent_app.ui.forms.state import FormState, OutlineRow
from agent_app.ui.forms.words import because_words, status_words, tally_words
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole, Weight
from server_sync.domain.forms.pages import Status

SIDE_KEY = "Ctrl+G"
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
HERE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_EVERY = "all"
_FILTERS = {
    _EVERY: frozenset(Status),
    "open": frozenset({Status.OPEN, Status.BLANK}),
    "wrong": frozenset({Status.WRONG}),
    "skipped": frozenset({Status.SKIPPED}),
}
_MARKS = {
    Status.ANSWERED: ("check-circle", Tone.SUCCESS),
    Status.OPEN: ("circle", Tone.WARNING),
    Status.BLANK: ("circle", None),
    Status.WRONG: ("warning-circle", Tone.DANGER),
    Status.SKIPPED: ("minus", None),
    Status.NOTE: ("chat-text", None),
}
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class _Questions(QAbstractListModel):
    """Those questions that are looked for; a row is made when it is drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.outline: Outline | None = None
        self.paths: list[str] = []
        self.here: frozenset[str] = frozenset()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if self.outline is None or not index.isValid():
            return None
        path = self.paths[index.row()]
        if role == HERE_ROLE:
            return path in self.here
        if role == ROW_ROLE:
            return self.outline.row(path)
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return _spoken(self.outline.row(path))
        return None

    def show_paths(self, paths: list[str]) -> None:
        if paths != self.paths:
            self.beginResetModel()
            self.paths = paths
            self.endResetModel()


class _Line(QStyledItemDelegate):
    """Draws a question: its mark, its words, why it is left out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, SIZES.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        one = index.data(ROW_ROLE)
        c = theme.colours()
        rect = QRectF(option.rect)
        painter.save()
        here = bool(index.data(HERE_ROLE))
        ground = rect.adjusted(4, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painting.box(painter, ground, fill=c.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, ground, fill=c.hover)
        if here:
            painting.box(painter, QRectF(4, rect.top() + 7, 3, rect.height() - 14), fill=c.accent, radius=1.5)
        icon, tone = _MARKS[one.status]
        ink: RGB = c.faint if tone is None else c.inks[tone]
        icons.paint_icon(painter, QRectF(14, rect.center().y() - 8, 16, 16), icon, ink)
        figures = theme.font(TypeRole.SMALL, tabular=True)
        number = "" if one.number is None else str(one.number)
        right = Qt.AlignmentFlag.AlignRight
        painting.text(painter, QRectF(32, rect.top(), 28, rect.height()), number, figures, c.faint, right)
        words = QRectF(68, rect.top(), rect.width() - 68 - 12, rect.height())
        plain = one.status in (Status.SKIPPED, Status.NOTE)
        if one.status is Status.SKIPPED:
            why = because_words(one.because)
            small = theme.font(TypeRole.SMALL)
            room = min(painting.text_width(why, small) + 10, words.width() * 0.6)
            beside = QRectF(words.right() - room + 10, words.top(), room - 10, words.height())
            painting.text(painter, beside, why, small, c.faint)
            words.setRight(words.right() - room)
        font = theme.font(TypeRole.BODY, Weight.MEDIUM if here else Weight.REGULAR)
        label = f"{one.label} *" if one.status is Status.OPEN else one.label
        painting.text(painter, words, label, font, c.faint if plain else c.text)
        painter.restore()


class FormSide(Ground):
    """Signals: ``question_chosen(path)``, ``closed()``, ``terms_wanted(labels)`` when pinyin would help to find."""

    question_chosen = Signal(object)
    closed = Signal()
    terms_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setAccessibleName(translate("Form", "All questions"))
        self._state: FormState | None = None
        self._sought = ""
        self._terms: Terms | None = None
        self._terms_of = -1
        self._drawn: dict[str, tuple[OutlineRow, bool]] = {}
        self._model = _Questions(self)
        self._title = Text(translate("Form", "All questions"), TypeRole.TITLE, weight=Weight.MEDIUM)
        self._count = Text("", TypeRole.SMALL, quiet=True, tabular=True, keep=True)
        self._close = IconButton(translate("Form", "Close the list"), "x", key="Esc")
        self._line = ProgressLine()
        self._find = SearchField(
            translate("Form", "Find a question"), translate("Form", "Words, pinyin, initials")
        )
        self._which = Segments(
            translate("Form", "Which questions"),
            [
                (_EVERY, translate("Form", "All")),
                ("open", translate("Form", "Open")),
                ("wrong", translate("Form", "Wrong")),
                ("skipped", translate("Form", "Left out")),
            ],
        )
        self._view = QListView()
        self._none = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._lay_out()
        self._find.searched.connect(self._on_searched)
        self._find.textEdited.connect(self._on_searched)
        self._find.left.connect(self.closed)
        self._which.chosen.connect(self._on_which)
        self._close.clicked.connect(self.closed)
        self._view.clicked.connect(self._on_clicked)
        self._find.installEventFilter(self)
        self._view.installEventFilter(self)

    def _lay_out(self) -> None:
        self._view.setAccessibleName(translate("Form", "All questions"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Line(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = column(
            row(self._title, 1, self._count, self._close),
            self._line,
            self._find,
            self._which,
            self._none,
            gap=8,
        )
        head.setContentsMargins(12, 8, 12, 8)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(Separator())
        inside.addWidget(self._view, 1)
        whole = row(Separator(vertical=True), inside, gap=0)
        self.setLayout(whole)

    def show_state(self, state: FormState, outline: Outline) -> None:
        """Draw the questions as they stand; nothing is done while the list is closed."""
        self._state = state
        if self._model.outline is not outline:
            self._model.outline = outline
            self._terms, self._terms_of = None, -1
        if not self.isHidden():
            self._draw()

    def first(self) -> QWidget:
        """What takes the keyboard when the list is opened."""
        return self._find

    def open(self) -> None:
        """Begin anew: everything as it stands, the present question marked."""
        self._find.clear()
        self._sought = ""
        self._draw()
        self._mark_here()

    def set_terms(self, terms: tuple[str, ...]) -> None:
        """What the questions are found by, in their order."""
        if self._terms is not None:
            self._terms.learn(terms)
            if self._sought:
                self._draw()

    def _draw(self) -> None:
        outline, state = self._model.outline, self._state
        if outline is None or state is None:
            return
        tally = outline.tally()
        self._count.setText(tally_words(tally))
        self._line.show_share(tally.answered / max(tally.asked, 1), tally_words(tally))
        self._model.here = frozenset(one.path for one in state.page.questions) if state.page else frozenset()
        shown = _FILTERS[self._which.code()]
        paths = self._matching(outline)
        if self._which.code() != _EVERY:
            paths = [path for path in paths if outline.entry(path).status in shown]
        self._model.show_paths(paths)
        nothing = translate("Form", "No such question; Esc shows all.")
        self._none.setText("" if paths else nothing)
        self._none.setVisible(not paths)
        self._update_rows(outline)

    def _update_rows(self, outline: Outline) -> None:
        """Draw those rows in sight again that look otherwise than before: an answer changes few of twenty."""
        rect = self._view.viewport().rect()
        first, last = self._view.indexAt(rect.topLeft()).row(), self._view.indexAt(rect.bottomLeft()).row()
        lines = range(max(first, 0), (last if last >= 0 else self._model.rowCount() - 1) + 1)
        before, self._drawn = self._drawn, {}
        for line in lines:
            path = self._model.paths[line]
            look = self._drawn[path] = (outline.row(path), path in self._model.here)
            if before.get(path) != look:
                self._view.update(self._model.index(line))

    def _matching(self, outline: Outline) -> list[str]:
        if not self._sought:
            return list(outline.paths)
        if self._terms is None or self._terms_of != outline.revision:
            labels = [outline.label(path) for path in outline.paths]
            self._terms, self._terms_of = Terms(labels), outline.revision
            self.terms_wanted.emit(labels)
        found = [outline.paths[place] for place in sorted(self._terms.matching(self._sought))]
        numbered = [path for path, number in outline.numbers().items() if str(number) == self._sought]
        return list(dict.fromkeys((*numbered, *found)))

    def _mark_here(self) -> None:
        """Mark the present page's first question, or what was found first."""
        here = (line for line, path in enumerate(self._model.paths) if path in self._model.here)
        line = 0 if self._sought else next(here, 0)
        if self._model.paths:
            self._view.setCurrentIndex(self._model.index(line))
            self._view.scrollTo(self._model.index(line), QListView.ScrollHint.PositionAtCenter)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # it folds the list, whatever the window binds it to
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._view.currentIndex())
            return True
        if watched is self._view and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        if watched is self._find and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            self._view.keyPressEvent(event)
            return True
        return False

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.question_chosen.emit(self._model.paths[index.row()])

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        if text.strip() != self._sought:
            self._sought = text.strip()
            self._draw()
            self._mark_here()

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self._draw()
        self._mark_here()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)


def _spoken(one: OutlineRow) -> str:
    """A line in words, for screen readers and tooltips."""
    parts = [f"{one.number}. {one.label}" if one.number else one.label, status_words(one.status)]
    if one.status is Status.SKIPPED:
        parts.append(because_words(one.because))
    return " · ".join(part for part in parts if part)
