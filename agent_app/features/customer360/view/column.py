"""The customer column."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import CustomerPresenter
from agent_app.features.customer360.state import Correction, CustomerState
from agent_app.features.customer360.view.attachments import AttachmentsSection
from agent_app.features.customer360.view.corrections import Corrections
from agent_app.features.customer360.view.ledger import LedgerSection
from agent_app.features.customer360.view.lines import timeline
from agent_app.features.customer360.view.note_line import NoteLine
from agent_app.features.customer360.view.past import Past
from agent_app.features.customer360.view.promises import KEEP_KEY, PromisesSection
from agent_app.features.customer360.view.remark import Remark
from agent_app.features.customer360.view.standing import StandingSection
from agent_app.ports import KeyBinding, Route, SealedFiles
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.customer360 import Customer360
from agent_app.store.queries.task_sheet import TaskSheet
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import KeyValues, SectionHeader, TagFlow, clear, column
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.panels import ContextColumn
from agent_app.ui.reason_words import reason_text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import (
    do_not_call_source_label,
    mood_label,
    purpose_label,
    tier_label,
    with_whom_label,
)


class CustomerFeature(QObject):
    """Main thread."""

    def __init__(self, session: DeskSession, files: SealedFiles, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._tz, self._route = session.timezone, route
        self.presenter = CustomerPresenter(session, self._draw)
        self.promises = PromisesSection(session)
        self.ledger = LedgerSection(session)
        self.attachments = AttachmentsSection(session, files)
        self._column = ContextColumn()
        self._nobody = ContextColumn()
        self._pages = QStackedWidget()
        self._shown: bytes | None = None
        self._unfolded: bytes | None = None
        self._names = (
            translate("Customer", "Why now"),
            translate("Customer", "Why you"),
            translate("Customer", "Do not call"),
        )
        self._why = QVBoxLayout()
        self._facts = KeyValues(self._names)
        self._tags = TagFlow()
        self._correct = Button(translate("Customer", "Correct"), Kind.QUIET, small=True)
        self._banner = Banner()
        self._standing = StandingSection(self._names)
        self._corrections = Corrections()
        self._open = KeyValues(self._names)
        self._note_button = Button(translate("Customer", "Note"), Kind.QUIET, key="Ctrl N", small=True)
        self._note = NoteLine(translate("Customer", "Note"), translate("Customer", "Enter saves the note"))
        self._past = Past()
        self._lay_out()
        self._correct.clicked.connect(self._ask_corrections)
        self._note_button.clicked.connect(self._ask_note)
        self._note.returnPressed.connect(self._write_note)
        self._note.left.connect(self._on_note_left)
        self._corrections.corrected.connect(self._on_corrected)
        self._past.answers_asked.connect(self._on_answers_asked)
        self._draw(CustomerState())

    def _lay_out(self) -> None:
        self._why.setSpacing(4)
        for section in (
            column(self._why),
            column(
                SectionHeader(translate("Customer", "Customer"), self._correct),
                self._banner,
                self._facts,
                self._tags,
                self._corrections,
            ),
            column(
                self._standing,
                self.promises,
                SectionHeader(translate("Customer", "Open")),
                self._open,
                gap=12,
            ),
            column(self.ledger),
            column(self.attachments),
            column(
                SectionHeader(translate("Customer", "History"), self._note_button), self._note, self._past
            ),
        ):
            holder = QWidget()
            section.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(section)
            self._column.add(holder)
        words = translate("Customer", "The customer of the task appears here.")
        self._nobody.add(Paragraph(words, TypeRole.SMALL, quiet=True))
        self._pages.addWidget(self._column)
        self._pages.addWidget(self._nobody)

    @property
    def widget(self) -> QWidget:
        return self._pages

    def open(self, item: bytes | None, detail: object = None) -> None:
        """`item` is the customer, `detail` the task that he is called for, if any."""
        task_id = detail if isinstance(detail, bytes) else None
        self.presenter.open(item, task_id)
        self.promises.presenter.open(item)
        self.ledger.presenter.open(item)
        self.attachments.presenter.open(item, task_id)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)
        self.promises.presenter.on_changed(changes)
        self.ledger.presenter.on_changed(changes)
        self.attachments.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self.ledger.presenter.on_tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("customer.note", "Ctrl+N", translate("Customer", "Write a note"), self._ask_note),
            KeyBinding(
                "customer.promise",
                KEEP_KEY,
                translate("Promises", "Mark the next promise as kept"),
                self.promises.keep_first,
            ),
            KeyBinding(
                "customer.file", "Ctrl+U", translate("Customer", "Add a file"), self.attachments.ask_files
            ),
        )

    def _draw(self, state: CustomerState) -> None:
        self._pages.setCurrentWidget(self._nobody if state.customer is None else self._column)
        clear(self._why)
        self._facts.clear()
        self._open.clear()
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        self._corrections.setVisible(state.correcting)
        if state.writing:
            self._note.show()
        else:
            self._note.put_away()
        self._tags.setVisible(False)
        self._standing.show_customer(state.customer, state.now, self._tz)
        if state.customer is None:
            self._past.show_lines(())
            return
        if state.sheet is not None:
            self._draw_why(state, state.sheet)
        else:
            self._draw_who(state.customer)
        self._shown = state.customer.id
        self._draw_facts(state.customer)
        if state.correcting:
            self._corrections.show_customer(state.customer)
        self._draw_open(state.customer, state.sheet, state.now)
        self._past.show_lines(timeline(state.customer, state.correctable, state.now, self._tz))

    def _draw_who(self, customer: Customer360) -> None:
        """Whom one looks at, when the head of the work column does not say it."""
        name = " ".join(part for part in (customer.fields["name"], customer.fields["title"]) if part)
        self._why.addWidget(Text(name, TypeRole.TITLE, weight=Weight.MEDIUM, wrap=True))
        code = translate("Customer", "Customer number {code}").format(code=customer.fields["code"])
        self._why.addWidget(Text(code, TypeRole.SMALL, quiet=True))

    def _draw_why(self, state: CustomerState, sheet: TaskSheet) -> None:
        task, now = sheet.task, state.now
        self._why.addWidget(Text(translate("Customer", "Why this call"), TypeRole.SMALL, quiet=True))
        reason = reason_text(task["reason"], task["reason_values"], now, self._tz)
        self._why.addWidget(Text(reason, wrap=True))
        facts = KeyValues(self._names)
        plan = sheet.plan.get("name")
        if plan:
            facts.add(translate("Customer", "Plan"), str(plan), purpose_label(task["purpose"]))
        due = f"{formats.moment(task['due_at'], now, self._tz)} ({formats.due(task['due_at'], now)})"
        facts.add(translate("Customer", "Due"), due, tone=Tone.DANGER if task["due_at"] < now else None)
        if state.why is not None:
            place = reason_text(state.why[0], state.why[1], now, self._tz)
            facts.add(translate("Customer", "Why now"), place)
        if task["assigned_because"]:
            because = reason_text("assigned", task["assigned_because"], now, self._tz)
            others = reason_text("not_the_others", task["assigned_because"], now, self._tz)
            facts.add(translate("Customer", "Why you"), because)
            if others:
                facts.add(translate("Customer", "Others"), others)
        self._why.addWidget(facts)

    def _draw_facts(self, customer: Customer360) -> None:
        fields = customer.fields
        label, _ = tier_label(fields["tier"])
        spent = translate("Customer", "{amount} in %n order(s)", fields["order_count"]).format(
            amount=formats.cents(fields["spent_cents"])
        )
        self._facts.add(translate("Customer", "Tier"), label, spent)
        for point in customer.contact_points:
            gone = "" if point.valid else translate("Customer", "not in service")
            doubt = translate("Customer", "in dispute, not called") if point.disputed_since else ""
            note = " · ".join(part for part in (point.label, gone, doubt) if part)
            tone = Tone.DANGER if gone else Tone.WARNING if doubt else None
            self._facts.add(translate("Customer", "Number"), point.masked, note, tone)
        place = " ".join(part for part in (fields["province"], fields["city"], fields["address"]) if part)
        for name, value in (
            (translate("Customer", "Place"), place),
            (translate("Customer", "Segment"), fields["segment"]),
            (translate("Customer", "Team"), customer.team),
        ):
            if value:
                self._facts.add(name, str(value))
        if fields["note"]:
            remark = Remark(str(fields["note"]), whole=customer.id == self._unfolded)
            remark.unfolded.connect(self._on_unfolded)
            self._facts.add(translate("Customer", "Note"), remark)
        if fields["mood"]:
            words, tone = mood_label(fields["mood"])
            self._facts.add(translate("Customer", "Mood"), words, tone=tone)
        tags = [Badge(tag) for tag in fields["tags"]]
        self._tags.set_things(tags)
        self._tags.setVisible(bool(tags))

    def _draw_open(self, customer: Customer360, sheet: TaskSheet | None, now: int) -> None:
        others = [task for task in customer.tasks if sheet is None or task.id != sheet.id]
        for refusal in customer.refusals:
            since = formats.moment(refusal.set_at, now, self._tz)
            told = f"{purpose_label(refusal.scope)} · {do_not_call_source_label(refusal.source)} {since}"
            self._open.add(translate("Customer", "Do not call"), told, tone=Tone.DANGER)
        for callback in customer.callbacks:
            when = formats.moment(callback.callback_at, now, self._tz)
            parts = (when, with_whom_label(callback.with_whom), callback.owner)
            self._open.add(translate("Customer", "Callback"), " · ".join(part for part in parts if part))
        for task in others:
            reason = reason_text(task.reason, task.reason_values, now, self._tz)
            self._open.add(translate("Customer", "Task"), reason, task.assignee or "")
        if not (customer.refusals or customer.callbacks or others):
            self._open.say(translate("Customer", "Nothing else is open"))

    @Slot()
    def _on_unfolded(self) -> None:
        self._unfolded = self._shown

    @Slot()
    def _ask_corrections(self) -> None:
        self.presenter.on_correct_asked()
        self._corrections.take_focus()

    @Slot()
    def _ask_note(self) -> None:
        # A note that was begun is never thrown away by asking for it again.
        if not self._note.text():
            self.presenter.on_note_asked()
        if self._note.isVisible():
            self._note.take_keyboard()

    @Slot()
    def _on_note_left(self) -> None:
        """Back to the call; a line with nothing in it goes, one that was begun waits."""
        if not self._note.text() and self._note.isVisible():
            self.presenter.on_note_asked()

    @Slot()
    def _write_note(self) -> None:
        self.presenter.on_note_written(self._note.text())

    @Slot(object)
    def _on_corrected(self, correction: Correction) -> None:
        self.presenter.on_corrected(correction)

    @Slot(object)
    def _on_answers_asked(self, response_id: bytes) -> None:
        self._route(Route("correction", response_id))
