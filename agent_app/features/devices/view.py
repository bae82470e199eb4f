"""The page of the team's computers: a card each, with what is known of it and what can be ordered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.devices.presenter import DevicesPresenter
from agent_app.features.devices.state import Order
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.devices import Computer
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.clock_words import skew_words
from agent_app.ui.dialogs import Question
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.clock import HOUR

Ask = Callable[[Question, Callable[[str], object]], object]

FRESH = HOUR
"""A contact is told to the lead's desk only now and then: what is younger counts as now."""


class ComputerCard(Card):
    """One computer. Signal: `ordered(Order, Computer)`."""

    ordered = Signal(object, object)

    def __init__(self, computer: Computer, now: int) -> None:
        super().__init__()
        self.computer = computer
        who = Text(computer.person, weight=Weight.MEDIUM)
        known = (computer.name, computer.team, computer.app_version)
        where = Text(" · ".join(part for part in known if part), quiet=True)
        state, tone = _state(computer)
        self.body.addLayout(row(who, where, 1, Text(state, tone=tone)))
        self.body.addWidget(Paragraph(_facts(computer, now), TypeRole.SMALL, quiet=True))
        buttons = [self._button(*offered) for offered in _offered(computer)]
        if buttons:
            self.body.addLayout(row(1, *buttons))

    def _button(self, order: Order, words: str, kind: Kind) -> Button:
        button = Button(words, kind, small=True)
        button.setAccessibleName(f"{words} {self.computer.person} {self.computer.name}")
        button.setProperty("order", order.value)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.ordered.emit(Order(self.sender().property("order")), self.computer)


class DevicesFeature(QObject):
    """The page and what the shell calls. Main thread. `ask` puts a question before the lead."""

    def __init__(self, session: DeskSession, ask: Ask) -> None:
        super().__init__()
        self._session = session
        self._ask = ask
        self.presenter = DevicesPresenter(session, self._draw)
        self._cards: list[ComputerCard] = []
        self._page = WorkColumn()
        title = Text(translate("Devices", "Computers"), TypeRole.FIGURE, weight=Weight.MEDIUM)
        self._page.header.line.addWidget(title)
        self._page.header.line.addStretch(1)
        self._empty = EmptyState(translate("Devices", "Nobody of the team has signed in yet"), icon="desktop")
        self._page.body.addWidget(self._empty)
        self._page.body.addStretch(1)
        self.presenter.start()

    @property
    def widget(self) -> QWidget:
        return self._page

    def cards(self) -> list[ComputerCard]:
        """What is shown, from top to bottom."""
        return list(self._cards)

    def open(self, item: bytes | None, detail: object = None) -> None:
        """There is but one page."""

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Times are told roughly; they are drawn anew with what comes from the server."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return ()

    def _draw(self, computers: tuple[Computer, ...]) -> None:
        if [card.computer for card in self._cards] == list(computers):
            return
        for card in self._cards:
            self._page.body.removeWidget(card)
            card.deleteLater()
        self._cards = [ComputerCard(one, self._session.now()) for one in computers]
        for place, card in enumerate(self._cards):
            card.ordered.connect(self._on_ordered)
            self._page.body.insertWidget(place, card)
        self._empty.setVisible(not computers)

    @Slot(object, object)
    def _on_ordered(self, order: Order, computer: Computer) -> None:
        if order is Order.ADMIT:
            self.presenter.on_ordered(order, computer.id)
            return
        self._ask(_question(order, computer), lambda _: self.presenter.on_ordered(order, computer.id))


def _state(computer: Computer) -> tuple[str, Tone | None]:
    if computer.wiped_at is not None:
        return translate("Devices", "Wiped"), None
    if computer.wipe:
        return translate("Devices", "To be wiped"), Tone.DANGER
    if computer.revoked_at is not None:
        return translate("Devices", "Revoked"), Tone.WARNING
    off = skew_words(computer.clock_skew_ms)
    return off, Tone.WARNING if off else None


def _facts(computer: Computer, now: int) -> str:
    """Last contact, lease, rows and what is not sent in one line."""
    if now - computer.last_contact_at < FRESH:
        heard = translate("Devices", "Contact within the last hour")
    else:
        heard = translate("Devices", "Last contact {ago}").format(
            ago=formats.ago(computer.last_contact_at, now)
        )
    parts = [heard]
    left = computer.lease_until - now
    if computer.wiped_at is None:
        parts.append(
            translate("Devices", "may work alone for {span}").format(span=formats.span(left))
            if left > 0
            else translate("Devices", "locked until it reaches the server")
        )
    if computer.rows_held is not None:
        parts.append(translate("Devices", "%n row(s)", computer.rows_held))
    if computer.unsent:
        parts.append(translate("Devices", "%n not sent", computer.unsent))
    return " · ".join(parts)


def _offered(computer: Computer) -> list[tuple[Order, str, Kind]]:
    wipe = (Order.WIPE, translate("Devices", "Wipe…"), Kind.DANGER)
    if computer.wiped_at is not None:
        return []
    if computer.revoked_at is None:
        return [(Order.REVOKE, translate("Devices", "Revoke…"), Kind.SECONDARY), wipe]
    admit = (Order.ADMIT, translate("Devices", "Admit again"), Kind.SECONDARY)
    return [admit] if computer.wipe else [admit, wipe]


def _question(order: Order, computer: Computer) -> Question:
    who = {"person": computer.person, "name": computer.name}
    if order is Order.REVOKE:
        return Question(
            translate("Devices", "Revoke the computer of {person} ({name})?").format(**who),
            translate(
                "Devices",
                "It gets nothing more and is locked at its next contact. What was done on it without the network comes "
                "to your conflicts.",
            ),
            translate("Devices", "Revoke"),
            danger=True,
        )
    return Question(
        translate("Devices", "Wipe the computer of {person} ({name})?").format(**who),
        translate(
            "Devices",
            "At its next contact it hands over what was not sent and deletes everything. As long as it has no network "
            "nobody can force it; its data stays encrypted, and it locks itself when its time is over.",
        ),
        translate("Devices", "Wipe"),
        danger=True,
    )
