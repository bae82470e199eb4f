"""The column of visits."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.visits import model
from agent_app.features.visits.presenter import VisitsPresenter
from agent_app.features.visits.state import Span, VisitsState
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.visits import Visit
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import Tone, TypeRole


class VisitsFeature(QObject):
    """Main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._session = session
        self.presenter = VisitsPresenter(session, route, self._draw)
        self._column = ListColumn(translate("Visits", "Visits"))
        self._spans = Segments(translate("Visits", "Which days"), model.spans())
        self._held = Paragraph("", TypeRole.SMALL, quiet=True)
        self._banner = Banner()
        self._model: ListModel[Visit] = ListModel(self._want_rows, self._line, self)
        self._list = RowList(translate("Visits", "Visits"), self._model)
        self._visits: dict[bytes, Visit] = {}
        self._opened: bytes | None = None
        self._empty = EmptyState("", icon="map-pin")
        self._body = QStackedWidget()
        for page in (self._list, self._empty):
            self._body.addWidget(page)
        for thing in (self._spans, self._held, self._banner):
            self._column.add(thing)
        self._column.set_body(self._body)
        self._spans.chosen.connect(self._on_span)
        self._list.row_opened.connect(self._on_opened)
        self._list.clicked.connect(self._on_clicked)

    @property
    def widget(self) -> QWidget:
        return self._column

    def start(self) -> None:
        """Load the visits."""
        self.presenter.start()

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this visit as chosen; "next": open the next one that is left."""
        if detail == "next":
            self.presenter.on_next()
        else:
            self.presenter.on_opened_elsewhere(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self.presenter.on_tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("visits.next", "Ctrl+F2", translate("Visits", "Next visit"), self.presenter.on_next),
        )

    def _draw(self, state: VisitsState) -> None:
        left = sum(visit.is_left for visit in state.shown.visits)
        count = f"{left} / {len(state.shown.visits)}" if state.loaded else ""
        self._column.set_title(
            translate("Visits", "Visits"), count, model.left_words(state.shown), Tone.WARNING
        )
        self._spans.set_code(state.span)
        self._held.set_words(model.held_words(state.shown, state.now, self._session.timezone))
        nothing = translate("Visits", "No visit is left in these days.")
        self._banner.say(nothing if state.nothing_left else "")
        known, self._visits = self._visits, {visit.id: visit for visit in state.shown.visits}
        self._model.set_ids(tuple(self._visits))
        self._model.put_rows(self._visits)
        if state.chosen != self._opened or self._list.chosen() is None or known.keys() != self._visits.keys():
            self._opened = state.chosen
            self._list.choose(state.chosen)
        self._empty.say(
            translate("Visits", "No visits in these days"),
            translate(
                "Visits",
                "Visits that a plan or your supervisor hands out appear here, also without the network.",
            ),
        )
        self._body.setCurrentWidget(self._list if self._visits or not state.loaded else self._empty)

    def _line(self, visit: Visit) -> TwoLine:
        return model.visit_line(visit, self._session.now(), self._session.timezone)

    def _want_rows(self, ids: Sequence[bytes]) -> None:
        self._model.put_rows({one: self._visits[one] for one in ids if one in self._visits})

    @Slot(object)
    def _on_span(self, code: str) -> None:
        self.presenter.on_span_chosen(Span(code))

    @Slot(object)
    def _on_opened(self, row_id: bytes) -> None:
        self.presenter.on_chosen(row_id)

    @Slot()
    def _on_clicked(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.presenter.on_chosen(chosen)
