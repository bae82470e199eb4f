"""The card in which a task is tried out on the ladder as it is written: what would come when, and why then."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.ladders.state import Rung, Trial
from agent_app.features.ladders.view.words import lasts_words, means_label, whom_words
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, clear, column, row
from agent_app.ui.definitions.words import joined
from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.moment_field import weekday_words
from agent_app.ui.reason_words import reason_text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.rules.escalation import While


class TrialCard(Card):
    """Signal: ``tried(created, due)`` as typed."""

    tried = Signal(str, str)

    def __init__(self, tz: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._tz = tz
        example = translate("Ladders", "now · Fri 16:30")
        self._created = TextField(translate("Ladders", "Made when"), example)
        self._due = TextField(translate("Ladders", "Due when"), translate("Ladders", "a working day later"))
        self._created_field = Field(translate("Ladders", "Made when"), self._created)
        self._due_field = Field(translate("Ladders", "Due when"), self._due)
        go = Button(translate("Ladders", "Try"), Kind.SECONDARY, key="Alt P")
        self._wrong = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        self._rungs = QVBoxLayout()
        self._rungs.setSpacing(12)
        self.body.setSpacing(12)
        self.body.addWidget(Text(translate("Ladders", "What would happen to a task?"), weight=Weight.MEDIUM))
        self.body.addLayout(row(self._created_field, self._due_field, gap=16))
        self.body.addLayout(row(go, 1))
        self.body.addWidget(self._wrong)
        self.body.addLayout(self._rungs)
        for field in (self._created, self._due):
            field.returnPressed.connect(self.ask)
        go.clicked.connect(self.ask)
        self.show_trial(None, 0)

    @Slot()
    def ask(self) -> None:
        """Try what is typed."""
        self.tried.emit(self._created.text(), self._due.text())

    def show_trial(self, trial: Trial | None, now: int) -> None:
        """Show what would come, the earliest first."""
        faults = {} if trial is None else trial.faults
        unread = translate("Ladders", "Type a day and a time, such as Fri 16:30 or 3/15 9:00.")
        self._created_field.set_error(unread if "created" in faults else "")
        self._due_field.set_error(unread if "due" in faults else "")
        said = translate("Ladders", "The ladder is not complete yet: look at its fields first.")
        self._wrong.setText(said if "ladder" in faults else "")
        self._wrong.setVisible("ladder" in faults)
        clear(self._rungs)
        if trial is None or trial.faults:
            return
        words = translate("Ladders", "Made {created}, due {due}, and nobody does anything:").format(
            created=self._moment(trial.created_at), due=self._moment(trial.due_at)
        )
        self._rungs.addWidget(Paragraph(words, TypeRole.SMALL, quiet=True))
        for rung in trial.rungs:
            self._rungs.addWidget(self._told(rung, now))

    def _told(self, rung: Rung, now: int) -> QWidget:
        """One step: when and by what, to whom, and the sum of its time."""
        made = QWidget()
        at = Text(self._moment(rung.at), weight=Weight.MEDIUM, tabular=True)
        number = translate("Ladders", "Step {number}").format(number=rung.number)
        means = joined(means_label(one) for one in rung.means)
        head = row(Badge(number, Tone.ACCENT), at, Text(means), 1)
        whom = [whom_words([one.value for one in rung.means])]
        if rung.lasts is While.UNACCEPTED:
            whom.append(lasts_words(rung.lasts))
        lines = [" · ".join(whom)]
        lines += [reason_text(one.kind, one.values, now, self._tz) for one in rung.steps]
        if rung.quiet is not None:
            lines.append(reason_text(rung.quiet.kind, rung.quiet.values, now, self._tz))
        made.setLayout(column(head, Paragraph("\n".join(lines), TypeRole.SMALL, quiet=True), gap=4))
        return made

    def _moment(self, at: int) -> str:
        on = formats.today(at, self._tz)
        return f"{on} {weekday_words(on)} {formats.clock_time(at, self._tz)}"
