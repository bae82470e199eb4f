"""One response to read, at the side: who and when, its answers with how long each took, its editions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.responses.model import flag_words
from agent_app.features.responses.state import Reading, ResponsesState
from agent_app.store.queries.responses import ResponseRow
from agent_app.ui import cards, formats
from agent_app.ui.buttons import Button
from agent_app.ui.cards import KeyValues, SectionHeader, TagFlow, clear, row
from agent_app.ui.clock_words import place_words, skew_words
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Text
from agent_app.ui.panels import Ground, scrolled
from agent_app.ui.tokens import SIZES, Tone, TypeRole, Weight
from server_sync.domain.forms import audit
from server_sync.domain.forms.tabulation import AnswerTable, InstanceRow, answer_words, rows_of


class ReadingColumn(Ground):
    """Signals: ``edition_chosen(id)``, ``task_asked(ResponseRow)``, ``correction_asked(id)``."""

    edition_chosen = Signal(object)
    task_asked = Signal(object)
    correction_asked = Signal(object)

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._tz = timezone
        self._reading: Reading | None = None
        self.setMinimumWidth(SIZES.context_min)
        self._inner = Ground("surface")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(16, 14, 16, 20)
        self._column.setSpacing(8)
        self._empty = EmptyState(
            translate("Responses", "No response is chosen"),
            translate("Responses", "Choose one in the table to read it here."),
            icon="clipboard-text",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(self._inner)
        layout.addWidget(self._area)
        layout.addWidget(self._empty)

    def draw(self, state: ResponsesState) -> None:
        """Show the response that is chosen."""
        reading = state.reading
        self._area.setVisible(reading is not None)
        self._empty.setVisible(reading is None)
        if reading is self._reading:
            return
        self._reading = reading
        clear(self._column)
        if reading is not None:
            for thing in self._parts(reading, state.now):
                self._column.addWidget(thing)
            self._column.addStretch(1)

    def _parts(self, reading: Reading, now: int) -> Iterator[QWidget]:
        row_ = reading.sheet.row
        yield Text(row_.customer, TypeRole.TITLE, weight=Weight.MEDIUM)
        badges: list[QWidget] = [Badge(flag_words(flag), Tone.WARNING) for flag in row_.flags]
        if not row_.complete:
            badges.insert(0, Badge(translate("Responses", "Incomplete"), Tone.WARNING))
        off = skew_words(reading.sheet.clock.skew_ms) if reading.sheet.clock else ""
        if off:
            badges.append(Badge(off, Tone.WARNING))
        if badges:
            flow = TagFlow()
            flow.set_things(badges)
            yield flow
        yield self._facts(reading, row_, now)
        task = Button(translate("Responses", "Open the task"), small=True)
        task.clicked.connect(self._on_task)
        holder = QWidget()
        buttons = [task]
        if reading.sheet.may_correct:
            correct = Button(translate("Responses", "Correct"), small=True)
            correct.clicked.connect(self._on_correct)
            buttons.append(correct)
        holder.setLayout(row(*buttons, 1))
        yield holder
        if len(reading.sheet.editions) > 1:
            yield SectionHeader(translate("Responses", "Editions"))
            yield self._editions(reading.sheet.editions, row_, now)
        spent = audit.times(_audit(reading))
        for table in reading.tables:
            yield from _answers(table, row_.answers, spent)

    def _facts(self, reading: Reading, row_: ResponseRow, now: int) -> KeyValues:
        facts = KeyValues()
        facts.add(translate("Responses", "Recorded"), formats.moment(row_.recorded_at, now, self._tz))
        clock = reading.sheet.clock
        if clock is not None and clock.received_at is not None:
            device_at, received_at = (
                formats.moment(at, now, self._tz) for at in (clock.device_at, clock.received_at)
            )
            facts.add(translate("Responses", "Device time"), device_at)
            facts.add(translate("Responses", "At the server"), received_at)
        if clock is not None and clock.place is not None:
            facts.add(translate("Responses", "Place"), place_words(clock.place))
        facts.add(translate("Responses", "Agent"), row_.person or "–")
        if row_.plan:
            facts.add(translate("Responses", "Plan"), row_.plan)
        facts.add(translate("Responses", "Version"), row_.version)
        for name, value in (("CSAT", row_.csat), ("NPS", row_.nps)):
            if value is not None:
                facts.add(name, str(value))
        length = audit.elapsed(_audit(reading))
        if length:
            facts.add(translate("Responses", "Took"), formats.stopwatch(length))
        return facts

    def _editions(self, editions: Sequence[ResponseRow], shown: ResponseRow, now: int) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for one in editions:
            words = translate("Responses", "Edition {number}").format(number=one.edition)
            button = Button(words, small=True)
            button.setEnabled(one.id != shown.id)
            button.setProperty("edition", one.id)
            button.clicked.connect(self._on_edition)
            when = formats.moment(one.recorded_at, now, self._tz)
            layout.addLayout(row(button, Text(f"{one.person} · {when}", TypeRole.SMALL, quiet=True), 1))
        return holder

    @Slot()
    def _on_edition(self) -> None:
        self.edition_chosen.emit(bytes(self.sender().property("edition")))

    @Slot()
    def _on_correct(self) -> None:
        if self._reading is not None:
            self.correction_asked.emit(self._reading.sheet.row.id)

    @Slot()
    def _on_task(self) -> None:
        if self._reading is not None:
            self.task_asked.emit(self._reading.sheet.row)


def _audit(reading: Reading) -> list[audit.AuditRow]:
    return [(one[0], one[1], one[2], one[3], one[4], one[5]) for one in reading.sheet.audit]


def _answers(table: AnswerTable, answers: Mapping[str, str], spent: Mapping[str, int]) -> Iterator[QWidget]:
    for number, instance in enumerate(rows_of(table, answers), 1):
        if table.repeat:
            yield SectionHeader(f"{table.label or table.name} {number}")
        elif instance.answers:
            yield SectionHeader(translate("Responses", "Answers"))
        yield _lines(table, instance, spent)


def _lines(table: AnswerTable, instance: InstanceRow, spent: Mapping[str, int]) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for column in table.columns:
        value = instance.answers.get(column.path, "")
        if not value:
            continue
        path = f"{instance.path}{column.path.removeprefix(table.repeat)}" if table.repeat else column.path
        took = spent.get(path)
        note = Text(formats.stopwatch(took) if took else "", TypeRole.SMALL, faint=True, keep=True)
        label = Text(column.label or column.name, TypeRole.SMALL, quiet=True, wrap=True)
        line = row(label, note)
        line.setStretch(0, 1)
        words = Text(answer_words(column, value, translate("Responses", ", ")), wrap=True, selectable=True)
        layout.addLayout(cards.column(line, words, gap=2))
    return holder
