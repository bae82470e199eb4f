"""Whether a desk and this server share one history (SYNC E1, E3); what follows from it is for push and pull to say."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, tuple_

from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import Commit, Seen
from server_sync.store import partitions
from server_sync.store.partitions import Scope
from server_sync.store.tables import feed_commit, partition

Tokens = dict[tuple[str, int], bytes]
"""By partition and seq."""

MOST_SEEN = 4_096
"""So many partitions no desk follows."""


def refuse_foreign(names: Sequence[str], actor: Actor, device_id: bytes) -> None:
    """Raises KnownError NOT_PERMITTED when a cursor or a history names another person's desk or another device: no desk
    of this one has ever followed it."""
    own = {partitions.device(device_id), partitions.desk(actor.person_id or b"")}
    personal = (f"{Scope.DESK}:", f"{Scope.DEVICE}:")
    if any(name.startswith(personal) and name not in own for name in names):
        raise KnownError(ErrorKind.NOT_PERMITTED)


def check_history(connection: Connection, seen: Seen) -> Tokens:
    """See whether every commit that a desk knows is one of ours; returns their tokens.

    Raises KnownError: SERVER_RESTORED when one is missing or another, so that this is an older copy of the data, even
    if it has grown past the desk's cursor since; MALFORMED for what no desk asks.
    """
    known = {(name, one.seq): one.token for name, commits in seen.items() for one in commits if one.seq > 0}
    # PostgreSQL's whole numbers have an end, and its text takes no NUL.
    if len(known) > MOST_SEEN or any(seq >= 1 << 53 or "\0" in name for name, seq in known):
        raise KnownError(ErrorKind.MALFORMED, what="seen")
    ours = tokens(connection, list(known))
    strange = [place for place, token in known.items() if ours.get(place) != token]
    if strange:
        names = [name for name, _ in strange]
        floors = select(partition.c.name, partition.c.floor).where(partition.c.name.in_(names))
        # Commits below the floor are forgotten: nothing is known of them, and a pull says so (SYNC E3).
        forgotten = {row.name: row.floor for row in connection.execute(floors)}
        if any(seq >= forgotten.get(name, 0) for name, seq in strange):
            raise KnownError(ErrorKind.SERVER_RESTORED)
    return {place: token for place, token in ours.items() if known[place] == token}


def below_floor(cursor: Mapping[str, int], floors: Mapping[str, int]) -> bool:
    """Whether what left a partition since a cursor is no longer known (SYNC E3)."""
    return any(0 < cursor.get(name, 0) < floor for name, floor in floors.items())


_TOKENS = (
    select(partition.c.name, feed_commit.c.seq, feed_commit.c.token)
    .join(feed_commit, feed_commit.c.partition == partition.c.id)
    .where(tuple_(partition.c.name, feed_commit.c.seq).in_(bindparam("places", expanding=True)))
)


def tokens(connection: Connection, places: Sequence[tuple[str, int]]) -> Tokens:
    """The token of the commit that each seq of a partition belongs to: of the first commit at or behind it."""
    if not places:
        return {}
    found = {(name, seq): token for name, seq, token in connection.execute(_TOKENS, {"places": places})}
    for name, seq in places:
        if (name, seq) not in found:
            behind = (
                select(feed_commit.c.token)
                .join(partition, partition.c.id == feed_commit.c.partition)
                .where(partition.c.name == name, feed_commit.c.seq > seq)
                .order_by(feed_commit.c.seq)
                .limit(1)
            )
            token = connection.scalar(behind)
            if token is not None:
                found[name, seq] = token
    return found


def newest(connection: Connection, name: str) -> Seen:
    """The last commit of a partition."""
    head = connection.scalar(select(partition.c.head).where(partition.c.name == name)) or 0
    return commits(connection, {name: head}, {name: head}, {})


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
