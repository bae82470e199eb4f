"""What happens in the room of goals: one is found, written and saved; it is measured by the server every night."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.actions.goals import definition_of, save_goal
from agent_app.actions.session import DeskSession
from agent_app.store import definition_drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.definition_drafts import Kind
from agent_app.store.queries import goals
from agent_app.store.queries.goals import Choices, Measured
from agent_app.ui.definitions.presenter import DefinitionsPresenter
from agent_app.ui.definitions.state import DefinitionsState, Found, Line, Written
from server_sync.domain.model import GoalState
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.goals import Metric, goal_id, looked_at_goal
from server_sync.domain.rules.local_time import iso_day, zone

GoalsState = DefinitionsState[Measured, Choices]
_QUARTER = 90


class GoalsPresenter(DefinitionsPresenter[Measured, Choices]):
    """`owner_id` is written as hexadecimal text; a new goal has its writer's."""

    tables = ("goal", "team", "plan", "person")
    KIND = Kind.GOAL
    EMPTY: ClassVar[Written] = {
        "code": "",
        "name": "",
        "metric": Metric.COMPLETION_RATE.value,
        "target": None,
        "baseline": None,
        "starts_on": None,
        "deadline_on": None,
        "scope": {},
        "state": GoalState.ACTIVE.value,
        "owner_id": None,
        "source": None,
    }

    def __init__(self, session: DeskSession, render: Callable[[GoalsState], object]) -> None:
        super().__init__(session, Choices(), render)

    def find(self, connection: Connection) -> Found[Measured, Choices]:
        rows = goals.every(connection, self._today())
        lines = {goal_id: Line(_written(row), measured) for goal_id, (row, measured) in rows.items()}
        return Found(lines, definition_drafts.load(connection, Kind.GOAL), goals.choices(connection))

    def fresh(self) -> tuple[bytes, Written]:
        code = f"goal_{self._session.new_id().hex()}"
        today, owner = self._today(), self._session.desk.person_id.hex()
        days = {"starts_on": iso_day(today), "deadline_on": iso_day(today + _QUARTER)}
        return goal_id(code), {**self.EMPTY, "code": code, "owner_id": owner, **days}

    def definition(self, written: Written) -> dict[str, Any]:
        return definition_of(written)

    def faults(self, definition: Mapping[str, Any]) -> list[Placed]:
        return looked_at_goal(definition)[1]

    def save(self, desk: Desk, row_id: bytes, seen: Written | None, written: Written) -> StoreChanges:
        return save_goal(desk, seen, written)

    def on_scope(self, name: str, values: list[str]) -> None:
        """What the open one is narrowed to, by one of `SCOPES`; nothing: everything."""
        written = self._state.written
        if written is not None:
            rest = {key: kept for key, kept in written["scope"].items() if key != name}
            self.on_field("scope", {**rest, name: values} if values else rest)

    def _today(self) -> int:
        return zone(str(self._session.timezone)).day(self._session.now())


def _written(row: Mapping[str, Any]) -> Written:
    owner = row["owner_id"]
    columns = {name: row[name] for name in GoalsPresenter.EMPTY}
    return {**columns, "owner_id": None if owner is None else owner.hex()}
