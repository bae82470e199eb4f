"""What happens in the list behind a figure: sort, give the chosen tasks to somebody, take that back, close."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import Move
from agent_app.features.team.presenter.figures import led_team
from agent_app.features.team.presenter.moving import Against, Moved, Moving
from agent_app.features.team.state import Balance, DrillState, Given, Giving, Refused
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import task_list, team
from agent_app.store.queries.balance import suggest
from agent_app.store.queries.task_list import Movable, Order, TaskFilter, TaskRow
from agent_app.store.queries.task_parts import Part
from agent_app.store.queries.team import Member
from server_sync.domain.clock import MINUTE
from server_sync.domain.model import person

TABLES = frozenset(("task", "customer", "person", "plan", "attempt", "response"))
MOST_AT_ONCE = 20_000
"""More is chosen by mistake rather than meant."""
MOST_NAMED = 200
"""Of so many that could not be given the customers are named."""


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
        self._moving: Moving | None = None
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
        asked = self._state.giving is not None or self._state.balance is not None
        self._draw(replace(self._state, giving=None, balance=None) if asked else DrillState())

    def on_sorted(self, order: Order, descending: bool) -> None:
        """A column's head was pressed."""
        self._state = replace(self._state, order=order, descending=descending)
        self._reload()

    def on_rows_wanted(self, ids: Sequence[bytes]) -> None:
        """These lines came into sight."""
        self._session.read(lambda connection: task_list.rows(connection, ids), self._show_rows)

    def on_give_asked(self, ids: Sequence[bytes]) -> None:
        """The chosen tasks shall be given to somebody."""
        self._ask(ids, self._ready_to_give)

    def on_given(self, person_id: bytes | None) -> None:
        """To this person, or to the team's pool."""
        giving = self._state.giving
        if giving is not None and not self._state.busy:
            self._give(giving, person_id)

    def on_dropped(self, ids: Sequence[bytes], person_id: bytes) -> None:
        """The chosen tasks were drawn onto somebody."""
        self._ask(ids, lambda giving: self._give(giving, person_id))

    def on_balance_asked(self) -> None:
        """How would the team's load be evened out?"""
        team_id = led_team(self._session)
        if team_id is None or self._state.busy:
            return

        def read(connection: Connection) -> Balance:
            shifts = suggest(connection, team_id)
            names = dict(connection.execute(select(person.c.id, person.c.name)).all())
            counts = Counter((names[one.task.person_id], names[one.to]) for one in shifts)
            moves = tuple((one.task.task_id, one.task.customer_id, one.to) for one in shifts)
            return Balance(moves, tuple((*pair, count) for pair, count in counts.items()))

        self._session.read(read, lambda found: self._draw(self._fresh(balance=found)), key="team balance")

    def on_balance_agreed(self) -> None:
        """Do as was suggested."""
        balance = self._state.balance
        if balance is None or not balance.moves or self._state.busy:
            return
        ids = [task_id for task_id, _, _ in balance.moves]

        def begin(before: tuple[Movable, ...]) -> None:
            self._begin(balance.moves, before, lambda back: Given(len(back), None, back, evened=True))

        self._session.read(lambda connection: task_list.movable(connection, ids), begin)

    def on_taken_back(self, given: Given) -> None:
        """Everybody has again what he had."""
        self._begin(given.back, (), None)

    def on_stopped(self) -> None:
        """What is not on its way yet stays where it is."""
        if self._moving is not None:
            self._moving.stop()

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

    def _ask(self, ids: Sequence[bytes], then: Callable[[Giving], object]) -> None:
        """Look which of the tasks can be given, and to whom."""
        if not ids or self._state.busy:
            return
        if len(ids) > MOST_AT_ONCE:
            self._draw(self._fresh(too_many=len(ids)))
            return
        team_id, now = led_team(self._session), self._session.now()

        def read(connection: Connection) -> Giving:
            movable = task_list.movable(connection, ids)
            return Giving(movable, len(ids) - len(movable), team.loads(connection, team_id, now))

        def looked(giving: Giving) -> None:
            if giving.tasks:
                then(giving)
            else:
                self._draw(self._fresh(all_closed=True))

        self._session.read(read, looked, key="team giving")

    def _ready_to_give(self, giving: Giving) -> None:
        self._draw(self._fresh(giving=giving))

    def _give(self, giving: Giving, person_id: bytes | None) -> None:
        taker = next((one for one in giving.candidates if one.person_id == person_id), None)
        moving = [task for task in giving.tasks if _moves(task, person_id)]
        moves = [(task.task_id, task.customer_id, person_id) for task in moving]
        name = taker.name if taker is not None else None

        def given(back: tuple[Move, ...]) -> Given:
            return Given(len(back), name, back if _can_go_back(moving, taker) else ())

        self._begin(moves, moving, given)

    def _begin(
        self,
        moves: Sequence[Move],
        before: Sequence[Movable],
        given: Callable[[tuple[Move, ...]], Given] | None,
    ) -> None:
        """Send tasks on their way; `given` says of those that went, as the way back, what is then offered."""
        owners = {task.task_id: task.assignee_id for task in before}

        def finished(moved: Moved) -> None:
            self._moving = None
            back = tuple((task, customer, owners.get(task)) for task, customer, _ in moved.done)
            self._finish(moved, given(back) if given is not None and back else None)

        self._draw(self._fresh(busy=True, progress=(0, len(moves))))
        self._moving = Moving(self._session, moves, lambda done: self._tell(done, len(moves)), finished)
        self._moving.start()

    def _tell(self, done: int, total: int) -> None:
        self._draw(replace(self._state, progress=(done, total)))

    def _finish(self, moved: Moved, given: Given | None) -> None:
        kinds = {error.kind for _, error in moved.refused}
        alone = (
            next((error for _, error in moved.refused), None) if not moved.done and len(kinds) == 1 else None
        )
        error = moved.error or alone
        self._draw(
            self._fresh(
                stopped=moved.left if moved.error is None else 0,
                error=error.kind if error is not None else None,
                error_values=error.values if error is not None else {},
            )
        )
        if given is not None:
            self._offer_back(given)
        if moved.refused and error is None:
            self._name(moved.refused)

    def _name(self, refused: Sequence[Against]) -> None:
        """Say of which customers the tasks are that could not be given."""
        ids = [task_id for (task_id, _, _), _ in refused[:MOST_NAMED]]

        def named(rows: Mapping[bytes, TaskRow]) -> None:
            told = tuple(
                Refused(task_id, rows[task_id].name if task_id in rows else "", error.kind, error.values)
                for (task_id, _, _), error in refused
            )
            self._draw(replace(self._state, refused=told))

        self._session.read(lambda connection: task_list.rows(connection, ids), named)

    def _fresh(self, **values: Any) -> DrillState:
        """The state without what was said of earlier doings."""
        said: dict[str, Any] = {
            "giving": None,
            "balance": None,
            "busy": False,
            "progress": None,
            "refused": (),
        }
        said |= {"stopped": 0, "error": None, "error_values": {}, "too_many": 0, "all_closed": False}
        return replace(self._state, **(said | values))

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


def _can_go_back(tasks: Sequence[Movable], taker: Member | None) -> bool:
    """Whether everybody can have again what he had: nothing can be made nobody's again, nor go back to the pool of a
    team that it has left."""
    for task in tasks:
        left = taker is not None and taker.team_id != task.team_id
        if task.assignee_id is None and (left or not task.in_pool):
            return False
    return True
