"""The desk's own tables beside the replicated ones: what is unsent, what is the server's, where the cursor stands."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text, event

from agent_app.store import response_words as words_of_responses
from server_sync.domain.model import metadata as replicated
from server_sync.domain.model.columns import IdType, JsonText

metadata = MetaData()

# What was recorded here: "pending" until the server's answer, "acknowledged" until a pull that began afterwards has
# reached the head (SYNC P1, P4), then "kept" until the server's backup has passed `acked_seq`, where the answer stands
# in the device's own partition (SYNC P6).
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
    Column("acked_seq", BigInteger),
    Column("acked_at", BigInteger),
    Index("outbox_by_state", "state", "mid"),
    # Without the state: an index by ids as they come is dear to move a row in, and each is answered and retired.
    Index("outbox_by_customer", "customer_id"),
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


def _cursor(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("partition", Text, primary_key=True),
        Column("seq", BigInteger, nullable=False),
        Column("token", LargeBinary),
        Column("seen_seq", BigInteger, nullable=False),
        Column("seen_token", LargeBinary),
    )


# How far this desk has followed each partition, and the highest seq it ever saw in any reply, each with the token of
# its commit (SYNC L1, E1); and the same of what is being put together in staging (SYNC L4).
cursor = _cursor("cursor")
staged_cursor = _cursor("staged_cursor")

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

# What is being written on a plan, a goal or a ladder and nobody saved yet, kept as it is typed.
definition_draft = Table(
    "definition_draft",
    metadata,
    Column("kind", Text, primary_key=True),  # a value of definition_drafts.Kind
    Column("row_id", IdType(), primary_key=True),
    Column("content", JsonText, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
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

# What was answered in each response, its different values in small letters, a line each; kept by `response_words`.
response_words = Table(
    "response_words",
    metadata,
    Column("response_id", IdType(), primary_key=True),
    Column("customer_id", IdType(), nullable=False),
    Column("words", Text, nullable=False),
    sqlite_with_rowid=False,
)
event.listen(response_words, "after_create", words_of_responses.follow)

# The bytes of attachments that are here, each in a sealed file whose key stands nowhere else (SYNC F1): those that go
# up, those that come down, and those that stay as long as their dossier. Progress is `position` of `size`.
attachment_file = Table(
    "attachment_file",
    metadata,
    Column("attachment_id", IdType(), primary_key=True),
    Column("customer_id", IdType(), nullable=False),
    Column("name", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),  # a value of attachments.FileState
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("position", BigInteger, nullable=False, default=0, server_default="0"),
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("retry_at", BigInteger, nullable=False, default=0, server_default="0"),
    Column("fetched", Boolean, nullable=False, default=False, server_default="0"),
    Column("looked_at", BigInteger, nullable=False, default=0, server_default="0"),
    Column("error", Text),  # why it goes no further
    Index("attachment_file_by_customer", "customer_id"),
    Index("attachment_file_by_state", "state", "retry_at"),
)

ALL = (replicated, metadata)
