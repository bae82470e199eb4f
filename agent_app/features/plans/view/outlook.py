"""What a plan would do if it ran now, as the server says: numbers, why nothing is made for some, and a sample."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.features.plans.state import Outlook, Stage
from agent_app.features.plans.view.words import skip_words
from agent_app.ui import formats
from agent_app.ui.buttons import Button
from agent_app.ui.cards import KeyValues, column, row
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.reason_words import reason_text
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.words import tier_label
from server_sync.domain.errors import ErrorKind
from server_sync.domain.wire.plans import Picked, PlanPreview

_SHOWN = 10


class OutlookPart(QWidget):
    """Signals: ``asked()``, ``stopped()`` while it is being worked out."""

    asked = Signal()
    stopped = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._ask = Button(translate("Plans", "What would happen now?"), key="Alt P", icon="eye")
        self._stop = Button(translate("Plans", "Stop"))
        self._busy = Text(translate("Plans", "The server is counting …"), quiet=True)
        self._trouble = Banner()
        self._told = Paragraph("", quiet=True)
        self._figures = KeyValues()
        self._sample = KeyValues()
        self._note = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        line = row(self._ask, self._stop, self._busy, 1)
        self.setLayout(column(line, self._trouble, self._told, self._figures, self._note, self._sample))
        self._ask.clicked.connect(self.asked)
        self._stop.clicked.connect(self.stopped)
        self.draw(None, 0)

    def draw(self, outlook: Outlook | None, now: int) -> None:
        """Show how far it has come."""
        running = outlook is not None and outlook.stage is Stage.RUNNING
        found = outlook.found if outlook is not None else None
        for part in (self._stop, self._busy):
            part.setVisible(running)
        self._ask.setVisible(not running)
        self._trouble.say(self._wrong(outlook, now), Tone.WARNING, closable=False)
        self._figures.clear()
        self._sample.clear()
        told = translate(
            "Plans", "Asks the server for whom tasks would come if the plan ran now. Nothing is made."
        )
        self._told.set_words("" if found is not None else told)
        self._told.setVisible(found is None and not running)
        stale = outlook is not None and outlook.stage is Stage.STALE
        self._note.setText(
            translate("Plans", "Of the plan as it was before the last change") if stale else ""
        )
        self._note.setVisible(stale)
        if found is not None:
            self._show(found, now)

    def _wrong(self, outlook: Outlook | None, now: int) -> str:
        if outlook is None or outlook.error is None:
            return ""
        if outlook.error is ErrorKind.OFFLINE:
            return translate(
                "Plans", "No connection to the server: this can be looked at later. What you write is kept."
            )
        return error_text(outlook.error, outlook.error_values, now, self._tz)

    def _show(self, found: PlanPreview, now: int) -> None:
        figures = self._figures
        figures.add(translate("Plans", "Audience"), _people(found.audience))
        if found.picked is not None:
            figures.add(translate("Plans", "Picked now"), _people(found.picked))
        figures.add(translate("Plans", "Tasks"), formats.number(found.made), tone=Tone.ACCENT)
        if found.merged:
            figures.add(translate("Plans", "Joined to tasks that are there"), formats.number(found.merged))
        for code, count in sorted(found.skipped.items(), key=lambda one: -one[1]):
            figures.add(skip_words(code), formats.number(count))
        if found.picked is not None and found.decided < found.picked:
            words = translate("Plans", "Tasks and the rest are of the first {count} picked.")
            figures.say(words.format(count=formats.number(found.decided)))
        for one in found.sample[:_SHOWN]:
            self._add(one, now)

    def _add(self, one: Picked, now: int) -> None:
        customer = one.customer
        why = reason_text(one.reason, one.reason_values, now, self._tz) if one.reason else ""
        tier = tier_label(str(customer["tier"]))[0]
        named = " · ".join(part for part in (str(customer["name"]), tier, customer.get("city") or "") if part)
        fate = skip_words(one.skipped) if one.skipped else ""
        fate = fate or translate("Plans", "due {moment}").format(
            moment=formats.moment(one.due_at, now, self._tz)
        )
        self._sample.add(named, why, fate)


def _people(count: int) -> str:
    return translate("Plans", "{count} customers").format(count=formats.number(count))
