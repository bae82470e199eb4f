"""The action of a visit alone: check in. It starts and is wrapped up by the actions of a call."""

from agent_app.actions.desk import Desk, record
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import CheckIn
from server_sync.domain.rules.places import Position

PLACE = "place"
"""The part of a draft that remembers where its visit takes place."""


def check_in(
    desk: Desk, attempt_id: bytes, task_id: bytes, customer_id: bytes, position: Position, source: str
) -> StoreChanges:
    """Record where a visit that was begun takes place; its draft remembers it. Raises KnownError OUT_OF_RANGE {field},
    ATTEMPT_CLOSED."""
    now = desk.clock.now()
    degrees = position.latitude, position.longitude
    command = CheckIn(attempt_id, task_id, customer_id, *degrees, position.accuracy, source, now)
    kept = {PLACE: {**vars(position), "source": source, "at": now}}
    return record(
        desk,
        [command],
        "visit",
        also=lambda connection: drafts.merge(connection, task_id, customer_id, None, attempt_id, kept, now),
    )
