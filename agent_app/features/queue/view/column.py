"""The queue column."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.queue.model import found_line, queue_line
from agent_app.features.queue.presenter import QueuePresenter
from agent_app.features.queue.state import QueueState
from agent_app.features.queue.view.why import WhyPage
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.queue import QueueFilter, QueueRow
from agent_app.store.queries.search import Found
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.keyboard import KeyboardLoan
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import Tone


class QueueFeature(QObject):
    """Main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._session = session
        self.presenter = QueuePresenter(session, route, self._draw, self._put_rows)
        self._column = ListColumn(translate("Queue", "To call"))
        self._search = SearchField(
            translate("Queue", "Find a customer"),
            translate("Queue", "Name, pinyin, last digits, order"),
            key="F3",
        )
        self._parts = Segments(
            translate("Queue", "Part of the queue"),
            (
                (QueueFilter.ALL, translate("Queue", "All")),
                (QueueFilter.UNDIALLED, translate("Queue", "New")),
                (QueueFilter.UNREACHED, translate("Queue", "Missed")),
                (QueueFilter.REACHED, translate("Queue", "Reached")),
                (QueueFilter.OVERDUE, translate("Queue", "Overdue")),
            ),
        )
        self._model: ListModel[QueueRow] = ListModel(self._want_rows, self._line, self)
        self._list = RowList(translate("Queue", "To call"), self._model)
        self._opened: bytes | None = None
        self._keyboard = KeyboardLoan()
        self._found: dict[bytes, Found] = {}
        self._found_model: ListModel[Found] = ListModel(self._want_found, found_line, self)
        self._found_list = RowList(translate("Queue", "Found"), self._found_model)
        self._empty = EmptyState("", icon="coffee")
        self._banner = Banner()
        self._body = QStackedWidget()
        self._why = WhyPage(session.timezone)
        for page in (self._list, self._found_list, self._empty, self._why):
            self._body.addWidget(page)
        self._column.add(self._search)
        self._column.add(self._parts)
        self._column.add(self._banner)
        self._column.set_body(self._body)
        self._search.searched.connect(self._on_searched)
        self._search.left.connect(self._leave_search)
        self._parts.chosen.connect(self._on_part)
        for rows in (self._list, self._found_list):
            rows.row_opened.connect(self._on_opened)
            rows.clicked.connect(self._on_clicked)

    @property
    def widget(self) -> QWidget:
        return self._column

    def set_foot(self, foot: QWidget) -> None:
        """Beneath the list."""
        self._column.set_foot(foot)

    def start(self) -> None:
        """Load the queue."""
        self.presenter.start()

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this task as chosen; with nothing named, open the next one."""
        if detail == "next":
            self.presenter.on_next()
        else:
            self.presenter.on_opened_elsewhere(item)

    def on_changed(self, changes: StoreChanges) -> None:
        if changes.concerns("task", "customer", "contact_point"):
            self._model.set_stale(self._model.ids())
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        if self.presenter.on_tick(now):
            # What is left of the time stands in every line.
            self._model.set_stale(self._model.ids())

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("queue.next", "F2", translate("Queue", "Next customer"), self.presenter.on_next),
            KeyBinding(
                "queue.why",
                "F12",
                translate("Queue", "Why this one, why now, what keeps the others back"),
                self.presenter.on_why_asked,
            ),
            KeyBinding("queue.search", "F3", translate("Queue", "Find a customer"), self._focus_search),
        )

    def _draw(self, state: QueueState) -> None:
        overdue = translate("Queue", "%n overdue", state.overdue) if state.overdue else ""
        self._column.set_title(
            translate("Queue", "To call"), str(len(state.ids)) if state.loaded else "", overdue, Tone.DANGER
        )
        self._parts.set_code(state.part)
        self._model.set_ids(state.ids)
        # Whoever walks the list by the arrow keys is not taken back by each refresh.
        if state.chosen != self._opened or self._list.chosen() is None:
            self._opened = state.chosen
            self._list.choose(state.chosen)
        self._found = {one.task_id or one.customer_id: one for one in state.found}
        self._found_model.set_ids(tuple(self._found))
        self._found_model.put_rows(self._found)
        if state.wrap_up_first:
            words = translate(
                "Queue", "This call waits for its wrap-up (F8); the next customer comes after it."
            )
            self._banner.say(words, Tone.WARNING)
        else:
            nothing = translate("Queue", "Nothing can be called right now; the rest waits for its time.")
            self._banner.say(nothing if state.nothing_ready else "")
        self._show_page(state)

    def _show_page(self, state: QueueState) -> None:
        if state.searched and not state.found:
            self._empty.say(
                translate("Queue", "Nobody found"),
                translate(
                    "Queue", "Try another piece of the name, its pinyin or initials, or the last digits."
                ),
            )
        elif not state.ids:
            self._empty.say(
                translate("Queue", "Nothing to call"),
                translate(
                    "Queue", "New tasks appear here as soon as a plan or your supervisor hands them out."
                ),
            )
        if state.explaining and not state.searched:
            self._why.show_why(state.why, len(state.ids), state.now)
            self._body.setCurrentWidget(self._why)
            return
        empty = not state.found if state.searched else state.loaded and not state.ids
        page = self._found_list if state.searched else self._list
        self._search.set_next(page)
        self._body.setCurrentWidget(self._empty if empty else page)

    def _line(self, row: QueueRow) -> TwoLine:
        return queue_line(row, self._session.now(), self._session.timezone)

    def _want_rows(self, ids: Sequence[bytes]) -> None:
        self.presenter.on_rows_wanted(ids)

    def _want_found(self, ids: Sequence[bytes]) -> None:
        self._found_model.put_rows({one: self._found[one] for one in ids if one in self._found})

    def _put_rows(self, rows: Mapping[bytes, QueueRow]) -> None:
        self._model.put_rows(rows)

    def _focus_search(self) -> None:
        self._keyboard.take(self._search)
        self._search.selectAll()

    @Slot()
    def _leave_search(self) -> None:
        """Back to where one was before one searched, at least to the list."""
        if not self._keyboard.give_back():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        self.presenter.on_searched(text)

    @Slot(object)
    def _on_part(self, code: str) -> None:
        self.presenter.on_filter_chosen(QueueFilter(code))

    @Slot(object)
    def _on_opened(self, row_id: bytes) -> None:
        self.presenter.on_chosen(row_id)

    @Slot()
    def _on_clicked(self) -> None:
        chosen = (
            self._list.chosen() if self._body.currentWidget() is self._list else self._found_list.chosen()
        )
        if chosen is not None:
            self.presenter.on_chosen(chosen)
