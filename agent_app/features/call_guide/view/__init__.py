"""The work column as the shell lays it out; its head and its last card stand beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.call_guide import model
from agent_app.features.call_guide.presenter import CallGuidePresenter
from agent_app.features.call_guide.state import CallGuideState, CallPhase, GuidePhase
from agent_app.features.call_guide.view.header import HeaderBar
from agent_app.features.call_guide.view.read_back import ReadBackCard
from agent_app.ports import Dialler, KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState, ProgressDots, Skeleton
from agent_app.ui.form_page import FormPage
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole


class CallGuideFeature(QObject):
    """Main thread. ``column`` is where wrap-up and callback slide over the guide."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object], dialler: Dialler) -> None:
        super().__init__()
        self._session = session
        self._state = CallGuideState()
        self.column = WorkColumn()
        self._header = HeaderBar(session.timezone)
        self._banner = Banner()
        self._dots = ProgressDots()
        self._where = Text("", TypeRole.SMALL, quiet=True)
        self._where.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._skipped = Text("", TypeRole.SMALL, faint=True)
        self._progress = QWidget()
        self.page = FormPage()
        self._read_back = ReadBackCard()
        self._skeleton = Skeleton()
        self._empty = EmptyState("", icon="phone")
        self._back = Button(translate("CallGuide", "Back"), key="⇧ ↵")
        self._next = Button(translate("CallGuide", "Next"), key="↵")
        self._saved = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._finish = Button(translate("CallGuide", "Wrap up"), Kind.PRIMARY, key="F8")
        self.presenter = CallGuidePresenter(
            session, route, dialler, lambda facts: model.prefill(facts, session.timezone), self._draw
        )
        self._lay_out()
        self._join()
        self._draw(self._state)

    def _lay_out(self) -> None:
        self.column.setAccessibleName(translate("CallGuide", "Call"))
        self.column.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column.header.line.addWidget(self._header)
        line = row(self._dots, self._where, 1, self._skipped, gap=12)
        self._progress.setLayout(line)
        for thing in (self._banner, self._progress, self.page, self._read_back, self._skeleton):
            self.column.body.addWidget(thing)
        self.column.body.addWidget(self._empty, 1)
        self.column.body.addStretch(0)
        footer = self.column.footer.line
        footer.addWidget(self._back)
        footer.addWidget(self._next)
        footer.addStretch(1)
        footer.addWidget(self._saved)
        footer.addWidget(self._finish)

    def _join(self) -> None:
        presenter = self.presenter
        self._header.dial_asked.connect(self._dial)
        self._header.hang_up_asked.connect(self._hang_up)
        self._header.callback_asked.connect(self._book_callback)
        self._header.number_chosen.connect(presenter.on_number_chosen)
        self.page.answered.connect(self._on_answered)
        for asking in (self.page, self._read_back):
            asking.next_asked.connect(self._go_on)
            asking.back_asked.connect(self._go_back)
        self._read_back.question_asked.connect(self._on_question_asked)
        self._banner.dismissed.connect(self._on_dismissed)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._finish.clicked.connect(self._wrap_up)

    @property
    def widget(self) -> QWidget:
        return self.column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show a task."""
        self.page.flush()
        self.presenter.open(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self._header.tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("call.dial", "F5", translate("CallGuide", "Dial"), self._dial),
            KeyBinding("call.hang_up", "F6", translate("CallGuide", "Hang up"), self._hang_up),
            KeyBinding("call.wrap_up", "F8", translate("CallGuide", "Wrap up"), self._wrap_up),
            KeyBinding("call.callback", "F9", translate("CallGuide", "Book a callback"), self._book_callback),
        )

    def _draw(self, state: CallGuideState) -> None:
        before, self._state = self._state, state
        self._header.show_state(state)
        is_open = state.header is not None and state.header.is_open
        asking = is_open and state.guide is GuidePhase.READY
        self._draw_banner(state)
        self._progress.setVisible(asking)
        if state.progress is not None:
            step = state.progress.at + (1 if state.progress.done else 0)
            self._dots.show_step(step, state.progress.of + (1 if state.more else 0))
        self._where.setText(model.progress_words(state))
        self._skipped.setText(model.skipped_words(state.skipped))
        if asking and state.page is not None:
            zone = self._session.timezone
            problems = {
                path: error_text(one.kind, {**one.values, "message": one.message}, state.now, zone)
                for path, one in state.problems.items()
            }
            self.page.show_page(state.page.key, state.page.questions, problems)
        if asking and state.page is None:
            self._read_back.show_state(state)
        if not asking and (self.page.holds_focus() or self._read_back.hasFocus()):
            self.column.setFocus()
        self.page.setVisible(asking and state.page is not None)
        self._read_back.setVisible(asking and state.page is None)
        self._skeleton.setVisible(
            state.task_id is not None
            and not state.missing
            and (state.header is None or (is_open and state.guide is GuidePhase.LOADING))
        )
        empty = model.empty_words(state)
        self._empty.setVisible(empty is not None)
        if empty is not None:
            self._empty.say(*empty)
        self._draw_footer(state, is_open, asking)
        if before.page is not None and state.page is not None and before.page.key != state.page.key:
            self.column.reveal(self._progress)

    def _draw_banner(self, state: CallGuideState) -> None:
        tz = self._session.timezone
        if state.error is not None:
            self._banner.say(error_text(state.error, state.error_values, state.now, tz), Tone.DANGER)
        elif state.notice is not None:
            self._banner.say(model.notice_words(state.notice), Tone.WARNING)
        elif state.resumed_at is not None:
            words = translate("CallGuide", "Resumed as it was saved {moment}; go on where you were.")
            self._banner.say(words.format(moment=formats.moment(state.resumed_at, state.now, tz)))
        else:
            self._banner.say("")

    def _draw_footer(self, state: CallGuideState, is_open: bool, asking: bool) -> None:
        self.column.set_footer_shown(is_open)
        self._back.setVisible(asking)
        self._back.setEnabled(state.progress is not None and (state.progress.at > 1 or state.progress.done))
        self._next.setVisible(asking and state.page is not None)
        # One thing stands out: before the call that is dialling.
        self._finish.set_kind(Kind.SECONDARY if state.call.phase is CallPhase.NONE else Kind.PRIMARY)
        saved = translate("CallGuide", "Saved on this machine · {time}")
        tz = self._session.timezone
        self._saved.setText(
            "" if state.saved_at is None else saved.format(time=formats.clock_seconds(state.saved_at, tz))
        )

    @Slot(object, object)
    def _on_answered(self, path: str, text: str) -> None:
        self.presenter.on_answered(path, text)

    @Slot()
    def _go_on(self) -> None:
        self.page.flush()
        self.presenter.on_next()
        if self._state.problems and self._state.page is not None:
            card = self.page.start_at(next(iter(self._state.problems)))
            if card is not None:
                self.column.reveal(card)

    @Slot()
    def _go_back(self) -> None:
        self.page.flush()
        self.presenter.on_back()

    @Slot(object)
    def _on_question_asked(self, path: str) -> None:
        self.presenter.on_question_asked(path)
        self.page.start_at(path)

    @Slot()
    def _on_dismissed(self) -> None:
        self.presenter.on_dismissed()

    @Slot()
    def _dial(self) -> None:
        self.presenter.on_dial()

    @Slot()
    def _hang_up(self) -> None:
        self.presenter.on_hang_up()

    @Slot()
    def _wrap_up(self) -> None:
        self.page.flush()
        self.presenter.on_wrap_up_asked()

    @Slot()
    def _book_callback(self) -> None:
        self.page.flush()
        self.presenter.on_callback_asked()
