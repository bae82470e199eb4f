"""What happens in the queue: filter, find, choose, next; which task comes first is `rules.queue_order`'s word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from agent_app.actions.session import DeskSession
from agent_app.features.queue.state import QueueState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import dialling, queue, queue_why, search
from agent_app.store.queries.queue import Queue, QueueFilter, QueueRow
from agent_app.store.queries.queue_why import QueueWhy
from agent_app.store.queries.search import Found
from server_sync.domain.clock import MINUTE
from server_sync.domain.rules.dialling_modes import DiallingMode

TABLES = ("task", "customer", "callback", "setting", "do_not_call", "occasion")
WHY_TABLES = (*TABLES, "attempt", "consent", "contact_point", "plan")


@dataclass(frozen=True)
class _Next:
    """What comes next, and how it is dialled; `begun` is a call that waits for its wrap-up."""

    task_id: bytes | None
    mode: DiallingMode = DiallingMode.PREVIEW
    begun: bool = False


class QueuePresenter:
    """`show_rows` takes the rows that came into sight; `render` the state."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[QueueState], object],
        show_rows: Callable[[Mapping[bytes, QueueRow]], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._show_rows = show_rows
        self._state = QueueState()
        self._minute = 0

    @property
    def state(self) -> QueueState:
        """What is drawn now."""
        return self._state

    def start(self) -> None:
        """Load the queue."""
        self._minute = self._session.now() // MINUTE
        self._reload()

    def on_filter_chosen(self, part: QueueFilter) -> None:
        """Another part of the queue."""
        self._state = replace(self._state, part=part)
        self._reload()

    def on_searched(self, text: str) -> None:
        """Something was typed to find a customer; "" shows the queue again."""
        self._state = replace(self._state, searched=text, found=self._state.found if text else ())
        if text:
            self._search()
        else:
            self._render(self._state)

    def on_chosen(self, row_id: bytes) -> None:
        """A line was chosen: its task opens; a customer without an open task shows as he is."""
        if self._state.searched:
            found = next((one for one in self._state.found if row_id in (one.task_id, one.customer_id)), None)
            if found is not None and found.task_id is None:
                self._route(Route("customer", found.customer_id))
                return
        self._open(row_id)

    def on_next(self) -> None:
        """The next task to call now (F2), without the one on the screen; a call that has no wrap-up yet goes first.

        Where agents choose for themselves the list only points at it.
        """
        person, team = self._session.desk.person_id, self._session.desk.actor.team_id
        skipped = [self._state.chosen] if self._state.chosen else []
        now = self._session.now()

        def look(connection: Connection) -> _Next:
            begun = queue.call_without_wrap_up(connection)
            if begun is not None:
                return _Next(begun, begun=True)
            found = queue.next_task(connection, person, team, now, skipped)
            return _Next(found) if found is None else _Next(found, dialling.load(connection, found).mode)

        self._session.read(look, self._next, key="queue next")

    def on_why_asked(self) -> None:
        """Why this one, why now, what keeps the others back? Asked again, the list comes back."""
        self._state = replace(self._state, explaining=not self._state.explaining, why=None)
        if self._state.explaining:
            self._explain()
        else:
            self._render(self._state)

    def on_opened_elsewhere(self, task_id: bytes | None) -> None:
        """Another part of the window opened a task: the list shows it as chosen."""
        wrap_up_first = self._state.wrap_up_first and task_id == self._state.chosen
        self._state = replace(self._state, chosen=task_id, nothing_ready=False, wrap_up_first=wrap_up_first)
        self._render(self._state)
        self._explain()

    def on_rows_wanted(self, ids: Sequence[bytes]) -> None:
        """These lines came into sight."""
        now = self._session.now()
        self._session.read(lambda connection: queue.rows(connection, ids, now), self._show_rows)

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when the queue may have changed."""
        if changes.concerns("attempt"):
            self._state = replace(self._state, wrap_up_first=False)
        if changes.concerns(*TABLES):
            self._reload()
            if self._state.searched:
                self._search()
        if changes.concerns(*WHY_TABLES):
            self._explain()

    def on_tick(self, now: int) -> bool:
        """Appointments become due with time: once a minute the order is asked for again; says when it was."""
        if now // MINUTE == self._minute:
            return False
        self._minute = now // MINUTE
        self._reload()
        self._explain()
        return True

    def _reload(self) -> None:
        person, team = self._session.desk.person_id, self._session.desk.actor.team_id
        now, part = self._session.now(), self._state.part
        midnight = self._session.day_began_at()
        self._session.read(
            lambda connection: queue.load(connection, person, team, now, part, midnight),
            self._loaded,
            key="queue",
        )

    def _loaded(self, loaded: Queue) -> None:
        self._state = replace(self._state, ids=loaded.ids, overdue=loaded.overdue, loaded=True)
        self._render(self._state)

    def _explain(self) -> None:
        """Only while somebody reads it: all that stands against a whole queue is more than a glance."""
        if not self._state.explaining:
            return
        person, team = self._session.desk.person_id, self._session.desk.actor.team_id
        now, task_id = self._session.now(), self._state.chosen
        self._session.read(
            lambda connection: queue_why.load(connection, person, team, now, task_id),
            self._explained,
            key="queue why",
        )

    def _explained(self, why: QueueWhy | None) -> None:
        self._state = replace(self._state, why=why, now=self._session.now())
        self._render(self._state)

    def _search(self) -> None:
        text = self._state.searched
        self._session.read(
            lambda connection: (text, search.search(connection, text)), self._searched, key="queue search"
        )

    def _searched(self, answer: tuple[str, tuple[Found, ...]]) -> None:
        text, found = answer
        if text == self._state.searched:
            self._state = replace(self._state, found=found)
            self._render(self._state)

    def _next(self, found: _Next) -> None:
        task_id = found.task_id
        if task_id is not None and found.mode is DiallingMode.MANUAL:
            self._state = replace(self._state, chosen=task_id, nothing_ready=False, wrap_up_first=False)
            self._render(self._state)
            return
        if task_id is None:
            self._state = replace(self._state, nothing_ready=True, wrap_up_first=False)
            self._render(self._state)
            return
        offered = "offered" if found.mode is DiallingMode.PROGRESSIVE else None
        self._open(task_id, offered, wrap_up_first=found.begun)

    def _open(self, task_id: bytes, detail: str | None = None, *, wrap_up_first: bool = False) -> None:
        self._state = replace(self._state, chosen=task_id, nothing_ready=False, wrap_up_first=wrap_up_first)
        self._render(self._state)
        self._explain()
        self._route(Route("task", task_id, detail))
