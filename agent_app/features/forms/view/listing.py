"""The list of the company's forms."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.features.forms.model.lines import form_line
from agent_app.features.forms.state import FormsState
from agent_app.store.queries.forms import FormLine
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.panels import ListColumn
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel


class FormList(ListColumn):
    """Signals: ``seen(bool)`` as the place comes and goes, ``chosen(id)`` by mouse or arrow keys,
    ``import_asked()``."""

    chosen = Signal(object)
    import_asked = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(translate("Forms", "Forms"), parent)
        self._tz = timezone
        self._now = 0
        self._model: ListModel[FormLine] = ListModel(self._want, self._line, self)
        self.rows = RowList(translate("Forms", "Forms"), self._model)
        self._import = Button(
            translate("Forms", "Import a workbook"), Kind.SECONDARY, icon="upload-simple", key="Alt I"
        )
        self._empty = EmptyState(
            translate("Forms", "No forms yet"),
            translate("Forms", "Import a workbook (XLSForm); it is checked before anything is published."),
            icon="clipboard-text",
        )
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        self.add(self._import)
        self.set_body(self._body)
        self.rows.row_chosen.connect(self._on_chosen)
        self._import.clicked.connect(self.import_asked)

    def draw(self, state: FormsState) -> None:
        """Show the forms."""
        self._now = state.now
        lines = {form.id: form for form in state.forms}
        self.set_title(translate("Forms", "Forms"), str(len(lines)) if state.loaded else "")
        self._model.set_ids(tuple(lines))
        self._model.put_rows(lines)
        self.rows.choose(state.chosen)
        self._body.setCurrentWidget(self.rows if lines or not state.loaded else self._empty)

    def _line(self, form: FormLine) -> TwoLine:
        return form_line(form, self._now, self._tz)

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_chosen(self, form_id: bytes | None) -> None:
        if form_id is not None:
            self.chosen.emit(form_id)
