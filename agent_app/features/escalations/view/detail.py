"""The work column: one entry with why it came when it did, and what is done about it."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.escalations.model import (
    holder_words,
    means_words,
    refusal_words,
    step_words,
    subject_words,
    urgency_mark,
)
from agent_app.features.escalations.state import Act, EscalationsState
from agent_app.store.queries.reminders import DueReminder
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.reminder_words import reminder_why, reminder_words
from agent_app.ui.takers import Takers
from agent_app.ui.tokens import Tone, TypeRole, Weight


class EscalationDetail(WorkColumn):
    """Signals: ``acted(Act)``, ``give_asked()``, ``customer_asked()``, ``notice_seen()``; of ``takers`` see there."""

    acted = Signal(object)
    give_asked = Signal()
    customer_asked = Signal()
    notice_seen = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._urgency = Badge("")
        self._step = Badge("", Tone.ACCENT)
        self._banner = Banner()
        self._said = Paragraph("")
        self._facts = KeyValues()
        self._why = Paragraph("", quiet=True)
        self._about = Card(self._said, self._facts)
        self._reckoned = Card(Text(translate("Escalations", "Why now"), TypeRole.TITLE), self._why)
        self._empty = EmptyState(
            translate("Escalations", "No entry is open"),
            translate("Escalations", "Choose one from the list to see why it came."),
            icon="bell-ringing",
        )
        self.takers = Takers(timezone)
        self._customer = Button(translate("Escalations", "Customer"), key="Alt O")
        self._see = Button(translate("Escalations", "Mark as seen"), key="Alt M")
        self._away = Button(translate("Escalations", "Take away"), key="Alt H")
        self._give = Button(translate("Escalations", "Reassign"), key="Alt R")
        self._take = Button(translate("Escalations", "Take over"), Kind.PRIMARY, key="Alt T")
        self._lay_out()
        self._customer.clicked.connect(self.customer_asked)
        self._see.clicked.connect(self._on_see)
        self._away.clicked.connect(self._on_away)
        self._give.clicked.connect(self.give_asked)
        self._take.clicked.connect(self._on_over)
        self._banner.dismissed.connect(self.notice_seen)

    def _lay_out(self) -> None:
        self.setAccessibleName(translate("Escalations", "Escalation"))
        self.header.line.addWidget(self._title)
        self.header.line.addWidget(self._urgency)
        self.header.line.addWidget(self._step)
        self.header.line.addStretch(1)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._about)
        self.body.addWidget(self._reckoned)
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(0)
        self.lay_beside(self.takers)
        foot = self.footer.line
        foot.addWidget(self._customer)
        foot.addStretch(1)
        for button in (self._see, self._away, self._give, self._take):
            foot.addWidget(button)

    def draw(self, state: EscalationsState) -> None:
        """Show the entry that is looked at."""
        one = state.shown
        for thing in (self._about, self._reckoned, self._step):
            thing.setVisible(one is not None)
        self._empty.setVisible(one is None)
        self.set_footer_shown(one is not None)
        title = translate("Escalations", "Reassign the task of {name} to")
        self.takers.draw(state.candidates, title.format(name="" if one is None else one.name), "", state.now)
        self.show_beside(state.candidates is not None)
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        urgent = None if one is None else urgency_mark(one)
        self._urgency.setVisible(urgent is not None)
        if urgent is not None:
            self._urgency.set_words(urgent.words, urgent.tone)
        self._title.setText(translate("Escalations", "Escalations") if one is None else one.name)
        if one is not None:
            self._show(one, state.now)

    def _show(self, one: DueReminder, now: int) -> None:
        self._step.set_words(step_words(one), Tone.ACCENT)
        self._said.set_words(reminder_words(one, now, self._tz))
        self._why.set_words(reminder_why(one, now, self._tz))
        facts = self._facts
        facts.clear()
        facts.add(subject_words(one), one.label)
        facts.add(translate("Escalations", "With"), holder_words(one))
        due = formats.moment(one.due_at, now, self._tz)
        tone = Tone.DANGER if one.due_at <= now else None
        facts.add(translate("Escalations", "Due"), due, note=formats.due(one.due_at, now), tone=tone)
        came = formats.moment(one.remind_at, now, self._tz)
        facts.add(translate("Escalations", "Came"), came, note=means_words(one))
        refused = refusal_words(one)
        if refused:
            facts.add(translate("Escalations", "Not sent"), refused, tone=Tone.WARNING)
        self._see.setEnabled(one.state in ("waiting", "sent"))

    @Slot()
    def _on_see(self) -> None:
        self.acted.emit(Act.SEE)

    @Slot()
    def _on_away(self) -> None:
        self.acted.emit(Act.TAKE_AWAY)

    @Slot()
    def _on_over(self) -> None:
        self.acted.emit(Act.TAKE_OVER)
