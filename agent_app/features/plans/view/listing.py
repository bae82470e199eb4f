"""The list column: the plans by state, found as one types, and the templates from which a new one begins."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from agent_app.actions.plans import Written
from agent_app.features.plans.state import PlansState, Which
from agent_app.features.plans.view.words import trigger_words
from agent_app.store.queries.plans import PlanLine
from agent_app.ui.buttons import Button
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.whole_list import WholeList
from agent_app.ui.words import plan_state_label

_Row = tuple[PlanLine | None, Written, bool]
"""What is kept, what is written, whether that is saved."""


class PlanList(WholeList[_Row]):
    """Signals: ``seen(bool)`` as the place comes and goes, ``searched(text)``, ``which_chosen(Which)``, ``chosen(id)``
    by mouse or arrow keys, ``new_asked()``, ``templates_asked()``, ``template_chosen(definition)``."""

    searched = Signal(object)
    which_chosen = Signal(object)
    new_asked = Signal()
    templates_asked = Signal()
    template_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.search = SearchField(
            translate("Plans", "Find a plan"), translate("Plans", "Name, short word or source"), key="Alt F"
        )
        states = [(one, plan_state_label(one)[0]) for one in Which if one is not Which.ALL]
        self._which = Segments(
            translate("Plans", "Which plans"), [(Which.ALL, translate("Plans", "All")), *states]
        )
        self._new = Button(translate("Plans", "New plan"), icon="plus", key="Alt N")
        self._templates = Button(translate("Plans", "From a template"), key="Alt T")
        empty = EmptyState(
            translate("Plans", "No plans here"),
            translate("Plans", "Begin with a template: one is ready for every usual practice."),
            icon="clipboard-text",
        )
        heads = (self._new, self._templates, self.search, self._which)
        title = translate("Plans", "Plans")
        super().__init__(title, title, _line, empty, heads, parent)
        self.search.set_next(self.rows)
        self.search.searched.connect(self.searched)
        self._which.chosen.connect(self._on_which)
        self._new.clicked.connect(self.new_asked)
        self._templates.clicked.connect(self.templates_asked)

    def draw(self, state: PlansState) -> None:
        """Show those that were found."""
        self.set_title(translate("Plans", "Plans"), str(len(state.found)) if state.loaded else "")
        rows = {one: _row(state, one) for one in state.found}
        self.show_rows(rows, state.open_id, loaded=state.loaded)

    def offer(self, templates: Sequence[Mapping[str, Any]]) -> None:
        """Let the user choose one of these."""
        menu = QMenu(self)
        menu.setAccessibleName(translate("Plans", "From a template"))
        for one in templates:
            source = f"  ·  {one['source']}" if one.get("source") else ""
            menu.addAction(f"{one['name']}{source}").setData(one)
        menu.triggered.connect(lambda action: self.template_chosen.emit(action.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._templates.mapToGlobal(QPoint(0, self._templates.height())))

    @Slot(object)
    def _on_which(self, code: str) -> None:
        self.which_chosen.emit(Which(code))


def _row(state: PlansState, plan_id: bytes) -> _Row:
    kept, unsaved = state.plans.get(plan_id), state.unsaved.get(plan_id)
    if unsaved is not None:
        return kept, unsaved, False
    assert kept is not None
    return kept, kept.values, True


def _line(row: _Row) -> TwoLine:
    kept, written, saved = row
    marks = [Mark(*plan_state_label(kept.state if kept is not None else Which.DRAFT))]
    if not saved:
        marks.append(Mark(translate("Plans", "Not saved"), Tone.WARNING))
    name = str(written["name"] or translate("Plans", "New plan"))
    return TwoLine(title=name, marks=tuple(marks), second=trigger_words(written))
