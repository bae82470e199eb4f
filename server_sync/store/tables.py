"""The server-only tables: feed, memberships, applied mutations, audit, accounts, jobs, imports, files of forms; the
replicated ones are the domain's."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from server_sync.domain.model import metadata as replicated
from server_sync.domain.model.columns import IdType, JsonText, id_column

metadata = MetaData()

# The unit of permission and replication (SYNC S2): "ref", "desk:<person>", "team:<team>" and "device:<device>", ids as
# hex in the name. `head` is the last seq given out; its row is locked last in a transaction (SYNC S5). `rows` and `sum`
# are of its live entries, the sum as signed 64 bits (SYNC E2). No tombstone at or below `floor` is left (SYNC E3);
# `backed_up` is the head that the last verified backup holds (SYNC P6).
partition = Table(
    "partition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("scope", Text, nullable=False),  # a value of partitions.Scope
    Column("subject", IdType()),  # the person, team or device
    Column("head", BigInteger, nullable=False, default=0, server_default="0"),
    Column("rows", BigInteger, nullable=False, default=0, server_default="0"),
    Column("sum", BigInteger, nullable=False, default=0, server_default="0"),
    Column("floor", BigInteger, nullable=False, default=0, server_default="0"),
    Column("backed_up", BigInteger),
    UniqueConstraint("scope", "subject"),
)

# One live entry per row and partition (SYNC S4). `kind` is the table's place in model.TABLES, `op` a value of feed.Op;
# that a whole dossier left stands under its customer's row. `rev` is that of the row, of live entries.
feed = Table(
    "feed",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Integer, nullable=False),
    id_column("row_id"),
    Column("op", Integer, nullable=False),
    Column("rev", BigInteger),
    id_column("customer_id", required=False),
    UniqueConstraint("kind", "row_id", "partition"),
    Index("feed_by_customer", "partition", "customer_id"),
    sqlite_with_rowid=False,
)

# Every commit to a partition: its last seq and a random token, by which desks know this history from another one
# (SYNC E1). A seq between two commits belongs to the later one.
feed_commit = Table(
    "feed_commit",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("token", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("feed_commit_by_at", "at"),
    sqlite_with_rowid=False,
)

# In which partitions a dossier is (SYNC S3), as partitions.py last worked it out; `until_at`: only until then.
dossier = Table(
    "dossier",
    metadata,
    Column("customer_id", IdType(), primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("until_at", BigInteger),
    Index("dossier_by_partition", "partition"),
    Index("dossier_by_until", "until_at"),
)

# Each device's mutations with their results as they were answered (SYNC P2).
applied = Table(
    "applied",
    metadata,
    Column("device_id", IdType(), primary_key=True),
    Column("mid", BigInteger, primary_key=True, autoincrement=False),
    Column("args_hash", LargeBinary, nullable=False),
    Column("result", LargeBinary, nullable=False),  # wire.messages.Result
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row per decided mutation or server command; it names rows, never what stands in them.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    id_column("person_id", required=False),  # nobody: the server itself
    id_column("device_id", required=False),
    Column("mid", BigInteger),
    Column("command", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("kind", Text),  # why it was rejected
    Column("rows", JsonText, nullable=False),  # [["task", "<id as hex>"], …]
    Index("audit_by_person", "person_id", "at"),
)

account = Table(
    "account",
    metadata,
    Column("person_id", IdType(), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    # Where reminders reach the person outside the desk; never replicated.
    Column("email", Text),
    Column("mobile", Text),  # E.164
)

device = Table(
    "device",
    metadata,
    Column("id", IdType(), primary_key=True),
    id_column("person_id"),
    Column("name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("issued_at", BigInteger, nullable=False),
    Column("last_contact_at", BigInteger),
    Column("revoked_at", BigInteger),
    Index("device_by_person", "person_id"),
)

# Work with a due time. A key is taken once and for all: the same work is never enqueued twice.
job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("lease_until", BigInteger),
    Column("attempts", Integer, nullable=False, default=0, server_default="0"),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),  # a value of job_table.JobState
    Column("error", Text),  # of the last attempt, without personal data
    Column("enqueued_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    Index("job_by_due", "state", "due_at"),
)

# A way out for reminders: a mail server, an SMS gateway, a group's robot. `settings` have its address and secrets and
# stay here. `team_id` None: for all teams that have none of that kind of their own.
channel = Table(
    "channel",
    metadata,
    Column("id", IdType(), primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # a value of deliveries.ChannelKind
    id_column("team_id", required=False),
    Column("settings", JsonText, nullable=False),
    Column("per_minute", Integer, nullable=False),
    # Before that its next message does not go: they keep their distance.
    Column("free_at", BigInteger, nullable=False, default=0, server_default="0"),
    Column("rests_until", BigInteger),  # it did not answer: it is let alone until then
)

# A reminder on its way out by a channel, to a person or, by a robot, to a group. The id as hex is its idempotency key:
# a second try carries the same one.
delivery = Table(
    "delivery",
    metadata,
    Column("id", IdType(), primary_key=True),
    id_column("reminder_id"),
    id_column("channel_id"),
    id_column("person_id", required=False),
    Column("state", Text, nullable=False),  # a value of deliveries.DeliveryState
    Column("slot_at", BigInteger),  # the turn that the channel gave it
    Column("made_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
    Column("error", Text),  # a value of deliveries.Refusal
    Index("delivery_by_reminder", "reminder_id"),
)

# Private addresses of people's calendars; only the digest of what the address has in it is kept.
calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("person_id", IdType(), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("issued_at", BigInteger, nullable=False),
)

# Who alone may call a customer, by a lease of tasks out of the pool: whatever becomes of the tasks, nobody else gets
# such a lease before this one is over, for its desk may be offline and not have heard.
calling_lease = Table(
    "calling_lease",
    metadata,
    Column("customer_id", IdType(), primary_key=True),
    id_column("person_id"),
    Column("until_at", BigInteger, nullable=False),
    Index("calling_lease_by_end", "until_at"),
)

# The file that a version of a form came in, as it came: desks get the XForm, and what stands beside its words.
form_file = Table(
    "form_file",
    metadata,
    Column("version_id", IdType(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Pictures, sounds and films beside the words of a form's version, by the names that it has for them.
form_media = Table(
    "form_media",
    metadata,
    Column("version_id", IdType(), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

server_state = Table(
    "server_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JsonText, nullable=False),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", IdType(), primary_key=True),
    Column("kind", Text, nullable=False),  # customers, orders
    Column("file_name", Text, nullable=False),
    id_column("person_id", required=False),
    Column("counts", JsonText, nullable=False),
    Column("imported_at", BigInteger, nullable=False),
    Column("undone_at", BigInteger),
)

# What a batch did to each row, so that it can be undone: the values it found in the columns it changed.
import_change = Table(
    "import_change",
    metadata,
    Column("id", Integer, primary_key=True),
    id_column("batch_id"),
    Column("table_name", Text, nullable=False),
    id_column("row_id"),
    Column("created", Boolean, nullable=False),
    Column(
        "rev", BigInteger, nullable=False
    ),  # that the batch left behind: another one means somebody came after
    Column("before", LargeBinary),  # msgpack
    Index("import_change_by_batch", "batch_id"),
)

ALL = (replicated, metadata)
