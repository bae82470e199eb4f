"""The head of the work column: who is called and why, the call's clock, and the keys of the telephone."""

from datetime import tzinfo

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from agent_app.features.call_guide import model
from agent_app.features.call_guide.state import Call, CallGuideState, CallPhase, Header
from agent_app.ui import formats, painting, theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.fields import Picker
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, StatusDot, Text
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import tier_label

GAP = 8
NUMBER_WIDTH = 152


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
        self._visits = False
        self._name = Text("", TypeRole.FIGURE, weight=Weight.MEDIUM)
        self._tier = Badge("")
        self._label = Badge("", Tone.ACCENT)
        for badge in (self._tier, self._label):
            # Else the column could not become so narrow that they have to go.
            badge.setMinimumWidth(1)
        self._line = _Line()
        self._status = StatusDot("", Tone.NEUTRAL, boxed=True)
        self._numbers = Picker(translate("CallGuide", "Number to dial"))
        self._numbers.setFixedWidth(NUMBER_WIDTH)
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
        layout.setSpacing(GAP)
        who = row(self._name, self._tier, self._label, 1)
        layout.addLayout(column(who, self._line, gap=2), 1)
        for thing in (self._status, self._numbers, self._dial, self._hang_up, self._callback):
            layout.addWidget(thing)

    def show_state(self, state: CallGuideState) -> None:
        """Draw head and call."""
        self._header, self._call, self._visits = state.header, state.call, state.visits
        self.setVisible(state.header is not None)
        if state.header is None:
            return
        header = state.header
        self._name.setText(model.called(header))
        label, tone = tier_label(header.tier)
        self._tier.set_words(label, tone)
        self._label.set_words(header.label, Tone.ACCENT)
        chosen = next((one for one in header.numbers if one.id == state.number_id), None)
        self._number = chosen.masked if chosen else translate("CallGuide", "no number")
        several = len(header.numbers) > 1
        self._numbers.setVisible(several and state.call.phase is CallPhase.NONE and not state.visits)
        if several:
            self._numbers.set_choices(
                [(one.id.hex(), f"{one.masked} {one.label or ''}".strip()) for one in header.numbers]
            )
            self._numbers.set_code((state.number_id or b"").hex())
        is_open = header.is_open
        self._dial.setVisible(is_open and state.call.phase is CallPhase.NONE)
        self._dial.set_words(model.begin_words(state))
        self._dial.set_icon("map-pin" if state.visits else "phone")
        self._hang_up.setVisible(state.call.phase is CallPhase.RUNNING and not state.visits)
        self._status.setVisible(state.call.phase is not CallPhase.NONE)
        self._callback.setVisible(is_open)
        self._fit()
        self.tick(state.now)

    def line(self) -> str:
        """What is read beneath the name."""
        return self._line.words()

    def tick(self, now: int) -> None:
        """Draw what runs with the time."""
        if self._header is None:
            return
        self._status.set_status(*model.call_status(self._call, now, visits=self._visits))
        words, tone = model.countdown(self._header, now, self._tz)
        why = model.why(self._header, now, self._tz)
        number = "" if self._numbers.isVisibleTo(self) else self._number
        self._line.say(
            " · ".join(part for part in (number, why) if part),
            model.place_of(self._header),
            words if self._header.is_open else "",
            tone,
        )
        self._line.setToolTip(formats.exact(self._header.due_at, self._tz))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The name goes before its badges: what they say stands beneath and at the side, too."""
        if self._header is None:
            return
        beside = (self._status, self._numbers, self._dial, self._hang_up, self._callback)
        taken = sum(one.sizeHint().width() + GAP for one in beside if one.isVisibleTo(self))
        room = self.width() - taken - self._name.fontMetrics().horizontalAdvance(self._name.text())
        for badge, wanted in ((self._label, bool(self._header.label)), (self._tier, True)):
            room -= badge.sizeHint().width() + GAP if wanted else 0
            badge.setVisible(wanted and room >= 0)

    @Slot(object)
    def _on_picked(self, code: str) -> None:
        self.number_chosen.emit(bytes.fromhex(code))


class _Line(QWidget):
    """Number, reason, place, and what is left of the time. Where there is no room for all of it the place goes first,
    then the end of the reason: the time stands whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(TypeRole.SMALL, tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._why, self._place, self._left = "", "", ""
        self._tone: Tone | None = None

    def say(self, why: str, place: str, left: str, tone: Tone | None) -> None:
        """Show these words; the time in its tone."""
        self._why, self._place, self._left, self._tone = why, place, left, tone
        whole = " · ".join(part for part in (why, place, left) if part)
        self.setAccessibleName(whole)
        self.update()

    def words(self) -> str:
        """What is read at the present width."""
        return self._shown() + self._ending()

    def sizeHint(self) -> QSize:
        return QSize(0, theme.line_height(TypeRole.SMALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        rect.setLeft(painting.text(painter, rect, self._shown(), self.font(), c.soft))
        ink = c.soft if self._tone is None else c.inks[self._tone]
        painting.text(painter, rect, self._ending(), self.font(), ink)

    def _ending(self) -> str:
        return f" · {self._left}" if self._left else ""

    def _shown(self) -> str:
        room = self.width() - painting.text_width(self._ending(), self.font())
        whole = f"{self._why} · {self._place}" if self._place else self._why
        fits = painting.text_width(whole, self.font()) <= room
        return whole if fits else painting.elided(self._why, self.font(), room)
