"""The check-in of a visit: where it takes place, as it was found or typed, and how accurate that is."""

from PySide6.QtCore import Signal, Slot

from agent_app.features.call_guide import model
from agent_app.features.call_guide.state import CallGuideState, CallPhase
from agent_app.ui.buttons import Button
from agent_app.ui.cards import Card, row
from agent_app.ui.fields import TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import Tone, TypeRole

FIELD_WIDTH = 220


class CheckInCard(Card):
    """Signal: ``typed(text)`` when a position was typed to its end."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._picture = Picture("map-pin", tone=Tone.ACCENT)
        self._words = Text("", wrap=True)
        self._field = TextField(translate("CallGuide", "Position by hand"))
        self._field.setPlaceholderText(translate("CallGuide", "Latitude, longitude, metres"))
        self._field.setFixedWidth(FIELD_WIDTH)
        self._use = Button(translate("CallGuide", "Use"), small=True)
        self._wrong = Text("", TypeRole.SMALL, tone=Tone.DANGER)
        line = row(self._picture, self._words, self._field, self._use, gap=8)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._wrong)
        self._field.returnPressed.connect(self._on_use)
        self._use.clicked.connect(self._on_use)

    def show_state(self, state: CallGuideState) -> None:
        """Draw what is known of the place of a visit that was begun."""
        is_open = state.header is not None and state.header.is_open
        self.setVisible(state.visits and is_open and state.call.phase is CallPhase.RUNNING)
        words, tone = model.check_in_words(state)
        self._words.setText(words)
        self._picture.set_picture("map-pin", tone)
        refused = translate("CallGuide", "Two numbers in degrees are needed, such as 31.2304, 121.4737.")
        self._wrong.setText(refused if state.place_refused else "")
        self._wrong.setVisible(state.place_refused)
        self._field.set_invalid(state.place_refused)
        if state.place is not None and not state.place_refused:
            self._field.clear()

    @Slot()
    def _on_use(self) -> None:
        text = self._field.text().strip()
        if text:
            self.typed.emit(text)
