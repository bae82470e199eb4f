"""A trial: the form as an agent sees it, with nobody's data or a customer's; nothing is recorded."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.forms.model.lines import trouble_words
from agent_app.features.forms.presenter import TrialPresenter
from agent_app.features.forms.state import TrialState
from agent_app.store.queries.search import Found
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues, TagFlow
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import SearchField
from agent_app.ui.forms.view import FormView
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight


class TrialColumn(WorkColumn):
    """Signal: ``closed()``."""

    closed = Signal()

    def __init__(self, presenter: TrialPresenter, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._tz = presenter, timezone
        self._state: TrialState | None = None
        self._back = Button(translate("Forms", "Back"), icon="arrow-left", key="Esc")
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._note = Text(translate("Forms", "Trial: nothing is recorded"), tone=Tone.WARNING, keep=True)
        self._again = Button(translate("Forms", "From the beginning"), icon="arrow-counter-clockwise")
        self._search = SearchField(
            translate("Forms", "With the data of"), translate("Forms", "A customer's name, number")
        )
        self._found = TagFlow()
        self._banner = Banner()
        self.form = FormView(presenter, self, timezone)
        self._done = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._answers = KeyValues()
        self._end = Card(
            self._done,
            Paragraph(translate("Forms", "This is where the agent goes on to the wrap-up."), quiet=True),
            self._answers,
        )
        self._previous = Button(translate("Forms", "Back one page"), key="⇧ ↵")
        self._next = Button(translate("Forms", "Next"), Kind.PRIMARY, key="↵")
        self._lay_out()
        self._back.clicked.connect(self.closed)
        self._again.clicked.connect(self._on_again)
        self._search.searched.connect(self._on_searched)
        self._previous.clicked.connect(self.form.go_back)
        self._next.clicked.connect(self.form.go_on)

    def _lay_out(self) -> None:
        line = self.header.line
        line.addWidget(self._back)
        line.addWidget(self._title)
        line.addWidget(self._note)
        line.addStretch(1)
        self._search.setMinimumWidth(220)
        line.addWidget(self._search)
        for thing in (self._found, self._banner, self.form, self._end):
            self.body.addWidget(thing)
        self.body.addStretch(1)
        foot = self.footer.line
        foot.addWidget(self._previous)
        foot.addWidget(self._next)
        foot.addStretch(1)
        foot.addWidget(self._again)
        self.set_footer_shown(True)

    def draw(self, state: TrialState) -> None:
        """Show the trial."""
        before, self._state = self._state, state
        self._title.setText(f"{state.title} · {state.customer}" if state.customer else state.title)
        self._banner.say(
            *(trouble_words(state.trouble, state.now, self._tz) if state.trouble else ("", Tone.ACCENT))
        )
        if before is None or before.found != state.found or before.searched != state.searched:
            self._offer(state)
        form = state.form
        at_end = form is not None and form.page is None
        self.form.setVisible(form is not None)
        self._end.setVisible(at_end)
        self._next.setEnabled(not at_end)
        if form is None:
            return
        self.form.show_state(form, state.now)
        if at_end:
            self._done.setText(translate("Forms", "The form is at its end"))
            self._answers.clear()
            for line in form.read_back:
                self._answers.add(line.label, line.answer)

    def _offer(self, state: TrialState) -> None:
        """The customers that were found, to be pressed."""
        offered: list[QWidget] = [_Person(found) for found in state.found]
        for one in offered:
            assert isinstance(one, _Person)
            one.clicked.connect(self._on_found)
        if state.searched and not offered:
            offered.append(Text(translate("Forms", "Nobody found"), quiet=True))
        self._found.set_things(offered)
        self._found.setVisible(bool(offered))

    @Slot()
    def _on_again(self) -> None:
        self._presenter.on_again()

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        if text:
            self._presenter.on_searched(text)
        elif self._state is not None:
            self._presenter.on_nobody_chosen()

    @Slot()
    def _on_found(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _Person):
            self._search.clear()
            self._presenter.on_customer_chosen(pressed.found)


class _Person(Button):
    """A customer who was found."""

    def __init__(self, found: Found) -> None:
        super().__init__(f"{found.name} · {found.code}", small=True)
        self.found = found
