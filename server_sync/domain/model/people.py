"""Who works here: teams, persons with role and skills, and their presence; no passwords (accounts keep those)."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text

from server_sync.domain.model.columns import IdType, JsonText, Scope, id_column, replicated


class Role(StrEnum):
    """What a person may do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Presence(StrEnum):
    """坐席状态 (CONVENTIONS, Chinese call-centre habits)."""

    READY = "ready"
    BUSY = "busy"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    OFFLINE = "offline"


class PauseReason(StrEnum):
    """Why somebody is on a break (小休)."""

    MEAL = "meal"
    MEETING = "meeting"
    TRAINING = "training"
    REST = "rest"


team = replicated(
    "team",
    Scope.REF,
    Column("name", Text, nullable=False),
    Column("region", Text),
)

person = replicated(
    "person",
    Scope.REF,
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    id_column("team_id", required=False),
    # {"languages": ["zh"], "product_lines": ["家具"], "regions": ["华东"]}; an empty or missing list means "any" (M3.1)
    Column("skills", JsonText, nullable=False, default=dict, server_default="{}"),
    Column("daily_capacity", Integer),  # how many open tasks a day holds; None: as many as there are
    Column("active", Boolean, nullable=False),
    Index("person_by_team", "team_id"),
)

presence = replicated(
    "presence",
    Scope.TEAM,
    # the row's id is the person's id: one row a person
    Column("team_id", IdType(), nullable=False),
    Column("state", Text, nullable=False),
    Column("pause_reason", Text),
    Column("since_at", BigInteger, nullable=False),
    Index("presence_by_team", "team_id"),
)
