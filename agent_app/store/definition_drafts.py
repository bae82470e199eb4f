"""Plans, goals and ladders as they are being written: kept on the disk, never sent, gone when saved or let be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.tables import definition_draft


class Kind(StrEnum):
    """Of what a draft is; the value is the table of what is written on."""

    PLAN = "plan"
    GOAL = "goal"
    LADDER = "escalation_policy"


@dataclass(frozen=True)
class Kept:
    """What was written: `content` is its editor's own JSON."""

    content: Mapping[str, Any]
    saved_at: int


def load(connection: Connection, kind: Kind) -> dict[bytes, Kept]:
    """All of a kind, by the id of the row they will be, in the order of those ids."""
    rows = connection.execute(
        select(definition_draft).where(definition_draft.c.kind == kind).order_by(definition_draft.c.row_id)
    )
    return {row.row_id: Kept(row.content, row.saved_at) for row in rows}


def keep(connection: Connection, kind: Kind, row_id: bytes, content: Mapping[str, Any], now: int) -> None:
    """Keep what was written in place of what was kept before."""
    values = {"kind": kind, "row_id": row_id, "content": dict(content), "saved_at": now}
    statement = insert(definition_draft).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["kind", "row_id"], set_=values))


def drop(connection: Connection, kind: Kind, row_id: bytes) -> None:
    """Forget what was kept."""
    connection.execute(
        delete(definition_draft).where(definition_draft.c.kind == kind, definition_draft.c.row_id == row_id)
    )
