"""Joins the room's columns with their presenter, and what the shell calls."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.ladders.presenter import LaddersPresenter
from agent_app.features.ladders.state import LaddersState, Quiet, Trial
from agent_app.features.ladders.view.fields import LadderFields
from agent_app.features.ladders.view.listing import LadderList
from agent_app.features.ladders.view.trial import TrialCard
from agent_app.features.ladders.view.words import FILTERS, column_words, value_words
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui.definitions.column import DefinitionColumn
from agent_app.ui.definitions.feature import Ask, DefinitionsRoom
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import Tone


class LaddersFeature(QObject):
    """The work column for the shell, and ``listing`` beside it. Main thread."""

    def __init__(self, session: DeskSession, ask: Ask) -> None:
        super().__init__()
        self._session = session
        self.listing, self.fields = LadderList(session.timezone), LadderFields()
        self.trial = TrialCard(session.timezone)
        empty = EmptyState(
            translate("Ladders", "No ladder is open"),
            translate("Ladders", "Choose one from the list to see its steps and try them."),
            icon="alarm",
        )
        fields = self.fields
        parts = (fields.what, self.trial, fields.whom, fields.climb)
        self._column = DefinitionColumn(translate("Ladders", "Ladder"), parts, empty, session.timezone)
        self.presenter = LaddersPresenter(session, self._draw, self._draw_trial, self._draw_quiet)
        self._room = DefinitionsRoom(self.presenter, self._column, ask, fields.start)
        self._join()
        self._draw(self.presenter.state)

    def _join(self) -> None:
        listing, fields, room = self.listing, self.fields, self._room
        listing.seen.connect(room.on_seen)
        listing.searched.connect(room.on_searched)
        listing.chosen.connect(room.on_chosen)
        listing.new_asked.connect(room.write_new)
        listing.quiet.saved.connect(self._on_quiet)
        fields.field_given.connect(room.on_field)
        fields.filter_given.connect(self._on_filter)
        fields.steps.step_given.connect(self._on_step)
        fields.steps.step_added.connect(self._on_step_added)
        fields.steps.step_removed.connect(self._on_step_removed)
        fields.steps.step_moved.connect(self._on_step_moved)
        self.trial.tried.connect(self._on_tried)

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this ladder."""
        if item is not None:
            self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self._room.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        new, find = translate("Ladders", "New ladder"), translate("Ladders", "Find a ladder")
        return (
            *self._room.keys("ladders", new, find, self._search),
            KeyBinding(
                "ladders.try", "Alt+P", translate("Ladders", "What would happen to a task?"), self.look
            ),
        )

    @Slot()
    def look(self) -> None:
        """Try a task on the open one."""
        self.trial.ask()
        self._column.reveal(self.trial)

    def _draw(self, state: LaddersState) -> None:
        self.listing.draw(state)
        self.fields.draw(state)
        written, stands = state.written, state.stands
        name = str(written["name"] or translate("Ladders", "New ladder")) if written is not None else ""
        active = stands is not None and stands.written["active"]
        badge = (translate("Ladders", "Switched off"), Tone.NEUTRAL)
        if active:
            badge = (translate("Ladders", "In force"), Tone.SUCCESS)
        elif stands is None:
            badge = (translate("Ladders", "New"), Tone.NEUTRAL)
        missing = dict.fromkeys(column_words(_field_of(path)) for path in state.faults)
        lost = [column_words(one) for one in state.lost]
        theirs = value_words(state.lost[0], stands.written) if stands is not None and state.lost else ""
        self._column.draw_frame(state, name, badge, list(missing), lost, theirs)

    def _draw_trial(self, trial: Trial | None) -> None:
        self.trial.show_trial(trial, self._session.now())

    def _draw_quiet(self, quiet: Quiet) -> None:
        self.listing.quiet.show_outcome(quiet)

    @Slot()
    def _search(self) -> None:
        self.listing.search.setFocus()

    @Slot(str, str)
    def _on_quiet(self, begin: str, end: str) -> None:
        self.presenter.on_quiet(begin, end)

    @Slot(str, object)
    def _on_filter(self, name: str, value: object) -> None:
        self.presenter.on_filter(name, value)

    @Slot(int, str, object)
    def _on_step(self, place: int, name: str, value: object) -> None:
        self.presenter.on_step(place, name, value)

    @Slot()
    def _on_step_added(self) -> None:
        self.presenter.on_step_added()

    @Slot(int)
    def _on_step_removed(self, place: int) -> None:
        self.presenter.on_step_removed(place)

    @Slot(int, int)
    def _on_step_moved(self, place: int, by: int) -> None:
        self.presenter.on_step_moved(place, by)

    @Slot(str, str)
    def _on_tried(self, created: str, due: str) -> None:
        self.presenter.on_trial(created, due)


def _field_of(path: str) -> str:
    """The field that a path names; of the filters its own."""
    name, _, part = path.partition(".")
    return part if name == "applies_to" and part in FILTERS else name
