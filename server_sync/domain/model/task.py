"""The work itself: tasks, attempts, callbacks and responses; the plan that made a task stands in `plan`."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class TaskState(StrEnum):
    """A task's life; only OPEN and ACCEPTED are in a queue."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    CANCELLED = "cancelled"


class CallbackState(StrEnum):
    """A callback's life (约定回拨)."""

    OPEN = "open"
    KEPT = "kept"
    RELEASED = "released"
    """Its owner was away: the task moved to the team's pool (约定转出)."""
    CANCELLED = "cancelled"


class ResponseFlag(StrEnum):
    """What stands out in answers by how they were given; the rules stand in `forms.quality`."""

    SPEEDING = "speeding"
    STRAIGHT_LINING = "straight_lining"


task = replicated(
    "task",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("plan_id", required=False),
    id_column("form_version_id", required=False),
    id_column("team_id", required=False),
    # nobody: in_pool says whether the team's agents may take it, or a supervisor has to assign it
    id_column("assignee_id", required=False),
    # who had it before (ids as hex): what they did offline is kept, flagged late (SYNC §5)
    Column("previous_assignees", JsonText, nullable=False, default=list, server_default="[]"),
    Column("in_pool", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("reason", Text, nullable=False),  # kind: "days_after_order"
    Column(
        "reason_values", JsonText, nullable=False
    ),  # {"days": 3, "label": "首访", "ordered_on": "2017-12-28", …}
    Column("assigned_because", JsonText),  # {"region": "华东", "skills": […], "load": 3}: why this agent
    Column("priority", Integer, nullable=False),
    # its plan's, a value of Urgency
    Column("urgency", Text, nullable=False, default="normal", server_default="normal"),
    Column("available_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("accepted_at", BigInteger),
    Column("done_at", BigInteger),
    Column("cancelled_because", Text),  # "do_not_call", "consent_withdrawn" or "supervisor"
    Column("disposition", Text),  # of the last attempt
    Column("attempt_count", Integer, nullable=False, default=0, server_default="0"),
    Column("last_attempt_at", BigInteger),
    Column("not_before_at", BigInteger),  # earliest next attempt, by the disposition's delay
    Column("appointment_at", BigInteger),
    id_column("appointment_owner_id", required=False),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    # Its place in the plan's sequence.
    Column("step", Integer, nullable=False, default=0, server_default="0"),
    Column("skills", JsonText, nullable=False, default=list, server_default="[]"),  # that it asks for
    # Pulled out of the pool, it is its assignee's alone until then; None: for good.
    Column("leased_until", BigInteger),
    Column("escalation_level", Integer, nullable=False, default=0, server_default="0"),
    Column("escalated_at", BigInteger),
    Index("task_by_customer", "customer_id"),
    Index("task_by_assignee", "assignee_id", "state"),
    Index("task_by_team", "team_id", "state", "due_at"),
    Index("task_by_plan", "plan_id"),
)

attempt = replicated(
    "attempt",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id"),
    id_column("person_id"),
    id_column("contact_point_id", required=False),
    Column("channel", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),  # by the device's clock
    Column("ended_at", BigInteger),
    Column("talk_ms", BigInteger),
    Column("disposition", Text),
    Column("disposition_group", Text),  # I P R appt NC O UH UO NE (AAPOR)
    Column("answered", Boolean),
    Column("note", Text),
    # done offline on a task taken away since
    Column("late", Boolean, nullable=False, default=False, server_default="0"),
    Column(
        "breach", Text
    ),  # the error kind of the rule that stood against this dialling when it was recorded
    # Where it took place: {"latitude", "longitude", "accuracy" in metres or None, "source": "position" | "hand", "at"}
    Column("place", JsonText),
    # When the server got it, by its own clock, and by how much the device's was ahead of that.
    Column("received_at", BigInteger),
    Column("clock_skew_ms", BigInteger),
    Index("attempt_by_customer", "customer_id"),
    Index("attempt_by_task", "task_id"),
    Index("attempt_by_person", "person_id", "ended_at"),
)

response = replicated(
    "response",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id"),
    id_column("attempt_id"),
    id_column("person_id"),
    id_column("form_version_id"),  # the version that was on screen (SYNC §5)
    Column("answers", JsonText, nullable=False),  # {"/data/group/name": "value"}
    Column("complete", Boolean, nullable=False),
    Column("csat", Integer),
    Column("nps", Integer),
    Column("recorded_at", BigInteger, nullable=False),
    # A correction is an edition of its own beside the one before, which stays (ODK: an edit has a deprecatedID).
    Column("edition", Integer, nullable=False, default=1, server_default="1"),
    id_column("replaces_id", required=False),
    id_column("replaced_by_id", required=False),
    Column("started_at", BigInteger),  # by the device's clock, when the form was opened
    Column("language", Text),  # in which it was filled in, as the form names it
    # what was answered when, by a clock that only goes forward: rows of [event, node, start_ms, end_ms, old, new], in
    # ms since started_at, see `forms.audit`
    Column("audit", JsonText),
    Column("flags", JsonText, nullable=False, default=list, server_default="[]"),  # of ResponseFlag
    Index("response_by_customer", "customer_id"),
    Index("response_by_task", "task_id"),
    Index("response_by_person", "person_id", "recorded_at"),
    # all that the list of a form's responses is counted, filtered and put in order by: the rows are wide
    Index(
        "response_by_form_version",
        "form_version_id",
        "recorded_at",
        "replaced_by_id",
        "id",
        "person_id",
        "complete",
        "csat",
        "nps",
        "flags",
    ),
)

callback = replicated(
    "callback",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id"),
    id_column("owner_id"),
    Column("callback_at", BigInteger, nullable=False),
    Column("with_whom", Text, nullable=False),  # "respondent" 本人 or "other" 他人
    id_column("contact_point_id", required=False),
    Column("note", Text),
    Column("state", Text, nullable=False),
    Column("booked_at", BigInteger, nullable=False),
    Column("released_at", BigInteger),
    Index("callback_by_customer", "customer_id"),
    Index("callback_by_task", "task_id"),
)
