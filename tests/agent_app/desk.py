"""A desk with a small company in its real encrypted store, for tests of features, queries and actions."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.ports import Work
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store, open_store
from agent_app.store.desk_state import remember
from agent_app.store.tables import ALL
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.model import TABLES
from server_sync.domain.rules.settings import setting_id
from tests.server_sync.organisation import NOW, CountedIds, Organisation

KEY = bytes(range(32))
TIMEZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class HandClock:
    """A clock that stands until it is moved: Thursday, 1 October 2026, 10:00 in Shanghai."""

    at: int = NOW

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000


@dataclass
class Company:
    """A desk of one person of the organisation, in step with a server that is not there."""

    store: Store
    clock: HandClock
    organisation: Organisation
    ids: CountedIds
    told: list[StoreChanges] = field(default_factory=list)

    def put(self, *rows: Insert) -> None:
        """Rows as if they had come from the server."""
        with self.store.write() as connection:
            for row in rows:
                connection.execute(insert(TABLES[row.table]), {"rev": 1, **row.row})

    def keep(self, key: str, **value: Any) -> None:
        """A setting of the company."""
        self.put(Insert("setting", {"id": setting_id(key), "key": key, "value": value}))

    def desk(self, actor: Actor) -> Desk:
        """The desk of one person."""
        return Desk(self.store, self.clock, self.ids, actor, bytes(16))

    def session(self, actor: Actor, work: Work) -> DeskSession:
        """What a presenter holds; what is published is kept in `told`."""
        return DeskSession(self.desk(actor), work, self.told.append, TIMEZONE)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the store says."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]


def open_company(folder: Path) -> Company:
    """A new store with people, a plan and a form, and no customers yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _new_company().items():
        (folder / name).write_bytes(content)
    organisation = Organisation()
    list(organisation.company())  # its ids are those of the rows in the store
    return Company(open_store(folder, KEY, ALL), HandClock(), organisation, CountedIds(7))


@cache
def _new_company() -> dict[str, bytes]:
    """The files of its profile: to make the tables takes longer than most tests."""
    with TemporaryDirectory() as folder:
        company = Company(open_store(Path(folder), KEY, ALL), HandClock(), Organisation(), CountedIds(7))
        company.put(*(row for row in company.organisation.company() if isinstance(row, Insert)))
        with company.store.write() as connection:
            remember(connection, "in_step_at", NOW)
            remember(connection, "complete", True)
        company.store.settle()
        company.store.close()
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}
