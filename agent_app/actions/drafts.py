"""The action behind "saved as you type": one small transaction, nothing for the server."""

from typing import Any

from agent_app.actions.desk import Desk
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges


def save_draft(
    desk: Desk,
    task_id: bytes,
    customer_id: bytes,
    form_version_id: bytes | None,
    attempt_id: bytes | None,
    content: dict[str, Any],
) -> StoreChanges:
    """Keep what was typed; on return it is on the disk. Only the keys of `content` replace those of the
    earlier draft; an id that is None leaves the earlier one."""
    with desk.store.write() as connection:
        drafts.merge(connection, task_id, customer_id, form_version_id, attempt_id, content, desk.clock.now())
    return StoreChanges(frozenset({"draft"}), frozenset({customer_id}), "draft")


def renew_draft(desk: Desk, task_id: bytes, customer_id: bytes, content: dict[str, Any]) -> StoreChanges:
    """Keep what was typed where the task still has a draft: a wrap-up that was saved meanwhile has ended it."""
    with desk.store.write() as connection:
        if drafts.load(connection, task_id) is None:
            return StoreChanges(frozenset(), frozenset(), "draft")
        drafts.merge(connection, task_id, customer_id, None, None, content, desk.clock.now())
    return StoreChanges(frozenset({"draft"}), frozenset({customer_id}), "draft")
