"""The section of the contact ledger: what stands against a call now, consent, and who was contacted when or not."""

from datetime import tzinfo

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import LedgerPresenter
from agent_app.features.customer360.state import ConsentAsked, LedgerState
from agent_app.features.customer360.view.note_line import NoteLine
from agent_app.store.queries.contact_ledger import CustomerLedger, Entry, EntryKind, Standing
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import KeyValues, SectionHeader, clear, column, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.reason_words import reason_text
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.words import channel_label, disposition_label, purpose_label

SHOWN = 5
"""Entries that are seen before the section is unfolded."""


class LedgerSection(QWidget):
    """Main thread."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = session.timezone
        self.presenter = LedgerPresenter(session, self._draw)
        self._banner = Banner()
        self._standings, self._consents, self._entries = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for part in (self._standings, self._consents, self._entries):
            part.setSpacing(6)
        self._words = NoteLine(
            translate("Ledger", "The words he was asked with"),
            translate("Ledger", "In which words was he asked? Enter records it"),
        )
        self._more = Button("", Kind.QUIET, small=True)
        layout = column(
            SectionHeader(translate("Ledger", "May he be called now")),
            self._banner,
            self._standings,
            SectionHeader(translate("Ledger", "Consent")),
            self._consents,
            self._words,
            SectionHeader(translate("Ledger", "Contacts and occasions"), self._more),
            self._entries,
            gap=10,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._banner.dismissed.connect(self._banner.hide)
        self._words.returnPressed.connect(self._on_worded)
        self._words.left.connect(self._on_left)
        self._more.clicked.connect(self._on_more)
        self._draw(LedgerState())

    def _draw(self, state: LedgerState) -> None:
        self._state = state
        self.setVisible(state.ledger is not None)
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        for part in (self._standings, self._consents, self._entries):
            clear(part)
        if state.ledger is not None:
            self._draw_standings(state.ledger, state.now)
            self._draw_consents(state.ledger, state.now)
            self._draw_entries(state.ledger, state)
        if state.asked is None:
            self._words.put_away()
        elif self._words.isHidden():
            self._words.show()
            self._words.take_keyboard()

    def _draw_standings(self, ledger: CustomerLedger, now: int) -> None:
        lines = KeyValues()
        for one in ledger.standings:
            free = not one.against
            words = translate("Ledger", "Yes") if free else _until(one, now, self._tz)
            lines.add(purpose_label(one.purpose), words, tone=Tone.SUCCESS if free else Tone.WARNING)
        self._standings.addWidget(lines)
        told: set[str] = set()
        for one in ledger.standings:
            for reason in one.against:
                words = reason_text(reason.kind, reason.values, now, self._tz)
                if words not in told:
                    told.add(words)
                    self._standings.addWidget(Text(words, TypeRole.SMALL, quiet=True, wrap=True))

    def _draw_consents(self, ledger: CustomerLedger, now: int) -> None:
        for one in ledger.standings:
            if not one.needs_consent and one.granted is None:
                continue
            line = QWidget()
            text = Text(f"{purpose_label(one.purpose)} · {_consent(one, now, self._tz)}", wrap=True)
            text.setToolTip(one.wording or "")
            given = [self._button(translate("Ledger", "Agrees"), ConsentAsked(one.purpose, granted=True))]
            if one.granted is None:
                given.append(
                    self._button(translate("Ledger", "Declines"), ConsentAsked(one.purpose, granted=False))
                )
            elif one.granted:
                given = [
                    self._button(translate("Ledger", "Withdraws"), ConsentAsked(one.purpose, granted=None))
                ]
            line.setLayout(column(text, row(*given, 1, gap=4), gap=2))
            self._consents.addWidget(line)

    def _button(self, words: str, asked: ConsentAsked) -> Button:
        button = Button(words, Kind.QUIET, small=True)
        button.setAccessibleName(f"{words}: {purpose_label(asked.purpose)}")
        button.setProperty("asked", asked)
        button.clicked.connect(self._on_asked)
        return button

    def _draw_entries(self, ledger: CustomerLedger, state: LedgerState) -> None:
        shown = ledger.entries if state.unfolded else ledger.entries[:SHOWN]
        for entry in shown:
            when = formats.moment(entry.at, state.now, self._tz)
            line = Text(_entry(entry, state.now, self._tz), wrap=True)
            self._entries.addLayout(column(line, Text(when, TypeRole.SMALL, quiet=True), gap=0))
        if not ledger.entries:
            words = translate("Ledger", "Nobody has contacted him yet")
            self._entries.addWidget(Text(words, TypeRole.SMALL, quiet=True, wrap=True))
        left = len(ledger.entries) - SHOWN
        self._more.setVisible(left > 0)
        fewer = translate("Ledger", "Fewer")
        self._more.set_words(fewer if state.unfolded else translate("Ledger", "%n more", left))

    @Slot()
    def _on_asked(self) -> None:
        self.presenter.on_consent_asked(self.sender().property("asked"))

    @Slot()
    def _on_worded(self) -> None:
        self.presenter.on_worded(self._words.text())

    @Slot()
    def _on_left(self) -> None:
        if self._state.asked is not None and not self._words.text():
            self.presenter.on_consent_asked(self._state.asked)

    @Slot()
    def _on_more(self) -> None:
        self.presenter.on_unfolded()


def _until(one: Standing, now: int, tz: tzinfo) -> str:
    if one.until_at is None:
        return translate("Ledger", "No")
    return translate("Ledger", "From {moment} on").format(moment=formats.moment(one.until_at, now, tz))


def _consent(one: Standing, now: int, tz: tzinfo) -> str:
    """What he said last about one purpose."""
    if one.granted is None or one.said_at is None:
        return translate("Ledger", "never asked")
    said = formats.moment(one.said_at, now, tz)
    if one.granted:
        return translate("Ledger", "agreed on {moment}").format(moment=said)
    return translate("Ledger", "not agreed since {moment}").format(moment=said)


def _entry(entry: Entry, now: int, tz: tzinfo) -> str:
    """One line: a contact with its result, or what became of an occasion."""
    if entry.kind is EntryKind.CONTACT:
        result = (
            disposition_label(entry.disposition)
            if entry.disposition
            else translate("Ledger", "no result yet")
        )
        return " · ".join(part for part in (channel_label(entry.channel), result, entry.person) if part)
    seen = reason_text(*entry.reason, now, tz) if entry.reason is not None else ""
    wanted = " · ".join(part for part in (entry.plan, seen) if part)
    if entry.kind is EntryKind.MERGED:
        return translate("Ledger", "Merged into another contact: {wanted}").format(wanted=wanted)
    if entry.kind is EntryKind.CONTROL:
        return translate("Ledger", "Control group, not contacted: {wanted}").format(wanted=wanted)
    because = reason_text(*entry.because, now, tz) if entry.because is not None else ""
    return translate("Ledger", "Not sent out: {because} ({wanted})").format(because=because, wanted=wanted)
