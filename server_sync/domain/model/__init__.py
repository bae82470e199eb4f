"""The replicated tables, one file per aggregate; server-only and desk-only tables stand in the ends' own stores."""

from server_sync.domain.model.activity import ActivityKind, activity
from server_sync.domain.model.attachment import AttachmentKind, AttachmentState, attachment
from server_sync.domain.model.columns import Scope, dump_json, metadata
from server_sync.domain.model.commitment import CommitmentState, commitment
from server_sync.domain.model.conflict import ConflictState, ConflictStatus, Resolution, team_conflict
from server_sync.domain.model.customer import (
    Mood,
    PreferredTime,
    Stage,
    Tier,
    contact_point,
    customer,
    do_not_call,
)
from server_sync.domain.model.dealings import EventKind, consent, contract, event
from server_sync.domain.model.device import desk_device
from server_sync.domain.model.knowledge import ArticleKind, article
from server_sync.domain.model.order import order_line, sales_order
from server_sync.domain.model.people import PauseReason, Presence, Role, person, presence, team
from server_sync.domain.model.plan import (
    Channel,
    PlanState,
    Purpose,
    Trigger,
    Urgency,
    calendar_day,
    form,
    form_version,
    plan,
    setting,
)
from server_sync.domain.model.planning import (
    GoalState,
    HoursSubject,
    OccasionOutcome,
    ReminderMeans,
    ReminderState,
    ShiftKind,
    escalation_policy,
    goal,
    occasion,
    reminder,
    segment,
    shift,
    working_hours,
)
from server_sync.domain.model.task import (
    CallbackState,
    ResponseFlag,
    TaskState,
    attempt,
    callback,
    response,
    task,
)

__all__ = [
    "KINDS",
    "TABLES",
    "ActivityKind",
    "ArticleKind",
    "AttachmentKind",
    "AttachmentState",
    "CallbackState",
    "Channel",
    "CommitmentState",
    "ConflictState",
    "ConflictStatus",
    "EventKind",
    "GoalState",
    "HoursSubject",
    "Mood",
    "OccasionOutcome",
    "PauseReason",
    "PlanState",
    "PreferredTime",
    "Presence",
    "Purpose",
    "ReminderMeans",
    "ReminderState",
    "Resolution",
    "ResponseFlag",
    "Role",
    "Scope",
    "ShiftKind",
    "Stage",
    "TaskState",
    "Tier",
    "Trigger",
    "Urgency",
    "activity",
    "article",
    "attachment",
    "attempt",
    "calendar_day",
    "callback",
    "commitment",
    "consent",
    "contact_point",
    "contract",
    "customer",
    "desk_device",
    "do_not_call",
    "dump_json",
    "escalation_policy",
    "event",
    "form",
    "form_version",
    "goal",
    "metadata",
    "occasion",
    "order_line",
    "person",
    "plan",
    "presence",
    "reminder",
    "response",
    "sales_order",
    "segment",
    "setting",
    "shift",
    "task",
    "team",
    "team_conflict",
    "working_hours",
]

# Every replicated table by its kind, in the order in which parents come before what belongs to them. The place in this
# list is the kind's number in the feed: only ever append.
TABLES = {
    table.name: table
    for table in (
        team,
        person,
        setting,
        calendar_day,
        form,
        form_version,
        plan,
        customer,
        contact_point,
        do_not_call,
        sales_order,
        order_line,
        task,
        attempt,
        response,
        callback,
        activity,
        presence,
        team_conflict,
        attachment,
        desk_device,
        commitment,
        article,
        goal,
        segment,
        working_hours,
        escalation_policy,
        shift,
        contract,
        event,
        consent,
        occasion,
        reminder,
    )
}

KINDS = {name: kind for kind, name in enumerate(TABLES)}
"""Each replicated table's number in the feed."""
