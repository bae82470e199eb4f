"""Joins the room's columns with their presenters, and what the shell calls."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.plans.presenter import PlansPresenter
from agent_app.features.plans.state import Asked, Outlook, PlansState, Which
from agent_app.features.plans.view.audience import AudiencePart
from agent_app.features.plans.view.designer import PlanColumn
from agent_app.features.plans.view.listing import PlanList
from agent_app.features.plans.view.questions import let_be_question, question_of
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.sync.plans import PlansOffice
from agent_app.ui.dialogs import Question
from agent_app.ui.i18n import translate
from server_sync.domain.model import PlanState

Ask = Callable[[Question, Callable[[str], object]], object]


class PlansFeature(QObject):
    """The work column for the shell, and ``listing`` beside it. Main thread."""

    def __init__(self, session: DeskSession, office: PlansOffice, ask: Ask) -> None:
        super().__init__()
        self._session, self._ask = session, ask
        self.listing = PlanList()
        self.audience = AudiencePart(session, office)
        self.column = PlanColumn(self.audience, session.timezone)
        self.presenter = PlansPresenter(session, office, self._draw, self._draw_outlook, self._put)
        self._join()
        self._draw(self.presenter.state)

    def _join(self) -> None:
        listing, column, sections = self.listing, self.column, self.column.sections
        listing.seen.connect(self._on_seen)
        listing.searched.connect(self._on_searched)
        listing.which_chosen.connect(self._on_which)
        listing.chosen.connect(self._on_chosen)
        listing.new_asked.connect(self.write_new)
        listing.templates_asked.connect(self.ask_for_template)
        listing.template_chosen.connect(self._on_template)
        sections.field_given.connect(self._on_field)
        sections.trigger_given.connect(self._on_trigger)
        sections.param_given.connect(self._on_param)
        self.audience.tree_given.connect(self._on_audience)
        self.audience.broken_given.connect(self._on_audience_broken)
        column.save_asked.connect(self.save)
        column.let_be_asked.connect(self.let_be)
        column.duplicate_asked.connect(self.duplicate)
        column.state_asked.connect(self._on_state)
        column.stopped.connect(self._on_stopped)
        column.insisted.connect(self._on_insisted)
        column.theirs_taken.connect(self._on_theirs)
        column.notice_seen.connect(self._on_notice_seen)
        column.outlook.asked.connect(self.look_ahead)
        column.outlook.stopped.connect(self._on_stopped)

    @property
    def widget(self) -> QWidget:
        return self.column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this plan."""
        if item is not None:
            self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("plans.search", "Alt+F", translate("Plans", "Find a plan"), self._search),
            KeyBinding("plans.new", "Alt+N", translate("Plans", "New plan"), self.write_new),
            KeyBinding(
                "plans.template", "Alt+T", translate("Plans", "From a template"), self.ask_for_template
            ),
            KeyBinding("plans.duplicate", "Alt+D", translate("Plans", "Duplicate"), self.duplicate),
            KeyBinding("plans.look", "Alt+P", translate("Plans", "What would happen now?"), self.look_ahead),
            KeyBinding("plans.start", "Alt+W", translate("Plans", "Set to work"), self.start),
            KeyBinding("plans.save", "Alt+S", translate("Plans", "Save"), self.save),
        )

    # ----------------------------------------------------------------------------------------------- what is shown

    def _draw(self, state: PlansState) -> None:
        self.listing.draw(state)
        self.column.draw(state)
        if state.written is not None and state.open_id is not None:
            self.audience.show_tree(state.open_id, state.as_built or state.written["audience"])

    def _draw_outlook(self, outlook: Outlook | None) -> None:
        self.column.draw_outlook(outlook, self._session.now())

    def _put(self, asked: Asked) -> None:
        self._ask(question_of(asked), lambda _: self.presenter.on_confirmed(asked))

    # ----------------------------------------------------------------------------------------------- what is asked

    @Slot()
    def write_new(self) -> None:
        """Begin a plan."""
        self.presenter.on_new()
        self.column.sections.start()

    @Slot()
    def ask_for_template(self) -> None:
        """Offer the templates that come with the program."""
        self.presenter.on_templates_asked(self.listing.offer)

    @Slot()
    def duplicate(self) -> None:
        """Begin a plan that is as the open one."""
        written = self.presenter.state.written
        if written is not None:
            name = translate("Plans", "{name} (copy)").format(name=written["name"] or "")
            self.presenter.on_duplicated(name)
            self.column.sections.start()

    @Slot()
    def save(self) -> None:
        """Save what was written on the open one."""
        self.presenter.on_save()

    @Slot()
    def start(self) -> None:
        """Set the open one to work."""
        if self.presenter.state.plan_state is not PlanState.ACTIVE:
            self.presenter.on_state_asked(PlanState.ACTIVE)

    @Slot()
    def look_ahead(self) -> None:
        """What would the open one do now?"""
        self.presenter.on_outlook_asked()
        self.column.reveal(self.column.outlook)

    @Slot()
    def let_be(self) -> None:
        """Forget what was written on the open one, after a question."""
        state = self.presenter.state
        if state.open_id in state.unsaved and state.written is not None:
            name = str(state.written["name"] or translate("Plans", "New plan"))
            self._ask(let_be_question(name), lambda _: self._forget(state.open_id))

    def _forget(self, plan_id: bytes | None) -> None:
        if self.presenter.state.open_id == plan_id:
            self.audience.forget()
            self.presenter.on_let_be()

    @Slot()
    def _search(self) -> None:
        self.listing.search.setFocus()

    @Slot(bool)
    def _on_seen(self, seen: bool) -> None:
        self.presenter.on_seen(seen)

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        self.presenter.on_searched(text)

    @Slot(object)
    def _on_which(self, which: Which) -> None:
        self.presenter.on_which(which)

    @Slot(object)
    def _on_chosen(self, plan_id: bytes) -> None:
        self.presenter.on_chosen(plan_id)

    @Slot(object)
    def _on_template(self, template: Mapping[str, Any]) -> None:
        self.presenter.on_template(template)
        self.column.sections.start()

    @Slot(str, object)
    def _on_field(self, name: str, value: Any) -> None:
        self.presenter.on_field(name, value)

    @Slot(object)
    def _on_trigger(self, trigger: str) -> None:
        self.presenter.on_trigger(trigger)

    @Slot(str, object)
    def _on_param(self, name: str, value: Any) -> None:
        self.presenter.on_param(name, value)

    @Slot(object)
    def _on_audience(self, tree: Mapping[str, Any]) -> None:
        self.presenter.on_audience(tree)

    @Slot(object)
    def _on_audience_broken(self, tree: Mapping[str, Any]) -> None:
        self.presenter.on_audience_broken(tree)

    @Slot(object)
    def _on_state(self, state: PlanState) -> None:
        self.presenter.on_state_asked(state)

    @Slot()
    def _on_stopped(self) -> None:
        self.presenter.on_stopped()

    @Slot()
    def _on_insisted(self) -> None:
        self.presenter.on_insisted()

    @Slot()
    def _on_theirs(self) -> None:
        self.presenter.on_theirs_taken()

    @Slot()
    def _on_notice_seen(self) -> None:
        self.presenter.on_notice_seen()
