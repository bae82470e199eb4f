"""The server's rows on this desk: a page of the feed goes in, and what may no longer be here goes out (SYNC L1, L2).

How a whole replica is put together beside the one in use stands in `staging`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, select

from agent_app.store import attachments, cursors
from agent_app.store.driver import execute, fetch, insert
from agent_app.store.tables import base_row, conflict, customer_indexed, customer_term, draft, held
from server_sync.domain.model import TABLES, Scope
from server_sync.domain.wire.messages import CompareReply, PullReply, Removed, TableRows

DOSSIER = tuple(table for table in TABLES.values() if table.info["scope"] is Scope.DOSSIER)
LOCAL = (base_row, draft, customer_term, customer_indexed)
"""What this desk has of its own about a customer, beside the outbox and the conflicts."""

_SEARCHED = ("contact_point", "sales_order")

Place = Callable[[Table], Table]
"""Where the rows of a table go: into the table itself, or into its copy in staging."""


def apply(connection: Connection, reply: PullReply) -> tuple[set[str], bool]:
    """Write one page, in the caller's transaction; returns the tables touched and whether dossiers left this desk."""
    tables, gone = put_page(connection, reply, lambda table: table)
    for name in _SEARCHED:
        if name in reply.tables:
            _search_anew(connection, reply.tables[name])
    left = _not_held(connection, gone)
    if left:
        _purge(connection, left)
        tables.update(table.name for table in DOSSIER)
    return tables, bool(left)


def put_page(connection: Connection, reply: PullReply, place: Place) -> tuple[set[str], set[bytes]]:
    """The rows and holdings of a page; returns the tables touched, and the customers that left a partition."""
    tables = set(reply.tables)
    gone: set[bytes] = set()
    for partition in reply.lost:
        gone |= lose(connection, partition, tables, place)
    for removed in reply.removed:
        gone |= _remove(connection, removed, tables, place)
    for holding in reply.held:
        _hold(connection, holding.partition, holding.customers, place)
        gone.difference_update(holding.customers)
    for name, rows in reply.tables.items():
        if name in TABLES and rows.rows:
            _put(connection, place(TABLES[name]), rows)
    return tables, gone


def unknown(reply: PullReply) -> bool:
    """Whether a page has tables or columns that this program does not know (SYNC V2)."""
    return any(
        name not in TABLES or any(column not in TABLES[name].columns for column in page.columns)
        for name, page in reply.tables.items()
    )


def mend(connection: Connection, reply: CompareReply, strays: Mapping[str, Collection[bytes]]) -> set[str]:
    """Put what a comparison brought, and delete the rows that the server does not have there (SYNC E2)."""
    for name, rows in reply.tables.items():
        if name in TABLES and rows.rows:
            _put(connection, TABLES[name], rows)
    _hold(connection, reply.partition, reply.customers, lambda table: table)
    gone = list(strays.get("customer", ()))
    # What belongs to a dossier that was not of this partition goes with it, or is another partition's.
    others = {
        name: list({*ids} - _of(connection, name, gone)) for name, ids in strays.items() if name != "customer"
    }
    removed = Removed(partition=reply.partition, customers=gone, rows=others)
    tables = {*reply.tables, *strays}
    _remove(connection, removed, tables, lambda table: table)
    left = _not_held(connection, gone)
    if left:
        _purge(connection, left)
    return tables


def _of(connection: Connection, name: str, customers: Collection[bytes]) -> set[bytes]:
    """The rows of a table that belong to the dossiers of these customers."""
    if TABLES[name].info["scope"] is not Scope.DOSSIER:
        return set()
    find = f'SELECT id FROM "{name}" WHERE customer_id = ?'
    return {row_id for one in customers for (row_id,) in fetch(connection, find, (one,))}


def purge_strangers(connection: Connection) -> bool:
    """After the whole replica was exchanged: what this desk has of its own about customers who are no longer in it
    goes, too (SYNC L2); returns whether anything did."""
    here = select(TABLES["customer"].c.id)
    gone = 0
    for table in LOCAL:
        gone += connection.execute(
            delete(table).where(table.c.customer_id.is_not(None), table.c.customer_id.not_in(here))
        ).rowcount
    settled = delete(conflict).where(
        conflict.c.customer_id.is_not(None),
        conflict.c.customer_id.not_in(here),
        conflict.c.settled_at.is_not(None),
    )
    gone += len(attachments.forget_out_of_sight(connection))
    return gone + connection.execute(settled).rowcount > 0


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
    statement = f'INSERT OR REPLACE INTO "{table.name}" ({names}) VALUES'
    whole = len(known) == len(page.columns)
    rows = page.rows if whole else [tuple(row[place] for place in known) for row in page.rows]
    insert(connection, statement, rows)


def _search_anew(connection: Connection, page: TableRows) -> None:
    """These rows' customers are found by other terms from now on."""
    if fetch(connection, "SELECT 1 FROM customer_indexed LIMIT 1"):
        place = page.columns.index("customer_id")
        again = [(row[place],) for row in page.rows]
        execute(connection, "DELETE FROM customer_indexed WHERE customer_id = ?", again)


def _hold(connection: Connection, partition: str, customers: Sequence[bytes], place: Place) -> None:
    if customers:
        rows = [(one, partition) for one in customers]
        statement = f"INSERT OR IGNORE INTO {place(held).name} (customer_id, partition) VALUES"
        insert(connection, statement, rows)


def lose(connection: Connection, partition: str, tables: set[str], place: Place) -> set[bytes]:
    """Leave a whole partition, adding to the tables touched; returns the customers that it held."""
    holds = place(held)
    customers = set(
        connection.execute(select(holds.c.customer_id).where(holds.c.partition == partition)).scalars()
    )
    connection.execute(delete(holds).where(holds.c.partition == partition))
    scope, _, subject = partition.partition(":")
    for table in TABLES.values():
        if scope == "ref" and table.info["scope"] is Scope.REF:
            connection.execute(delete(place(table)))
            tables.add(table.name)
        elif scope == "team" and table.info["scope"] is Scope.TEAM:
            copy = place(table)
            of_team = delete(copy).where(copy.c.team_id == bytes.fromhex(subject))
            # One's own row of a team is in one's desk partition, too.
            connection.execute(of_team.where(copy.c.id.not_in(cursors.people(connection))))
            tables.add(table.name)
    return customers


def _remove(connection: Connection, removed: Removed, tables: set[str], place: Place) -> set[bytes]:
    """What left one partition; single rows go at once, dossiers only when no other partition holds them."""
    statement = f"DELETE FROM {place(held).name} WHERE partition = ? AND customer_id = ?"
    execute(connection, statement, [(removed.partition, customer) for customer in removed.customers])
    for name, ids in removed.rows.items():
        if name in TABLES and ids:
            _delete(connection, place(TABLES[name]), "id", ids)
            tables.add(name)
    return set(removed.customers)


def _not_held(connection: Connection, customers: Iterable[bytes]) -> list[bytes]:
    find = "SELECT 1 FROM held WHERE customer_id = ? LIMIT 1"
    return [one for one in customers if not fetch(connection, find, (one,))]


def _purge(connection: Connection, customers: list[bytes]) -> None:
    """Remove every trace of these customers: rows, unsent views of them, drafts, search terms, and what was refused and
    has been dealt with (SYNC L2)."""
    for table in (*DOSSIER, *LOCAL):
        _delete(connection, table, "id" if table.name == "customer" else "customer_id", customers)
    settled = "DELETE FROM conflict WHERE customer_id = ? AND settled_at IS NOT NULL"
    execute(connection, settled, [(one,) for one in customers])
    attachments.forget_out_of_sight(connection)


def _delete(connection: Connection, table: Table, column: str, ids: Sequence[bytes]) -> None:
    execute(connection, f'DELETE FROM "{table.name}" WHERE {column} = ?', [(one,) for one in ids])
