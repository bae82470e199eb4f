"""What happens in the knowledge panel: looked through as one types, one article read, back to where one was."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from agent_app.actions.session import DeskSession
from agent_app.features.knowledge.state import KnowledgeState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import knowledge
from agent_app.store.queries.knowledge import Shelf, Situation

TABLES = ("article",)


class KnowledgePresenter:
    """The articles are read when the panel is first asked for, and again when they have changed."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[KnowledgeState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = KnowledgeState()
        self._task_id: bytes | None = None
        self._shelf: Shelf | None = None
        self._situation = Situation()

    @property
    def state(self) -> KnowledgeState:
        """What is drawn now."""
        return self._state

    def open(self, task_id: bytes | None) -> None:
        """Look something up during the call of a task, or without one."""
        self._task_id = task_id
        self._state = KnowledgeState()
        self._render(self._state)
        self._load()

    def on_changed(self, changes: StoreChanges) -> None:
        """The server has sent other articles."""
        if self._shelf is not None and changes.concerns(*TABLES):
            self._shelf = None
            self._load()

    def on_typed(self, text: str) -> None:
        """Look for this; what was opened goes."""
        self._show(replace(self._state, text=text, opened=None))

    def on_opened(self, article_id: bytes) -> None:
        """Read one of those found."""
        opened = next((one for one in self._state.found if one.id == article_id), None)
        self._state = replace(self._state, opened=opened)
        self._render(self._state)

    def on_left(self) -> None:
        """Back to where one was."""
        self._route(Route("knowledge_left", self._task_id))

    def _load(self) -> None:
        task_id, shelf = self._task_id, self._shelf

        def query(connection: Connection) -> tuple[Shelf, Situation]:
            return shelf or knowledge.load(connection), knowledge.situation(connection, task_id)

        self._session.read(query, self._loaded, key="knowledge")

    def _loaded(self, loaded: tuple[Shelf, Situation]) -> None:
        self._shelf, self._situation = loaded
        self._show(replace(self._state, loaded=True, upset=self._situation.upset))

    def _show(self, state: KnowledgeState) -> None:
        found = () if self._shelf is None else self._shelf.search(state.text, self._situation)
        self._state = replace(state, found=found)
        self._render(self._state)
