"""The messages between a desk and the server, as msgpack maps; how they travel (HTTP, compression) is the
transports' part."""

from typing import Any, Literal

import msgspec


class Mutation(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded intention (SYNC P1). `mid` counts up per device from 1; `args` is the command's arguments
    as encoded once
    by the desk, so that the same mutation is the same bytes whenever it is sent."""

    mid: int
    command: str
    args: bytes
    at: int


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Mutations of one device in the order of their `mid`."""

    protocol: int
    schema: int
    device: bytes
    request: int
    mutations: list[Mutation]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one mutation, for good. `kind` and `values` for a rejection; `merged` names the merged fields."""

    mid: int
    status: Literal["accepted", "merged", "rejected"]
    kind: str | None = None
    values: dict[str, Any] = {}
    merged: list[str] = []


class PushReply(msgspec.Struct, frozen=True, kw_only=True):
    """One result per mutation, in order."""

    request: int
    results: list[Result]
    server_now: int


class PullRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk has: its cursor, partition name to seq. What left the desk is acknowledged by the cursor having
    passed the removal (SYNC L2)."""

    protocol: int
    schema: int
    device: bytes
    request: int
    epoch: bytes | None
    cursor: dict[str, int]


class TableRows(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Rows of one table: values in the order of `columns`, as the store holds them (JSON columns as text)."""

    columns: list[str]
    rows: list[list[Any]]


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
    `held`, `tables`. `more`: ask again at once."""

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


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error of a whole request: a kind of `ErrorKind` and the values that its words need."""

    kind: str
    values: dict[str, Any] = {}
