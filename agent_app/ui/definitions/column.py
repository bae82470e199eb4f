"""The work column of a room of definitions: one from top to bottom, what is wrong with it, and what may be done."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import row
from agent_app.ui.definitions.state import DefinitionsState, Known, Offered
from agent_app.ui.definitions.words import joined, resumed_words
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight


class DefinitionColumn(WorkColumn):
    """`parts` stand one beneath the other while one is open, else `empty`. Signals: ``save_asked()``,
    ``let_be_asked()``; where somebody else wrote too ``insisted()`` and ``theirs_taken()``; ``notice_seen()``."""

    save_asked = Signal()
    let_be_asked = Signal()
    insisted = Signal()
    theirs_taken = Signal()
    notice_seen = Signal()

    def __init__(
        self,
        name: str,
        parts: Sequence[QWidget],
        empty: EmptyState,
        tz: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tz, self._parts, self._empty = tz, tuple(parts), empty
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._badge = Badge("")
        self._banner, self._resumed, self._missing, self._lost = Banner(), Banner(), Banner(), Banner()
        self._theirs = Button(translate("Definitions", "Take theirs"), small=True)
        self._let_be = Button(translate("Definitions", "Let it be"), Kind.QUIET)
        self._said = Text("", TypeRole.SMALL, quiet=True)
        self._save = Button(translate("Definitions", "Save"), Kind.PRIMARY, key="Alt S")
        self.setAccessibleName(name)
        self.header.line.addWidget(self._title, 1)
        self.header.line.addWidget(self._badge)
        for banner in (self._banner, self._resumed, self._missing, self._lost):
            self.body.addWidget(banner)
        self.body.addLayout(row(1, self._theirs))
        for part in self._parts:
            self.body.addWidget(part)
        self.body.addWidget(empty, 1)
        self.body.addStretch(0)
        foot = self.footer.line
        foot.addWidget(self._let_be)
        foot.addStretch(1)
        foot.addWidget(self._said)
        foot.addWidget(self._save)
        self._banner.dismissed.connect(self.notice_seen)
        self._lost.acted.connect(self.insisted)
        self._theirs.clicked.connect(self.theirs_taken)
        self._let_be.clicked.connect(self.let_be_asked)
        self._save.clicked.connect(self.save_asked)

    def draw_frame(
        self,
        state: DefinitionsState[Known, Offered],
        title: str,
        badge: tuple[str, Tone],
        missing: Sequence[str],
        lost: Sequence[str],
        theirs: str,
    ) -> None:
        """Show what stands around the parts: `missing` and `lost` are names of fields, `theirs` what the other one
        wrote into the first of these."""
        shown = state.written is not None
        for part in self._parts:
            part.setVisible(shown)
        self._empty.setVisible(not shown and state.loaded)
        self.set_footer_shown(shown)
        self._badge.setVisible(shown)
        self._badge.set_words(*badge)
        self._title.setText(title if shown else "")
        unsaved = state.open_id in state.unsaved
        self._let_be.setVisible(unsaved)
        self._save.setEnabled(unsaved)
        self._said.setText(translate("Definitions", "Saved") if state.saved and not unsaved else "")
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        self._resumed.say(resumed_words(state.resumed_at, state.now, self._tz), closable=False)
        words = translate("Definitions", "It cannot be saved yet. Please look at: {fields}")
        self._missing.say(
            words.format(fields=joined(missing)) if missing else "", Tone.WARNING, closable=False
        )
        self._theirs.setVisible(bool(lost))
        if not lost:
            self._lost.say("")
            return
        words = translate(
            "Definitions", "Somebody has changed this too meanwhile: {fields}. {first} is now: {text}"
        )
        words = words.format(fields=joined(lost), first=lost[0], text=theirs)
        self._lost.say(words, Tone.WARNING, action=translate("Definitions", "Keep mine"), closable=False)
