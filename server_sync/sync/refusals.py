"""What was pushed and not taken as it was meant, put before the lead of the team (SYNC P3, §5, E4); what a lead does
about it are the domain's commands in `conflicts`."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select

from server_sync.domain.commands import Accepted, Actor, Change, Command, Decision, Insert, Rejected, Update
from server_sync.domain.commands.facts import clamp
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import ConflictState, ConflictStatus, customer, team_conflict
from server_sync.domain.wire.codec import LARGEST_ARGUMENTS, decode_command
from server_sync.domain.wire.messages import Mutation
from server_sync.store import changes
from server_sync.store.transaction import Transaction

LONGEST_NAME = 80
MOST_OPEN, MOST_OPEN_BYTES = 20_000, 64 << 20
"""So many entries of one person, and arguments in base64, wait in one team's list: twice the largest push. Nobody
goes through more, and no desk that sends whatever it likes fills the lead's."""
_LATEST = (1 << 48) - 1
# Of commands that were refused because this server cannot read them, the desk's own list is the only one.
_UNREADABLE = (ErrorKind.UNKNOWN_COMMAND, ErrorKind.MALFORMED, ErrorKind.TOO_LARGE)


@dataclass(frozen=True)
class Refusal:
    """One mutation as the lead will find it. `kind` and `details` need words; `in_sight`: that the person may see the
    customer has been proven, so that it goes to the lead of the customer's team and not of the person's own."""

    mutation: Mutation
    status: ConflictStatus
    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)
    in_sight: bool = False


@dataclass
class _Room:
    """What one person may still put into a team's list."""

    entries: int
    size: int

    def take(self, size: int) -> bool:
        """Whether there is room for one more of so many bytes; it is taken then."""
        if self.entries < 1 or self.size < size:
            return False
        self.entries, self.size = self.entries - 1, self.size - size
        return True


def take_note(
    tx: Transaction,
    actor: Actor,
    device_id: bytes,
    mutations: Sequence[Mutation],
    decisions: Mapping[int, Decision],
) -> dict[int, Decision]:
    """Put what was rejected, merged with a loss, or came late before the lead, and let dialling a disputed number pause
    (SYNC §5); returns the decisions, those put before him with the entry's id as value "conflict". Of what finds no
    more room with him the desk's own list is the only one."""
    refusals = [found for one in mutations if (found := _refusal(one, decisions[one.mid])) is not None]
    kept = keep(tx, actor, device_id, refusals)
    ids = {one.mutation.mid: conflict_id(device_id, one.mutation) for one in refusals}
    told = {mid: row_id.hex() for mid, row_id in ids.items() if row_id in kept}
    return {
        mid: replace(one, values={**one.values, "conflict": told[mid]}) if mid in told else one
        for mid, one in decisions.items()
    }


def keep_unsent(tx: Transaction, actor: Actor, device_id: bytes, mutations: Sequence[Mutation]) -> None:
    """Put the whole outbox of a revoked device before the lead, nothing of it decided (SYNC E4); the same outbox again
    changes nothing. `actor` is whose device it was. Raises KnownError TOO_LARGE when it finds no room there: its desk
    keeps it, as nobody else would."""
    kind = ConflictStatus.REVOKED
    kept = keep(tx, actor, device_id, [Refusal(one, kind, kind) for one in mutations])
    if len(kept) < len(mutations):
        raise KnownError(ErrorKind.TOO_LARGE, most=MOST_OPEN)


def keep(tx: Transaction, actor: Actor, device_id: bytes, refusals: Sequence[Refusal]) -> set[bytes]:
    """Write the entries that are not there yet, as long as there is room; returns the ids of those that stand there."""
    if not refusals:
        return set()
    by_id = {conflict_id(device_id, one.mutation): one for one in refusals}
    known: set[bytes] = set()
    for ids in changes.batches(by_id):
        found = select(team_conflict.c.id).where(team_conflict.c.id.in_(ids))
        known.update(tx.connection.scalars(found))
    commands = {row_id: _command(one.mutation) for row_id, one in by_id.items() if row_id not in known}
    teams = _teams(tx, (_id(one, "customer_id") for one in commands.values()))
    made: list[Change] = []
    rooms: dict[bytes | None, _Room] = {}
    for row_id, command in commands.items():
        one, customer_id = by_id[row_id], _id(command, "customer_id")
        point_id = _id(command, "contact_point_id") if one.kind == ErrorKind.FIELD_CONFLICT else None
        team_id = actor.team_id
        if customer_id in teams and (one.in_sight or team_id is None):
            team_id = teams[customer_id]
        if team_id not in rooms:
            rooms[team_id] = _room(tx, team_id, actor)
        args = b64encode(one.mutation.args[:LARGEST_ARGUMENTS]).decode()
        if not rooms[team_id].take(len(args)):
            continue
        row = {
            "id": row_id,
            "team_id": team_id,
            "person_id": actor.person_id,
            "customer_id": customer_id,
            "task_id": _id(command, "task_id"),
            "contact_point_id": point_id,
            "status": one.status,
            "command": one.mutation.command[:LONGEST_NAME].replace("\0", "\ufffd"),
            "args": args,
            "kind": one.kind,
            "details": {
                name: value.hex() if isinstance(value, bytes) else value
                for name, value in one.details.items()
            },
            "recorded_at": clamp(one.mutation.at, tx.now),
            "answered_at": tx.now,
        }
        made.append(Insert("team_conflict", row))
        known.add(row_id)
        if point_id is not None:
            made.append(Update("contact_point", point_id, {"disputed_at": tx.now}))
    changes.write(tx, made)
    return known


def conflict_id(device_id: bytes, mutation: Mutation) -> bytes:
    """The id of a mutation's entry, the same whenever it is asked for: the desk's time, then a hash of which mutation
    it is, in the shape of a UUIDv7 (SYNC S1)."""
    at = max(0, min(mutation.at, _LATEST)).to_bytes(6)
    which = hashlib.blake2b(device_id + mutation.mid.to_bytes(8), digest_size=ID_BYTES - len(at)).digest()
    return at + bytes([0x70 | which[0] & 0x0F, which[1], 0x80 | which[2] & 0x3F]) + which[3:]


def _refusal(mutation: Mutation, decision: Decision) -> Refusal | None:
    if isinstance(decision, Rejected):
        if decision.kind in _UNREADABLE:
            return None
        in_sight = decision.kind is ErrorKind.FIELD_CONFLICT
        return Refusal(mutation, ConflictStatus.REJECTED, decision.kind, decision.values, in_sight)
    if decision.merged:
        return Refusal(mutation, ConflictStatus.MERGED, ConflictStatus.MERGED, decision.values, in_sight=True)
    late = _late_result(decision)
    if late is None:
        return None
    return Refusal(mutation, ConflictStatus.LATE, ConflictStatus.LATE, {"disposition": late}, in_sight=True)


def _late_result(decision: Accepted) -> str | None:
    """With what a call ended that is kept as history only."""
    results = (
        one.values.get("disposition")
        for one in decision.changes
        if isinstance(one, Update) and one.table == "attempt" and one.values.get("late")
    )
    return next((result for result in results if result is not None), None)


def _room(tx: Transaction, team_id: bytes | None, actor: Actor) -> _Room:
    waiting = select(func.count(), func.coalesce(func.sum(func.length(team_conflict.c.args)), 0)).where(
        team_conflict.c.team_id == team_id,
        team_conflict.c.state == ConflictState.OPEN,
        team_conflict.c.person_id == actor.person_id,
    )
    entries, size = tx.connection.execute(waiting).one()
    return _Room(MOST_OPEN - entries, MOST_OPEN_BYTES - size)


def _command(mutation: Mutation) -> Command | None:
    try:
        return decode_command(mutation.command, mutation.args)
    except KnownError:
        return None


def _id(command: Command | None, name: str) -> bytes | None:
    found: bytes | None = getattr(command, name, None)
    return found


def _teams(tx: Transaction, customers: Iterable[bytes | None]) -> dict[bytes | None, bytes]:
    """The teams of those customers that have one."""
    teams: dict[bytes | None, bytes] = {}
    for ids in changes.batches({one for one in customers if one is not None}):
        found = select(customer.c.id, customer.c.team_id).where(customer.c.id.in_(ids))
        teams |= {row.id: row.team_id for row in tx.connection.execute(found) if row.team_id is not None}
    return teams
