"""The messages between a desk and the server, as msgpack maps; how they travel (HTTP, compression) is the
transports' part."""

from typing import Any, Literal

import msgspec


class Commit(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A moment in a partition's history: a seq, and the random token of the commit that gave it out (SYNC E1)."""

    seq: int
    token: bytes


Seen = dict[str, list[Commit]]
"""By partition what a desk knows of its history: the commit of its cursor and that of the highest seq it ever saw."""


class Mutation(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded intention (SYNC P1). `mid` counts up per device from 1; `args` is the command's arguments
    as encoded once
    by the desk, so that the same mutation is the same bytes whenever it is sent."""

    mid: int
    command: str
    args: bytes
    at: int


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Mutations of one device in the order of their `mid`. A desk that knows no history leaves `seen` empty. `unsent`:
    how many wait there in all, these included. `sent_at`: when it is sent by the desk's own clock, ms; None from desks
    that do not say it."""

    protocol: int
    schema: int
    device: bytes
    request: int
    mutations: list[Mutation]
    seen: Seen = {}
    unsent: int = 0
    sent_at: int | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one mutation, for good. `kind` and `values` for a rejection; `merged` names the merged fields."""

    mid: int
    status: Literal["accepted", "merged", "rejected"]
    kind: str | None = None
    values: dict[str, Any] = {}
    merged: list[str] = []


class PushReply(msgspec.Struct, frozen=True, kw_only=True):
    """One result per mutation, in order. `seen`: the commits that it made in the partitions that this desk follows; the
    one of the device's own partition is where the mutations stand in the server's history (SYNC P6)."""

    request: int
    results: list[Result]
    server_now: int
    seen: Seen = {}


class PullRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk has: its cursor, partition name to seq, and what it knows of the history. What left the desk is
    acknowledged by the cursor having passed the removal (SYNC L2).

    `fresh`: partitions of which the desk has had nothing and not yet come to the head: it needs to know nothing of what
    left them before (SYNC E3)."""

    protocol: int
    schema: int
    device: bytes
    request: int
    epoch: bytes | None
    cursor: dict[str, int]
    seen: Seen = {}
    fresh: list[str] = []


class TableRows(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Rows of one table: values in the order of `columns`, as the store holds them (JSON columns as text)."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


class Held(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """These customers' dossiers are in this partition as of this page."""

    partition: str
    customers: list[bytes]


class Removed(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What left a partition: whole dossiers by their customer, and single rows by table."""

    partition: str
    customers: list[bytes]
    rows: dict[str, list[bytes]]


class PullReply(msgspec.Struct, frozen=True, kw_only=True):
    """One page (SYNC L1). To be applied with `cursor` in one transaction, in this order: `lost` partitions, `removed`,
    `held`, `tables`. `more`: ask again at once.

    `seen`: by partition the commit of the new cursor, and that of the head where it is another. `rows`: how many live
    rows the partitions have by now, for progress. `sums`: when nothing more is to come, by partition the number of its
    live rows and the sum of their hashes (SYNC E2). `backed_up`: up to where the device's own partition is in a
    verified backup, None for not at all (SYNC P6). `lease`: how long the desk may work without the server, ms (SYNC
    E4)."""

    request: int
    epoch: bytes
    from_cursor: dict[str, int]
    gained: list[str]
    lost: list[str]
    removed: list[Removed]
    held: list[Held]
    tables: dict[str, TableRows]
    cursor: dict[str, int]
    more: bool
    server_now: int
    seen: Seen = {}
    rows: int = 0
    sums: dict[str, tuple[int, int]] = {}
    backed_up: int | None = None
    lease: int | None = None


class CompareRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk that stands at `seq` holds of a partition, by the last byte of the rows' ids (SYNC E2): 256 pairs of
    a number of rows and a sum."""

    protocol: int
    schema: int
    device: bytes
    request: int
    partition: str
    seq: int
    sums: list[tuple[int, int]]


class CompareReply(msgspec.Struct, frozen=True, kw_only=True):
    """The parts that differ: their numbers, and every row that the partition has in them. What the desk holds besides
    does not belong there. `moved`: the partition is no longer at `seq`, nothing was compared; pull first."""

    request: int
    partition: str
    moved: bool
    server_now: int
    buckets: list[int] = []
    tables: dict[str, TableRows] = {}
    customers: list[bytes] = []


class ReadyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A desk that begins with a large partition asks for all of it as one file (SYNC L4)."""

    protocol: int
    schema: int
    device: bytes
    request: int
    partition: str


class ReadyReply(msgspec.Struct, frozen=True, kw_only=True):
    """A SQLCipher database of a partition as of `seq`, to be fetched under `name`: `rows` rows in tables as pages have
    them, and `held_customer` with whose dossiers are in it. `key`: its raw key, which stands nowhere but here. What
    comes after `seq` is pulled; `seen` is the commit of it (SYNC E1)."""

    request: int
    partition: str
    name: str
    key: bytes
    size: int
    sha256: str
    rows: int
    seq: int
    seen: list[Commit]
    server_now: int


class RenewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a device asks to be a device of its own (SYNC P2): `device` as whom it signed in, `new` the id that it
    takes from now on."""

    protocol: int
    schema: int
    device: bytes
    request: int
    new: bytes
    name: str = ""


class RenewReply(msgspec.Struct, frozen=True, kw_only=True):
    """The token of the new device; that of the old one stays good for the other copy."""

    request: int
    token: str
    server_now: int


class TakeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An agent asks for tasks out of his team's pool: as many as he then has `count` that he has not begun. Asked twice
    it gives no more, so that a lost reply does no harm."""

    protocol: int
    schema: int
    device: bytes
    request: int
    count: int


class TakeReply(msgspec.Struct, frozen=True, kw_only=True):
    """How many tasks became his; they come with the next pull. `until`: his lease of them ends then (ms), None where he
    got none. `left`: how many more lie there that he may have."""

    request: int
    tasks: int
    until: int | None
    left: int
    server_now: int


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error of a whole request: a kind of `ErrorKind` and the values that its words need."""

    kind: str
    values: dict[str, Any] = {}


SYNC = (
    PushRequest,
    PushReply,
    PullRequest,
    PullReply,
    CompareRequest,
    CompareReply,
    ReadyRequest,
    ReadyReply,
    RenewRequest,
    RenewReply,
    TakeRequest,
    TakeReply,
)
"""The messages of /api/v1/sync, each request before its reply."""
