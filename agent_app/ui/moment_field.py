"""A moment as people say it: a few quick choices, a line to type into, and how it was understood; it reads no text
itself (``rules.typed_time`` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui import formats
from agent_app.ui.cards import row
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.fields import TextField
from agent_app.ui.i18n import mark, translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import Tone, TypeRole

_WEEKDAYS = (
    mark("Moment", "Mon"),
    mark("Moment", "Tue"),
    mark("Moment", "Wed"),
    mark("Moment", "Thu"),
    mark("Moment", "Fri"),
    mark("Moment", "Sat"),
    mark("Moment", "Sun"),
)


def weekday_words(on: date) -> str:
    """The weekday of a day: 周四."""
    return translate("Moment", _WEEKDAYS[on.weekday()])


def moment_words(at: int | None, now: int, tz: tzinfo) -> str:
    """A moment so that nobody takes it for another: ``明天 10:30 · 周四 11-19``; "" for none."""
    if at is None:
        return ""
    on = formats.today(at, tz)
    return f"{formats.moment(at, now, tz)} · {weekday_words(on)} {on:%m-%d}"


def quick_words(at: int, now: int, tz: tzinfo) -> str:
    """A moment of the coming days in short: ``明天 10:00``, ``周一 10:00``."""
    on = formats.today(at, tz)
    if (on - formats.today(now, tz)).days < 3:
        return formats.moment(at, now, tz)
    return f"{weekday_words(on)} {formats.clock_time(at, tz)}"


class MomentField(QWidget):
    """Signals: ``edited(text)`` with each key, ``picked(ms)`` when a quick choice is taken."""

    edited = Signal(object)
    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._field = TextField(name, translate("Moment", "tomorrow 10:30 · 3/15 9am · next Wed 14:00"))
        self._picture = Picture("check-circle", tone=Tone.SUCCESS)
        self._meant = Text("", TypeRole.SMALL)
        self._meant.setWordWrap(True)
        self._quick: ChoiceRow | None = None
        self._offered: tuple[tuple[int, str], ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._field)
        self._line = QWidget()
        line = row(self._picture, self._meant, gap=6)
        line.setStretch(1, 1)
        self._line.setLayout(line)
        self._line.hide()
        self._layout.addWidget(self._line)
        self._field.textEdited.connect(self._on_edited)

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Offer these moments (ms) with their words."""
        if tuple(choices) == self._offered:
            return
        self._offered = tuple(choices)
        if self._quick is not None:
            self._layout.removeWidget(self._quick)
            self._quick.hide()
            self._quick.deleteLater()
        words = [(str(at), label) for at, label in choices]
        self._quick = ChoiceRow(translate("Moment", "Often agreed"), words, caps=())
        self._quick.answered.connect(self._on_quick)
        self._layout.insertWidget(0, self._quick)

    def show_moment(self, text: str, at: int | None, meant: str, error: str) -> None:
        """Show what stands in the line, how it was understood ("" while it is empty), or what is wrong with it."""
        if text != self._field.text():
            self._field.setText(text)
        if self._quick is not None:
            self._quick.set_answer([] if at is None else [str(at)])
        self._meant.setText(error or meant)
        self._meant.set_tone(Tone.DANGER if error else None)
        self._picture.set_picture(
            "warning-circle" if error else "check-circle", Tone.DANGER if error else Tone.SUCCESS
        )
        self._line.setVisible(bool(error or meant))
        self._field.set_invalid(bool(error))
        self._field.setAccessibleDescription(error or meant)

    def start(self) -> None:
        """Take the keyboard."""
        self._field.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.edited.emit(text)

    @Slot(object)
    def _on_quick(self, codes: tuple[str, ...]) -> None:
        self.picked.emit(int(codes[0]))
        self.start()
