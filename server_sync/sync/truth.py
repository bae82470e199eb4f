"""Whether a desk and this server share one history (SYNC E1, E3); what follows from it is for push and pull to say."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, bindparam, literal, select

from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import Commit, Seen
from server_sync.store import partitions
from server_sync.store.partitions import Scope
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.tables import feed_commit, partition

Tokens = dict[tuple[str, int], bytes]
"""By partition and seq."""
_NONE: Tokens = {}

MOST_SEEN = 4_096
"""So many partitions no desk follows."""


def refuse_foreign(names: Sequence[str], actor: Actor, device_id: bytes) -> None:
    """Raises KnownError NOT_PERMITTED when a cursor or a history names another person's desk or another device: no desk
    of this one has ever followed it."""
    own = {partitions.device(device_id), partitions.desk(actor.person_id or b"")}
    personal = (f"{Scope.DESK}:", f"{Scope.DEVICE}:")
    if any(name.startswith(personal) and name not in own for name in names):
        raise KnownError(ErrorKind.NOT_PERMITTED)


def check_history(connection: Connection, seen: Seen, at_hand: Tokens = _NONE) -> Tokens:
    """See whether every commit that a desk knows is one of ours; returns their tokens. `at_hand`: tokens that need not
    be looked up.

    Raises KnownError: SERVER_RESTORED when one is missing or another, so that this is an older copy of the data, even
    if it has grown past the desk's cursor since; MALFORMED for what no desk asks.
    """
    known = {(name, one.seq): one.token for name, commits in seen.items() for one in commits if one.seq > 0}
    # PostgreSQL's whole numbers have an end, and its text takes no NUL.
    if len(known) > MOST_SEEN or any(seq >= 1 << 53 or "\0" in name for name, seq in known):
        raise KnownError(ErrorKind.MALFORMED, what="seen")
    # Most know what is the newest: told apart without a look at the database.
    rest = {place: token for place, token in known.items() if at_hand.get(place) != token}
    ours = tokens(connection, list(rest))
    strange = [place for place, token in rest.items() if ours.get(place) != token]
    if strange:
        names = [name for name, _ in strange]
        floors = select(partition.c.name, partition.c.floor).where(partition.c.name.in_(names))
        # Commits below the floor are forgotten: nothing is known of them, and a pull says so (SYNC E3).
        forgotten = {row.name: row.floor for row in connection.execute(floors)}
        if any(seq >= forgotten.get(name, 0) for name, seq in strange):
            raise KnownError(ErrorKind.SERVER_RESTORED)
    return {place: token for place, token in known.items() if place not in rest or ours.get(place) == token}


def below_floor(cursor: Mapping[str, int], floors: Mapping[str, int]) -> bool:
    """Whether what left a partition since a cursor is no longer known (SYNC E3)."""
    return any(0 < cursor.get(name, 0) < floor for name, floor in floors.items())


def tokens(connection: Connection, places: Sequence[tuple[str, int]]) -> Tokens:
    """The token of the commit that each seq of a partition belongs to: of the first commit at or behind it."""
    found = _newest(connection, [name for name, _ in places])
    for name, seq in places:
        if (name, seq) not in found:
            behind = _FROM.first(connection, {"name": name, "seq": seq})
            if behind is not None:
                found[name, seq] = behind[0]
    return found


def newest(connection: Connection, name: str) -> Seen:
    """The last commit of a partition."""
    found = _newest(connection, [name])
    return {of: [Commit(seq=seq, token=token)] for (of, seq), token in found.items()}


def _newest(connection: Connection, names: Iterable[str]) -> Tokens:
    wanted = padded(sorted(set(names)))
    if not wanted:
        return {}
    found = _newest_of(len(wanted)).rows(connection, numbered(wanted))
    return {(name, seq): token for name, seq, token in found}


@cache
def _newest_of(count: int) -> Statement:
    return Statement(
        select(partition.c.name, partition.c.head, feed_commit.c.token)
        .join(
            feed_commit, (feed_commit.c.partition == partition.c.id) & (feed_commit.c.seq == partition.c.head)
        )
        .where(any_of(partition.c.name, count))
    )


_FROM = Statement(
    select(feed_commit.c.token)
    .join(partition, partition.c.id == feed_commit.c.partition)
    .where(partition.c.name == bindparam("name"), feed_commit.c.seq >= bindparam("seq"))
    .order_by(feed_commit.c.seq)
    .limit(literal(1))
)


def commits(
    connection: Connection, reached: Mapping[str, int], heads: Mapping[str, int], known: Tokens
) -> Seen:
    """What a desk knows of the history after a page: the commit of its cursor, and of the head if that is further.

    `known`: tokens that need not be looked up.
    """
    wanted = {name: sorted({seq, heads[name]} - {0}) for name, seq in reached.items()}
    places = [(name, seq) for name, seqs in wanted.items() for seq in seqs]
    found = known | tokens(connection, [place for place in places if place not in known])
    return {
        name: [Commit(seq=seq, token=found[name, seq]) for seq in seqs if (name, seq) in found]
        for name, seqs in wanted.items()
        if seqs
    }
