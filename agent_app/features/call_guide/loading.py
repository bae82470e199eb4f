"""What the work column reads of one task: its sheet, the customer, the facts for its guide, and the call at hand."""

from dataclasses import dataclass

from sqlalchemy import Connection

from agent_app.features.call_guide.state import Call, CallPhase
from agent_app.store.queries import customer360, guide_facts, presence, task_sheet
from agent_app.store.queries.customer360 import Customer360
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.model import Presence


@dataclass(frozen=True)
class Loaded:
    """Everything of one task that this column needs."""

    sheet: TaskSheet
    customer: Customer360
    facts: GuideFacts
    ready: bool
    """Whether the agent said that he takes calls."""


def load(connection: Connection, task_id: bytes, person_id: bytes) -> Loaded | None:
    """The task with all of that, or None when this desk does not hold it."""
    sheet = task_sheet.load(connection, task_id)
    if sheet is None:
        return None
    facts = guide_facts.load(connection, task_id, person_id)
    customer = customer360.load(connection, sheet.customer_id, 0)
    if facts is None or customer is None:
        return None
    said = presence.load(connection, person_id)
    return Loaded(sheet, customer, facts, said is not None and said.state == Presence.READY)


def is_wrapped_up(sheet: TaskSheet, call: Call) -> bool:
    """Whether what had been kept is gone, or all of it but a form that could not be handed in."""
    return sheet.draft is None or (call.attempt_id is not None and sheet.draft.attempt_id is None)


def call_of(sheet: TaskSheet) -> Call:
    """The call that was begun and not wrapped up, as the draft remembers it."""
    draft = sheet.draft
    if draft is None or draft.attempt_id is None:
        return Call()
    kept = draft.content.get("call", {})
    phase = CallPhase.RUNNING if kept.get("ended_at") is None else CallPhase.ENDED
    return Call(phase, draft.attempt_id, kept.get("started_at"), kept.get("ended_at"))
