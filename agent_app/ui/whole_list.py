"""A list column that is given all of its rows at once; one that reads only what is in sight stands by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.ui.feedback import EmptyState
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel

Row = TypeVar("Row")


class WholeList(ListColumn, Generic[Row]):
    """Title and ``heads`` above, then the rows, or ``empty`` when there are none. ``line`` draws a row. Signal:
    ``chosen(id)`` by mouse or arrow keys."""

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        rows_name: str,
        line: Callable[[Row], TwoLine],
        empty: EmptyState,
        heads: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._shown: Mapping[bytes, Row] = {}
        self._model: ListModel[Row] = ListModel(self._want, line, self)
        self.rows = RowList(rows_name, self._model)
        self._empty = empty
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(empty)
        for head in heads:
            self.add(head)
        self.set_body(self._body)
        self.rows.row_chosen.connect(self._on_chosen)

    def show_rows(
        self, rows: Mapping[bytes, Row], open_id: bytes | None, *, loaded: bool, anew: bool = False
    ) -> None:
        """Show these in their order, with one of them open; ``anew``: the lines say something else even of the same."""
        changed = [one for one, row in rows.items() if anew or self._shown.get(one) != row]
        self._shown = rows
        self._model.set_ids(tuple(rows))
        self._model.set_stale(changed)
        self._model.put_rows(rows)
        self.rows.choose(open_id if open_id in rows else None)
        self._body.setCurrentWidget(self.rows if rows or not loaded else self._empty)

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_chosen(self, row_id: bytes | None) -> None:
        if row_id is not None:
            self.chosen.emit(row_id)
