"""An import: what the check found row by row, what publishing would change, and the button that does it."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from agent_app.features.forms.model.changes import summary
from agent_app.features.forms.model.findings import finding_columns, whole_words
from agent_app.features.forms.model.lines import import_words, standing_words, trouble_words, waiting_words
from agent_app.features.forms.state import ImportState, Phase, Standing
from agent_app.features.forms.view.changes import ChangeList
from agent_app.features.forms.view.dropping import dropped_files
from agent_app.ui import theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.feedback import Banner, Skeleton
from agent_app.ui.fields import Field, TextArea, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.row_views import RowTable
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.wire.forms import FindingTold

MOST_LINES = 12
"""Lines of the table of findings before it scrolls."""


class ImportColumn(WorkColumn):
    """Signals: ``closed()``, ``another_asked()``, ``again_asked()``, ``try_asked()``, ``code_given(text)``,
    ``publish_asked(note)``, ``files_dropped(paths)``."""

    closed = Signal()
    another_asked = Signal()
    again_asked = Signal()
    try_asked = Signal()
    code_given = Signal(object)
    publish_asked = Signal(object)
    files_dropped = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._now = 0
        self._back = Button(translate("Forms", "Back"), icon="arrow-left", key="Esc")
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._status = Text("", keep=True)
        self._another = Button(translate("Forms", "Check another file"), key="Alt I")
        self._again = Button(translate("Forms", "Check again"), icon="arrow-counter-clockwise", key="Alt C")
        self._try = Button(translate("Forms", "Try it"), key="Alt T")
        self._publish = Button(translate("Forms", "Publish"), Kind.PRIMARY, key="Alt P")
        self._banner = Banner()
        self._skeleton = Skeleton(6)
        self._model: TableModel[FindingTold] = TableModel(self._want, finding_columns(), self)
        self.findings = RowTable(translate("Findings", "Findings"), self._model)
        self._whole = Text("", quiet=True, wrap=True)
        self._standing = Text("", TypeRole.TITLE, weight=Weight.MEDIUM, wrap=True)
        self._waiting = Text("", quiet=True, wrap=True)
        self._code = TextField("", translate("Forms", "Code"))
        self._note = TextArea("", translate("Forms", "What is new in this version?"), lines=2)
        self._summary = Text("", quiet=True, wrap=True)
        self._changes = ChangeList()
        fields = row(
            Field(translate("Forms", "Code"), self._code),
            Field(translate("Forms", "What is new"), self._note),
            gap=16,
        )
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        self._card = Card(self._standing, self._waiting, fields, self._summary, self._changes, gap=10)
        self._lay_out()
        self.setAcceptDrops(True)
        self._back.clicked.connect(self.closed)
        self._another.clicked.connect(self.another_asked)
        self._again.clicked.connect(self.again_asked)
        self._try.clicked.connect(self.try_asked)
        self._publish.clicked.connect(self.publish)
        self._code.editingFinished.connect(self._on_code)
        self.findings.rows_chosen.connect(self._on_finding)

    def _lay_out(self) -> None:
        line = self.header.line
        line.addWidget(self._back)
        line.addWidget(self._title, 1)
        line.addWidget(self._status)
        for thing in (self._banner, self._skeleton, self.findings, self._whole, self._card):
            self.body.addWidget(thing)
        self.body.addStretch(1)
        foot = self.footer.line
        foot.addWidget(self._another)
        foot.addWidget(self._again)
        foot.addStretch(1)
        foot.addWidget(self._try)
        foot.addWidget(self._publish)
        self.set_footer_shown(True)

    def draw(self, state: ImportState, now: int) -> None:
        """Show an import."""
        self._now = now
        if state.phase is Phase.CHECKING and state.form is None:
            self._note.set_text("")
        self._title.setText(state.file_name)
        words, tone = import_words(state)
        stopped = state.phase is Phase.CHECKING and state.trouble is not None
        self._status.setText("" if stopped else words)
        self._status.set_tone(tone)
        self._banner.say(
            *(trouble_words(state.trouble, now, self._tz) if state.trouble else ("", Tone.ACCENT))
        )
        self._skeleton.setVisible(state.phase is Phase.CHECKING and not stopped)
        self._back.set_words(
            translate("Forms", "Stop")
            if state.phase is Phase.CHECKING and not stopped
            else translate("Forms", "Back")
        )
        self._draw_findings(state)
        self._draw_form(state)
        self._again.setVisible(state.published is None)
        self._again.setEnabled(state.may_check_again)
        self._try.setVisible(state.form is not None)
        self._publish.setVisible(state.form is not None and state.published is None)
        self._publish.setEnabled(state.publishable)

    def _draw_findings(self, state: ImportState) -> None:
        rows = {place.to_bytes(4, "big"): one for place, one in enumerate(state.findings)}
        self._model.set_columns(finding_columns())
        self._model.set_ids(tuple(rows))
        self._model.put_rows(rows)
        self.findings.setVisible(bool(rows))
        self._on_finding(self.findings.chosen())
        self.findings.setFixedHeight((min(len(rows), MOST_LINES) + 1) * theme.row_height() + 4)

    def _draw_form(self, state: ImportState) -> None:
        self._card.setVisible(state.form is not None)
        if state.form is None:
            return
        self._standing.setText(standing_words(state))
        self._standing.set_tone(Tone.DANGER if state.standing is Standing.TAKEN else None)
        self._waiting.setText(waiting_words(state))
        self._waiting.setVisible(bool(self._waiting.text()))
        if not self._code.hasFocus():
            self._code.setText(state.code)
        for editor in (self._code, self._note):
            editor.setEnabled(state.phase is Phase.CHECKED)
        self._summary.setText(summary(state.changes))
        self._summary.setVisible(bool(state.changes))
        self._changes.draw(state.changes)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_files(event))

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot()
    def publish(self) -> None:
        """As if the button were pressed: for the key."""
        if self._publish.isVisible() and self._publish.isEnabled():
            self.publish_asked.emit(self._note.text())

    @Slot(object)
    def _on_finding(self, chosen: tuple[bytes, ...]) -> None:
        """What a line of the table has no room for."""
        found = self._model.row(chosen[0]) if chosen else None
        self._whole.setText("" if found is None else whole_words(found))
        self._whole.setVisible(found is not None)

    @Slot()
    def _on_code(self) -> None:
        self.code_given.emit(self._code.text())
