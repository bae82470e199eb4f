"""The page of the conflicts: one card an entry, what was meant and why it was not taken."""

from collections.abc import Callable, Sequence, Set

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.presenter import ConflictsPresenter, ConflictsState
from agent_app.features.conflicts.words import command_label, told
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.conflicts import Conflict
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import field_label


class ConflictsFeature(QObject):
    """Main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        super().__init__()
        self._tz = session.timezone
        self.presenter = ConflictsPresenter(session, route, self._draw)
        self._page = WorkColumn()
        self._page.header.line.addWidget(
            Text(translate("Conflicts", "Conflicts"), TypeRole.FIGURE, weight=Weight.MEDIUM)
        )
        self._page.header.line.addStretch(1)
        self._banner = Banner()
        self._cards = QVBoxLayout()
        # By mid, in the order of the list: the entry, and the button that puts it away.
        self._shown: dict[int, tuple[Card, Button]] = {}
        self._empty = EmptyState(
            translate("Conflicts", "Nothing to look at"),
            translate(
                "Conflicts",
                "When the server cannot take something you saved, it waits here. Nothing gets lost.",
            ),
            icon="check-circle",
        )
        self._cards.setSpacing(self._page.body.spacing())
        self._page.body.addWidget(self._banner)
        self._page.body.addLayout(self._cards)
        self._page.body.addWidget(self._empty, 1)
        self._page.body.addStretch(1)
        self.presenter.start()

    @property
    def widget(self) -> QWidget:
        return self._page

    def open(self, item: bytes | None, detail: object = None) -> None:
        """There is but one list."""

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return ()

    def _draw(self, state: ConflictsState) -> None:
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        left = self._take_away({entry.mid for entry in state.entries})
        for place, entry in enumerate(state.entries):
            if entry.mid not in self._shown:
                self._shown[entry.mid] = self._card(entry, state.now)
                self._cards.insertWidget(place, self._shown[entry.mid][0])
        self._shown = {entry.mid: self._shown[entry.mid] for entry in state.entries}
        self._empty.setVisible(not state.entries)
        if left is not None and self._shown:
            # Whoever goes through the list by keys goes on with the entry that took the place.
            _, done = list(self._shown.values())[min(left, len(self._shown) - 1)]
            done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self, staying: Set[int]) -> int | None:
        """Take away the entries that went; returns the place of the one that had the keyboard."""
        focused, left = self._page.window().focusWidget(), None
        for place, (mid, (card, _)) in enumerate(list(self._shown.items())):
            if mid in staying:
                continue
            if card.isAncestorOf(focused):
                left = place
            del self._shown[mid]
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        return left

    def _card(self, entry: Conflict, now: int) -> tuple[Card, Button]:
        merged = entry.status == "merged"
        label = translate("Conflicts", "Merged") if merged else translate("Conflicts", "Not taken")
        head = row(
            Text(command_label(entry.command), weight=Weight.MEDIUM),
            Badge(label, Tone.ACCENT if merged else Tone.DANGER),
            Text(entry.customer or "", quiet=True),
            1,
            Text(formats.moment(entry.recorded_at, now, self._tz), TypeRole.SMALL, quiet=True, tabular=True),
        )
        if merged:
            fields = ", ".join(field_label(name) for name in entry.values.get("merged", ()))
            why = translate(
                "Conflicts", "Somebody else changed this too: {fields}. The later value stands."
            ).format(fields=fields)
        else:
            why = error_text(entry.kind, entry.values, now, self._tz)
        meant = KeyValues()
        for name, value in told(entry, now, self._tz):
            meant.add(name, value)
        again = Button(translate("Conflicts", "Send again"), small=True)
        done = Button(translate("Conflicts", "Done"), Kind.PRIMARY, small=True)
        look = Button(translate("Conflicts", "Customer"), Kind.QUIET, small=True)
        for button, action in ((again, "again"), (done, "done"), (look, "look")):
            button.setProperty("action", action)
            button.setProperty("mid", entry.mid)
            button.setProperty("customer", (entry.customer_id or b"").hex())
            button.clicked.connect(self._on_pressed)
        # Never shown here: without a parent that would be a window of its own.
        if merged:
            again.hide()
        if entry.customer is None:
            look.hide()
        return Card(head, Paragraph(why), meant, row(look, 1, again, done)), done

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        mid, action = int(button.property("mid")), str(button.property("action"))
        if action == "again":
            self.presenter.on_retried(mid)
        elif action == "done":
            self.presenter.on_settled(mid)
        else:
            self.presenter.on_customer_asked(bytes.fromhex(str(button.property("customer"))))
