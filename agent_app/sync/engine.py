"""One round with the server as a state machine: push what waits, then pull to the head. No thread, socket, time or
randomness inside: whoever drives it carries its requests out and hands the replies back (SYNC P5, L1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agent_app.store import cursors, first_sync, lease, outbox, replica, staging, sums
from agent_app.store.changes import StoreChanges
from agent_app.store.desk_state import recall, remember
from agent_app.store.tables import staged_cursor
from agent_app.sync import page_requests, ready, rebase
from agent_app.sync.guards import refuse_emptying, refuse_exchange, worth_staging
from server_sync.domain import crash
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.wire import versions
from server_sync.domain.wire.checksums import bucket_of
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RenewReply,
    RenewRequest,
)

MOST_MUTATIONS = 2_500
MOST_BYTES = 4 * 1024 * 1024  # of arguments in one push: half of what a server takes
MOST_TRIES = 8
MOST_RECOVERIES = 4
NOTED_EVERY = MINUTE
FRESH_FOR = 30 * DAY
"""For so long what a server tells of a first fetch is whole, by its own clock: far less than it remembers what left."""
_RECOVERABLE = (ErrorKind.SERVER_RESTORED, ErrorKind.CURSOR_TOO_OLD, ErrorKind.DEVICE_CLONED)

Request = PushRequest | PullRequest | CompareRequest | RenewRequest | ready.Asked
Reply = PushReply | PullReply | CompareReply | RenewReply | ready.Answered


@dataclass(frozen=True)
class Step:
    """What a reply, or its failing to come, did to the store."""

    changes: StoreChanges | None = None
    dossiers_left: bool = False
    """Deleted rows must also leave the disk: settle the store after the transaction."""
    recovered: bool = False
    """An error was dealt with: go on with the next request at once."""
    new_device: bytes | None = None
    """This desk is now this device, and `new_token` its token."""
    new_token: str = ""


@dataclass(frozen=True)
class Count:
    """What the server has in this desk's partitions as of a cursor: by name the rows and their sum (SYNC E2)."""

    cursor: dict[str, int]
    sums: dict[str, tuple[int, int]]


class Engine:
    """The desk's side of a round. Single-threaded: every method runs on the store's thread, in the
    caller's transaction."""

    def __init__(
        self, device: bytes, actor: Callable[[], Actor], ids: Ids, ready_from: int | None = None
    ) -> None:
        """`ready_from`: partitions with so many rows come as a file (SYNC L4); None where nobody can fetch one."""
        self._ready = None if ready_from is None else ready.Ready(ready_from)
        self._device = device
        self._actor = actor
        self._ids = ids
        self._request = 0
        self._waiting_for: Request | None = None
        self._ahead: PullRequest | None = None
        self._pull_due = True
        self._may_empty = False
        self._most = MOST_MUTATIONS
        self._cloned_at: int | None = None
        self._recoveries = 0
        self._differing: list[str] = []
        self.count: Count | None = None
        """Of the last reply that had nothing more to come; to be compared while nobody waits."""

    @property
    def device(self) -> bytes:
        """Which device this desk is."""
        return self._device

    @property
    def person_id(self) -> bytes:
        """Who works here."""
        return self._actor().person_id or b""

    def allow_emptying(self) -> None:
        """A person has said that the server may take most of this desk away (SYNC L5): once."""
        self._may_empty = True
        self._pull_due = True

    def wake(self) -> None:
        """Something changed on the server, or it is time to look: what is asked for from now on has it."""
        self._pull_due = True
        self._ahead = None

    def compare(self, partitions: list[str]) -> None:
        """These hold other rows here than on the server: the next round fetches what differs (SYNC E2)."""
        self._differing = list(partitions)

    def next_request(self, connection: Connection, now: int) -> Request | None:
        """What to send now; None when this desk is in step. A request that got no reply is simply asked for again."""
        self._request += 1
        # No reply came to what was asked before.
        self._pull_due = self._pull_due or self._waiting_for is not None
        self._waiting_for = self._next(connection, now)
        self._ahead = None
        return self._waiting_for

    def ahead(self, reply: Reply) -> PullRequest | None:
        """What can be asked for before a page that has more behind it is applied: the page after it. It counts only
        once the page is applied and `next_request` gives out this very request; any other way its reply is a late one
        (SYNC P5). To be called between two steps."""
        request = self._waiting_for
        if not isinstance(reply, PullReply) or not isinstance(request, PullRequest):
            return None
        if reply.request != request.request or reply.from_cursor != request.cursor or not reply.more:
            return None
        self._request += 1
        self._ahead = page_requests.after(request, reply, self._request)
        return self._ahead

    def receive(self, connection: Connection, reply: Reply, now: int) -> Step:
        """Take a reply. One to another request, or from another cursor, is ignored (SYNC P5)."""
        request = self._waiting_for
        if request is None or reply.request != request.request:
            return Step()
        step: Step
        match request, reply:
            case PushRequest(), PushReply():
                step = self._pushed(connection, reply, now)
            case PullRequest(), PullReply() if reply.from_cursor == request.cursor:
                step = self._pulled(connection, request, reply, now)
            case CompareRequest(), CompareReply():
                step = self._compared(connection, request, reply, now)
            case RenewRequest(), RenewReply():
                step = self._renewed(connection, request, reply)
            case _ if self._of_file(connection, request, reply):
                step = Step()
            case _:
                return Step()
        self._waiting_for = None
        self._recoveries = 0
        return step

    def failed(self, connection: Connection, error: KnownError, now: int) -> Step:
        """A request came to nothing. Offline is no failure of a mutation; a failing server counts against it, once it
        was sent alone (SYNC P3). Another history, or a copy of this device, is dealt with here."""
        request = self._waiting_for
        self._waiting_for = self._ahead = None
        self._pull_due = True
        if request is None:
            return Step()
        if isinstance(request, PushRequest) and error.kind is ErrorKind.SERVER_FAILED:
            return self._not_taken(connection, request, now)
        if isinstance(request, ready.Asked) and self._ready is not None:
            return Step(recovered=self._ready.failed(connection, error))
        if error.kind not in _RECOVERABLE:
            return Step()
        self._recoveries += 1
        if self._recoveries > MOST_RECOVERIES:
            # It does not help: wait as after any failure, then try again.
            self._recoveries = 0
            return Step()
        match error.kind:
            case ErrorKind.SERVER_RESTORED | ErrorKind.CURSOR_TOO_OLD:
                changes = self._start_again(connection, now, restored=error.kind is ErrorKind.SERVER_RESTORED)
                return Step(changes, recovered=True)
            case ErrorKind.DEVICE_CLONED if isinstance(request, PushRequest):
                self._cloned_at = int(error.values.get("mid", request.mutations[0].mid))
                if not recall(connection, "next_device"):
                    remember(connection, "next_device", self._ids.new().hex())
                return Step(recovered=True)
        return Step()

    def _of_file(self, connection: Connection, request: Request, reply: Reply) -> bool:
        """Take what came of a ready file, if it was that."""
        if (
            self._ready is None
            or not isinstance(request, ready.Asked)
            or not isinstance(reply, ready.Answered)
        ):
            return False
        return self._ready.receive(connection, request, reply)

    def _next(self, connection: Connection, now: int) -> Request | None:
        numbers: dict[str, Any] = {
            "protocol": versions.PROTOCOL,
            "schema": versions.SCHEMA,
            "device": self._device,
            "request": self._request,
        }
        mutations = outbox.pending(connection, self._most, MOST_BYTES, self._cloned_at)
        if mutations:
            self._pull_due = True
            unsent, seen = outbox.waiting(connection).count, cursors.seen(connection)
            return PushRequest(**numbers, mutations=mutations, seen=seen, unsent=unsent, sent_at=now)
        if self._cloned_at is not None:
            return RenewRequest(**numbers, new=bytes.fromhex(recall(connection, "next_device")))
        if self._pull_due and not first_sync.is_paused(connection):
            if self._ready is not None and (file := self._ready.next(connection, numbers)) is not None:
                return file
            # From here on whoever wakes this desk may know of something that the reply does not have.
            self._pull_due = False
            epoch = recall(connection, "epoch")
            staged = staging.is_open(connection)
            known = bytes.fromhex(epoch) if epoch else None
            cursor = cursors.load(connection, staged_cursor) if staged else cursors.load(connection)
            asked = PullRequest(
                **numbers,
                epoch=known,
                cursor=cursor,
                seen=cursors.seen(connection),
                fresh=recall(connection, "fresh", []),
            )
            ahead = self._ahead
            return ahead if ahead is not None and page_requests.same(ahead, asked) else asked
        if self._differing:
            partition = self._differing.pop()
            seq = cursors.reached(connection, partition)
            if seq is not None:
                parts = sums.parts(connection, partition, self.person_id)
                return CompareRequest(**numbers, partition=partition, seq=seq, sums=parts)
        return None

    def _pushed(self, connection: Connection, reply: PushReply, now: int) -> Step:
        self._most = MOST_MUTATIONS
        own = reply.seen.get(f"device:{self._device.hex()}")
        undone = outbox.settle(connection, reply.results, own[-1].seq if own else None, now)
        cursors.note(connection, reply.seen)
        crash.point("desk.push_settled")
        changes = StoreChanges(frozenset({"outbox", "conflict"}), frozenset(), rebase.ORIGIN)
        if undone:
            changes = changes.merged(rebase.undo_rejected(connection, undone, self._actor(), now))
        return Step(changes)

    def _pulled(self, connection: Connection, request: PullRequest, reply: PullReply, now: int) -> Step:
        staged = staging.is_open(connection)
        if self._is_overtaken(connection, reply):
            self._start_again(connection, now, restored=False)
            self._pull_due = True
            return Step()
        if not self._may_empty:
            refuse_emptying(connection, reply)
        if replica.unknown(reply):
            remember(connection, "passed_over_under", versions.SCHEMA)
        if reply.epoch != request.epoch:
            remember(connection, "epoch", reply.epoch.hex())
        self._pull_due = self._pull_due or reply.more
        self._note_fresh(connection, reply)
        if _is_quiet(request, reply) and not staged and not outbox.dossiers(connection, acknowledged=True):
            self._in_step(connection, reply, now)
            return Step()
        if not staged:
            changes, left = rebase.apply_page(connection, reply, self._actor(), now)
            if reply.more and not first_sync.is_over(connection) and worth_staging(reply):
                rebase.begin_staging(connection, self._actor(), now, from_replica=True)
                self._begin_files(connection, reply)
        elif reply.more:
            staging.apply(connection, reply)
            self._begin_files(connection, reply)
            return Step()
        else:
            staging.apply(connection, reply)
            if not self._may_empty:
                refuse_exchange(connection)
            changes, left = rebase.exchange_replica(connection, self._actor(), now)
            self._forget_files(connection)
        if not reply.more:
            self._in_step(connection, reply, now)
        return Step(changes if changes.tables else None, left)

    def _is_overtaken(self, connection: Connection, reply: PullReply) -> bool:
        """Whether everything is to be fetched anew: what an earlier program passed over is known now (SYNC V2), or a
        first fetch lay still for so long that the server may have forgotten what left meanwhile (SYNC E3)."""
        since: int | None = recall(connection, "fresh_since")
        if recall(connection, "passed_over_under", versions.SCHEMA) < versions.SCHEMA:
            remember(connection, "passed_over_under", versions.SCHEMA)
            return True
        if since is None or reply.server_now - since <= FRESH_FOR:
            return False
        remember(connection, "fresh_since", None)
        remember(connection, "fresh", [])
        return True

    def _note_fresh(self, connection: Connection, reply: PullReply) -> None:
        """Which partitions are being fetched from their beginning: what left them before is no concern (SYNC E3)."""
        known: list[str] = recall(connection, "fresh", [])
        fresh = page_requests.fresh_after(known, reply)
        if fresh != known:
            remember(connection, "fresh", fresh)
        if bool(fresh) != bool(known):
            remember(connection, "fresh_since", reply.server_now if fresh else None)

    def _begin_files(self, connection: Connection, reply: PullReply) -> None:
        if self._ready is not None:
            self._ready.consider(connection, reply)

    def _forget_files(self, connection: Connection) -> None:
        if self._ready is not None:
            self._ready.forget(connection)

    def _in_step(self, connection: Connection, reply: PullReply, now: int) -> None:
        outbox.forget_kept(connection, reply.backed_up, now)
        self._may_empty = False
        self.count = Count(reply.cursor, reply.sums)
        complete = first_sync.is_over(connection)
        noted = 0 <= now - recall(connection, "in_step_at", 0) < NOTED_EVERY
        if complete and noted and not lease.is_over(connection, now):
            # To be in step once more is not worth a write.
            return
        lease.renew(connection, now, reply.server_now, reply.lease)
        remember(connection, "in_step_at", now)
        remember(connection, "complete", True)

    def _compared(
        self, connection: Connection, request: CompareRequest, reply: CompareReply, now: int
    ) -> Step:
        here = cursors.reached(connection, request.partition)
        if reply.moved or reply.partition != request.partition or here != request.seq:
            self._pull_due = self._pull_due or reply.moved
            return Step()
        there = {row[0] for page in reply.tables.values() for row in page.rows}
        wrong = set(reply.buckets)
        strays: dict[str, list[bytes]] = {}
        for kind, row_id, _ in sums.rows(connection, request.partition, self.person_id):
            if bucket_of(row_id) in wrong and row_id not in there:
                strays.setdefault(sums.NAMES[kind], []).append(row_id)
        return Step(rebase.mend(connection, reply, strays, self._actor(), now), bool(strays))

    def _not_taken(self, connection: Connection, request: PushRequest, now: int) -> Step:
        if len(request.mutations) > 1:
            # One of them may be what the server cannot bear: the others shall not suffer for it.
            self._most = max(1, len(request.mutations) // 2)
            return Step()
        undone = outbox.count_failed_try(connection, request.mutations[0].mid, MOST_TRIES, now)
        if not undone:
            return Step()
        self._most = MOST_MUTATIONS
        return Step(rebase.undo_rejected(connection, undone, self._actor(), now))

    def _start_again(self, connection: Connection, now: int, *, restored: bool) -> StoreChanges | None:
        """Put the whole replica together anew; after a restore (SYNC E1) first send what the server may have lost."""
        changes = None
        if restored:
            changes = rebase.send_again(connection, self._actor(), now)
            cursors.forget(connection)
        rebase.begin_staging(connection, self._actor(), now, from_replica=False)
        self._forget_files(connection)
        crash.point("desk.started_again")
        return changes

    def _renewed(self, connection: Connection, request: RenewRequest, reply: RenewReply) -> Step:
        """This copy is now a device of its own; what it sent under its old name is another device's (SYNC P2)."""
        remember(connection, "device", request.new.hex())
        remember(connection, "next_device", "")
        remember(connection, "token", reply.token)
        outbox.disown(connection)
        cursors.leave(connection, f"device:{request.device.hex()}")
        crash.point("desk.device_renewed")
        self._device = request.new
        self._cloned_at = None
        self._pull_due = True
        return Step(new_device=request.new, new_token=reply.token, recovered=True)


def _is_quiet(request: PullRequest, reply: PullReply) -> bool:
    """Whether a reply says nothing that the desk did not know; of empty partitions neither speaks."""
    brings = reply.tables or reply.held or reply.removed or reply.lost or reply.more
    reached = {name: seq for name, seq in reply.cursor.items() if seq > 0}
    return not brings and reached == request.cursor and reply.seen == request.seen
