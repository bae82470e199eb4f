"""The replicated tables, one file per aggregate; server-only and desk-only tables stand in the ends' own stores."""

from server_sync.domain.model.activity import ActivityKind, activity
from server_sync.domain.model.attachment import AttachmentKind, AttachmentState, attachment
from server_sync.domain.model.columns import Scope, dump_json, metadata
from server_sync.domain.model.commitment import CommitmentState, commitment
from server_sync.domain.model.conflict import ConflictState, ConflictStatus, Resolution, team_conflict
from server_sync.domain.model.customer import Mood, PreferredTime, Tier, contact_point, customer, do_not_call
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
    "Mood",
    "PauseReason",
    "PlanState",
    "PreferredTime",
    "Presence",
    "Purpose",
    "Resolution",
    "ResponseFlag",
    "Role",
    "Scope",
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
    "contact_point",
    "customer",
    "desk_device",
    "do_not_call",
    "dump_json",
    "form",
    "form_version",
    "metadata",
    "order_line",
    "person",
    "plan",
    "presence",
    "response",
    "sales_order",
    "setting",
    "task",
    "team",
    "team_conflict",
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
    )
}

KINDS = {name: kind for kind, name in enumerate(TABLES)}
"""Each replicated table's number in the feed."""
