"""What a desk did, taken in: each mutation once, in order, each with its result for good (SYNC P2, P3)."""

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import bindparam, select

from server_sync.domain import crash
from server_sync.domain.commands import Accepted, Actor, Command, Decision, Rejected
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import arguments_hash, decode, decode_command, encode
from server_sync.domain.wire.messages import Mutation, PushReply, PushRequest, Result
from server_sync.store import partitions
from server_sync.store.audit import Record, record, status
from server_sync.store.bulk import insert_rows
from server_sync.store.database import Database
from server_sync.store.statement import Statement
from server_sync.store.tables import applied, device
from server_sync.store.transaction import Transaction
from server_sync.sync import clocks, refusals, truth
from server_sync.sync.deciding import carry_out

MOST_MUTATIONS = 10_000
_LARGEST_MID = 1 << 53


def push(database: Database, actor: Actor, device_id: bytes, request: PushRequest, now: int) -> PushReply:
    """Decide the mutations that are new and answer all of them; effects, results and audit in one transaction.

    Version numbers are not looked at: an outbox is always taken (SYNC V1). A `mid` may be left out, and come later:
    a desk sets a mutation aside that the server failed at too often. Raises KnownError with nothing changed:
    NOT_PERMITTED (another device's name or history), TOO_LARGE, MALFORMED (mids not rising), DEVICE_CLONED,
    SERVER_RESTORED (the desk knows a history that is not this one: what it has to say first is no longer here, SYNC
    E1).
    """
    check(request, device_id)
    truth.refuse_foreign(list(request.seen), actor, device_id)
    own = partitions.device(device_id)
    hashes = {mutation.mid: arguments_hash(mutation.command, mutation.args) for mutation in request.mutations}
    with database.write(now) as tx:
        truth.check_history(tx.connection, request.seen)
        results = _known(tx, device_id, hashes)
        new = [mutation for mutation in request.mutations if mutation.mid not in results]
        if new:
            ahead = clocks.skew(request.sent_at, now)
            results |= _take(tx, actor, device_id, new, hashes, ahead)
            tx.bumped.add(own)
        # A repeated push makes no commit of its own: its results stand at the last one at the latest (SYNC P6).
        seen = {} if new else truth.newest(tx.connection, own)
        crash.point("server.push_decided")
    crash.point("server.push_committed")
    ordered = [results[mutation.mid] for mutation in request.mutations]
    followed = {own, *request.seen}
    seen |= {name: [one] for name, one in tx.commits.items() if name in followed}
    return PushReply(request=request.request, results=ordered, server_now=now, seen=seen)


def check(request: PushRequest, device_id: bytes) -> None:
    """Raises KnownError NOT_PERMITTED (another device's name), TOO_LARGE, MALFORMED (mids not rising)."""
    if request.device != device_id:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if len(request.mutations) > MOST_MUTATIONS:
        raise KnownError(ErrorKind.TOO_LARGE, most=MOST_MUTATIONS)
    mids = [0, *(mutation.mid for mutation in request.mutations), _LARGEST_MID]
    if any(later <= earlier for earlier, later in pairwise(mids)):
        raise KnownError(ErrorKind.MALFORMED, what="mid")


def _known(tx: Transaction, device_id: bytes, hashes: dict[int, bytes]) -> dict[int, Result]:
    """The results of what was pushed before. Raises KnownError(DEVICE_CLONED) when that was something else."""
    if not hashes:
        return {}
    if tx.connection.dialect.name == "postgresql":
        # A request that was thought lost may still be at work; on SQLite one writes at a time.
        _LOCK_DEVICE.run(tx.connection, {"device": device_id})
    results = {}
    stretch = {"device": device_id, "first": min(hashes), "last": max(hashes)}
    for mid, args_hash, result in _APPLIED.rows(tx.connection, stretch):
        if mid not in hashes:
            continue
        if args_hash != hashes[mid]:
            raise KnownError(ErrorKind.DEVICE_CLONED, mid=mid)
        results[mid] = decode(result, Result)
    return results


def _take(
    tx: Transaction,
    actor: Actor,
    device_id: bytes,
    mutations: Sequence[Mutation],
    hashes: dict[int, bytes],
    ahead: int | None,
) -> dict[int, Result]:
    decisions = refusals.take_note(tx, actor, device_id, mutations, _decide(tx, actor, mutations, ahead))
    results = {mutation.mid: _result(mutation.mid, decisions[mutation.mid]) for mutation in mutations}
    insert_rows(
        tx.connection,
        applied,
        ("device_id", "mid", "args_hash", "result", "at"),
        ((device_id, mid, hashes[mid], encode(result), tx.now) for mid, result in results.items()),
    )
    record(
        tx,
        [Record(actor.person_id, one.command, decisions[one.mid], device_id, one.mid) for one in mutations],
    )
    return results


def _decide(
    tx: Transaction, actor: Actor, mutations: Sequence[Mutation], ahead: int | None
) -> dict[int, Decision]:
    """What cannot be read is rejected like what does not hold: it never stands in the way of the others."""
    decisions: dict[int, Decision] = {}
    commands: dict[int, Command] = {}
    for mutation in mutations:
        try:
            commands[mutation.mid] = decode_command(mutation.command, mutation.args)
        except KnownError as error:
            decisions[mutation.mid] = Rejected(error.kind, error.values)
    made = carry_out(tx, actor, list(commands.values()), ahead)
    return decisions | dict(zip(commands, made, strict=True))


def _result(mid: int, decision: Decision) -> Result:
    if isinstance(decision, Accepted):
        merged, values = list(decision.merged), dict(decision.values)
        return Result(mid=mid, status=status(decision), merged=merged, values=values)
    return Result(mid=mid, status=status(decision), kind=decision.kind, values=dict(decision.values))


_LOCK_DEVICE = Statement(select(device.c.id).where(device.c.id == bindparam("device")).with_for_update())
_APPLIED = Statement(
    select(applied.c.mid, applied.c.args_hash, applied.c.result)
    .where(
        applied.c.device_id == bindparam("device"),
        applied.c.mid.between(bindparam("first"), bindparam("last")),
    )
    .order_by(applied.c.mid)
)
