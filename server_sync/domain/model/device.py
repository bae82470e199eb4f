"""The desks that people work at, as their leads see them; tokens are the server's own business (accounts)."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Text

from server_sync.domain.model.columns import Scope, id_column, replicated

desk_device = replicated(
    "desk_device",
    Scope.TEAM,
    # the row's id is the device's id; the team is its person's, None for who has none: such rows stay on the server
    id_column("team_id", required=False),
    id_column("person_id"),
    Column("name", Text, nullable=False),
    Column("app_version", Text, nullable=False, default=""),
    Column("signed_in_at", BigInteger, nullable=False),
    # These are renewed only when they have changed by a lot: every change is a row for the leads' desks to pull.
    Column("last_contact_at", BigInteger, nullable=False),
    Column("rows_held", BigInteger),
    # How many mutations it had not sent, at its last push.
    Column("unsent", BigInteger),
    # Admitted no more since then: what it still sends goes to the lead, and it gets nothing (SYNC E4).
    Column("revoked_at", BigInteger),
    id_column("revoked_by", required=False),
    Column("wipe", Boolean, nullable=False, default=False),
    # When it said that its store is gone.
    Column("wiped_at", BigInteger),
    # By how much its clock was ahead of the server's, at its last push.
    Column("clock_skew_ms", BigInteger),
    Index("desk_device_by_team", "team_id"),
    Index("desk_device_by_person", "person_id"),
)
