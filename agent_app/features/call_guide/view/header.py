"""The head of the work column: who is called and why, the call's clock, and the keys of the telephone."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from agent_app.features.call_guide import model
from agent_app.features.call_guide.state import Call, CallGuideState, CallPhase, Header
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.fields import Picker
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, StatusDot, Text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import tier_label


class HeaderBar(QWidget):
    """Signals: ``dial_asked()``, ``hang_up_asked()``, ``callback_asked()``, ``number_chosen(id)``."""

    dial_asked = Signal()
    hang_up_asked = Signal()
    callback_asked = Signal()
    number_chosen = Signal(object)

    def __init__(self, tz: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = tz
        self._header: Header | None = None
        self._call = Call()
        self._name = Text("", TypeRole.FIGURE, weight=Weight.MEDIUM)
        self._tier = Badge("")
        self._label = Badge("", Tone.ACCENT)
        self._why = Text("", TypeRole.SMALL, quiet=True)
        self._left = Text("", TypeRole.SMALL)
        self._left.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._status = StatusDot("", Tone.NEUTRAL, boxed=True)
        self._numbers = Picker(translate("CallGuide", "Number to dial"))
        self._numbers.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToContents)
        self._dial = Button(translate("CallGuide", "Dial"), Kind.PRIMARY, key="F5", icon="phone")
        self._hang_up = Button(translate("CallGuide", "Hang up"), Kind.DANGER, key="F6")
        self._callback = Button(translate("CallGuide", "Callback"), key="F9")
        self._number = ""
        self._lay_out()
        self._dial.clicked.connect(self.dial_asked)
        self._hang_up.clicked.connect(self.hang_up_asked)
        self._callback.clicked.connect(self.callback_asked)
        self._numbers.picked.connect(self._on_picked)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        who = row(self._name, self._tier, self._label, 1)
        why = row(self._why, self._left, 1, gap=4)
        layout.addLayout(column(who, why, gap=2), 1)
        for thing in (self._status, self._numbers, self._dial, self._hang_up, self._callback):
            layout.addWidget(thing)

    def show_state(self, state: CallGuideState) -> None:
        """Draw head and call."""
        self._header, self._call = state.header, state.call
        self.setVisible(state.header is not None)
        if state.header is None:
            return
        header = state.header
        self._name.setText(model.called(header))
        label, tone = tier_label(header.tier)
        self._tier.set_words(label, tone)
        self._label.set_words(header.label, Tone.ACCENT)
        self._label.setVisible(bool(header.label))
        chosen = next((one for one in header.numbers if one.id == state.number_id), None)
        self._number = chosen.masked if chosen else translate("CallGuide", "no number")
        several = len(header.numbers) > 1
        self._numbers.setVisible(several and state.call.phase is CallPhase.NONE)
        if several:
            self._numbers.set_choices(
                [(one.id.hex(), f"{one.masked} {one.label or ''}".strip()) for one in header.numbers]
            )
            self._numbers.set_code((state.number_id or b"").hex())
        is_open = header.is_open
        self._dial.setVisible(is_open and state.call.phase is CallPhase.NONE)
        self._hang_up.setVisible(state.call.phase is CallPhase.RUNNING)
        self._status.setVisible(state.call.phase is not CallPhase.NONE)
        self._callback.setVisible(is_open)
        self.tick(state.now)

    def tick(self, now: int) -> None:
        """Draw what runs with the time."""
        if self._header is None:
            return
        self._status.set_status(*model.call_status(self._call, now))
        words, tone = model.countdown(self._header, now, self._tz)
        is_open = self._header.is_open
        self._left.setText(f"· {words}" if is_open else "")
        self._left.set_tone(tone)
        self._left.setToolTip(formats.exact(self._header.due_at, self._tz))
        why = model.why(self._header, now, self._tz)
        self._why.setText(" · ".join(part for part in (self._number, why) if part))
        self._why.setToolTip(self._why.text())

    @Slot(object)
    def _on_picked(self, code: str) -> None:
        self.number_chosen.emit(bytes.fromhex(code))
