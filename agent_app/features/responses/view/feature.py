"""Joins the room's three columns with their presenter, and what the shell calls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.attachments import safe_name
from agent_app.actions.response_export import ExportOptions
from agent_app.actions.session import DeskSession
from agent_app.features.responses.presenter import ResponsesPresenter
from agent_app.features.responses.state import Filters, ResponsesState
from agent_app.features.responses.view.filters import FilterColumn
from agent_app.features.responses.view.reading import ReadingColumn
from agent_app.features.responses.view.table import ResponseTable
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.response_list import Order
from agent_app.store.queries.responses import ResponseRow
from agent_app.ui import formats, i18n
from agent_app.ui.file_dialogs import FileDialogs, SystemFileDialogs
from agent_app.ui.i18n import translate


class TablePart(QObject):
    """The work column for the shell. Main thread."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        filters: FilterColumn,
        reading: ReadingColumn,
    ) -> None:
        super().__init__()
        self._session, self._route = session, route
        self._filters, self._reading = filters, reading
        self._table = ResponseTable(session.timezone, self._want_rows)
        self.file_dialogs: FileDialogs = SystemFileDialogs(self._table)
        self.presenter = ResponsesPresenter(session, i18n.language(), self._draw, self._table.put_rows)
        filters.form_chosen.connect(self._on_form)
        filters.filtered.connect(self._on_filtered)
        reading.edition_chosen.connect(self._on_response)
        reading.task_asked.connect(self._on_task)
        reading.correction_asked.connect(self._on_correction)
        self._table.sorted.connect(self._on_sorted)
        self._table.response_chosen.connect(self._on_response)
        self._table.place_asked.connect(self._on_place_asked)
        self._table.stopped.connect(self._on_stopped)
        self._table.notice_seen.connect(self._on_notice_seen)
        self._table.seen.connect(self._on_seen)

    @property
    def widget(self) -> QWidget:
        return self._table

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show the responses of this form."""
        if item is not None:
            self.presenter.on_form_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        if changes.concerns("response", "customer", "person"):
            self._table.set_stale()
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("responses.search", "Alt+F", translate("Responses", "Search"), self._search),
            KeyBinding(
                "responses.export", "Alt+E", translate("Responses", "Export"), self._table.press_export
            ),
            KeyBinding("responses.back", "Esc", translate("Responses", "Back"), self._go_back),
        )

    def _want_rows(self, ids: Sequence[bytes]) -> None:
        self.presenter.on_rows_wanted(ids)

    def _draw(self, state: ResponsesState) -> None:
        self._filters.draw(state)
        self._table.draw(state)
        self._reading.draw(state)

    @Slot()
    def _search(self) -> None:
        self._filters.search.setFocus()

    @Slot()
    def _go_back(self) -> None:
        if self._table.card_shown():
            self._table.close_card()
        else:
            self.presenter.on_response_chosen(None)

    @Slot(bool)
    def _on_seen(self, seen: bool) -> None:
        self.presenter.on_seen(seen)

    @Slot(object)
    def _on_form(self, form_id: bytes) -> None:
        self.presenter.on_form_chosen(form_id)

    @Slot(object)
    def _on_filtered(self, filters: Filters) -> None:
        self.presenter.on_filtered(filters)

    @Slot(object)
    def _on_sorted(self, order: Order) -> None:
        self.presenter.on_sorted(order)

    @Slot(object)
    def _on_response(self, response_id: bytes | None) -> None:
        self.presenter.on_response_chosen(response_id)

    @Slot(object)
    def _on_task(self, row: ResponseRow) -> None:
        self._route(Route("task", row.task_id))

    @Slot(object)
    def _on_correction(self, response_id: bytes) -> None:
        self._route(Route("correction", response_id))

    @Slot(object, object)
    def _on_place_asked(self, suffix: str, options: ExportOptions) -> None:
        form = self.presenter.state.form
        title = form.title if form is not None else ""
        today = formats.today(self._session.now(), self._session.timezone).isoformat()
        self.file_dialogs.save_as(
            translate("Responses", "Export"),
            safe_name(f"{title} {today}{suffix}"),
            lambda target: self.presenter.on_export_asked(
                target if target.suffix else target.with_suffix(suffix), options
            ),
        )

    @Slot()
    def _on_stopped(self) -> None:
        self.presenter.on_export_stopped()

    @Slot()
    def _on_notice_seen(self) -> None:
        self.presenter.on_notice_seen()


class ReadingPart(QObject):
    """The context column for the shell; the table's presenter fills it. Main thread."""

    def __init__(self, column: ReadingColumn) -> None:
        super().__init__()
        self._column = column

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """The table opens it."""

    def on_changed(self, changes: StoreChanges) -> None:
        """The table's presenter hears of it."""

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return ()


class ResponsesFeature:
    """The responses' place: filters, the table, and one response beside it; main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        self.filters = FilterColumn(lambda: formats.today(session.now(), session.timezone))
        reading = ReadingColumn(session.timezone)
        self.reading = ReadingPart(reading)
        self.table = TablePart(session, route, self.filters, reading)
