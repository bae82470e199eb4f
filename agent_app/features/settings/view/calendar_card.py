"""The card of one's private calendar: a new address, to be copied into Outlook or a telephone, and its end."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from agent_app.actions.session import DeskSession
from agent_app.features.settings.presenter import CalendarPresenter, CalendarService
from agent_app.features.settings.state import CalendarState
from agent_app.ui.buttons import Button
from agent_app.ui.cards import Card, row
from agent_app.ui.error_words import error_text
from agent_app.ui.fields import TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import TypeRole, Weight


class CalendarCard(Card):
    """Main thread."""

    def __init__(self, session: DeskSession, service: CalendarService) -> None:
        super().__init__(Text(translate("Settings", "Calendar"), weight=Weight.MEDIUM))
        self._session = session
        self._presenter = CalendarPresenter(session, service, self.render_state)
        self._address = TextField(translate("Settings", "Calendar address"))
        self._address.setReadOnly(True)
        self._said = Paragraph("", TypeRole.SMALL, quiet=True)
        self._make = Button(translate("Settings", "Make a private address"))
        self._copy = Button(translate("Settings", "Copy"))
        self._end = Button(translate("Settings", "End the address"))
        self._make.clicked.connect(self._on_make)
        self._copy.clicked.connect(self._on_copy)
        self._end.clicked.connect(self._on_end)
        self.body.addWidget(self._address)
        self.body.addLayout(row(self._make, self._copy, self._end, 1))
        self.body.addWidget(self._said)
        self.render_state(CalendarState())

    def render_state(self, state: CalendarState) -> None:
        """Show the address, or what there is to say instead of it."""
        self._address.setText(state.address or "")
        self._address.setVisible(state.address is not None)
        self._copy.setVisible(state.address is not None)
        self._make.setEnabled(not state.busy)
        self._end.setEnabled(not state.busy)
        self._said.setText(self._words(state))

    def _words(self, state: CalendarState) -> str:
        if state.trouble is not None:
            now, tz = self._session.now(), self._session.timezone
            return error_text(state.trouble.kind, state.trouble.values, now, tz)
        if state.address is not None:
            return translate(
                "Settings",
                "Whoever knows the address can read your callbacks, visits and deadlines. It is shown only now.",
            )
        if state.ended:
            return translate("Settings", "The address has ended; nobody can read your calendar any more.")
        return translate(
            "Settings",
            "Callbacks, visits and deadlines in Outlook or on your phone, names masked. A new address ends the one "
            "before.",
        )

    @Slot()
    def _on_make(self) -> None:
        self._presenter.on_made()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address.text())

    @Slot()
    def _on_end(self) -> None:
        self._presenter.on_ended()
