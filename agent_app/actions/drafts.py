"""The action behind "saved as you type": one small transaction, nothing for the server."""

from typing import Any

from agent_app.actions.desk import Desk
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.drafts import Draft


def save_draft(
    desk: Desk,
    task_id: bytes,
    customer_id: bytes,
    form_version_id: bytes | None,
    attempt_id: bytes | None,
    content: dict[str, Any],
) -> StoreChanges:
    """Keep what was typed; on return it is on the disk. Only the keys of `content` replace those of the
    earlier draft."""
    with desk.store.write() as connection:
        earlier = drafts.load(connection, task_id)
        merged = {**(earlier.content if earlier else {}), **content}
        one = Draft(task_id, customer_id, form_version_id, attempt_id, merged, desk.clock.now())
        drafts.save(connection, one)
    return StoreChanges(frozenset({"draft"}), frozenset({customer_id}), "draft")
