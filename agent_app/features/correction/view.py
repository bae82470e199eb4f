"""The panel of a correction, which slides over the work column."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.correction import model
from agent_app.features.correction.presenter import CorrectionPresenter
from agent_app.features.correction.state import CorrectionState, Phase
from agent_app.ports import KeyBinding, Route, SealedFiles
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.forms.view import FormView
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight


class CorrectionFeature(QObject):
    """Main thread. ``widget`` is laid over the work column by the shell."""

    def __init__(self, session: DeskSession, files: SealedFiles, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._session, self._route = session, route
        self._done = True
        self.column = WorkColumn()
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._banner = Banner()
        self._frozen = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._empty = EmptyState("", icon="clipboard-text")
        self._saved = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._later = Button(translate("Correction", "Later"))
        self._drop = Button(translate("Correction", "Let it be"), Kind.QUIET)
        self._save = Button(translate("Correction", "Save edition"), Kind.PRIMARY, key="Ctrl S")
        self.presenter = CorrectionPresenter(session, files, self._draw)
        self.form = FormView(self.presenter, self.column, session.timezone)
        self._lay_out()
        self._later.clicked.connect(self._on_later)
        self._drop.clicked.connect(self._on_drop)
        self._save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        self.column.setAccessibleName(translate("Correction", "Correct answers"))
        self.column.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column.header.line.addWidget(self._title, 1)
        for thing in (self._banner, self._frozen, self.form):
            self.column.body.addWidget(thing)
        self.column.body.addWidget(self._empty, 1)
        self.column.body.addStretch(0)
        self.column.set_footer_shown(True)
        footer = self.column.footer.line
        footer.addWidget(self._later)
        footer.addWidget(self._drop)
        footer.addStretch(1)
        footer.addWidget(self._saved)
        footer.addWidget(self._save)

    @property
    def widget(self) -> QWidget:
        return self.column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Correct the answers that this edition belongs to."""
        self._done = False
        self.presenter.open(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("correction.save", "Ctrl+S", translate("Correction", "Save edition"), self._on_save),
        )

    def _draw(self, state: CorrectionState) -> None:
        if state.phase is Phase.DONE:
            if not self._done:
                self._done = True
                self._route(Route("guide"))
            return
        tz = self._session.timezone
        self._title.setText(model.title(state))
        words = error_text(state.error, state.error_values, state.now, tz) if state.error else ""
        self._banner.say(words, Tone.DANGER, closable=False)
        self._frozen.setText(model.frozen_words(state))
        form = state.form
        if form is not None:
            self.form.show_state(form, state.now)
        else:
            self.column.show_beside(False)
        self.form.setVisible(form is not None)
        empty = model.empty_words(state)
        self._empty.setVisible(empty is not None)
        if empty is not None:
            self._empty.say(*empty)
        self._save.setVisible(form is not None)
        self._drop.setVisible(form is not None)
        self._saved.setText(formats.saved_here(state.saved_at, tz))

    @Slot()
    def _on_later(self) -> None:
        self.form.flush()
        self.presenter.on_left()

    @Slot()
    def _on_drop(self) -> None:
        self.presenter.on_let_be()

    @Slot()
    def _on_save(self) -> None:
        self.form.flush()
        self.presenter.on_save()
