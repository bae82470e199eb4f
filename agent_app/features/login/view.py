"""The sign-in page."""

from datetime import UTC

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.login.state import Credentials, LoginState
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import Tone, TypeRole, Weight
from server_sync.domain.errors import ErrorKind

WIDTH = 400


class LoginView(Ground):
    """Signals: `submitted(Credentials)`."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._editors = {
            "server": TextField(translate("Login", "Server"), "huifang.example.com"),
            "login": TextField(translate("Login", "User name")),
            "password": TextField(translate("Login", "Password"), secret=True),
            "earlier_password": TextField(translate("Login", "Earlier password"), secret=True),
        }
        self._fields = {
            name: Field(editor.accessibleName(), editor) for name, editor in self._editors.items()
        }
        self._banner = Banner()
        self._button = Button(translate("Login", "Sign in"), Kind.PRIMARY, key="Enter")
        self._note = Text(
            translate(
                "Login", "Your data stays encrypted on this computer; you can work without the network."
            ),
            TypeRole.SMALL,
            quiet=True,
            wrap=True,
        )
        self._lay_out()
        self._button.clicked.connect(self._submit)
        for editor in self._editors.values():
            editor.returnPressed.connect(self._submit)

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(WIDTH)
        inside = card.body
        inside.setContentsMargins(28, 28, 28, 28)
        inside.setSpacing(14)
        inside.addWidget(Text(translate("Login", "Huifang"), TypeRole.FIGURE, weight=Weight.MEDIUM))
        inside.addWidget(Text(translate("Login", "The follow-up desk"), quiet=True))
        inside.addSpacing(4)
        inside.addWidget(self._banner)
        for field in self._fields.values():
            inside.addWidget(field)
        inside.addSpacing(4)
        inside.addLayout(row(1, self._button))
        inside.addWidget(self._note)
        page = QVBoxLayout(self)
        page.addStretch(2)
        # A row of its own, not an alignment: that would ask the card how tall it is at the page's width.
        page.addLayout(row(1, card, 1))
        page.addStretch(3)

    def render_state(self, state: LoginState) -> None:
        """Draw a state; what is being typed is never overwritten."""
        remembered = {"server": state.server, "login": state.login}
        for name, value in remembered.items():
            if not self._editors[name].text():
                self._editors[name].setText(value)
        self._fields["earlier_password"].setVisible(state.earlier_asked)
        for name, field in self._fields.items():
            field.setEnabled(not state.busy)
            empty = state.error is ErrorKind.FIELD_MISSING and name == state.wrong_field
            field.set_error(translate("Login", "Please fill this in.") if empty else "")
        self._button.setEnabled(not state.busy)
        self._button.set_words(
            translate("Login", "Signing in…") if state.busy else translate("Login", "Sign in")
        )
        words, tone = _said(state)
        self._banner.say(words, tone, closable=False)
        empty_field = next((name for name, value in remembered.items() if not value), "password")
        if not state.busy:
            editor = self._editors[state.wrong_field or empty_field]
            editor.setFocus()
            editor.selectAll()

    @Slot()
    def _submit(self) -> None:
        typed = {name: editor.text() for name, editor in self._editors.items()}
        self.submitted.emit(Credentials(**typed))


def _said(state: LoginState) -> tuple[str, Tone]:
    """What the banner says, "" for nothing."""
    match state.error:
        case None if state.earlier_asked and not state.busy:
            words = translate(
                "Login",
                "Your password was changed. Please enter the earlier one, too, this once: it opens the data on this"
                " computer, and from then on the new one does.",
            )
            return words, Tone.ACCENT
        case None if state.broken:
            words = translate(
                "Login",
                "Something went wrong; your data is untouched. Please try again, or tell your administrator.",
            )
        case None | ErrorKind.FIELD_MISSING:
            return "", Tone.ACCENT
        case ErrorKind.OFFLINE:
            words = translate(
                "Login",
                "The server cannot be reached, and you have not signed in on this computer before. Please check the"
                " address and the network.",
            )
        case ErrorKind.DEVICE_REVOKED if state.error_values.get("wipe"):
            words = translate(
                "Login",
                "Your supervisor has ordered the data on this computer to be deleted. What had not been sent was handed"
                " over first.",
            )
        case ErrorKind.PASSPHRASE_WRONG:
            words = translate(
                "Login",
                "The earlier password is wrong. Nothing was deleted; if you no longer know it, please ask your"
                " administrator.",
            )
        case error:
            words = error_text(error, state.error_values, state.now, UTC)
    return words, Tone.DANGER
