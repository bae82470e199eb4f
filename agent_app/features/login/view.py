"""The sign-in page."""

from datetime import UTC

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.features.login.state import Credentials, LoginState
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import Field, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import Tone, TypeRole, Weight

WIDTH = 400


class LoginView(Ground):
    """Signals: `submitted(Credentials)`."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._server = TextField(translate("Login", "Server"), "huifang.example.com")
        self._login = TextField(translate("Login", "User name"))
        self._password = TextField(translate("Login", "Password"), secret=True)
        self._fields = {
            "server": Field(translate("Login", "Server"), self._server),
            "login": Field(translate("Login", "User name"), self._login),
            "password": Field(translate("Login", "Password"), self._password),
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
        for editor in (self._server, self._login, self._password):
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
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._button)
        inside.addLayout(buttons)
        inside.addWidget(self._note)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(3)

    def render_state(self, state: LoginState) -> None:
        """Draw a state; what is being typed is never overwritten."""
        for editor, value in ((self._server, state.server), (self._login, state.login)):
            if not editor.text():
                editor.setText(value)
        for name, field in self._fields.items():
            field.setEnabled(not state.busy)
            empty = state.error is not None and name == state.wrong_field and "field" in state.error_values
            field.set_error(translate("Login", "Please fill this in.") if empty else "")
        self._button.setEnabled(not state.busy)
        self._button.set_words(
            translate("Login", "Signing in…") if state.busy else translate("Login", "Sign in")
        )
        said = state.error is not None and "field" not in state.error_values
        words = error_text(state.error, state.error_values, state.now, UTC) if said and state.error else ""
        self._banner.say(words, Tone.DANGER, closable=False)
        wanted = state.wrong_field or next(
            (name for name, text in (("server", state.server), ("login", state.login)) if not text),
            "password",
        )
        if not state.busy:
            self._fields[wanted].editor.setFocus()

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(Credentials(self._server.text(), self._login.text(), self._password.text()))
