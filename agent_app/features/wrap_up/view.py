"""The wrap-up's panel, which slides over the work column."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.wrap_up import model
from agent_app.features.wrap_up.presenter import WrapUpPresenter
from agent_app.features.wrap_up.state import Part, WrapUpState
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, clear, row
from agent_app.ui.choices import NUMBERS, ChoiceRow
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import TextArea
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.moment_field import MomentField, moment_words, quick_words
from agent_app.ui.slide_panel import SlidePanel
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.model import Channel

TYPING_PAUSE_MS = 400


class WrapUpFeature(QObject):
    """Main thread. ``widget`` is laid over the work column by the shell."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._session = session
        self._state = WrapUpState()
        self._panel = SlidePanel(translate("WrapUp", "Wrap-up"))
        self._collected = Text("", TypeRole.SMALL, quiet=True)
        self._banner = Banner()
        self._branches = {
            channel: ChoiceRow(translate("WrapUp", "Result"), model.branches(channel)) for channel in Channel
        }
        self._result_title = Text("", TypeRole.SMALL, quiet=True)
        self._codes: ChoiceRow | None = None
        self._codes_of: str | None = None
        self._codes_place = QVBoxLayout()
        self._path = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._again = Button(translate("WrapUp", "Choose again"), Kind.QUIET, key="Esc", small=True)
        self._path_line = QWidget()
        self._result_wrong = Text("", TypeRole.SMALL, tone=Tone.DANGER)
        self._effect_picture = Picture("arrow-clockwise", tone=Tone.ACCENT)
        self._effect = Text("", wrap=True)
        self._effect_line = QWidget()
        self._moment = MomentField(translate("WrapUp", "Time agreed"))
        self._moment_card = Card(Text(translate("WrapUp", "Call back at *"), TypeRole.TITLE), self._moment)
        self._scopes = ChoiceRow(translate("WrapUp", "Not to be called for"), model.scopes())
        self._scope_wrong = Text("", TypeRole.SMALL, tone=Tone.DANGER)
        self._note = TextArea(translate("WrapUp", "Note"), lines=3)
        self._note_wrong = Text("", TypeRole.SMALL, tone=Tone.DANGER)
        self._note_title = Text("", TypeRole.TITLE)
        self._saved = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._back = Button(translate("WrapUp", "Back"), key="Esc")
        self._save = Button(translate("WrapUp", "Save"), key="Ctrl S")
        self._save_next = Button(translate("WrapUp", "Save, next customer"), Kind.PRIMARY, key="Ctrl ↵")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self.presenter = WrapUpPresenter(session, route, self._draw)
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        body = self._panel.body
        title = Text(translate("WrapUp", "Wrap-up"), TypeRole.TITLE, weight=Weight.MEDIUM)
        body.addLayout(row(title, self._collected, 1, gap=12))
        body.addWidget(self._banner)
        line = row(self._effect_picture, self._effect, gap=8)
        line.setStretch(1, 1)
        self._effect_line.setLayout(line)
        path = row(self._path, 1, self._again)
        self._path_line.setLayout(path)
        self._codes_place.setContentsMargins(0, 0, 0, 0)
        result = Card(
            self._result_title,
            self._path_line,
            *self._branches.values(),
            self._codes_place,
            self._result_wrong,
            self._effect_line,
            gap=8,
        )
        scope_title = Text(translate("WrapUp", "Not to be called any more for *"), TypeRole.TITLE)
        self._scope_card = Card(scope_title, self._scopes, self._scope_wrong)
        self._note_card = Card(self._note_title, self._note, self._note_wrong)
        for card in (result, self._moment_card, self._scope_card, self._note_card):
            body.addWidget(card)
        body.addStretch(1)
        footer = self._panel.footer.line
        footer.addWidget(self._back)
        footer.addStretch(1)
        for thing in (self._saved, self._save, self._save_next):
            footer.addWidget(thing)

    def _join(self) -> None:
        presenter = self.presenter
        self._panel.back_asked.connect(self._on_back)
        self._panel.shown.connect(self._start)
        self._panel.confirmed.connect(self._on_save_next)
        self._panel.key_pressed.connect(self._on_key)
        for row_of_branches in self._branches.values():
            row_of_branches.answered.connect(self._on_chosen)
        self._scopes.answered.connect(self._on_scope)
        self._moment.edited.connect(presenter.on_when_typed)
        self._moment.picked.connect(presenter.on_when_picked)
        self._note.edited.connect(self._on_note_edited)
        self._pause.timeout.connect(self._give_note)
        self._again.clicked.connect(self._on_back)
        self._back.clicked.connect(self._on_left)
        self._save.clicked.connect(self._on_save)
        self._save_next.clicked.connect(self._on_save_next)

    @property
    def widget(self) -> QWidget:
        return self._panel

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Wrap up this task's call; ``detail`` is a result chosen beforehand."""
        self._pause.stop()
        self.presenter.open(item, detail if isinstance(detail, str) else None)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding(
                "wrap_up.save_next",
                "Ctrl+Return",
                translate("WrapUp", "Save, next customer"),
                self._on_save_next,
            ),
            KeyBinding("wrap_up.save", "Ctrl+S", translate("WrapUp", "Save"), self._on_save),
        )

    def _draw(self, state: WrapUpState) -> None:
        before, self._state = self._state, state
        tz = self._session.timezone
        words = {part: model.wrong_words(part, state.wrong.get(part), state, tz) for part in Part}
        self._collected.setText(model.collected_words(state) if state.loaded else "")
        if words[Part.WHOLE]:
            self._banner.say(words[Part.WHOLE], Tone.DANGER, closable=False)
        else:
            self._banner.say(*model.advice(state), closable=False)
        self._draw_tree(state, words[Part.RESULT])
        self._effect.setText(model.effect_words(state, tz))
        self._effect_picture.set_picture(*model.effect_look(state))
        self._effect_line.setVisible(state.effect is not None)
        self._moment_card.setVisible(state.asks_when)
        quick = [(at, quick_words(at, state.now, tz)) for at in state.quick]
        self._moment.offer(quick)
        when_wrong = words[Part.WHEN] or model.when_wrong_words(state, tz)
        self._moment.show_moment(
            state.when_text, state.when.at, moment_words(state.when.at, state.now, tz), when_wrong
        )
        self._scope_card.setVisible(state.asks_scope)
        self._scopes.set_answer([] if state.scope is None else [state.scope])
        note = translate("WrapUp", "Note")
        self._note_title.setText(f"{note} *" if state.needs_note else note)
        if (state.note != before.note or state.task_id != before.task_id) and not self._pause.isActive():
            self._note.set_text(state.note)
        self._note.set_invalid(bool(words[Part.NOTE]))
        for place, part in ((self._note_wrong, Part.NOTE), (self._scope_wrong, Part.SCOPE)):
            place.setText(words[part])
            place.setVisible(bool(words[part]))
        self._saved.setText(formats.saved_here(state.saved_at, tz))
        for button in (self._save, self._save_next):
            button.setEnabled(state.loaded and not state.saving)
        if state.code != before.code or state.loaded != before.loaded or state.branch != before.branch:
            self._start()
        elif state.wrong and state.wrong != before.wrong:
            self._go_to_wrong(next(iter(state.wrong)))

    def _draw_tree(self, state: WrapUpState, wrong: str) -> None:
        self._result_title.setText(model.result_words(state))
        self._path.setText(model.path_words(state))
        self._path_line.setVisible(state.branch is not None)
        self._back.set_key("Esc" if state.branch is None else "")
        for channel, branches in self._branches.items():
            branches.set_answer([])
            branches.setVisible(state.branch is None and channel == state.channel)
        if self._codes_of != state.branch:
            clear(self._codes_place)
            self._codes, self._codes_of = None, state.branch
            if state.codes:
                self._codes = ChoiceRow(translate("WrapUp", "Result in detail"), model.codes(state))
                self._codes.answered.connect(self._on_chosen)
                self._codes_place.addWidget(self._codes)
        if self._codes is not None:
            self._codes.set_answer([])
            self._codes.setVisible(state.code is None)
        self._scopes.set_caps(NUMBERS if state.asks_scope and state.scope is None else "")
        self._result_wrong.setText(wrong)
        self._result_wrong.setVisible(bool(wrong))

    @Slot()
    def _start(self) -> None:
        """Give the keyboard to what comes next."""
        state = self._state
        if not self._panel.isVisible():
            return
        if state.asks_when and state.when.at is None:
            self._moment.start()
        elif state.needs_note and not state.asks_scope and not state.note.strip():
            self._note.setFocus()
        else:
            self._panel.setFocus()

    def _go_to_wrong(self, part: Part) -> None:
        if part is Part.NOTE:
            self._note.setFocus()
            self._panel.reveal(self._note_card)
        elif part is Part.WHEN:
            self._moment.start()
            self._panel.reveal(self._moment_card)
        else:
            self._panel.setFocus()

    @Slot(object)
    def _on_key(self, cap: str) -> None:
        """A number key that no field wanted: for the level of the tree that is open, or the scope."""
        state = self._state
        if state.branch is None:
            self._branches[Channel(state.channel)].press_key(cap)
        elif state.code is None and self._codes is not None:
            self._codes.press_key(cap)
        elif state.asks_scope and state.scope is None:
            self._scopes.press_key(cap)

    @Slot(object)
    def _on_chosen(self, codes: tuple[str, ...]) -> None:
        self.presenter.on_chosen(codes[0])

    @Slot(object)
    def _on_scope(self, codes: tuple[str, ...]) -> None:
        self.presenter.on_scope_chosen(codes[0])
        self._note.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._give_note()
        self.presenter.on_back()

    @Slot()
    def _on_left(self) -> None:
        self._give_note()
        self.presenter.on_left()

    @Slot(object)
    def _on_note_edited(self, text: str) -> None:
        self._pause.start()

    @Slot()
    def _give_note(self) -> None:
        self._pause.stop()
        self.presenter.on_note_typed(self._note.text())

    @Slot()
    def _on_save(self) -> None:
        self._finish(then_next=False)

    @Slot()
    def _on_save_next(self) -> None:
        self._finish(then_next=True)

    def _finish(self, *, then_next: bool) -> None:
        if self._panel.isVisible():
            self._give_note()
            self.presenter.on_save(then_next=then_next)
