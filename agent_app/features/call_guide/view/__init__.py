"""The work column as the shell lays it out; its head and its last card stand beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.call_guide import model
from agent_app.features.call_guide.presenter import CallGuidePresenter
from agent_app.features.call_guide.state import CallGuideState, CallPhase, GuidePhase, StartingOver
from agent_app.features.call_guide.view.check_in import CheckInCard
from agent_app.features.call_guide.view.header import HeaderBar
from agent_app.features.call_guide.view.read_back import ReadBackCard
from agent_app.ports import Dialler, KeyBinding, Lack, Positions, Route, SealedFiles
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState, Skeleton
from agent_app.ui.forms.state import FormState
from agent_app.ui.forms.view import FormView
from agent_app.ui.i18n import translate
from agent_app.ui.keyboard import typing
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole


class CallGuideFeature(QObject):
    """Main thread. ``column`` is where wrap-up and callback slide over the guide."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        dialler: Dialler,
        files: SealedFiles,
        positions: Callable[[], Positions | Lack],
    ) -> None:
        super().__init__()
        self._session = session
        self._state = CallGuideState()
        self.column = WorkColumn()
        self._header = HeaderBar(session.timezone)
        self._banner = Banner()
        self._check_in = CheckInCard()
        self._read_back = ReadBackCard()
        self._skeleton = Skeleton()
        self._empty = EmptyState("", icon="phone")
        self._back = Button(translate("CallGuide", "Back"), key="⇧ ↵")
        self._next = Button(translate("CallGuide", "Next"), key="↵")
        self._mode = Text("", TypeRole.SMALL, quiet=True)
        self._stop_words = translate("CallGuide", "Stop")
        self._saved = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._finish = Button(translate("CallGuide", "Wrap up"), Kind.PRIMARY, key="F8")
        self.presenter = CallGuidePresenter(
            session,
            route,
            dialler,
            lambda facts: model.prefill(facts, session.timezone),
            files,
            positions,
            self._draw,
        )
        self.form = FormView(self.presenter, self.column, session.timezone)
        self._lay_out()
        self._join()
        self._draw(self._state)

    def _lay_out(self) -> None:
        self.column.setAccessibleName(translate("CallGuide", "Call"))
        self.column.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column.header.line.addWidget(self._header)
        for thing in (self._banner, self._check_in, self.form, self._read_back, self._skeleton):
            self.column.body.addWidget(thing)
        self.column.body.addWidget(self._empty, 1)
        self.column.body.addStretch(0)
        footer = self.column.footer.line
        footer.addWidget(self._back)
        footer.addWidget(self._next)
        footer.addStretch(1)
        footer.addWidget(self._mode)
        footer.addWidget(self._saved)
        footer.addWidget(self._finish)

    def _join(self) -> None:
        presenter = self.presenter
        self._header.dial_asked.connect(self._dial)
        self._header.hang_up_asked.connect(self._hang_up)
        self._header.callback_asked.connect(self._book_callback)
        self._header.number_chosen.connect(presenter.on_number_chosen)
        self._check_in.typed.connect(presenter.on_position_typed)
        self._read_back.next_asked.connect(self.form.go_on)
        self._read_back.back_asked.connect(self.form.go_back)
        self._read_back.question_asked.connect(self._on_question_asked)
        self._empty.acted.connect(self._on_correct)
        self._banner.dismissed.connect(self._on_dismissed)
        self._banner.acted.connect(self._on_banner)
        self._back.clicked.connect(self.form.go_back)
        self._next.clicked.connect(self.form.go_on)
        self._finish.clicked.connect(self._wrap_up)

    @property
    def widget(self) -> QWidget:
        return self.column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show a task; with `detail` "offered" it came up as the next."""
        self.form.flush()
        self.presenter.open(item, offered=detail == "offered")

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self._header.tick(now)
        self.presenter.on_tick(now, typing=typing())
        if self._state.dials_at is not None:
            self._banner.say(model.dials_words(self._state.dials_at, now), action=self._stop_words)

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("call.dial", "F5", translate("CallGuide", "Dial, check in"), self._dial),
            KeyBinding("call.hang_up", "F6", translate("CallGuide", "Hang up"), self._hang_up),
            KeyBinding("call.wrap_up", "F8", translate("CallGuide", "Wrap up"), self._wrap_up),
            KeyBinding("call.callback", "F9", translate("CallGuide", "Book a callback"), self._book_callback),
            KeyBinding(
                "call.start_over",
                model.START_OVER_KEY,
                translate("CallGuide", "Start over"),
                self._start_over,
            ),
            KeyBinding(
                "call.bring_back",
                model.BRING_BACK_KEY,
                translate("CallGuide", "Bring former answers back"),
                self._bring_back,
            ),
        )

    def _draw(self, state: CallGuideState) -> None:
        self._state = state
        self._header.show_state(state)
        self._check_in.show_state(state)
        is_open = state.header is not None and state.header.is_open
        form = state.form if is_open and state.guide is GuidePhase.READY else None
        self._draw_banner(state)
        at_end = form is not None and form.page is None
        if form is not None:
            self.form.show_state(form, state.now)
            if at_end:
                self._read_back.show_state(form, state.now, self._session.timezone)
        elif self.form.holds_focus() or self._read_back.hasFocus():
            self.column.setFocus()
        if form is None:
            self.column.show_beside(False)
        self.form.setVisible(form is not None)
        self._read_back.setVisible(at_end)
        self._skeleton.setVisible(
            state.task_id is not None
            and not state.missing
            and (state.header is None or (is_open and state.guide is GuidePhase.LOADING))
        )
        empty = model.empty_words(state)
        self._empty.setVisible(empty is not None)
        if empty is not None:
            frozen = state.response_id is not None
            self._empty.say(*empty, translate("CallGuide", "Correct the answers") if frozen else "")
        self._draw_footer(state, is_open, form)

    def _draw_banner(self, state: CallGuideState) -> None:
        tz = self._session.timezone
        if state.dials_at is not None:
            self._banner.say(model.dials_words(state.dials_at, state.now), action=self._stop_words)
        elif state.error is not None:
            self._banner.say(error_text(state.error, state.error_values, state.now, tz), Tone.DANGER)
        elif state.notice is not None:
            self._banner.say(model.notice_words(state.notice), Tone.WARNING)
        else:
            words, action = model.draft_words(state)
            tone = Tone.WARNING if state.again is StartingOver.ASKED else Tone.ACCENT
            self._banner.say(words, tone, action=action)

    def _draw_footer(self, state: CallGuideState, is_open: bool, form: FormState | None) -> None:
        self.column.set_footer_shown(is_open)
        self._mode.setText("" if state.visits else model.dialling_words(state.dialling))
        self._back.setVisible(form is not None)
        self._back.setEnabled(form is not None and (form.progress.at > 1 or form.progress.done))
        self._next.setVisible(form is not None and form.page is not None)
        # One thing stands out: before the call that is dialling.
        self._finish.set_kind(Kind.SECONDARY if state.call.phase is CallPhase.NONE else Kind.PRIMARY)
        self._saved.setText(formats.saved_here(state.saved_at, self._session.timezone))

    @Slot(object)
    def _on_question_asked(self, path: str) -> None:
        self.form.go_to(path)

    @Slot()
    def _on_dismissed(self) -> None:
        self.presenter.on_countdown_stopped()
        self.presenter.on_dismissed()

    @Slot()
    def _on_correct(self) -> None:
        self.presenter.on_correct()

    @Slot()
    def _on_banner(self) -> None:
        if self._state.dials_at is not None:
            self.presenter.on_countdown_stopped()
        elif self._state.again is StartingOver.DONE:
            self._bring_back()
        else:
            self._start_over()

    @Slot()
    def _start_over(self) -> None:
        self.form.flush()
        self.presenter.on_start_over()

    @Slot()
    def _bring_back(self) -> None:
        self.form.flush()
        self.presenter.on_bring_back()

    @Slot()
    def _dial(self) -> None:
        self.presenter.on_dial()

    @Slot()
    def _hang_up(self) -> None:
        self.presenter.on_hang_up()

    @Slot()
    def _wrap_up(self) -> None:
        self.form.flush()
        self.presenter.on_wrap_up_asked()

    @Slot()
    def _book_callback(self) -> None:
        self.form.flush()
        self.presenter.on_callback_asked()
