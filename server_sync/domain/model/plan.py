"""What is to be done and with which words: plans, forms and their versions, working days, company settings."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Integer, Text, UniqueConstraint

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class Purpose(StrEnum):
    """Why a customer is contacted; consent, windows and do-not-call go by it (CONVENTIONS, compliance)."""

    SERVICE = "service"
    MARKETING = "marketing"
    SURVEY = "survey"


class Channel(StrEnum):
    """How a customer is contacted."""

    PHONE = "phone"
    VISIT = "visit"


class Trigger(StrEnum):
    """What turns a customer of the audience into a task."""

    AFTER_ORDER = "after_order"
    """N days after an order (M1.3): params {"days": 3, "basis": "ordered_on" | "shipped_on" | "delivered_on"}."""
    AFTER_EVENT = "after_event"
    """After something that happened elsewhere (M1.4, M1.10, M1.11): params {"event": an EventKind}."""
    AFTER_SCORE = "after_score"
    """After an answer of so much (M1.9, M1.12): params {"measure": "nps" | "csat", "at_most": 6}."""
    BEFORE_DATE = "before_date"
    """Before a date of the customer's (M1.8, M1.18): params {"date": "contract.expires_on", "days": [90, 60, 30]}."""
    FESTIVAL = "festival"
    """Before a day of everybody's (M1.18): params {"name": "春节", "days": 7}."""
    RECURRING = "recurring"
    """So many times a period (M1.6, M1.7, M1.14): params {"every": "month", "times": 2}."""
    CADENCE = "cadence"
    """By tier and stage, the earliest due wins (M1.19): params {"table": [{"tier": "vip", "days": 7}, …]}."""
    SILENCE = "silence"
    """Nobody in touch for N days (M1.15): params {"days": 15}."""
    SIGNAL = "signal"
    """Something stirs (M2.8, M2.9): params {"signal": "activity_drop", "percent": 30, "days": 30}."""
    BATCH = "batch"
    """One-off, everyone in the audience once (M1.22): params {"batch": "2026-11 新品告知"}."""
    BY_HAND = "by_hand"
    """One-off, chosen customers: params {"customers": [their codes]}."""
    IMPORTED = "imported"
    """One-off, those whom an import brought or changed (B1): params {"import": the batch's id as hex}."""


class Urgency(StrEnum):
    """The queue's class of a plan's tasks (CONVENTIONS, call-scheduling rules)."""

    NORMAL = "normal"
    PROMISE = "promise"
    COMPLAINT_VERIFICATION = "complaint_verification"


class PlanState(StrEnum):
    """A plan's life (M1.24)."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


plan = replicated(
    "plan",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),  # the short word in a reason: 首访, 关怀
    Column("state", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("channel", Text, nullable=False),  # a value of Channel
    Column("trigger", Text, nullable=False),
    Column("params", JsonText, nullable=False),
    Column("audience", JsonText, nullable=False),  # the condition tree of rules/conditions
    id_column("form_id", required=False),  # the guide
    # {"amount": 1, "unit": "natural_hours" | "working_hours" | "working_days"} from the moment a task is available
    Column("due_within", JsonText, nullable=False),
    Column("priority", Integer, nullable=False, default=50, server_default="50"),  # 0–100
    Column("urgency", Text, nullable=False, default="normal", server_default="normal"),  # a value of Urgency
    Column("source", Text),  # the practice it follows, such as an inventory ID
    Column("description", Text),
    id_column("goal_id", required=False),
    Column("starts_on", Text),  # company days within which it makes tasks; None: no end on that side
    Column("ends_on", Text),
    # how long after its basis a task becomes available, as of `due_within`; None: at once
    Column("available_after", JsonText),
    # what follows the first contact: [{"after": {…}, "label", "form": code or None, "due_within": {…}}, …] (M1.4)
    Column("steps", JsonText, nullable=False, default=list, server_default="[]"),
    Column("control_percent", Integer, nullable=False, default=0, server_default="0"),
    # {"to": "balanced" | "owner" | "pool" | "lead" | "person", "person": login, "skills": […]}
    Column("assignment", JsonText, nullable=False, default=dict, server_default="{}"),
    Column("tags", JsonText, nullable=False, default=list, server_default="[]"),  # set on whom it picks
    # {"mode": "preview" | "progressive" | "manual", "seconds": 10}; None: the company's
    Column("dialling", JsonText),
    # so many tasks may its next run make, as somebody has confirmed; None: no more than a run makes unasked
    Column("confirmed_tasks", Integer),
    Column(
        "refused_tasks", Integer
    ),  # so many its last run would have made, and made none; None: it was not refused
    Column("changed_at", BigInteger),
    id_column("changed_by", required=False),
)

form = replicated(
    "form",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    id_column("current_version_id", required=False),
)

form_version = replicated(
    "form_version",
    Scope.REF,
    id_column("form_id"),
    Column("version", Text, nullable=False),
    Column("xform", Text, nullable=False),  # XForm XML
    Column("published_at", BigInteger, nullable=False),
    id_column("published_by", required=False),
    Column("change_note", Text),  # what is new in it, in its author's words
    UniqueConstraint("form_id", "version"),
)

calendar_day = replicated(
    "calendar_day",
    Scope.REF,
    Column("day", Text, nullable=False, unique=True),
    Column("working", Boolean, nullable=False),
    Column("name", Text),
    # the year's official 调休 is not out yet: the day says no more than its weekday does
    Column("provisional", Boolean, nullable=False),
)

setting = replicated(
    "setting",
    Scope.REF,
    # keys and defaults: rules/settings
    Column("key", Text, nullable=False, unique=True),
    Column("value", JsonText, nullable=False),
)
