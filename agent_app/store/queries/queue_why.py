"""Why the next task is the next: its class and the sum of its clock, what follows it, and what keeps the others back;
the rules are `queue_order` and `next_call`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agent_app.store import pulled
from agent_app.store.queries import queue, working_time
from agent_app.store.queries.queue import QueueRow
from server_sync.domain.errors import KnownError
from server_sync.domain.rules import next_call
from server_sync.domain.rules.reason import Reason
from server_sync.domain.rules.working_steps import steps_of_add
from server_sync.domain.rules.working_time import Span

FOLLOWING = 3
MOST_HELD_BACK = 50


@dataclass(frozen=True)
class HeldBack:
    """A task that is not offered: what stands against it, and until when (ms); None where no time ends it."""

    row: QueueRow
    blocks: tuple[Reason, ...]
    until_at: int | None


@dataclass(frozen=True)
class QueueWhy:
    """The task asked about, or the one that comes next: its place in the queue from 1, what stands against it (nothing
    when it is offered), the steps of its clock from `available_at` to its due moment; the rows that follow, and those
    before and behind that are held back."""

    row: QueueRow
    place: int
    blocks: tuple[Reason, ...]
    until_at: int | None
    available_at: int
    clock: tuple[Reason, ...]
    following: tuple[QueueRow, ...]
    held_back: tuple[HeldBack, ...]


def load(
    connection: Connection, person_id: bytes, team_id: bytes | None, now: int, task_id: bytes | None
) -> QueueWhy | None:
    """The answer for one task of the queue, or with None for the next; None when there is no such task."""
    looked_at: list[tuple[Mapping[str, Any], tuple[Reason, ...]]] = []
    free: list[bytes] = []
    for rows, one in queue.in_order(connection, person_id, team_id, now, waiting=True):
        blocks = tuple(next_call.blocks(rows, one, person_id, now))
        if pulled.in_pool(one):
            blocks = (Reason("not_pulled", {}), *blocks)
        looked_at.append((one, blocks))
        if next_call.offered(blocks, rows, now):
            free.append(one["id"])
    places = {one["id"]: place for place, (one, _) in enumerate(looked_at, start=1)}
    chosen = task_id if task_id in places else next(iter(free), None)
    if chosen is None:
        return None
    chosen_task, blocks = looked_at[places[chosen] - 1]
    after = [one for one in free if places[one] > places[chosen]][:FOLLOWING]
    others = {chosen, *free}
    held = [(one["id"], why) for one, why in looked_at if one["id"] not in others][:MOST_HELD_BACK]
    lines = queue.rows(connection, [chosen, *after, *(one for one, _ in held)], now)
    return QueueWhy(
        lines[chosen],
        places[chosen],
        blocks,
        next_call.until(blocks),
        chosen_task["available_at"],
        _clock(connection, chosen_task),
        tuple(lines[one] for one in after),
        tuple(HeldBack(lines[one], why, next_call.until(why)) for one, why in held),
    )


def _clock(connection: Connection, task: Mapping[str, Any]) -> tuple[Reason, ...]:
    """How the due moment comes about, where it is still what the plan's term says."""
    term = task["reason_values"].get("due_within")
    if term is None:
        return ()
    try:
        time = working_time.load(connection, task["assignee_id"], task["team_id"])
        span = Span.from_json(term)
        due_at = time.add(task["available_at"], span)
        return steps_of_add(time, task["available_at"], span) if due_at == task["due_at"] else ()
    except KnownError:  # a calendar that cannot be read explains nothing
        return ()
