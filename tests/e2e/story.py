"""What a journey tells as it goes: its steps, each with a picture of the window where pictures are wanted."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from server_sync.store.database import Database
from tests.e2e.desk import Seat
from tests.e2e.world import World


@dataclass
class Story:
    """The steps so far; `pictures` is a folder, None when nobody looks."""

    pictures: Path | None = None
    steps: list[str] = field(default_factory=list)

    def step(self, what: str, *seats: Seat) -> None:
        """One step is done; its picture shows the window of each seat named."""
        self.steps.append(what)
        for seat in seats if self.pictures is not None else ():
            assert self.pictures is not None
            seat.picture(self.pictures / f"{len(self.steps):03d}-{what.replace(' ', '-')}.png")


def server_rows(world: World, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the server's own database says."""
    database = Database(str(world.database))
    try:
        with database.read() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]
    finally:
        database.close()


def desk_rows(seat: Seat, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the desk's own store says."""
    with seat.desk.desk.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql, values)]


def in_step(seat: Seat) -> bool:
    """Whether everything saved at the desk has been answered and come back."""
    return desk_rows(seat, "SELECT count(*) FROM outbox WHERE state <> 'kept'") == [(0,)]
