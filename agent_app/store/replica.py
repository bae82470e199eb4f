"""The server's rows on this desk: a page of the feed goes in, and what may no longer be here goes out (SYNC L1, L2)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, select

from agent_app.store.tables import base_row, conflict, customer_indexed, customer_term, draft, held
from server_sync.domain.model import TABLES, Scope
from server_sync.domain.wire.messages import PullReply, Removed, TableRows

_DOSSIER = tuple(table for table in TABLES.values() if table.info["scope"] is Scope.DOSSIER)

_SEARCHED = ("contact_point", "sales_order")


def apply(connection: Connection, reply: PullReply) -> tuple[set[str], bool]:
    """Write one page, in the caller's transaction; returns the tables touched and whether dossiers left this desk."""
    tables = set(reply.tables)
    gone: set[bytes] = set()
    for partition in reply.lost:
        gone |= _lose(connection, partition, tables)
    for removed in reply.removed:
        gone |= _remove(connection, removed, tables)
    for holding in reply.held:
        _hold(connection, holding.partition, holding.customers)
        gone.difference_update(holding.customers)
    for name, rows in reply.tables.items():
        if name in TABLES and rows.rows:
            _put(connection, TABLES[name], rows)
        if name in _SEARCHED:
            _search_anew(connection, rows)
    left = _not_held(connection, gone)
    if left:
        _purge(connection, left)
        tables.update(table.name for table in _DOSSIER)
    return tables, bool(left)


def dossiers(reply: PullReply) -> set[bytes]:
    """Whose dossiers a page touches."""
    touched = _owners(reply.tables)
    for holding in reply.held:
        touched.update(holding.customers)
    for removed in reply.removed:
        touched.update(removed.customers)
    return touched


def beyond_dossiers(reply: PullReply) -> bool:
    """Whether a page touches what belongs to no dossier, or rows without saying whose they are."""
    if reply.lost or any(removed.rows for removed in reply.removed):
        return True
    return any(name in TABLES and TABLES[name].info["scope"] is not Scope.DOSSIER for name in reply.tables)


def _owners(tables: Mapping[str, TableRows]) -> set[bytes]:
    """Whose rows these are; other tables than those of dossiers are passed over."""
    owners: set[bytes] = set()
    for name, page in tables.items():
        if name in TABLES and TABLES[name].info["scope"] is Scope.DOSSIER:
            place = page.columns.index("id" if name == "customer" else "customer_id")
            owners.update(row[place] for row in page.rows)
    return owners


def _put(connection: Connection, table: Table, page: TableRows) -> None:
    """Insert or replace whole rows. The driver takes the values as they came: both stores hold them in one form.

    Columns that this version does not know are passed over.
    """
    known = [place for place, column in enumerate(page.columns) if column in table.columns]
    names = ", ".join(f'"{page.columns[place]}"' for place in known)
    marks = ", ".join("?" * len(known))
    statement = f'INSERT OR REPLACE INTO "{table.name}" ({names}) VALUES ({marks})'
    whole = len(known) == len(page.columns)
    rows = page.rows if whole else [[row[place] for place in known] for row in page.rows]
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _search_anew(connection: Connection, page: TableRows) -> None:
    """These rows' customers are found by other terms from now on."""
    if connection.execute(select(customer_indexed.c.customer_id).limit(1)).first() is None:
        return
    place = page.columns.index("customer_id")
    statement = delete(customer_indexed).where(customer_indexed.c.customer_id == bindparam("one"))
    connection.execute(statement, [{"one": row[place]} for row in page.rows])


def _hold(connection: Connection, partition: str, customers: Sequence[bytes]) -> None:
    if customers:
        rows = [(one, partition) for one in customers]
        connection.exec_driver_sql("INSERT OR IGNORE INTO held (customer_id, partition) VALUES (?, ?)", rows)


def _lose(connection: Connection, partition: str, tables: set[str]) -> set[bytes]:
    """Leave a whole partition; returns the customers that it held."""
    customers = set(
        connection.execute(select(held.c.customer_id).where(held.c.partition == partition)).scalars()
    )
    connection.execute(delete(held).where(held.c.partition == partition))
    scope, _, subject = partition.partition(":")
    for table in TABLES.values():
        if scope == "ref" and table.info["scope"] is Scope.REF:
            connection.execute(delete(table))
            tables.add(table.name)
        elif scope == "team" and table.info["scope"] is Scope.TEAM:
            connection.execute(delete(table).where(table.c.team_id == bytes.fromhex(subject)))
            tables.add(table.name)
    return customers


def _remove(connection: Connection, removed: Removed, tables: set[str]) -> set[bytes]:
    """What left one partition; single rows go at once, dossiers only when no other partition holds them."""
    statement = delete(held).where(
        held.c.partition == removed.partition, held.c.customer_id == bindparam("one")
    )
    if removed.customers:
        connection.execute(statement, [{"one": customer} for customer in removed.customers])
    for name, ids in removed.rows.items():
        if name in TABLES and ids:
            table = TABLES[name]
            connection.execute(
                delete(table).where(table.c.id == bindparam("one")), [{"one": row_id} for row_id in ids]
            )
            tables.add(name)
    return set(removed.customers)


def _not_held(connection: Connection, customers: Iterable[bytes]) -> list[bytes]:
    find = select(held.c.customer_id).where(held.c.customer_id == bindparam("one")).limit(1)
    return [one for one in customers if connection.execute(find, {"one": one}).first() is None]


def _purge(connection: Connection, customers: list[bytes]) -> None:
    """Remove every trace of these customers: rows, unsent views of them, drafts, search terms, and what was refused and
    has been dealt with (SYNC L2)."""
    places = [(table, table.c.id if table.name == "customer" else table.c.customer_id) for table in _DOSSIER]
    places += [(table, table.c.customer_id) for table in (base_row, draft, customer_term, customer_indexed)]
    for table, column in places:
        connection.execute(
            delete(table).where(column == bindparam("one")), [{"one": one} for one in customers]
        )
    settled = delete(conflict).where(
        conflict.c.customer_id == bindparam("one"), conflict.c.settled_at.is_not(None)
    )
    connection.execute(settled, [{"one": one} for one in customers])
