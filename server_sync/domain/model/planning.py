"""What planning goes by and leaves behind: goals, segments, working hours, shifts, escalation, occasions, reminders;
the plan itself stands in `plan`, the task in `task`."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text

from server_sync.domain.model.columns import IdType, JsonText, Scope, id_column, replicated


class GoalState(StrEnum):
    """A goal's life (M1.1)."""

    ACTIVE = "active"
    REACHED = "reached"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class OccasionOutcome(StrEnum):
    """What became of an occasion that a plan saw to contact a customer, where it did not become a task of its own."""

    MERGED = "merged"
    """It was added to a task that was there: one contact with several purposes."""
    SKIPPED = "skipped"
    """The contact ledger stood against it; `because` says what."""
    CONTROL = "control"
    """The customer is of the control group: nobody contacts him for this plan (M14.1)."""


class ReminderMeans(StrEnum):
    """By what a reminder comes, in rising order (M3.4, M3.5)."""

    POPUP = "popup"
    MAIL = "mail"
    SMS = "sms"
    ROBOT = "robot"
    """A group's webhook robot: WeCom, DingTalk, Feishu."""
    SUPERVISOR = "supervisor"
    """A notice to the team's lead."""
    HAND_OVER = "hand_over"
    """The task goes to the lead, who gives it to somebody else."""


class ReminderState(StrEnum):
    """A reminder's life."""

    WAITING = "waiting"
    SENT = "sent"
    SEEN = "seen"
    """Whom it was for has taken note of it."""
    CANCELLED = "cancelled"
    """The task was accepted, closed or moved before it was due."""
    FAILED = "failed"
    """No means took it after all tries; `error` says why."""


class HoursSubject(StrEnum):
    """Whose hours a row of `working_hours` says."""

    COMPANY = "company"
    TEAM = "team"
    PERSON = "person"


class ShiftKind(StrEnum):
    """What a span of a person's roster is."""

    WORK = "work"
    LEAVE = "leave"


goal = replicated(
    "goal",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("metric", Text, nullable=False),  # what is measured: a name of `rules.goals`
    Column("scope", JsonText, nullable=False, default=dict, server_default="{}"),  # {"plans": [codes], …}
    Column("baseline", Text),  # exact decimals as text
    Column("target", Text, nullable=False),
    Column("starts_on", Text, nullable=False),
    Column("deadline_on", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("value", Text),  # as last measured, None where nothing could be
    Column("sample", Integer),  # over so many
    Column("measured_at", BigInteger),
    id_column("owner_id", required=False),
    Column("source", Text),
)

segment = replicated(
    "segment",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("audience", JsonText, nullable=False),  # the condition tree of rules/conditions
    Column("tag", Text),  # set on those who are in it, taken from those who left it (M2.7)
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", Text),
)

working_hours = replicated(
    "working_hours",
    Scope.REF,
    # the row's id is the team's or person's, whose hours differ from the company's, or `COMPANY_HOURS`
    Column("subject", Text, nullable=False),  # a value of HoursSubject
    Column("timezone", Text),  # None: that of the company
    Column("week", JsonText),  # as in the setting "working_week"; None: that of the company
    # {"2026-10-01": [], "2026-10-10": [["09:00", "18:00"]]} over the company's days
    Column("exceptions", JsonText, nullable=False, default=dict, server_default="{}"),
)

escalation_policy = replicated(
    "escalation_policy",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # which tasks it is for, the first by position that fits: {"urgencies": […], "tiers": […], "purposes": […],
    # "plans": [codes]}; a list left out fits all. With "subject": "commitment" or "callback" it is for those of tasks.
    Column("applies_to", JsonText, nullable=False, default=dict, server_default="{}"),
    # [{"basis": "created" | "available" | "due", "after": {"amount": 2, "unit": "working_hours"},
    #   "while": "unaccepted" | "open", "means": ["popup"]}, …] in their order; "before" instead of "after": until due
    Column("steps", JsonText, nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", Text),
)

shift = replicated(
    "shift",
    Scope.TEAM,
    Column("team_id", IdType(), nullable=False),
    id_column("person_id"),
    Column("kind", Text, nullable=False),  # a value of ShiftKind
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("note", Text),
    Index("shift_by_team", "team_id", "starts_at"),
    Index("shift_by_person", "person_id", "starts_at"),
)

occasion = replicated(
    "occasion",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("plan_id"),
    id_column("task_id", required=False),  # into which it was merged
    Column("outcome", Text, nullable=False),  # a value of OccasionOutcome
    Column("because", Text),  # why it was skipped: a kind such as "do_not_call" or "contact_too_often"
    Column("because_values", JsonText, nullable=False, default=dict, server_default="{}"),
    Column("purpose", Text, nullable=False),
    Column("reason", Text, nullable=False),  # as of a task
    Column("reason_values", JsonText, nullable=False),
    id_column("form_version_id", required=False),  # its guide
    Column("due_at", BigInteger),
    Column("dedupe_key", Text, nullable=False, unique=True),  # as of a task, and shared with those
    Column("decided_at", BigInteger, nullable=False),
    Index("occasion_by_customer", "customer_id", "decided_at"),
    Index("occasion_by_task", "task_id"),
    Index("occasion_by_plan", "plan_id", "decided_at"),
)

reminder = replicated(
    "reminder",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id"),
    id_column("person_id", required=False),  # whom it is for; None: the lead of the task's team
    id_column("policy_id"),
    Column("step", Integer, nullable=False),  # its place in the policy's steps
    Column("means", Text, nullable=False),  # a value of ReminderMeans
    Column("state", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    # How `due_at` was reckoned, by `rules.working_steps`.
    Column("clock_steps", JsonText, nullable=False, default=list, server_default="[]"),
    Column("sent_at", BigInteger),
    Column("seen_at", BigInteger),
    Column("error", Text),
    Index("reminder_by_customer", "customer_id"),
    Index("reminder_by_task", "task_id"),
    Index("reminder_by_state", "state", "due_at"),
)
