"""What happens in the list behind a figure: sort, give the chosen tasks to somebody, take that back, close."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import reassign_each, reassign_tasks
from agent_app.features.team.presenter.figures import led_team
from agent_app.features.team.state import DrillState, Given, Giving
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import task_list, team
from agent_app.store.queries.task_list import Movable, Order, TaskFilter, TaskRow
from agent_app.store.queries.task_parts import Part
from agent_app.store.queries.team import Member
from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import KnownError

TABLES = frozenset(("task", "customer", "person", "plan", "attempt", "response"))
MOST_AT_ONCE = 1_000
"""Half a second of writing; more is done in several goes."""


class DrillPresenter:
    """`show_rows` takes the rows that came into sight; `offer_back` what was given, with its way back."""

    def __init__(
        self,
        session: DeskSession,
        render: Callable[[DrillState], object],
        show_rows: Callable[[Mapping[bytes, TaskRow]], object],
        offer_back: Callable[[Given], object],
    ) -> None:
        self._session = session
        self._render = render
        self._show_rows = show_rows
        self._offer_back = offer_back
        self._state = DrillState()
        self._minute = 0

    def open(self, wanted: TaskFilter, member: str | None = None, plan: str | None = None) -> None:
        """Show these tasks; the names are those of the person and of the plan they are of."""
        self._state = DrillState(wanted=wanted, member=member, plan=plan)
        self._reload()
        self._render(self._state)

    def on_part_chosen(self, part: Part) -> None:
        """Another part of the same person's tasks."""
        wanted = self._state.wanted
        if wanted is not None:
            self.open(replace(wanted, part=part), self._state.member, self._state.plan)

    def on_closed(self) -> None:
        """Back to the figures; out of the choice of a person first."""
        self._draw(DrillState() if self._state.giving is None else replace(self._state, giving=None))

    def on_sorted(self, order: Order, descending: bool) -> None:
        """A column's head was pressed."""
        self._state = replace(self._state, order=order, descending=descending)
        self._reload()

    def on_rows_wanted(self, ids: Sequence[bytes]) -> None:
        """These lines came into sight."""
        self._session.read(lambda connection: task_list.rows(connection, ids), self._show_rows)

    def on_give_asked(self, ids: Sequence[bytes]) -> None:
        """The chosen tasks shall be given to somebody."""
        if not ids or self._state.busy:
            return
        if len(ids) > MOST_AT_ONCE:
            self._draw(replace(self._state, too_many=len(ids), giving=None))
            return
        team_id, now = led_team(self._session), self._session.now()

        def read(connection: Connection) -> Giving:
            movable = task_list.movable(connection, ids)
            return Giving(movable, len(ids) - len(movable), team.loads(connection, team_id, now))

        self._session.read(read, self._ready_to_give, key="team giving")

    def on_given(self, person_id: bytes | None) -> None:
        """To this person, or to the team's pool."""
        giving = self._state.giving
        if giving is None or self._state.busy:
            return
        taker = next((one for one in giving.candidates if one.person_id == person_id), None)
        moving = [task for task in giving.tasks if _moves(task, person_id)]
        given = Given(len(moving), taker.name if taker is not None else None, _way_back(moving, taker))
        pairs = [(task.task_id, task.customer_id) for task in moving]
        self._draw(replace(self._state, giving=None, busy=True))
        self._act(lambda desk: reassign_tasks(desk, pairs, person_id), lambda _: self._done(given))

    def on_taken_back(self, given: Given) -> None:
        """Everybody has again what he had."""
        self._draw(replace(self._state, busy=True, error=None))
        self._act(
            lambda desk: reassign_each(desk, given.back),
            lambda _: self._draw(replace(self._state, busy=False)),
        )

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query while the list is open."""
        if self._state.wanted is not None and not changes.tables.isdisjoint(TABLES):
            self._reload()

    def on_tick(self, now: int) -> None:
        """Tasks fall due with time."""
        wanted = self._state.wanted
        if now // MINUTE != self._minute:
            self._minute = now // MINUTE
            if wanted is not None and wanted.part is Part.OVERDUE:
                self._reload()

    def _act(self, action: Callable[[Desk], StoreChanges], on_done: Callable[[StoreChanges], object]) -> None:
        self._session.act(action, on_done, self._failed)

    def _done(self, given: Given) -> None:
        self._draw(replace(self._state, busy=False, error=None))
        self._offer_back(given)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, busy=False, error=error.kind, error_values=error.values))

    def _ready_to_give(self, giving: Giving) -> None:
        if giving.tasks:
            self._draw(replace(self._state, giving=giving, error=None, too_many=0, all_closed=False))
        else:
            self._draw(replace(self._state, giving=None, all_closed=True))

    def _reload(self) -> None:
        wanted, order, descending = self._state.wanted, self._state.order, self._state.descending
        if wanted is None:
            return
        now = self._session.now()
        self._session.read(
            lambda connection: task_list.load(connection, wanted, now, order, descending=descending),
            lambda ids: self._loaded(wanted, ids),
            key="team tasks",
        )

    def _loaded(self, wanted: TaskFilter, ids: tuple[bytes, ...]) -> None:
        if wanted == self._state.wanted:
            self._draw(replace(self._state, ids=ids, loaded=True))

    def _draw(self, state: DrillState) -> None:
        self._state = state
        self._render(state)


def _moves(task: Movable, person_id: bytes | None) -> bool:
    """Whether giving it changes anything."""
    return task.assignee_id != person_id or (person_id is None and not task.in_pool)


def _way_back(
    tasks: Sequence[Movable], taker: Member | None
) -> tuple[tuple[bytes, bytes, bytes | None], ...]:
    """The moves that restore everybody's tasks, or none at all if one task cannot go back: nothing can be made nobody's
    again, nor go back to the pool of a team that it has left."""
    for task in tasks:
        left = taker is not None and taker.team_id != task.team_id
        if task.assignee_id is None and (left or not task.in_pool):
            return ()
    return tuple((task.task_id, task.customer_id, task.assignee_id) for task in tasks)
