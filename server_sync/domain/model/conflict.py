"""What of a person's work was not taken as he meant it, for the lead of the team to see and to settle (SYNC P3, §5); a
desk's own list of it is the desk's."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, Text

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class ConflictStatus(StrEnum):
    """How the work came to stand here."""

    REJECTED = "rejected"
    """Pushed, and refused for good."""
    MERGED = "merged"
    """Pushed, and one of two values of a field was lost to the other."""
    LATE = "late"
    """The result of a call on a task that had been taken away or closed meanwhile: kept as history (离线更新)."""
    HANDED_OVER = "handed_over"
    """Given to the lead by the person himself."""
    REVOKED = "revoked"
    """Unsent on a device that was revoked: never decided (SYNC E4)."""


class ConflictState(StrEnum):
    """Whether somebody has dealt with it."""

    OPEN = "open"
    SETTLED = "settled"


class Resolution(StrEnum):
    """What was decided."""

    THEIRS = "theirs"
    """What the server holds stays."""
    MINE = "mine"
    """What the person meant was carried out after all."""
    NOTED = "noted"
    """Read, and nothing to do."""
    WITHDRAWN = "withdrawn"
    """The person dealt with it himself."""


team_conflict = replicated(
    "team_conflict",
    Scope.TEAM,
    id_column("team_id", required=False),
    id_column("person_id", required=False),  # whose work it was
    id_column("customer_id", required=False),
    id_column("task_id", required=False),
    id_column("contact_point_id", required=False),  # the number or address in dispute
    Column("status", Text, nullable=False),  # a value of ConflictStatus
    Column("command", Text, nullable=False),  # with its version, such as "finish_attempt@1"
    Column("args", Text, nullable=False),  # its arguments as the desk encoded them, in base64
    Column("kind", Text, nullable=False),  # an error kind, or "merged", "late", "revoked"
    # what the kind's words need; of a field "field", "base", "mine", "theirs": what the person saw, meant, and found
    Column("details", JsonText, nullable=False, default=dict, server_default="{}"),
    Column("note", Text),  # of the person who handed it over
    Column("recorded_at", BigInteger, nullable=False),  # by the desk's clock
    Column("answered_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False, default=ConflictState.OPEN, server_default="open"),
    Column("resolution", Text),  # a value of Resolution
    id_column("settled_by", required=False),
    Column("settled_at", BigInteger),
    Column("settled_note", Text),
    Index("team_conflict_by_team", "team_id", "state"),
    Index("team_conflict_by_point", "contact_point_id"),
)
