"""One conflict: what was meant, why it was not taken, base, mine and theirs, and what can be done."""

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from agent_app.actions.conflicts import EDITABLE
from agent_app.features.conflicts.state import ConflictsState, Whose
from agent_app.features.conflicts.view.comparison import Comparison
from agent_app.features.conflicts.words import compared, status_label, title, why
from agent_app.store.queries.conflicts import Conflict
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.fields import Field, TextArea
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight


class ConflictDetail(WorkColumn):
    """Signals, all of the entry that is shown: ``kept()``, ``edit_asked()``, ``pressed()``, ``handed_over()``,
    ``customer_asked()``."""

    kept = Signal()
    edit_asked = Signal()
    pressed = Signal()
    handed_over = Signal()
    customer_asked = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._entry: Conflict | None = None
        self._editing = False
        self._title = Text("", TypeRole.FIGURE, weight=Weight.MEDIUM)
        self._badge = Badge("")
        self._banner = Banner()
        self._why = Paragraph()
        self._facts = KeyValues()
        self._comparison = Comparison()
        self._edited = TextArea(translate("Conflicts", "Write it otherwise"))
        self._edit_card = Card(
            Text(translate("Conflicts", "Write it otherwise"), TypeRole.SMALL, quiet=True), self._edited
        )
        self._note = TextArea(translate("Conflicts", "Explanation"), lines=2, most=6)
        self._note_field = Field(translate("Conflicts", "Explanation"), self._note)
        self._keep = Button("", key="Alt D")
        self._hand = Button(translate("Conflicts", "Hand to the supervisor"), key="Alt H")
        self._edit = Button("", key="Alt E")
        self._press = Button("", Kind.PRIMARY, key="Alt S")
        self._customer = Button(translate("Conflicts", "Customer"), Kind.QUIET, key="Alt C")
        self._nothing = EmptyState("", icon="check-circle")
        self._lay_out()
        for button, signal in (
            (self._keep, self.kept),
            (self._hand, self.handed_over),
            (self._edit, self.edit_asked),
            (self._press, self.pressed),
            (self._customer, self.customer_asked),
        ):
            button.clicked.connect(signal)

    def _lay_out(self) -> None:
        self.header.line.addLayout(row(self._title, self._badge, gap=12))
        self.header.line.addStretch(1)
        self.header.line.addWidget(self._customer)
        self._against = Card(self._comparison)
        self._about = Card(self._why, self._facts, gap=12)
        for thing in (self._banner, self._about, self._against, self._edit_card, self._note_field):
            self.body.addWidget(thing)
        self.body.addWidget(self._nothing, 1)
        self.body.addStretch(1)
        self.footer.line.addWidget(self._keep)
        self.footer.line.addWidget(self._hand)
        self.footer.line.addStretch(1)
        self.footer.line.addWidget(self._edit)
        self.footer.line.addWidget(self._press)

    def note(self) -> str:
        """What is to be said with it."""
        return self._note.text()

    def edited(self) -> str | None:
        """What is written in place of what was; None where nothing else is meant."""
        words = self._edited.text().strip() if self._editing else ""
        return words or None

    def take_keyboard(self) -> None:
        """Begin with what is to be done first."""
        for widget in (self._edited, self._press, self._keep):
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def draw(self, state: ConflictsState) -> None:
        """Show the chosen entry, or that there is none."""
        entry = state.entry
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        for thing in (self._about, self._against, self._note_field, self._badge, self._customer):
            thing.setVisible(entry is not None)
        self.set_footer_shown(entry is not None)
        self._nothing.setVisible(entry is None)
        self._title.setText("" if entry is None else title(entry))
        if entry is None:
            self._entry, self._editing = None, False
            self._edit_card.hide()
            self._say_nothing(state)
            return
        if self._entry is None or self._entry.id != entry.id:
            self._note.set_text("")
        self._badge.set_words(*status_label(entry.status))
        self._customer.setVisible(entry.customer is not None)
        self._draw_facts(entry, state)
        lines = compared(entry, state.now, self._tz)
        self._comparison.show_lines(lines, self._whose(entry), self._other(entry))
        self._against.setVisible(bool(lines))
        self._draw_editor(entry, state)
        self._draw_actions(entry, state)
        self._entry = entry

    def _say_nothing(self, state: ConflictsState) -> None:
        if state.entries:
            self._nothing.say(translate("Conflicts", "Choose an entry of the list"))
        elif state.whose is Whose.TEAM:
            self._nothing.say(translate("Conflicts", "The team has no open conflicts"))
        else:
            self._nothing.say(translate("Conflicts", "Everything you saved has been taken"))

    def _draw_facts(self, entry: Conflict, state: ConflictsState) -> None:
        self._why.set_words(why(entry, state.now, self._tz))
        self._facts.clear()
        if entry.customer is not None:
            self._facts.add(translate("Conflicts", "Of customer"), entry.customer)
        if entry.person is not None:
            self._facts.add(translate("Conflicts", "By"), entry.person)
        recorded = formats.moment(entry.recorded_at, state.now, self._tz)
        self._facts.add(translate("Conflicts", "Saved"), recorded)
        if entry.note:
            self._facts.add(translate("Conflicts", "Handed over with"), entry.note)

    def _draw_editor(self, entry: Conflict, state: ConflictsState) -> None:
        begins = state.editing and (not self._editing or self._entry is None or self._entry.id != entry.id)
        self._editing = state.editing
        self._edit_card.setVisible(state.editing)
        if not begins:
            return
        written = str(entry.arguments.get(EDITABLE.get(entry.command, "")) or "")
        if entry.command == "correct_contact_point":
            # A number is typed anew: it is nowhere shown whole.
            self._edited.set_text("")
            self._edited.setPlaceholderText(compared(entry, state.now, self._tz)[0].mine)
        else:
            self._edited.set_text(written)
            self._edited.setPlaceholderText("")
        self._edited.moveCursor(QTextCursor.MoveOperation.End)
        self._edited.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_actions(self, entry: Conflict, state: ConflictsState) -> None:
        as_lead = state.settles(entry)
        if as_lead:
            press = translate("Conflicts", "Take this one")
            asked = translate("Conflicts", "Goes into the customer's history")
        else:
            press = translate("Conflicts", "Send again")
            asked = translate("Conflicts", "For the supervisor, when you hand it over")
        self._note.setPlaceholderText(asked)
        self._keep.set_words(_letting_be(entry, as_lead=as_lead))
        self._press.set_words(press)
        self._edit.set_words(
            translate("Conflicts", "Leave as it was") if state.editing else translate("Conflicts", "Edit")
        )
        self._hand.setVisible(not as_lead)
        self._press.setVisible(state.may_press(entry))
        self._edit.setVisible(state.may_edit(entry))

    def _whose(self, entry: Conflict) -> str:
        return entry.person or translate("Conflicts", "Mine")

    def _other(self, entry: Conflict) -> str:
        if entry.other is not None:
            return entry.other
        return (
            translate("Conflicts", "Theirs")
            if "theirs" in entry.values
            else translate("Conflicts", "Now it says")
        )


def _letting_be(entry: Conflict, *, as_lead: bool) -> str:
    """The words for leaving everything as it stands."""
    if not entry.awaits_lead if as_lead else entry.decided_by_lead or entry.status == "merged":
        return translate("Conflicts", "Noted")
    if entry.is_late:
        return translate("Conflicts", "Leave the task as it is")
    if "theirs" in entry.values:
        return translate("Conflicts", "Keep theirs")
    return translate("Conflicts", "Do not take it") if as_lead else translate("Conflicts", "Let it be")
