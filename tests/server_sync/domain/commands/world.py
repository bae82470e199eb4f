"""The small call centre in memory: commands are asked to decide and see only the rows that they said they read."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from server_sync.domain.commands import Accepted, Actor, Change, Command, Insert, Need, Rejected, Row
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TABLES, Role
from server_sync.domain.model.columns import complete
from tests.server_sync.organisation import NOW, Organisation

SERVER = Actor(person_id=None, role=Role.ADMINISTRATOR, team_id=None)


class World:
    """All rows by table and id; `organisation` says who is who."""

    def __init__(self) -> None:
        self.organisation = Organisation()
        self.rows: dict[str, dict[bytes, dict[str, Any]]] = defaultdict(dict)
        self.put(*self.organisation.company())

    def new(self) -> bytes:
        """An id, with room behind it for those that commands derive."""
        first, *_ = (self.organisation.ids.new() for _ in range(4))
        return first

    def put(self, *changes: Change) -> None:
        """Write changes."""
        for change in changes:
            if isinstance(change, Insert):
                assert change.row_id not in self.rows[change.table]
                self.rows[change.table][change.row_id] = complete(TABLES[change.table], change.row)
            else:
                self.rows[change.table][change.row_id] |= change.values

    def do(self, command: Command, actor: Actor, now: int = NOW) -> Accepted:
        """Have a command accepted and carried out."""
        decision = command.decide(_Seen(self, command.reads()), actor, now)
        assert isinstance(decision, Accepted), decision
        self.put(*decision.changes)
        return decision

    def refused(self, command: Command, actor: Actor, now: int = NOW) -> ErrorKind:
        """Have a command rejected, and say why."""
        return self.rejection(command, actor, now).kind

    def rejection(self, command: Command, actor: Actor, now: int = NOW) -> Rejected:
        """Have a command rejected."""
        decision = command.decide(_Seen(self, command.reads()), actor, now)
        assert isinstance(decision, Rejected), decision
        return decision

    def one(self, table: str, row_id: bytes) -> dict[str, Any]:
        """A row."""
        return self.rows[table][row_id]

    def facts(self) -> list[tuple[str, dict[str, Any]]]:
        """The timeline: kinds and details by time."""
        rows = sorted(self.rows["activity"].values(), key=lambda row: (row["happened_at"], row["id"]))
        return [(row["kind"], row["details"]) for row in rows]


class _Seen:
    def __init__(self, world: World, needs: Iterable[Need]) -> None:
        self._rows = world.rows
        self._asked = set(needs)

    def get(self, table: str, row_id: bytes) -> Row | None:
        row = self._rows[table].get(row_id)
        asked = Need(table, row_id) in self._asked or (
            row is not None and any(self._of(need, table, row) for need in self._asked)
        )
        assert asked, f"{table} is read without having been asked for"
        return None if row is None else dict(row)

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        assert Need(table, value, column) in self._asked, f"{table}.{column} is read without being asked for"
        rows = sorted(self._rows[table].items())
        return [dict(row) for _, row in rows if row[column] == value]

    @staticmethod
    def _of(need: Need, table: str, row: Row) -> bool:
        return need.table == table and row[need.column] == need.value
