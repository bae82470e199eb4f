"""The list of the company's forms."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.features.forms.model.lines import form_line
from agent_app.features.forms.state import FormsState
from agent_app.store.queries.forms import FormLine
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.rows import TwoLine
from agent_app.ui.whole_list import WholeList


class FormList(WholeList[FormLine]):
    """Signals: ``seen(bool)`` as the place comes and goes, ``chosen(id)`` by mouse or arrow keys,
    ``import_asked()``."""

    import_asked = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        self._tz = timezone
        self._now = 0
        self._import = Button(
            translate("Forms", "Import a workbook"), Kind.SECONDARY, icon="upload-simple", key="Alt I"
        )
        empty = EmptyState(
            translate("Forms", "No forms yet"),
            translate("Forms", "Import a workbook (XLSForm); it is checked before anything is published."),
            icon="clipboard-text",
        )
        title = translate("Forms", "Forms")
        super().__init__(title, title, self._line, empty, (self._import,), parent)
        self._import.clicked.connect(self.import_asked)

    def draw(self, state: FormsState) -> None:
        """Show the forms."""
        self._now = state.now
        lines = {form.id: form for form in state.forms}
        self.set_title(translate("Forms", "Forms"), str(len(lines)) if state.loaded else "")
        self.show_rows(lines, state.chosen, loaded=state.loaded)

    def _line(self, form: FormLine) -> TwoLine:
        return form_line(form, self._now, self._tz)
