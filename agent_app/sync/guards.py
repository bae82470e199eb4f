"""What a page may not do by itself, and when a first sync is large enough for another way; nothing is written here."""

from sqlalchemy import Connection

from agent_app.store.driver import fetch
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import PullReply

REMOVAL_SHARE = 0.5
REMOVAL_ROWS = 500
STAGE_FROM = 5_000
OWN_STAGE_FROM = 20_000
"""Of so many rows the first pages bring nothing that a person could begin with."""


def refuse_emptying(connection: Connection, reply: PullReply) -> None:
    """Stop before a page that would take more than half of the desk without saying that a partition was
    lost (SYNC L5)."""
    if reply.lost or sum(len(removed.customers) for removed in reply.removed) <= REMOVAL_ROWS:
        return
    held = set(fetch(connection, "SELECT customer_id, partition FROM held"))
    leaving = {(one, removed.partition) for removed in reply.removed for one in removed.customers} & held
    _refuse(len({one for one, _ in leaving}), len({one for one, _ in held}))


def refuse_exchange(connection: Connection) -> None:
    """Stop before another replica without most of what this desk has takes its place (SYNC L5)."""
    count = "SELECT count(DISTINCT customer_id) FROM held"
    [(holding,)] = fetch(connection, count)
    [(leaving,)] = fetch(
        connection, f"{count} WHERE customer_id NOT IN (SELECT customer_id FROM staged_held)"
    )
    _refuse(leaving, holding)


def _refuse(leaving: int, holding: int) -> None:
    if leaving > REMOVAL_ROWS and leaving > holding * REMOVAL_SHARE:
        raise KnownError(ErrorKind.SERVER_WOULD_EMPTY_DESK, leaving=leaving, holding=holding)


def worth_staging(reply: PullReply) -> bool:
    """Whether a first sync has the person's own work by now, and the rest is so much that it goes into staging first
    (SYNC L4); also when his own work alone is."""
    heads = {name: commits[-1].seq for name, commits in reply.seen.items()}
    rest = {name: heads.get(name, seq) - seq for name, seq in reply.cursor.items()}
    own = sum(left for name, left in rest.items() if not name.startswith("team:"))
    return (own <= 0 and sum(rest.values()) >= STAGE_FROM) or own >= OWN_STAGE_FROM
