"""Planted bugs of the desk: its store, its engine, what drives it."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, update

from agent_app.host.sealed_files import SealedFolder
from agent_app.store import attachments, cursors, migrations, outbox, replica, runner, staging, tables
from agent_app.store.changes import StoreChanges
from agent_app.sync import engine, rebase
from agent_app.sync.engine import Engine, Reply, Step
from agent_app.sync.schedule import Schedule
from agent_app.sync.synchroniser import Synchroniser
from server_sync.domain import crash
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor
from server_sync.domain.wire.messages import PullReply, PushReply, Result, Seen
from tests.convergence.planted.plant import Plant

_receive = Engine.receive
_driven = Synchroniser._receive
_pushed = Engine._pushed
_settle = outbox.settle
_unretired = outbox.unretired
_seen = cursors.seen


def _nothing(*_: object, **__: object) -> None:
    pass


def _nobody(*_: object, **__: object) -> set[bytes]:
    return set()


def _cursor_first(self: Synchroniser, reply: Reply) -> Step:
    if isinstance(reply, PullReply):
        with self._store.write() as connection:
            if not staging.is_open(connection) and cursors.load(connection) == reply.from_cursor:
                cursors.save(connection, reply.cursor, reply.seen)
        crash.point("desk.cursor_saved")
    return _driven(self, reply)


def _any_reply(self: Engine, connection: Connection, reply: Reply, now: int) -> Step:
    request = self._waiting_for
    if request is not None:
        reply = msgspec.structs.replace(reply, request=request.request)
        if isinstance(reply, PullReply) and hasattr(request, "cursor"):
            reply = msgspec.structs.replace(reply, from_cursor=request.cursor)
    return _receive(self, connection, reply, now)


def _retired_at_once(self: Engine, connection: Connection, reply: PushReply, now: int) -> Step:
    step = _pushed(self, connection, reply, now)
    outbox.retire_acknowledged(connection)
    return step


def _dropped_at_once(connection: Connection) -> None:
    connection.execute(delete(tables.outbox).where(tables.outbox.c.state == "acknowledged"))


def _kept_only(connection: Connection) -> int:
    again = update(tables.outbox).where(tables.outbox.c.state == "kept")
    return connection.execute(again.values(state="pending")).rowcount


def _backwards(connection: Connection, customers: Any) -> list[tuple[str, bytes]]:
    return _unretired(connection, customers)[::-1]


def _rejections_wait(
    connection: Connection, results: list[Result], acked_seq: int | None, now: int
) -> set[bytes | None]:
    return _settle(connection, [one for one in results if one.status != "rejected"], acked_seq, now)


def _without_deciding(connection: Connection, actor: Actor, now: int) -> tuple[StoreChanges, bool]:
    runner.restore_base(connection)
    return StoreChanges(frozenset(), None, rebase.ORIGIN), staging.exchange(connection)


def _of_cursor_only(connection: Connection) -> Seen:
    return {name: commits[:1] for name, commits in _seen(connection).items()}


def _nobodys(*_: object) -> frozenset[bytes]:
    return frozenset()


def _all_of_them(_: Connection, customers: Iterable[bytes]) -> list[bytes]:
    return list(customers)


def _knows_all(*_: object) -> bool:
    return False


def _upgraded_empty(connection: Connection) -> None:
    migrations.to_schema_2.step(connection)
    connection.execute(delete(tables.outbox))


def _in_a_year(self: Schedule, now: int) -> None:
    self._retries.begin_anew()
    self.due_at = now + 365 * DAY


PLANTS = (
    Plant(
        "cursor-in-a-transaction-before",
        "The cursor is saved before its page.",
        [(Synchroniser, "_receive", _cursor_first)],
    ),
    Plant("removal-forgotten", "What left a partition stays.", [(replica, "_remove", _nobody)]),
    Plant(
        "gone-from-one-is-gone",
        "A dossier that left one partition leaves the desk, whatever else holds it.",
        [(replica, "_not_held", _all_of_them)],
    ),
    Plant("lost-partition-kept", "A partition that was lost stays.", [(replica, "lose", _nobody)]),
    Plant(
        "any-reply-taken",
        "A late reply is taken for the one that is waited for.",
        [(Engine, "receive", _any_reply)],
    ),
    Plant(
        "retired-before-the-pull",
        "An edit is forgotten when it is answered.",
        [(Engine, "_pushed", _retired_at_once)],
    ),
    Plant(
        "kept-edits-dropped",
        "Nothing is kept until the backup.",
        [(outbox, "retire_acknowledged", _dropped_at_once)],
    ),
    Plant(
        "acknowledged-not-sent-again",
        "After a restore only what was pulled is sent.",
        [(outbox, "requeue", _kept_only)],
    ),
    Plant("nothing-sent-again", "After a restore nothing is sent again.", [(outbox, "requeue", _nothing)]),
    Plant("decided-backwards", "Edits are decided again from the last.", [(outbox, "unretired", _backwards)]),
    Plant("base-not-restored", "A page is put over edits.", [(runner, "restore_base", _nobody)]),
    Plant("not-decided-again", "Edits vanish under a page.", [(rebase, "_decide_again", _nothing)]),
    Plant(
        "exchanged-without-deciding",
        "Edits vanish under a new replica.",
        [(rebase, "exchange_replica", _without_deciding)],
    ),
    Plant("rejection-blocks", "A rejected edit is sent for ever.", [(outbox, "settle", _rejections_wait)]),
    Plant(
        "poison-blocks", "What the server fails at is sent for ever.", [(outbox, "count_failed_try", _nobody)]
    ),
    Plant(
        "conflict-dropped", "A rejected edit is nowhere to be seen.", [(outbox, "_to_conflicts", _nothing)]
    ),
    Plant("highest-seen-not-told", "Only the cursor's commit is told.", [(cursors, "seen", _of_cursor_only)]),
    Plant(
        "push-history-not-noted",
        "What a push says of the history is not noted.",
        [(cursors, "note", _nothing)],
    ),
    Plant("hints-only", "Nobody looks without a hint.", [(Schedule, "succeeded", _in_a_year)]),
    Plant("sums-not-compared", "Nobody counts the rows.", [(Synchroniser, "_compare", _nothing)]),
    Plant(
        "emptied-without-asking",
        "Whatever a server takes away goes.",
        [(engine, "refuse_emptying", _nothing), (engine, "refuse_exchange", _nothing)],
    ),
    Plant("unknown-not-remembered", "What was passed over never comes.", [(replica, "unknown", _knows_all)]),
    Plant(
        "outbox-not-upgraded",
        "A newer program begins with an empty outbox.",
        [(migrations, "STEPS", (_upgraded_empty, *migrations.STEPS[1:]))],
    ),
    Plant(
        "departed-files-kept",
        "The files of a dossier stay when it goes.",
        [(attachments, "forget_out_of_sight", _nobodys)],
    ),
    Plant("files-not-removed", "Only the key of a file goes.", [(SealedFolder, "remove", _nothing)]),
    Plant(
        "lost-files-not-sent-again",
        "What a restored server lacks of files it never gets.",
        [(attachments, "_LOST_AGAIN", attachments._TAKEN_BACK)],
    ),
    Plant("traces-left", "Drafts and search terms stay.", [(replica, "LOCAL", (tables.base_row,))]),
)
