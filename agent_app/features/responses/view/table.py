"""The work column: the responses as a table, its export, what went wrong."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from agent_app.features.responses.model import orders, response_columns
from agent_app.features.responses.state import ResponsesState
from agent_app.features.responses.view.export import ExportCard
from agent_app.store.queries.response_list import Answer, By, Order
from agent_app.store.queries.responses import ResponseRow
from agent_app.ui import formats
from agent_app.ui.buttons import Button
from agent_app.ui.cards import Separator, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState, ProgressLine
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Bar, Ground
from agent_app.ui.row_views import RowTable
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import SIZES, Tone, TypeRole, Weight
from server_sync.domain.forms.tabulation import AnswerTable


class ResponseTable(Ground):
    """Signals: ``seen(bool)`` as the place comes and goes, ``sorted(Order)``, ``response_chosen(id or None)``,
    ``place_asked(suffix, ExportOptions)``, ``stopped()``, ``notice_seen()``."""

    sorted = Signal(object)
    response_chosen = Signal(object)
    place_asked = Signal(object, object)
    stopped = Signal()
    notice_seen = Signal()

    def __init__(
        self,
        timezone: tzinfo,
        want_rows: Callable[[Sequence[bytes]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        self._tz, self._want_rows = timezone, want_rows
        self._tables: Sequence[AnswerTable] | None = None
        self._orders: Sequence[By | Answer | None] = ()
        self.model: TableModel[ResponseRow] | None = None
        self.table: RowTable | None = None
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._count = Text("", quiet=True, tabular=True)
        self._line = ProgressLine()
        self._line.setFixedWidth(160)
        self._said = Text("", quiet=True, keep=True, tabular=True)
        self._export = Button(translate("Responses", "Export"), icon="download-simple", key="Alt E")
        self._banner = Banner()
        self._card = ExportCard()
        self._card.hide()
        self._empty = EmptyState("", icon="clipboard-text")
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._lay_out()
        self._export.clicked.connect(self.press_export)
        self._banner.dismissed.connect(self.notice_seen)
        self._card.closed.connect(self.close_card)
        self._card.asked.connect(self._on_asked)
        self._exporting = False

    def _lay_out(self) -> None:
        bar = Bar(SIZES.header)
        for thing in (self._title, self._count):
            bar.line.addWidget(thing)
        bar.line.addStretch(1)
        for widget in (self._line, self._said, self._export):
            bar.line.addWidget(widget)
        told = row(self._banner)
        told.setContentsMargins(16, 8, 16, 0)
        asked = row(self._card)
        asked.setContentsMargins(16, 8, 16, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(Separator())
        layout.addLayout(told)
        layout.addLayout(asked)
        layout.addWidget(self._body, 1)

    def draw(self, state: ResponsesState) -> None:
        """Show the responses that were found."""
        form = state.form
        self._title.setText(form.title if form is not None else translate("Responses", "Responses"))
        self._count.setText("" if state.ids is None else formats.number(len(state.ids)))
        self._draw_export(state)
        self._say(state)
        if state.tables is not None and state.tables is not self._tables:
            self._make_table(state.tables, state.now)
        if self.model is None or self.table is None:
            return
        self.model.set_ids(state.ids or ())
        if state.order.by in self._orders:
            place = self._orders.index(state.order.by)
            self.table.show_sorted(place, descending=state.order.descending)
        self._empty.say(
            translate("Responses", "No responses here"),
            translate("Responses", "Nobody has answered this form yet, or the filters leave nothing."),
        )
        self._body.setCurrentWidget(self._empty if state.ids == () else self.table)
        if state.reading is None and self.table.chosen():
            self.table.clearSelection()

    def put_rows(self, rows: Mapping[bytes, ResponseRow]) -> None:
        """Rows that came into sight."""
        if self.model is not None:
            self.model.put_rows(rows)

    def set_stale(self) -> None:
        """Whatever is shown may have changed."""
        if self.model is not None:
            self.model.set_stale(self.model.ids())

    def _make_table(self, tables: Sequence[AnswerTable], now: int) -> None:
        """Another version has other columns: another table."""
        old, self._tables = self.table, tables
        self._orders = orders(tables)
        self.model = TableModel(self._want_rows, response_columns(tables, now, self._tz), self)
        self.table = RowTable(translate("Responses", "Responses"), self.model)
        self.table.setCornerWidget(Ground("surface"))
        self._body.addWidget(self.table)
        self.table.rows_chosen.connect(self._on_rows)
        self.table.sort_wanted.connect(self._on_sort)
        if old is not None:
            self._body.removeWidget(old)
            old.deleteLater()

    def _draw_export(self, state: ResponsesState) -> None:
        exporting = state.exporting
        self._exporting = exporting is not None
        self._line.setVisible(self._exporting)
        self._said.setVisible(self._exporting)
        if exporting is not None:
            words = translate("Responses", "{done} of {of} written").format(
                done=formats.number(exporting.done), of=formats.number(exporting.of)
            )
            self._line.show_share(exporting.done / max(exporting.of, 1), words)
            self._said.setText(words)
            self._card.hide()
        self._export.set_words(
            translate("Responses", "Stop") if self._exporting else translate("Responses", "Export")
        )
        self._export.setEnabled(self._exporting or bool(state.ids))

    def _say(self, state: ResponsesState) -> None:
        if state.error is not None:
            words = error_text(state.error, state.error_values, state.now, self._tz)
            self._banner.say(words, Tone.DANGER)
        elif state.exported:
            said = translate("Responses", "Saved as {name}").format(name=state.exported)
            self._banner.say(said, Tone.SUCCESS)
        else:
            self._banner.say("")

    @Slot()
    def press_export(self) -> None:
        """Ask how the file shall be; while one is written: stop it."""
        if self._exporting:
            self.stopped.emit()
        elif self._export.isEnabled():
            self._card.show()
            self._card.take_keyboard()

    @Slot()
    def close_card(self) -> None:
        """No file after all."""
        self._card.hide()

    def card_shown(self) -> bool:
        """Whether it is asked how a file shall be."""
        return self._card.isVisible()

    @Slot(object, object)
    def _on_asked(self, suffix: str, options: object) -> None:
        self.place_asked.emit(suffix, options)

    @Slot(object)
    def _on_sort(self, wanted: tuple[int, bool]) -> None:
        column, descending = wanted
        by = self._orders[column]
        if by is not None:
            self.sorted.emit(Order(by, descending))

    @Slot(object)
    def _on_rows(self, ids: tuple[bytes, ...]) -> None:
        if ids:
            self.response_chosen.emit(ids[0])
