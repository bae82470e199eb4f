"""Rows written to the replicated tables: many changes folded into one per row, then few statements for many rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, cast, delete, literal, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.expression import ClauseElement

from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.model import KINDS, TABLES, Scope
from server_sync.domain.model.columns import IdType, complete
from server_sync.store import partitions
from server_sync.store.bulk import insert_rows
from server_sync.store.memberships import MOVERS
from server_sync.store.scratch import touched_row
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.transaction import Transaction

Item = TypeVar("Item")
_NOTE = [column.name for column in touched_row.columns]
_NOTED_BEFORE = "ON CONFLICT (kind, row_id) DO UPDATE SET rev = excluded.rev, gone = excluded.gone"
_BATCH = 500
"""How many ids stand in one IN: below every limit of parameters, above which nothing is gained."""


@dataclass(frozen=True)
class Delete:
    """A row that goes. No command makes it: facts stay; an import that is undone takes back what it created."""

    table: str
    row_id: bytes


class RowExists(Exception):
    """Two changes of one call insert the same row."""


@dataclass
class _Folded:
    """What happens to the rows of one table: deletions first, then insertions, then updates."""

    deletes: set[bytes] = field(default_factory=set)
    inserts: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    updates: dict[bytes, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))


def write(tx: Transaction, changes: Iterable[Change | Delete]) -> None:
    """Write rows and note them for the feed. All changes of one row in one call make one new `rev` of it.

    The caller has locked the customers of rows that others may write at the same time (`rows.lock_customers`).
    Raises RowExists, IntegrityError or DataError for rows that cannot be.
    """
    for name, folded in _fold(changes).items():
        table = TABLES[name]
        if _may_move(name, folded):
            tx.moving.add(name)
        if folded.deletes:
            tx.removed = True
            _note(tx, table, folded.deletes, gone=True)
            for ids in map(padded, batches(folded.deletes)):
                _deletion(table, len(ids)).run(tx.connection, numbered(ids))
        if folded.inserts:
            names = [column.name for column in table.columns]
            # By id: two transactions that make the same rows never wait for each other in a circle.
            rows = (list(row.values()) for _, row in sorted(folded.inserts.items()))
            insert_rows(tx.connection, table, names, rows)
            _note_new(tx, table, folded.inserts)
        if folded.updates:
            _update(tx, table, folded.updates)
            _note(tx, table, folded.updates, gone=False)


def touch(tx: Transaction, table: str, row_ids: Collection[bytes]) -> None:
    """Note rows that the caller wrote with a statement of his own, which also set `rev = rev + 1` (new rows: 1)."""
    _note(tx, TABLES[table], row_ids, gone=False)
    tx.moving |= MOVERS.keys() & {table}
    if table in ("person", "team"):
        _open_partitions(tx, table, row_ids)


def batches(items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    """The items in handfuls that fit into one statement."""
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _fold(changes: Iterable[Change | Delete]) -> dict[str, _Folded]:
    """Changes by table in the order of the model, parents first; of one row only the last value of a column stays."""
    by_table: dict[str, _Folded] = defaultdict(_Folded)
    for change in changes:
        folded = by_table[change.table]
        if isinstance(change, Insert):
            if change.row_id in folded.inserts:
                raise RowExists(change.table)
            folded.inserts[change.row_id] = complete(TABLES[change.table], change.row) | {"rev": 1}
        elif isinstance(change, Update):
            fresh = folded.inserts.get(change.row_id)
            (folded.updates[change.row_id] if fresh is None else fresh).update(change.values)
        else:
            folded.inserts.pop(change.row_id, None)
            folded.updates.pop(change.row_id, None)
            folded.deletes.add(change.row_id)
    return dict(sorted(by_table.items(), key=lambda item: KINDS[item[0]]))


def _may_move(name: str, folded: _Folded) -> bool:
    """Whether a dossier may be in other partitions afterwards."""
    moving = MOVERS.get(name)
    if moving is None:
        return False
    changed = (values.keys() for values in folded.updates.values())
    return bool(folded.deletes or folded.inserts) or any(moving & columns for columns in changed)


def _update(tx: Transaction, table: Table, updates: Mapping[bytes, Mapping[str, Any]]) -> None:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row_id, values in updates.items():
        groups[tuple(sorted(values))].append({**values, "row_id": row_id})
    for columns, rows in groups.items():
        _update_of(table, columns).run_many(tx.connection, rows)


def _note_new(tx: Transaction, table: Table, rows: Mapping[bytes, Mapping[str, Any]]) -> None:
    """Note inserted rows; their customers are known."""
    if table.name in ("person", "team"):
        _open_partitions(tx, table.name, rows)
    place = None
    if table.info["scope"] is Scope.DOSSIER:
        place = "id" if table.name == "customer" else "customer_id"
    kind = KINDS[table.name]
    notes = ((kind, row_id, row[place] if place else None, row["rev"], False) for row_id, row in rows.items())
    insert_rows(tx.connection, touched_row, _NOTE, notes, _NOTED_BEFORE)
    tx.touched.add(table.name)


def _note(tx: Transaction, table: Table, row_ids: Iterable[bytes], *, gone: bool) -> None:
    """Note rows that are still there, inside the database."""
    for ids in map(padded, batches(row_ids)):
        if _standing(table, len(ids), gone).run(tx.connection, numbered(ids)):
            tx.touched.add(table.name)


@cache
def _deletion(table: Table, count: int) -> Statement:
    return Statement(delete(table).where(any_of(table.c.id, count)))


@cache
def _update_of(table: Table, columns: tuple[str, ...]) -> Statement:
    values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    changed = update(table).where(table.c.id == bindparam("row_id"))
    return Statement(changed.values(**values, rev=table.c.rev + 1))


@cache
def _standing(table: Table, count: int, gone: bool) -> Statement:
    """Note so many rows with the customer and the version that they have."""
    dossier = table.info["scope"] is Scope.DOSSIER
    owner: ColumnElement[Any] = cast(null(), IdType())
    if dossier:
        owner = table.c.id if table.name == "customer" else table.c.customer_id
    rows = select(literal(KINDS[table.name]), table.c.id, owner, table.c.rev, literal(gone))
    found = rows.where(any_of(table.c.id, count))

    def note(dialect: str) -> ClauseElement:
        upsert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(touched_row)
        noted: ClauseElement = upsert.from_select(_NOTE, found).on_conflict_do_update(
            index_elements=["kind", "row_id"],
            set_={name: upsert.excluded[name] for name in ("rev", "gone")},
        )
        return noted

    return Statement(note)


def _open_partitions(tx: Transaction, table: str, row_ids: Iterable[bytes]) -> None:
    scope = partitions.Scope.DESK if table == "person" else partitions.Scope.TEAM
    partitions.open_partitions(tx, scope, row_ids)
