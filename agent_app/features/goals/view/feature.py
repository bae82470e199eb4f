"""Joins the room's columns with their presenter, and what the shell calls."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.goals.presenter import GoalsPresenter, GoalsState
from agent_app.features.goals.view.fields import GoalFields
from agent_app.features.goals.view.listing import GoalList
from agent_app.features.goals.view.words import SCOPES, column_words, figure, metric_words, state_words
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.definitions.column import DefinitionColumn
from agent_app.ui.definitions.feature import Ask, DefinitionsRoom
from agent_app.ui.definitions.state import Written
from agent_app.ui.definitions.words import joined
from agent_app.ui.feedback import EmptyState
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import Tone


class GoalsFeature(QObject):
    """The work column for the shell, and ``listing`` beside it. Main thread."""

    def __init__(self, session: DeskSession, ask: Ask) -> None:
        super().__init__()
        self.listing, self.fields = GoalList(), GoalFields(session.timezone)
        empty = EmptyState(
            translate("Goals", "No goal is open"),
            translate("Goals", "Choose one from the list, or set a new one."),
            icon="target",
        )
        fields = self.fields
        parts = (fields.progress, fields.aim, fields.whose)
        self._column = DefinitionColumn(translate("Goals", "Goal"), parts, empty, session.timezone)
        self.presenter = GoalsPresenter(session, self._draw)
        self._room = DefinitionsRoom(self.presenter, self._column, ask, fields.start)
        self.listing.seen.connect(self._room.on_seen)
        self.listing.searched.connect(self._room.on_searched)
        self.listing.chosen.connect(self._room.on_chosen)
        self.listing.new_asked.connect(self._room.write_new)
        fields.field_given.connect(self._room.on_field)
        fields.scope_given.connect(self._on_scope)
        self._draw(self.presenter.state)

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this goal."""
        if item is not None:
            self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self._room.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        new, find = translate("Goals", "New goal"), translate("Goals", "Find a goal")
        return self._room.keys("goals", new, find, self._search)

    def _draw(self, state: GoalsState) -> None:
        self.listing.draw(state)
        self.fields.draw(state)
        written, stands = state.written, state.stands
        name = str(written["name"] or translate("Goals", "New goal")) if written is not None else ""
        badge = (translate("Goals", "New"), Tone.NEUTRAL)
        if stands is not None:
            badge = state_words(stands.known.state)
        missing = [column_words(_field_of(path)) for path in state.faults]
        lost = [column_words(one) for one in state.lost]
        theirs = ""
        if stands is not None and state.lost:
            theirs = _value_words(state, state.lost[0], stands.written)
        self._column.draw_frame(state, name, badge, list(dict.fromkeys(missing)), lost, theirs)

    @Slot()
    def _search(self) -> None:
        self.listing.search.setFocus()

    @Slot(str, object)
    def _on_scope(self, name: str, values: list[str]) -> None:
        self.presenter.on_scope(name, values)


def _field_of(path: str) -> str:
    """The field that a path names; of the scope its part."""
    name, _, part = path.partition(".")
    return part if name == "scope" and part in SCOPES else name


def _value_words(state: GoalsState, name: str, written: Written) -> str:
    """What stands in a field, in one line."""
    value: Any = written[name]
    match name:
        case "metric":
            return metric_words(value)
        case "state":
            return state_words(value)[0]
        case "owner_id":
            return dict(state.offered.people).get(value, formats.NONE)
        case "target" | "baseline":
            return figure(value, str(written["metric"]))
        case "scope":
            parts = (f"{column_words(part)} {joined(names)}" for part, names in value.items())
            return joined(parts) or translate("Goals", "everything")
    return str(value or formats.NONE)
