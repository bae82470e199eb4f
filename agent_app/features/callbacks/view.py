"""The callback's panel (F9), which slides over the work column."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.callbacks.presenter import CallbackPresenter
from agent_app.features.callbacks.state import CallbackState
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import TextArea
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.moment_field import MomentField, moment_words, quick_words
from agent_app.ui.slide_panel import SlidePanel
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import with_whom_label
from server_sync.domain.errors import ErrorKind

_HALF_TYPED = (ErrorKind.FIELD_MISSING, ErrorKind.FIELD_INVALID)


class CallbackFeature(QObject):
    """Main thread. ``widget`` is laid over the work column by the shell."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._session = session
        self._state = CallbackState()
        self._panel = SlidePanel(translate("Callback", "Book a callback"))
        self._banner = Banner()
        self._moment = MomentField(translate("Callback", "Time agreed"))
        whom = [(code, with_whom_label(code)) for code in ("respondent", "other")]
        self._whom = ChoiceRow(translate("Callback", "With whom"), whom)
        self._note = TextArea(translate("Callback", "Note"))
        self._back = Button(translate("Callback", "Back"), key="Esc")
        self._book = Button(translate("Callback", "Promise it"), Kind.PRIMARY, key="Ctrl ↵")
        self.presenter = CallbackPresenter(session, route, self._draw)
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        body = self._panel.body
        title = Text(translate("Callback", "Book a callback"), TypeRole.TITLE, weight=Weight.MEDIUM)
        owner = translate("Callback", "You call back yourself and are reminded before.")
        body.addLayout(row(title, Text(owner, TypeRole.SMALL, quiet=True), 1, gap=12))
        body.addWidget(self._banner)
        body.addWidget(Card(Text(translate("Callback", "Call back at *"), TypeRole.TITLE), self._moment))
        body.addWidget(Card(Text(translate("Callback", "With whom"), TypeRole.TITLE), self._whom))
        body.addWidget(Card(Text(translate("Callback", "Note"), TypeRole.TITLE), self._note))
        body.addStretch(1)
        footer = self._panel.footer.line
        footer.addWidget(self._back)
        footer.addStretch(1)
        footer.addWidget(self._book)

    def _join(self) -> None:
        self._panel.back_asked.connect(self._on_back)
        self._panel.shown.connect(self._start)
        self._panel.confirmed.connect(self._on_book)
        self._moment.edited.connect(self._on_when_typed)
        self._moment.picked.connect(self._on_when_picked)
        self._whom.answered.connect(self._on_whom)
        self._back.clicked.connect(self._on_back)
        self._book.clicked.connect(self._on_book)

    @property
    def widget(self) -> QWidget:
        return self._panel

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Ask for a time for this task."""
        self._note.set_text("")
        self.presenter.open(item)

    def on_changed(self, changes: StoreChanges) -> None:
        """What is being typed does not depend on the store."""

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        """Its keys are the panel's own (Esc, Ctrl+Enter)."""
        return ()

    def _draw(self, state: CallbackState) -> None:
        before, self._state = self._state, state
        tz = self._session.timezone
        error = "" if state.error is None else error_text(state.error, state.error_values, state.now, tz)
        standing = ""
        if state.booked_at is not None:
            words = translate("Callback", "{moment} is promised already; a new time replaces it.")
            standing = words.format(moment=formats.moment(state.booked_at, state.now, tz))
        self._banner.say(error or standing, Tone.DANGER if error else Tone.ACCENT, closable=False)
        self._moment.offer([(at, quick_words(at, state.now, tz)) for at in state.quick])
        meant = moment_words(state.when.at, state.now, tz)
        self._moment.show_moment(state.when_text, state.when.at, meant, self._wrong(state))
        self._whom.set_answer([state.with_whom])
        self._book.setEnabled(state.loaded and not state.saving)
        if state.loaded and (not before.loaded or (state.asked and not before.asked)):
            self._moment.start()

    def _wrong(self, state: CallbackState) -> str:
        """What is wrong with the time; while it is half typed, nothing yet."""
        fault, tz = state.when.fault, self._session.timezone
        if fault is not None and (state.asked or fault not in _HALF_TYPED):
            return error_text(fault, state.when.values, state.now, tz)
        if state.asked and state.when.at is None:
            return error_text(ErrorKind.CALLBACK_REQUIRED, {}, state.now, tz)
        return ""

    @Slot()
    def _start(self) -> None:
        if self._state.loaded:
            self._moment.start()

    @Slot(object)
    def _on_when_typed(self, text: str) -> None:
        self.presenter.on_when_typed(text)

    @Slot(object)
    def _on_when_picked(self, at: int) -> None:
        self.presenter.on_when_picked(at)

    @Slot(object)
    def _on_whom(self, codes: tuple[str, ...]) -> None:
        self.presenter.on_with_whom_chosen(codes[0])
        self._note.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_back(self) -> None:
        self.presenter.on_back()

    @Slot()
    def _on_book(self) -> None:
        self.presenter.on_book(self._note.text())
