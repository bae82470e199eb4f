"""One round with the server as a state machine: push what waits, then pull to the head. No thread, socket, time or
randomness inside: whoever drives it carries its requests out and hands the replies back (SYNC P5, L1)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from agent_app.store import cursors, outbox
from agent_app.store.changes import StoreChanges
from agent_app.store.desk_state import recall, remember
from agent_app.sync.rebase import ORIGIN, apply_page, undo_rejected
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply, PullRequest, PushReply, PushRequest

MOST_MUTATIONS = 1_000
MOST_BYTES = 4 * 1024 * 1024  # of arguments in one push: half of what a server takes
MOST_TRIES = 8
REMOVAL_SHARE = 0.5
REMOVAL_ROWS = 500

Request = PushRequest | PullRequest
Reply = PushReply | PullReply


@dataclass(frozen=True)
class Step:
    """What a reply did to the store."""

    changes: StoreChanges | None = None
    dossiers_left: bool = False
    """Deleted rows must also leave the disk: settle the store after the transaction."""


class Engine:
    """The desk's side of a round. Single-threaded: every method runs on the store's thread, in the
    caller's transaction."""

    def __init__(self, device: bytes, actor: Callable[[], Actor]) -> None:
        self._device = device
        self._actor = actor
        self._request = 0
        self._waiting_for: Request | None = None
        self._pull_due = True
        self._may_empty = False

    def allow_emptying(self) -> None:
        """A person has said that the server may take most of this desk away (SYNC L5): once."""
        self._may_empty = True
        self._pull_due = True

    def wake(self) -> None:
        """Something changed on the server, or it is time to look: the next round pulls."""
        self._pull_due = True

    def next_request(self, connection: Connection) -> Request | None:
        """What to send now; None when this desk is in step. A request that got no reply is simply asked for again."""
        self._request += 1
        # No reply came to what was asked before.
        self._pull_due = self._pull_due or self._waiting_for is not None
        mutations = outbox.pending(connection, MOST_MUTATIONS, MOST_BYTES)
        numbers = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}
        if mutations:
            self._pull_due = True
            self._waiting_for = PushRequest(
                **numbers, device=self._device, request=self._request, mutations=mutations
            )
        elif self._pull_due:
            # From here on whoever wakes this desk may know of something that the reply does not have.
            self._pull_due = False
            epoch = recall(connection, "epoch")
            self._waiting_for = PullRequest(
                **numbers,
                device=self._device,
                request=self._request,
                epoch=bytes.fromhex(epoch) if epoch else None,
                cursor=cursors.load(connection),
            )
        else:
            self._waiting_for = None
        return self._waiting_for

    def receive(self, connection: Connection, reply: Reply, now: int) -> Step:
        """Take a reply. One to another request, or from another cursor, is ignored (SYNC P5)."""
        request = self._waiting_for
        if request is None or reply.request != request.request:
            return Step()
        if isinstance(request, PushRequest) and isinstance(reply, PushReply):
            self._waiting_for = None
            return self._pushed(connection, reply, now)
        if isinstance(request, PullRequest) and isinstance(reply, PullReply):
            if reply.from_cursor != request.cursor:
                return Step()
            self._waiting_for = None
            return self._pulled(connection, request, reply, now)
        return Step()

    def failed(self, connection: Connection, error: KnownError, now: int) -> StoreChanges | None:
        """A request came to nothing. Offline is no failure of a mutation; a failing server counts against
        it (SYNC P3). Returns what changed when one was set aside."""
        request = self._waiting_for
        self._waiting_for = None
        self._pull_due = True
        if not isinstance(request, PushRequest) or error.kind is not ErrorKind.SERVER_FAILED:
            return None
        undone = outbox.count_failed_try(connection, request.mutations[0].mid, MOST_TRIES, now)
        return undo_rejected(connection, undone, self._actor(), now) if undone else None

    def _pushed(self, connection: Connection, reply: PushReply, now: int) -> Step:
        undone = outbox.settle(connection, reply.results, now)
        changes = StoreChanges(frozenset({"outbox", "conflict"}), frozenset(), ORIGIN)
        if undone:
            changes = changes.merged(undo_rejected(connection, undone, self._actor(), now))
        return Step(changes)

    def _pulled(self, connection: Connection, request: PullRequest, reply: PullReply, now: int) -> Step:
        if not self._may_empty:
            refuse_emptying(connection, reply)
        changes, left = apply_page(connection, reply, self._actor(), now)
        if reply.epoch != request.epoch:
            remember(connection, "epoch", reply.epoch.hex())
        if not reply.more:
            remember(connection, "in_step_at", now)
            remember(connection, "complete", True)
            self._may_empty = False
        self._pull_due = self._pull_due or reply.more
        return Step(changes if changes.tables else None, left)


def refuse_emptying(connection: Connection, reply: PullReply) -> None:
    """Stop before a page that would take more than half of the desk without saying that a partition was
    lost (SYNC L5)."""
    leaving = sum(len(removed.customers) for removed in reply.removed)
    if leaving <= REMOVAL_ROWS or reply.lost:
        return
    holding = connection.exec_driver_sql("SELECT count(DISTINCT customer_id) FROM held").scalar_one()
    if leaving > holding * REMOVAL_SHARE:
        raise KnownError(ErrorKind.SERVER_WOULD_EMPTY_DESK, leaving=leaving, holding=holding)
