"""Choosing from a long list: a few letters, the arrow keys, Enter; it is drawn by rows, however long it is."""

from __future__ import annotations

from collections.abc import Sequence
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
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.cards import row
from agent_app.ui.fields import TextField
from agent_app.ui.forms.editor import Editor, choices_of, fill, name_of
from agent_app.ui.forms.search import Terms
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState

MOST_SEEN = 8
LEAST_LONG = 13
"""From so many choices on a question is answered from a list."""

MOST_BY_PINYIN = 5_000
"""Choices that are found by pinyin and initials too; reading more takes longer than the question."""

CHOSEN_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -MOST_SEEN,
    Qt.Key.Key_PageDown: MOST_SEEN,
}  # fmt: skip
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class _Choices(QAbstractListModel):
    """Those choices that match what is typed."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.choices = choices
        self.shown = list(range(len(choices)))
        self.chosen: frozenset[str] = frozenset()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        value, label = self.choices[self.shown[index.row()]]
        if role == CHOSEN_ROLE:
            return value in self.chosen
        named = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return label if role in named else None

    def show_places(self, places: list[int]) -> None:
        self.beginResetModel()
        self.shown = places
        self.endResetModel()

    def code_at(self, line: int) -> str:
        return self.choices[self.shown[line]][0]


class ChoiceLine(QStyledItemDelegate):
    """Draws a choice: its label, and a tick where it is chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, SIZES.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        c = theme.colours()
        rect = QRectF(option.rect).adjusted(4, 1, -4, -1)
        chosen = bool(index.data(CHOSEN_ROLE))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painting.box(painter, rect, fill=c.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, rect, fill=c.hover)
        ink = c.inks[Tone.ACCENT] if chosen else c.text
        words = rect.adjusted(8, 0, -28, 0)
        painting.text(painter, words, str(index.data()), theme.font(TypeRole.BODY), ink)
        if chosen:
            tick = QRectF(rect.right() - 24, rect.center().y() - 8, SIZES.icon, SIZES.icon)
            icons.paint_icon(painter, tick, "check", ink)
        painter.restore()


class Filter(TextField):
    """What is typed to find a choice. Signals: ``moved(step)`` by the arrow keys, ``taken_back()`` by Backspace in the
    empty line."""

    moved = Signal(int)
    taken_back = Signal()

    def event(self, event: QEvent) -> bool:
        """Esc empties the line before it is anybody else's."""
        overriding = event.type() == QEvent.Type.ShortcutOverride and bool(self.text())
        if overriding and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.taken_back.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)


class ListEditor(Editor):
    """One or several of a long list. Enter takes the line that is marked; where none is, it goes on."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = state.kind is QuestionKind.SELECT_MULTIPLE
        choices = choices_of(state)
        self._labels = dict(choices)
        self._terms = Terms([label for _, label in choices])
        self._answer: tuple[str, ...] = ()
        name = name_of(state)
        self._filter = Filter(name, translate("Form", "Type to find"))
        self._model = _Choices(choices, self)
        self._view = QListView()
        self._view.setAccessibleName(name)
        self._view.setModel(self._model)
        self._view.setItemDelegate(ChoiceLine(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFixedHeight(min(len(state.choices), MOST_SEEN) * SIZES.row + 2)
        self._picture = Picture("check-circle", tone=Tone.SUCCESS)
        self._words = Text("", wrap=True)
        self._chosen = QWidget()
        line = row(self._picture, self._words, gap=6)
        line.setStretch(1, 1)
        self._chosen.setLayout(line)
        self._count = Text("", TypeRole.SMALL, faint=True, tabular=True)
        fill(self, self._chosen, self._filter, self._view, self._count)
        self._filter.textEdited.connect(self._on_typed)
        self._filter.moved.connect(self._on_moved)
        self._filter.taken_back.connect(self._on_taken_back)
        self._view.clicked.connect(self._on_clicked)
        self._find("")

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self._answer = tuple(state.value.split()) if self._several else (state.value,) * bool(state.value)
        self._model.chosen = frozenset(self._answer)
        self._words.setText("、".join(self._labels.get(code, code) for code in self._answer))
        self._chosen.setVisible(bool(self._answer))
        self._filter.setVisible(not state.readonly)
        self._view.setVisible(not state.readonly)
        self._count.setVisible(not state.readonly)
        self._view.viewport().update()
        if not self._filter.text():
            self._show_chosen()

    def start(self) -> None:
        self._filter.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._terms.known and len(self._model.choices) <= MOST_BY_PINYIN:
            self.terms_wanted.emit()

    def press_enter(self) -> bool:
        line = self._view.currentIndex()
        if not self._filter.hasFocus() or not line.isValid():
            return bool(self._filter.text()) and self._filter.hasFocus()
        self._take(line.row())
        return True

    def settled(self) -> bool:
        return not self._several

    def key_hint(self) -> str:
        if self._several:
            return translate("Form", "Several: type, Enter takes the marked one, Backspace the last one back")
        return translate("Form", "Type, Enter takes the marked one")

    def set_terms(self, terms: Sequence[str]) -> None:
        self._terms.learn(terms)
        self._find(self._filter.text())

    def _find(self, typed: str) -> None:
        """Show what matches, and mark the first once something is typed."""
        found = self._terms.matching(typed)
        self._model.show_places(found)
        if typed and found:
            self._view.setCurrentIndex(self._model.index(0))
        every = len(self._model.choices)
        words = translate("Form", "{found} of {every}").format(found=len(found), every=every)
        nothing = translate("Form", "Nothing matches; Esc shows all")
        self._count.setText(words if found else nothing)

    def _show_chosen(self) -> None:
        """Scroll the first chosen line into sight."""
        for line, place in enumerate(self._model.shown):
            if self._model.choices[place][0] in self._model.chosen:
                self._view.scrollTo(self._model.index(line), QListView.ScrollHint.PositionAtCenter)
                return

    def _take(self, line: int) -> None:
        code = self._model.code_at(line)
        if not self._several:
            answer: tuple[str, ...] = (code,)
        elif code in self._answer:
            answer = tuple(one for one in self._answer if one != code)
        else:
            answer = (*self._answer, code)
        self._filter.clear()
        self._find("")
        self._view.clearSelection()
        self._view.setCurrentIndex(QModelIndex())
        self.answered.emit(" ".join(answer))

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._find(typed)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            line = self._view.currentIndex().row()
            to = 0 if line < 0 else min(max(line + step, 0), count - 1)
            self._view.setCurrentIndex(self._model.index(to))

    @Slot()
    def _on_taken_back(self) -> None:
        if self._answer:
            self.answered.emit(" ".join(self._answer[:-1]))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index.row())
