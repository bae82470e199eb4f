"""The desk's own tables beside the replicated ones: what is unsent, what is the server's, where the cursor stands."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from server_sync.domain.model import metadata as replicated
from server_sync.domain.model.columns import IdType, JsonText

metadata = MetaData()

# What was recorded here and is not yet known to be in the replica: "pending" until the server's answer, then
# "acknowledged" until a pull that began afterwards has reached the head (SYNC P1, P4).
outbox = Table(
    "outbox",
    metadata,
    Column("mid", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("args", LargeBinary, nullable=False),
    Column("customer_id", IdType()),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)

# The server's version of every row that an unretired mutation touched; `row` is msgpack of its columns,
# NULL: no such row.
base_row = Table(
    "base_row",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("row_id", IdType(), primary_key=True),
    Column("customer_id", IdType()),
    Column("row", LargeBinary),
    Index("base_row_by_customer", "customer_id"),
)

cursor = Table(
    "cursor",
    metadata,
    Column("partition", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

# Which dossiers this desk holds, by partition: a dossier leaves with its last one (SYNC L2).
held = Table(
    "held",
    metadata,
    Column("customer_id", IdType(), primary_key=True),
    Column("partition", Text, primary_key=True),
    Index("held_by_partition", "partition"),
)

# What the server refused or merged, until a person has dealt with it (SYNC P3).
conflict = Table(
    "conflict",
    metadata,
    Column("mid", Integer, primary_key=True),
    Column("status", Text, nullable=False),  # rejected, merged, set_aside
    Column("command", Text, nullable=False),
    Column("args", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("values", JsonText, nullable=False),
    Column("customer_id", IdType()),
    Column("recorded_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
)

# Answers and wrap-up of a call in progress, saved as they are typed.
draft = Table(
    "draft",
    metadata,
    Column("task_id", IdType(), primary_key=True),
    Column("customer_id", IdType(), nullable=False),
    Column("form_version_id", IdType()),
    Column("attempt_id", IdType()),
    Column("content", JsonText, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Index("draft_by_customer", "customer_id"),
)

# Single facts of this desk: next mid, epoch, last contact with the server, …
desk_state = Table(
    "desk_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JsonText, nullable=False),
)

# What a customer is found by: suffixes of name, pinyin, initials; reversed numbers; codes (rules in `search_terms`).
customer_term = Table(
    "customer_term",
    metadata,
    Column("term", Text, primary_key=True),
    Column("customer_id", IdType(), primary_key=True),
    Index("customer_term_by_customer", "customer_id"),
    sqlite_with_rowid=False,
)

customer_indexed = Table(
    "customer_indexed",
    metadata,
    Column("customer_id", IdType(), primary_key=True),
    Column("rev", BigInteger, nullable=False),
)

ALL = (replicated, metadata)
