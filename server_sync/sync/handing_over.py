"""What a desk did that is admitted no more: taken, decided by nobody but the lead of the team (SYNC E4)."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.domain.commands import Actor, Rejected
from server_sync.domain.errors import ErrorKind
from server_sync.domain.wire.codec import arguments_hash, decode, encode
from server_sync.domain.wire.messages import PushReply, PushRequest, Result
from server_sync.store import partitions
from server_sync.store.audit import Record, record
from server_sync.store.changes import batches
from server_sync.store.database import Database
from server_sync.store.tables import applied, device
from server_sync.store.transaction import Transaction
from server_sync.sync import push, refusals, truth


def hand_over(
    database: Database, actor: Actor, device_id: bytes, request: PushRequest, refused: ErrorKind, now: int
) -> PushReply:
    """Put the mutations before the lead and answer each as rejected because of `refused`; the same ones again change
    nothing. Neither versions nor the histories of others are looked at: nothing of it is lost because the device is in
    no order.

    Raises the KnownErrors of `push.check`, and SERVER_RESTORED where answers of the device itself are lost: it then has
    more to hand over (SYNC E1).
    """
    push.check(request, device_id)
    own = partitions.device(device_id)
    fresh = {one.mid: Result(mid=one.mid, status="rejected", kind=refused) for one in request.mutations}
    results = dict(fresh)
    with database.write(now) as tx:
        # A request that was thought lost may still be at work.
        tx.connection.execute(select(device.c.id).where(device.c.id == device_id).with_for_update())
        truth.check_history(tx.connection, {own: request.seen[own]} if own in request.seen else {})
        hashes = {one.mid: arguments_hash(one.command, one.args) for one in request.mutations}
        results |= _known(tx, device_id, hashes)
        new = [one for one in request.mutations if results[one.mid] is fresh[one.mid]]
        refusals.keep_unsent(tx, actor, device_id, new)
        insert = (sqlite if tx.connection.dialect.name == "sqlite" else postgresql).insert(applied)
        rows = [
            {
                "device_id": device_id,
                "mid": one.mid,
                "args_hash": hashes[one.mid],
                "result": encode(results[one.mid]),
                "at": now,
            }
            for one in new
        ]
        if rows:
            tx.connection.execute(insert.on_conflict_do_nothing(index_elements=["device_id", "mid"]), rows)
        if new:
            tx.bumped.add(own)
        # By this the desk knows a server that was set back behind its answers (SYNC E1).
        seen = {} if new else truth.newest(tx.connection, own)
        why = Rejected(refused, {})
        record(tx, [Record(actor.person_id, one.command, why, device_id, one.mid) for one in new])
    seen |= {name: [one] for name, one in tx.commits.items() if name == own}
    return PushReply(request=request.request, results=list(results.values()), server_now=now, seen=seen)


def _known(tx: Transaction, device_id: bytes, hashes: dict[int, bytes]) -> dict[int, Result]:
    """The results of what was pushed before. The same number for something else is no result of it."""
    found: dict[int, Result] = {}
    for mids in batches(hashes):
        mine = select(applied.c.mid, applied.c.args_hash, applied.c.result).where(
            applied.c.device_id == device_id, applied.c.mid.in_(mids)
        )
        rows = tx.connection.execute(mine)
        found |= {row.mid: decode(row.result, Result) for row in rows if row.args_hash == hashes[row.mid]}
    return found
