"""Whom a plan is for: its conditions on the screen, with their count."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.plans.presenter.audience import AudiencePresenter
from agent_app.sync.plans import PlansOffice
from agent_app.ui import formats
from agent_app.ui.cards import column
from agent_app.ui.conditions.builder import ConditionBuilder
from agent_app.ui.conditions.state import Counted
from agent_app.ui.forms.search import terms_of


class AudiencePart(QWidget):
    """Signals when the user makes another tree: ``tree_given(tree)``, or ``broken_given(tree)`` where it cannot be
    taken as it stands."""

    tree_given = Signal(object)
    broken_given = Signal(object)

    def __init__(self, session: DeskSession, office: PlansOffice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan_id: bytes | None = None
        self._tree: Mapping[str, Any] | None = None
        self.builder = ConditionBuilder(
            lambda: formats.today(session.now(), session.timezone), lambda: session.timezone
        )
        self._presenter = AudiencePresenter(session, office, self._draw, self.builder.set_known)
        self.setLayout(column(self.builder))
        self.builder.edited.connect(self._on_edited)
        self.builder.count_wanted.connect(self._on_count_wanted)
        self.builder.terms_wanted.connect(self._on_terms_wanted)

    def show_tree(self, plan_id: bytes, tree: Mapping[str, Any]) -> None:
        """Show the tree of a plan, unless it is what stands there."""
        another = plan_id != self._plan_id
        if another or tree != self._tree:
            self._plan_id, self._tree = plan_id, tree
            self.builder.open(tree)
        if another:
            self._presenter.on_opened(self.builder.tree())

    def forget(self) -> None:
        """What was made of it is let be."""
        self._plan_id = None

    def _draw(self, counted: Counted) -> None:
        self.builder.show_count(counted, self._session.now())

    @Slot(object)
    def _on_edited(self, tree: Mapping[str, Any] | None) -> None:
        self._tree = self.builder.as_built()
        if tree is None:
            self._presenter.on_broken()
            self.broken_given.emit(self._tree)
        else:
            self.tree_given.emit(self._tree)

    @Slot(object)
    def _on_count_wanted(self, tree: Mapping[str, Any]) -> None:
        self._presenter.on_count_wanted(tree)

    @Slot(object)
    def _on_terms_wanted(self, labels: Sequence[str]) -> None:
        self._session.load(lambda: terms_of(labels), self.builder.set_terms)
