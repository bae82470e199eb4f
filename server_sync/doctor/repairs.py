"""Putting right what can be worked out again from the rows: memberships, feed entries, histories, sums; removing files
that are nobody's. No row is changed but that an attachment whose file is there and whole becomes complete."""

from sqlalchemy import delete, func, insert, literal, select, update

from server_sync.doctor import feed_checks
from server_sync.doctor.examination import orphaned
from server_sync.doctor.findings import Trouble
from server_sync.domain.model import KINDS, TABLES, customer
from server_sync.domain.wire.checksums import signed
from server_sync.store import attachment_leftovers, attachment_rows, changes
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from server_sync.store.heads import Op
from server_sync.store.scratch import entry
from server_sync.store.tables import dossier, feed, feed_commit, partition
from server_sync.store.transaction import Transaction

_OPS = {
    Trouble.FEED_WITHOUT_ROW: Op.GONE,
    Trouble.ROW_WITHOUT_FEED: Op.LIVE,
    Trouble.FEED_STALE: Op.LIVE,
    Trouble.FEED_OF_STRANGER: Op.GONE,
}


def repair(database: Database, now: int, files: AttachmentFiles | None) -> None:
    """Repair what can be; desks hear of it by the feed as of any other change."""
    with database.write(now) as tx:
        _raise_heads(tx)
    with database.write(now) as tx:
        _mend_memberships(tx)
    with database.write(now) as tx:
        _mend_entries(tx)
    with database.write(now) as tx:
        _mend_histories(tx)
    with database.write(now) as tx:
        _mend_sums(tx)
    if files is not None:
        with database.read() as connection:
            left = attachment_leftovers.examine(connection, files)
        for attachment_id, customer_id in left.waiting:
            with database.write(now) as tx:
                attachment_rows.complete(tx, attachment_id, customer_id)
        for file in orphaned(left, now):
            file.unlink(missing_ok=True)


def _raise_heads(tx: Transaction) -> None:
    """Entries behind the head of their partition count as published."""
    names = [row.name for row in tx.connection.execute(feed_checks.ahead())]
    last = select(func.max(feed.c.seq)).where(feed.c.partition == partition.c.id).scalar_subquery()
    tx.connection.execute(update(partition).where(partition.c.name.in_(names)).values(head=last))
    tx.bumped.update(names)


def _mend_memberships(tx: Transaction) -> None:
    """Let the rule work out anew where these customers' dossiers lie."""
    wrong = feed_checks.wrong_members(tx.connection, tx.now)
    for ids in changes.batches(wrong):
        known = tx.connection.scalars(select(customer.c.id).where(customer.c.id.in_(ids))).all()
        tx.connection.execute(delete(dossier).where(dossier.c.customer_id.in_(set(ids).difference(known))))
        tx.connection.execute(update(customer).where(customer.c.id.in_(known)).values(rev=customer.c.rev + 1))
        changes.touch(tx, "customer", known)


def _mend_entries(tx: Transaction) -> None:
    """Write every entry that is wrong anew. A dossier that is with a stranger leaves him as a whole."""
    group_gone = literal(Op.GROUP_GONE.value)
    for name, table in TABLES.items():
        kind = KINDS[name]
        unknown = feed.c.kind == kind, feed.c.op == Op.LIVE.value, feed.c.rev.is_(None)
        tx.connection.execute(update(feed).where(*unknown).values(rev=0))
        for trouble, op in _OPS.items():
            wrong = feed_checks.QUESTIONS[trouble](table).subquery()
            of, row_id, rev, customer_id = wrong.c
            said = group_gone if name == "customer" and op is Op.GONE else literal(op.value)
            rows = select(of, literal(kind), row_id, said, rev, customer_id)
            names = ["partition", "kind", "row_id", "op", "rev", "customer_id"]
            tx.connection.execute(insert(entry).from_select(names, rows))
    moved = select(partition.c.name).where(partition.c.id.in_(select(entry.c.partition)))
    tx.bumped.update(tx.connection.scalars(moved))


def _mend_histories(tx: Transaction) -> None:
    """Forget commits that never were, and give every partition a last commit that has a token."""
    names = tx.connection.scalars(select(partition.c.name).where(feed_checks.no_history())).all()
    head = select(partition.c.head).where(partition.c.id == feed_commit.c.partition).scalar_subquery()
    tx.connection.execute(delete(feed_commit).where(feed_commit.c.seq > head))
    tx.bumped.update(names)


def _mend_sums(tx: Transaction) -> None:
    """Count anew, while nobody else moves these partitions."""
    tx.connection.execute(select(partition.c.id).order_by(partition.c.id).with_for_update())
    for _, of, right in feed_checks.wrong_sums(tx.connection):
        values = {"rows": right.rows, "sum": signed(right.sum)}
        tx.connection.execute(update(partition).where(partition.c.id == of).values(values))
