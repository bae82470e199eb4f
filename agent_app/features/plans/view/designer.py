"""The work column: one plan from top to bottom, what it has done and would do, and what may be done with it."""

from collections.abc import Callable, Mapping
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.features.plans.state import Outlook, PlansState
from agent_app.features.plans.view.outlook import OutlookPart
from agent_app.features.plans.view.sections import Sections, section
from agent_app.features.plans.view.standing import Standing, column_words, value_words
from agent_app.store.queries.plans import PlanLine
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import row
from agent_app.ui.definitions.state import Fault
from agent_app.ui.definitions.words import fault_words, resumed_words
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import plan_state_label
from server_sync.domain.model import PlanState


class PlanColumn(WorkColumn):
    """`audience` is the part that builds the audience. Signals: ``save_asked()``, ``let_be_asked()``,
    ``duplicate_asked()``, ``state_asked(PlanState)``, ``stopped()``, and where somebody else wrote too ``insisted()``
    and ``theirs_taken()``; ``notice_seen()``. Those of the fields are ``sections``', of the look ahead ``outlook``'s.
    """

    save_asked = Signal()
    let_be_asked = Signal()
    duplicate_asked = Signal()
    state_asked = Signal(object)
    stopped = Signal()
    insisted = Signal()
    theirs_taken = Signal()
    notice_seen = Signal()

    def __init__(self, audience: QWidget, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._badge = Badge("")
        self._banner, self._missing, self._lost = Banner(), Banner(), Banner()
        self._resumed, self._refused = Banner(), Banner()
        self._theirs = Button(translate("Plans", "Take theirs"), small=True)
        self.standing = Standing(timezone)
        self.sections = Sections()
        self.outlook = OutlookPart(timezone)
        self._audience_fault = Text("", TypeRole.SMALL, tone=Tone.DANGER)
        whom = section(translate("Plans", "Whom"), audience, self._audience_fault)
        ahead = section(translate("Plans", "Look ahead"), self.outlook)
        sections = self.sections
        self._parts = (self.standing, ahead, sections.what, whom, sections.when, sections.how)
        self._empty = EmptyState(
            translate("Plans", "No plan is open"),
            translate("Plans", "Choose one from the list, or begin with a template."),
            icon="clipboard-text",
        )
        self._let_be = Button(translate("Plans", "Let it be"), Kind.QUIET)
        self._copy = Button(translate("Plans", "Duplicate"), key="Alt D")
        self._end = Button(translate("Plans", "End"), Kind.DANGER)
        self._pause = Button(translate("Plans", "Pause"))
        self._start = Button(translate("Plans", "Set to work"), key="Alt W")
        self._busy = Text("", TypeRole.SMALL, quiet=True)
        self._stop = Button(translate("Plans", "Stop"), small=True)
        self._save = Button(translate("Plans", "Save"), Kind.PRIMARY, key="Alt S")
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        self.setAccessibleName(translate("Plans", "Plan"))
        self.header.line.addWidget(self._title, 1)
        self.header.line.addWidget(self._badge)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._resumed)
        self.body.addWidget(self._refused)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._lost)
        self.body.addLayout(row(1, self._theirs))
        for part in self._parts:
            self.body.addWidget(part)
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(0)
        foot = self.footer.line
        for thing in (self._let_be, self._copy, self._end, self._pause):
            foot.addWidget(thing)
        foot.addStretch(1)
        foot.addWidget(self._busy)
        for button in (self._stop, self._start, self._save):
            foot.addWidget(button)

    def _join(self) -> None:
        self._banner.dismissed.connect(self.notice_seen)
        self._lost.acted.connect(self.insisted)
        self._refused.acted.connect(self._asks_for(PlanState.ACTIVE))
        self._theirs.clicked.connect(self.theirs_taken)
        self._let_be.clicked.connect(self.let_be_asked)
        self._copy.clicked.connect(self.duplicate_asked)
        self._save.clicked.connect(self.save_asked)
        self._stop.clicked.connect(self.stopped)
        self._end.clicked.connect(self._asks_for(PlanState.ENDED))
        self._pause.clicked.connect(self._asks_for(PlanState.PAUSED))
        self._start.clicked.connect(self._asks_for(PlanState.ACTIVE))

    def _asks_for(self, state: PlanState) -> Callable[[], None]:
        return lambda: self.state_asked.emit(state)

    def draw(self, state: PlansState) -> None:
        """Show the plan that is open."""
        written, kept = state.written, state.stands
        for part in self._parts:
            part.setVisible(written is not None)
        self._empty.setVisible(written is None and state.loaded)
        self._badge.setVisible(written is not None)
        self.set_footer_shown(written is not None)
        self._say(state)
        if written is None:
            self._title.setText("")
            return
        self._title.setText(str(written["name"] or translate("Plans", "New plan")))
        self._badge.set_words(*plan_state_label(state.plan_state))
        self.standing.draw(state)
        self.sections.draw(state)
        fault = state.faults.get("audience")
        self._audience_fault.setText(fault_words(fault) if fault is not None else "")
        self._audience_fault.setVisible(fault is not None)
        unsaved, now = state.open_id in state.unsaved, state.plan_state
        self._let_be.setVisible(unsaved)
        self._copy.setVisible(kept is not None)
        self._end.setVisible(kept is not None and now is not PlanState.ENDED)
        self._pause.setVisible(now is PlanState.ACTIVE)
        self._start.setVisible(now is not PlanState.ACTIVE)
        self._start.setEnabled(not state.counting)
        self._stop.setVisible(state.counting)
        self._save.setEnabled(unsaved)
        counting = translate("Plans", "Counting what it would do …")
        saved = translate("Plans", "Saved") if state.saved and not unsaved else ""
        self._busy.setText(counting if state.counting else saved)

    def draw_outlook(self, outlook: Outlook | None, now: int) -> None:
        """Show what the plan would do."""
        self.outlook.draw(outlook, now)

    def _say(self, state: PlansState) -> None:
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        self._missing.say(_missing(state.faults), Tone.DANGER, closable=False)
        kept = state.stands
        both = bool(state.lost) and kept is not None
        self._theirs.setVisible(both)
        if both and kept is not None:
            name = state.lost[0]
            said = translate(
                "Plans", "{person} has changed this too meanwhile: {fields}. {first} is now: {text}"
            )
            said = said.format(
                person=kept.changed_by or translate("Plans", "Somebody"),
                fields=translate("Plans", ", ").join(column_words(one) for one in state.lost),
                first=column_words(name),
                text=value_words(state, name, kept.values),
            )
            self._lost.say(said, Tone.WARNING, action=translate("Plans", "Keep mine"), closable=False)
        else:
            self._lost.say("")
        self._resumed.say(resumed_words(state.resumed_at, state.now, self._tz), closable=False)
        self._refused.say(
            _refused_words(kept), Tone.WARNING, action=translate("Plans", "Confirm …"), closable=False
        )


def _refused_words(kept: PlanLine | None) -> str:
    """That its last run made nothing, because it would have been very much."""
    if kept is None or kept.refused_tasks is None or kept.state != PlanState.ACTIVE:
        return ""
    words = translate(
        "Plans", "Its last run made no tasks: it would have been {count}, more than it may make unasked."
    )
    return words.format(count=formats.number(kept.refused_tasks))


def _missing(faults: Mapping[str, Fault]) -> str:
    """Which fields keep the plan from being saved."""
    if not faults:
        return ""
    columns = dict.fromkeys(path.split(".")[0] for path in faults)
    named = translate("Plans", ", ").join(column_words(one) for one in columns)
    return translate("Plans", "The plan cannot be saved or set to work yet. Please look at: {fields}").format(
        fields=named
    )
