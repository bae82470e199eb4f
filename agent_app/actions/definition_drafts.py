"""The action behind "not lost": what is being written on plans, goals and ladders, kept as it is typed; nothing for the
server."""

from collections.abc import Mapping
from typing import Any

from agent_app.actions.desk import Desk
from agent_app.store import definition_drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.definition_drafts import Kind

Contents = Mapping[bytes, Mapping[str, Any] | None]
"""By the id of the row: what is written, None for what is saved or let be."""


def keep_written(desk: Desk, kind: Kind, contents: Contents) -> StoreChanges:
    """Keep or forget these in one transaction; on return it is on the disk."""
    with desk.store.write() as connection:
        for row_id, content in contents.items():
            if content is None:
                definition_drafts.drop(connection, kind, row_id)
            else:
                definition_drafts.keep(connection, kind, row_id, content, desk.clock.now())
    return StoreChanges(frozenset({"definition_draft"}), frozenset(), "definition_draft")
