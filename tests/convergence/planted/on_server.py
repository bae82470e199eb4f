"""Planted bugs of the server: push, pull, feed and permission."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, text

from server_sync.automation import pool
from server_sync.domain.commands import (
    Actor,
    Decision,
    Row,
    attempts,
    callbacks,
    notes,
    presences,
    refusals,
    responses,
    tasks,
)
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Mutation, PushReply, PushRequest, Result
from server_sync.store import audit, feed, memberships
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.audit import Record
from server_sync.store.database import Database
from server_sync.store.statement import Statement
from server_sync.store.tables import applied
from server_sync.store.transaction import Transaction
from server_sync.sync import push, truth
from server_sync.sync import refusals as handed_over
from server_sync.sync.page import Page, Place
from tests.convergence import server_site
from tests.convergence.crashes import Killed
from tests.convergence.planted.plant import Plant

_push = push.push
_take = push._take
_record = audit.record
_fill = Page.fill
_find_moved = memberships.find_moved
_append = AttachmentFiles.append


def _forget(tx: Transaction, device_id: bytes, mids: Iterable[int]) -> None:
    tx.connection.execute(
        delete(applied).where(applied.c.device_id == device_id, applied.c.mid.in_(list(mids)))
    )


def _never_seen(tx: Transaction, device_id: bytes, hashes: dict[int, bytes]) -> dict[int, Result]:
    _forget(tx, device_id, hashes)
    return {}


def _by_number(tx: Transaction, device_id: bytes, hashes: dict[int, bytes]) -> dict[int, Result]:
    known = select(applied.c.mid, applied.c.result).where(
        applied.c.device_id == device_id, applied.c.mid.in_(list(hashes))
    )
    return {row.mid: decode(row.result, Result) for row in tx.connection.execute(known)}


def _not_stored(
    tx: Transaction,
    actor: Actor,
    device_id: bytes,
    mutations: Sequence[Mutation],
    hashes: dict[int, bytes],
    ahead: int | None,
) -> dict[int, Result]:
    results = _take(tx, actor, device_id, mutations, hashes, ahead)
    _forget(tx, device_id, [one.mid for one in mutations])
    return results


def _too_early(
    database: Database, actor: Actor, device_id: bytes, request: PushRequest, now: int
) -> PushReply:
    try:
        return _push(database, actor, device_id, request, now)
    except Killed as killed:
        if killed.moment != "server.push_decided":
            raise
        results = [Result(mid=one.mid, status="accepted") for one in request.mutations]
        return PushReply(request=request.request, results=results, server_now=now)


def _as_told(at: int, now: int) -> int:
    return at


def _of_any_history(*_: object) -> dict[tuple[str, int], bytes]:
    return {}


def _to_the_head(self: Page, place: Place, seq: int) -> int:
    _fill(self, place, seq)
    return place.head


def _wherever_it_ends(self: AttachmentFiles, attachment_id: bytes, offset: int, piece: bytes) -> int:
    return _append(self, attachment_id, self.offset(attachment_id), piece)


def _unseen(self: AttachmentFiles, attachment_id: bytes, size: int, sha256: str) -> bool:
    content = self._part(attachment_id).read_bytes()[:size]
    final = self._final(attachment_id)
    final.parent.mkdir(parents=True, exist_ok=True)
    final.write_bytes(content)
    return True


def _accepted_only(tx: Transaction, records: Iterable[Record]) -> None:
    _record(tx, [one for one in records if not _rejected(one.decision)])


def _rejected(decision: Decision) -> bool:
    return hasattr(decision, "kind")


def _without_persons(tx: Transaction) -> bool:
    tx.moving.discard("person")
    return _find_moved(tx)


def _nothing(*_: object, **__: object) -> None:
    pass


def _as_seen(of_task: dict[bytes, Row], edition: Row) -> tuple[Row, Row]:
    return edition, edition


_SKIP = Statement(text("SELECT 1"))
_NONE = Statement(text("SELECT 1 WHERE 0"))

PLANTS = (
    Plant("dedupe-dropped", "A push that comes twice is decided twice.", [(push, "_known", _never_seen)]),
    Plant(
        "clone-not-noticed",
        "Another edit under a known number is taken for it.",
        [(push, "_known", _by_number)],
    ),
    Plant("result-not-stored", "Results are not stored.", [(push, "_take", _not_stored)]),
    Plant(
        "acknowledged-before-the-commit",
        "The answer goes out before the commit.",
        [(server_site, "push", _too_early)],
    ),
    Plant(
        "clients-clock-trusted",
        "A desk's time is taken as it is.",
        [
            (module, "clamp", _as_told)
            for module in (attempts, callbacks, notes, presences, refusals, responses, tasks)
        ],
    ),
    Plant(
        "corrections-where-they-were-made",
        "A correction goes behind the edition that its desk saw.",
        [(responses, "_ends", _as_seen)],
    ),
    Plant("history-not-checked", "Tokens are not looked at.", [(truth, "check_history", _of_any_history)]),
    Plant("page-past-its-window", "The cursor runs ahead of the page.", [(Page, "fill", _to_the_head)]),
    Plant("rejections-not-audited", "Only what was accepted is audited.", [(push, "record", _accepted_only)]),
    Plant(
        "people-move-alone",
        "A person who moves keeps his pool.",
        [(memberships, "find_moved", _without_persons)],
    ),
    Plant("deletions-not-told", "A deleted row is in no feed.", [(feed, "_REMOVED_ROWS", _SKIP)]),
    Plant(
        "departures-not-told",
        "A dossier that left is in no feed.",
        [(feed, "_FORGET_DEPARTED", _NONE), (feed, "_DEPARTURES", _SKIP)],
    ),
    Plant("leases-not-kept", "Who pulled a customer's tasks is not kept.", [(pool, "note_leases", _nothing)]),
    Plant("nobody-is-released", "What has had its time stays.", [(feed, "release_dossiers", _nothing)]),
    Plant(
        "handed-over-to-nobody",
        "What a refused desk sends is answered and forgotten.",
        [(handed_over, "keep_unsent", _nothing)],
    ),
    Plant(
        "files-taken-for-whole",
        "Pieces are put behind each other, whatever they are, and nobody looks at the whole.",
        [(AttachmentFiles, "append", _wherever_it_ends), (AttachmentFiles, "verify", _unseen)],
    ),
)
