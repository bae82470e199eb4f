"""One form: its versions, and what is new in the one that is chosen."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from agent_app.features.forms.model.changes import summary
from agent_app.features.forms.model.lines import trouble_words, version_columns
from agent_app.features.forms.state import FormsState
from agent_app.features.forms.view.changes import ChangeList
from agent_app.features.forms.view.dropping import dropped_files
from agent_app.store.queries.forms import FormLine, VersionLine
from agent_app.ui import theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, column, row
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.row_views import RowTable
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import Tone, TypeRole, Weight

MOST_VERSIONS = 7
"""Lines of the table before it scrolls."""


class FormDetail(WorkColumn):
    """Signals: ``version_chosen(id)``, ``try_asked()``, ``file_asked()``, ``stopped()``, ``responses_asked()``,
    ``trouble_seen()``, ``files_dropped(paths)``."""

    version_chosen = Signal(object)
    try_asked = Signal()
    file_asked = Signal()
    stopped = Signal()
    responses_asked = Signal()
    trouble_seen = Signal()
    files_dropped = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._fetching = False
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._code = Text("", quiet=True, selectable=True)
        self._try = Button(translate("Forms", "Try it"), Kind.PRIMARY, key="Alt T")
        self._answers = Button(translate("Forms", "Responses"), key="Alt R")
        self._export = Button(translate("Forms", "Save the file"), key="Alt E")
        self._banner = Banner()
        self._plans = Paragraph("", quiet=True)
        self._model: TableModel[VersionLine] = TableModel(self._want, version_columns(0, timezone), self)
        self._table = RowTable(translate("Forms", "Versions"), self._model)
        self._changed = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._summary = Text("", quiet=True)
        self._changes = ChangeList()
        self._card = Card(row(self._changed, 1, self._summary), self._changes, gap=12)
        self._empty = EmptyState(
            translate("Forms", "No form is chosen"),
            translate("Forms", "Choose one in the list, or drop a workbook here to import it."),
            icon="clipboard-text",
        )
        self._lay_out()
        self.setAcceptDrops(True)
        self._table.rows_chosen.connect(self._on_rows)
        self._try.clicked.connect(self.try_asked)
        self._answers.clicked.connect(self.responses_asked)
        self._export.clicked.connect(self._on_export)
        self._banner.dismissed.connect(self.trouble_seen)

    def _lay_out(self) -> None:
        named = column(self._title, self._code, gap=0)
        self.header.line.addLayout(named, 1)
        for button in (self._answers, self._export, self._try):
            self.header.line.addWidget(button)
        for thing in (self._banner, self._plans, self._table, self._card):
            self.body.addWidget(thing)
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(0)

    def draw(self, state: FormsState) -> None:
        """Show the form that is chosen."""
        form = state.form
        self._draw_head(state, form)
        self._say(state)
        self._table.setVisible(form is not None)
        self._plans.setVisible(form is not None)
        self._empty.setVisible(form is None and state.loaded)
        self._draw_versions(state)
        self._draw_changes(state)

    def _draw_head(self, state: FormsState, form: FormLine | None) -> None:
        version = state.version_line
        self._fetching = state.fetching
        self._title.setText(form.title if form is not None else translate("Forms", "Forms"))
        told = "" if form is None else form.code
        self._code.setText(f"{told} · {version.version}" if version is not None else told)
        self._export.set_words(
            translate("Forms", "Stop") if state.fetching else translate("Forms", "Save the file")
        )
        for button in (self._try, self._export):
            button.setVisible(version is not None)
        self._answers.setVisible(form is not None)
        plans = "" if form is None else translate("Forms", ", ").join(form.plans)
        self._plans.set_words(
            translate("Forms", "Used by: {plans}").format(plans=plans)
            if plans
            else translate("Forms", "No plan uses this form.")
        )

    def _draw_versions(self, state: FormsState) -> None:
        lines = {line.id: line for line in state.versions}
        self._model.set_columns(version_columns(state.now, self._tz))
        self._model.set_ids(tuple(lines))
        self._model.put_rows(lines)
        rows = min(max(len(lines), 1), MOST_VERSIONS) + 1
        self._table.setFixedHeight(rows * theme.row_height() + 4)
        place = self._model.place_of(state.version) if state.version is not None else None
        if place is not None and self._table.chosen() != (state.version,):
            self._table.selectRow(place)

    def _draw_changes(self, state: FormsState) -> None:
        version, earlier = state.version_line, state.earlier
        self._card.setVisible(version is not None and earlier is not None)
        if version is None or earlier is None:
            return
        self._changed.setText(
            translate("Forms", "What changed from {before} to {after}").format(
                before=earlier.version, after=version.version
            )
        )
        changes = state.changes or ()
        nothing = translate("Forms", "Nothing that a reader would see") if state.changes is not None else "…"
        self._summary.setText(summary(changes) or nothing)
        self._changes.draw(changes)

    def _say(self, state: FormsState) -> None:
        if state.trouble is not None:
            words, tone = trouble_words(state.trouble, state.now, self._tz)
        elif state.saved:
            words, tone = translate("Forms", "Saved as {name}").format(name=state.saved), Tone.SUCCESS
        elif state.fetching:
            words, tone = translate("Forms", "Fetching the file…"), Tone.ACCENT
        else:
            words, tone = "", Tone.ACCENT
        self._banner.say(words, tone)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_files(event))

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_rows(self, ids: tuple[bytes, ...]) -> None:
        if ids:
            self.version_chosen.emit(ids[0])

    @Slot()
    def _on_export(self) -> None:
        if self._fetching:
            self.stopped.emit()
        else:
            self.file_asked.emit()
