"""The section of what was promised to the customer: the open ones first, each kept or withdrawn from here."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import PromisesPresenter
from agent_app.features.customer360.state import PromisesState
from agent_app.features.customer360.view.note_line import NoteLine
from agent_app.store.queries.commitments import Commitment
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import SectionHeader, clear, column, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.words import commitment_state_label

KEEP_KEY = "Ctrl+J"


class PromisesSection(QWidget):
    """Main thread. Not there while nothing was promised."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = session.timezone
        self.presenter = PromisesPresenter(session, self._draw)
        self._banner = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._why = NoteLine(
            translate("Promises", "Why it is withdrawn"), translate("Promises", "Why; Enter withdraws it")
        )
        layout = column(SectionHeader(translate("Promises", "Promises")), self._banner, self._list, self._why)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._banner.dismissed.connect(self._banner.hide)
        self._why.returnPressed.connect(self._withdraw)
        self._why.left.connect(self._on_why_left)
        self._draw(PromisesState())

    def _draw(self, state: PromisesState) -> None:
        self._state = state
        self.setVisible(bool(state.promises))
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        clear(self._list)
        first = next((one.id for one in state.promises if one.is_open), None)
        for one in state.promises:
            self._list.addWidget(self._line(one, state.now, first=one.id == first))
        if state.withdrawing is None:
            self._why.put_away()
        elif self._why.isHidden():
            self._why.show()
            self._why.take_keyboard()

    def _line(self, one: Commitment, now: int, *, first: bool) -> QWidget:
        """One promise: what, until when, and what can be done with it."""
        line = QWidget()
        below = Text(self._when(one, now), TypeRole.SMALL, quiet=True, wrap=True)
        if one.is_overdue(now):
            below.set_tone(Tone.DANGER)
        below.setToolTip(formats.exact(one.due_at, self._tz))
        made = column(Text(one.text, wrap=True), below, gap=2)
        if one.is_open:
            kept = Button(
                translate("Promises", "Kept"), Kind.QUIET, key="Ctrl J" if first else "", small=True
            )
            withdraw = Button(translate("Promises", "Withdraw"), Kind.QUIET, small=True)
            for button, slot in ((kept, self._on_kept), (withdraw, self._on_withdraw)):
                button.setProperty("commitment", one.id)
                button.setAccessibleName(f"{button.text()}: {one.text}")
                button.clicked.connect(slot)
            made.addLayout(row(kept, withdraw, 1, gap=4))
        line.setLayout(made)
        return line

    def _when(self, one: Commitment, now: int) -> str:
        if one.is_open:
            due = f"{formats.moment(one.due_at, now, self._tz)} ({formats.due(one.due_at, now)})"
            return " · ".join(part for part in (due, one.owner) if part)
        label, _ = commitment_state_label(one.state)
        at = formats.moment(one.settled_at, now, self._tz) if one.settled_at is not None else ""
        return " · ".join(part for part in (label, at, one.note) if part)

    @Slot()
    def keep_first(self) -> None:
        """The promise that is due first was kept."""
        self.presenter.on_kept()

    @Slot()
    def _on_kept(self) -> None:
        self.presenter.on_kept(self.sender().property("commitment"))

    @Slot()
    def _on_withdraw(self) -> None:
        self.presenter.on_withdraw_asked(self.sender().property("commitment"))

    @Slot()
    def _withdraw(self) -> None:
        self.presenter.on_withdrawn(self._why.text())

    @Slot()
    def _on_why_left(self) -> None:
        if self._state.withdrawing is not None and not self._why.text():
            self.presenter.on_withdraw_asked(self._state.withdrawing)
