"""Why this one, why now, what comes after it and what keeps the others back: a page of the queue column."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.queue.model import class_label
from agent_app.store.queries.queue_why import HeldBack, QueueWhy
from agent_app.ui import formats
from agent_app.ui.cards import KeyValues, SectionHeader, clear, column
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import ContextColumn
from agent_app.ui.reason_words import also_text, reason_text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.rules.reason import Reason


class WhyPage(ContextColumn):
    """Drawn anew whenever the queue changes; it never takes the keyboard."""

    def __init__(self, tz: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = tz
        self._chosen, self._following, self._held = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for part in (self._chosen, self._following, self._held):
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(6)
            holder = QWidget()
            holder.setLayout(part)
            self.add(holder)

    def show_why(self, why: QueueWhy | None, waiting: int, now: int) -> None:
        """`why` is None while nothing can be called; `waiting` are the tasks of the queue."""
        for part in (self._chosen, self._following, self._held):
            clear(part)
        if why is None:
            words = translate("Queue", "Nothing can be called right now; the rest waits for its time.")
            self._chosen.addWidget(Text(words, wrap=True))
            return
        self._draw_chosen(why, waiting, now)
        self._draw_following(why, now)
        self._draw_held_back(why.held_back, now)

    def _draw_chosen(self, why: QueueWhy, waiting: int, now: int) -> None:
        row = why.row
        self._chosen.addWidget(Text(row.name, TypeRole.TITLE, weight=Weight.MEDIUM))
        place = translate("Queue", "Number {place} of {count}").format(place=why.place, count=waiting)
        self._chosen.addWidget(Text(place, TypeRole.SMALL, quiet=True, tabular=True))
        facts = KeyValues()
        facts.add(translate("Queue", "Why this"), reason_text(row.reason, row.reason_values, now, self._tz))
        if row.also:
            facts.add(translate("Queue", "As well"), also_text(row.also, now, self._tz))
        facts.add(translate("Queue", "Why now"), self._why_now(why, now))
        due = f"{formats.moment(row.due_at, now, self._tz)} ({formats.due(row.due_at, now)})"
        facts.add(translate("Queue", "Due"), due, tone=Tone.DANGER if row.due_at < now else None)
        self._chosen.addWidget(facts)
        if why.clock:
            since = formats.moment(why.available_at, now, self._tz)
            words = translate("Queue", "The clock since {moment}").format(moment=since)
            self._chosen.addWidget(SectionHeader(words))
            self._chosen.addLayout(column(*self._lines(why.clock, now), gap=2))
        if why.blocks:
            self._chosen.addWidget(SectionHeader(translate("Queue", "Not now")))
            self._chosen.addLayout(column(*self._lines(why.blocks, now, Tone.WARNING), gap=2))
            self._chosen.addWidget(self._until(why.until_at, now))

    def _why_now(self, why: QueueWhy, now: int) -> str:
        place = reason_text(why.row.why, why.row.why_values, now, self._tz)
        return f"{class_label(why.row.queue_class)} · {place}"

    def _draw_following(self, why: QueueWhy, now: int) -> None:
        self._following.addWidget(SectionHeader(translate("Queue", "After that")))
        lines = KeyValues()
        for row in why.following:
            reason = reason_text(row.why, row.why_values, now, self._tz)
            lines.add(row.name, f"{class_label(row.queue_class)} · {reason}")
        if not why.following:
            lines.say(translate("Queue", "Nobody else can be called right now."))
        self._following.addWidget(lines)

    def _draw_held_back(self, held_back: Sequence[HeldBack], now: int) -> None:
        words = translate("Queue", "%n held back", len(held_back)) if held_back else ""
        self._held.addWidget(
            SectionHeader(translate("Queue", "What keeps the others back"), Text(words, quiet=True))
        )
        for one in held_back:
            reason = reason_text(one.row.reason, one.row.reason_values, now, self._tz)
            self._held.addWidget(Text(f"{one.row.name} · {reason}"))
            self._held.addLayout(column(*self._lines(one.blocks, now), self._until(one.until_at, now), gap=2))
        if not held_back:
            self._held.addWidget(Text(translate("Queue", "Nothing"), TypeRole.SMALL, quiet=True))

    def _lines(self, reasons: Sequence[Reason], now: int, tone: Tone | None = None) -> list[Text]:
        return [
            Text(
                reason_text(one.kind, one.values, now, self._tz),
                TypeRole.SMALL,
                tone=tone,
                quiet=tone is None,
                wrap=True,
            )
            for one in reasons
        ]

    def _until(self, until_at: int | None, now: int) -> Text:
        if until_at is None:
            words = translate("Queue", "Until somebody changes that")
        else:
            until = formats.moment(until_at, now, self._tz)
            words = translate("Queue", "Free from {moment} on").format(moment=until)
        return Text(words, TypeRole.SMALL, faint=True)
