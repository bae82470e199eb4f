"""Push and pull over HTTP: what is sent arrives, in every encoding; what is wrong has a kind, and changes nothing."""

import gzip
import sqlite3
from contextlib import closing
from typing import Any

import msgspec
import pytest
import zstandard
from sqlalchemy import func, select

from server_sync.domain.commands import AddNote
from server_sync.domain.model import activity
from server_sync.domain.wire.codec import decode, encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, Problem, PullReply, PullRequest, PushReply, PushRequest
from server_sync.store.tables import audit
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene, results_of
from tests.server_sync.organisation import NOW
from tests.servers import Answer, Caller


def note(scene: Scene, text: str = "记一笔", customer_id: bytes | None = None) -> AddNote:
    return AddNote(scene.organisation.ids.new(), customer_id or scene.customer_id, text, NOW)


def refusals(scene: Scene) -> list[tuple[str, str]]:
    """What the audit says of requests that no honest desk sends."""
    found = select(audit.c.command, audit.c.kind).where(audit.c.command.like("sync_%"))
    with scene.server.database.read() as connection:
        return sorted((row.command, row.kind) for row in connection.execute(found))


def kind_of(answer: Answer) -> str:
    assert answer.headers["content-type"] == "application/msgpack"
    return decode(answer.body, Problem).kind


def rows(scene: Scene) -> int:
    with scene.database.read() as connection:
        notes = connection.scalar(select(func.count()).select_from(activity)) or 0
        return notes + (connection.scalar(select(func.count()).select_from(audit)) or 0)


def test_what_is_pushed_comes_back_by_pull(signed_in: Scene) -> None:
    assert results_of(signed_in.push([note(signed_in, "第一次回访")])) == [("accepted", None)]
    page = signed_in.pull()
    texts = page.tables["activity"].columns.index("text")
    assert [row[texts] for row in page.tables["activity"].rows] == ["第一次回访"]
    assert not page.more
    assert signed_in.pull(page.cursor, page.epoch).tables == {}


def test_a_push_that_is_repeated_is_answered_the_same_and_done_once(signed_in: Scene) -> None:
    command = note(signed_in)
    first = decode(signed_in.push([command]).body, PushReply)
    before = rows(signed_in)
    again = decode(signed_in.push([command]).body, PushReply)
    assert (again.results, again.seen) == (first.results, first.seen)
    assert rows(signed_in) == before


def test_a_rejection_is_a_result_and_the_others_go_on(signed_in: Scene) -> None:
    foreign = signed_in.organisation.customer(signed_in.organisation.south)
    commands = [note(signed_in), note(signed_in, " "), note(signed_in, "x", foreign.row_id), note(signed_in)]
    assert results_of(signed_in.push(commands)) == [
        ("accepted", None),
        ("rejected", "field_missing"),
        ("rejected", "not_found"),
        ("accepted", None),
    ]


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_bodies_travel_compressed_both_ways(signed_in: Scene, encoding: str) -> None:
    request = encode(PullRequest(**NUMBERS, device=DESK, request=7, epoch=None, cursor={}))
    packed = zstandard.ZstdCompressor().compress(request) if encoding == "zstd" else gzip.compress(request)
    answer = signed_in.caller.post("/sync/pull", packed, Content_Encoding=encoding, Accept_Encoding=encoding)
    assert answer.headers["content-encoding"] == encoding
    unpack = zstandard.ZstdDecompressor().decompress if encoding == "zstd" else gzip.decompress
    assert decode(unpack(answer.body), PullReply).request == 7


def bodies() -> dict[str, bytes]:
    pull: dict[str, object] = {**NUMBERS, "device": DESK, "request": 1, "epoch": None, "cursor": {}}
    push: dict[str, object] = {**NUMBERS, "device": DESK, "request": 1, "mutations": []}
    packer = zstandard.ZstdCompressor()
    pack = msgspec.msgpack.encode
    return {
        "empty": b"",
        "text": b"hello",
        "json": b'{"device": 1}',
        "nil": b"\xc0",
        "an array that claims 4 billion elements": b"\xdd\xff\xff\xff\xff",
        "a map that claims 4 billion elements": b"\xdf\xff\xff\xff\xff",
        "deep": b"\x91" * 100_000,
        "compressed": packer.compress(pack(pull)),
        "a field too few": pack({**NUMBERS, "device": DESK}),
        "a number for the device": pack({**pull, **push, "device": 5}),
        "text for a number": pack({**pull, **push, "request": "1"}),
        "a cursor that is a list": pack({**pull, "cursor": [1], "mutations": [1]}),
        "mids that fall": pack(
            {**push, "mutations": [mutation(2), mutation(1)], "cursor": {"ref": -1}, "epoch": None}
        ),
        "a mid twice": pack(
            {**push, "mutations": [mutation(1), mutation(1)], "cursor": {"ref": 1 << 70 >> 7}}
        ),
        "a mid below one": pack({**push, "mutations": [mutation(0)], "cursor": {"ref": -5}, "epoch": None}),
        "a huge mid": pack({**push, "mutations": [mutation(2**63)], "cursor": {"ref": 2**64 - 1}}),
    }


def mutation(mid: int, command: str = "add_note@1", args: bytes = b"") -> dict[str, object]:
    return {"mid": mid, "command": command, "args": args, "at": NOW}


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull"])
def test_a_malformed_body_is_refused_and_changes_nothing(signed_in: Scene, path: str) -> None:
    before = rows(signed_in)
    for what, body in bodies().items():
        answer = signed_in.caller.post(path, body)
        assert (answer.status, kind_of(answer)) == (400, "malformed"), what
    assert rows(signed_in) == before


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull"])
def test_a_bomb_and_an_endless_body_are_refused(signed_in: Scene, path: str) -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(300_000_000))
    answer = signed_in.caller.post(path, bomb, Content_Encoding="zstd")
    assert (answer.status, kind_of(answer)) == (413, "too_large")
    answer = signed_in.caller.post(path, bytes(9_000_000))
    assert (answer.status, kind_of(answer)) == (413, "too_large")


def test_a_cursor_without_end_is_refused_before_it_is_read(signed_in: Scene) -> None:
    pull = PullRequest(
        **NUMBERS, device=DESK, request=1, epoch=None, cursor={f"x{i}": i for i in range(50_000)}
    )
    packed = zstandard.ZstdCompressor().compress(encode(pull))
    for answer in (
        signed_in.send("/sync/pull", pull),
        signed_in.caller.post("/sync/pull", packed, Content_Encoding="zstd"),
    ):
        assert (answer.status, kind_of(answer)) == (413, "too_large")


def test_e1_a_cursor_of_what_is_not_there_is_told_what_is_lost_or_that_this_is_another_copy(
    signed_in: Scene,
) -> None:
    page = signed_in.pull()
    foreign = f"team:{signed_in.organisation.south.hex()}"
    told = signed_in.pull({**page.cursor, foreign: 3, "": 1, "x\0": 1}, page.epoch)
    assert (told.lost, told.gained, told.tables, told.cursor) == (["", foreign, "x\0"], [], {}, page.cursor)
    for cursor, epoch in (
        ({name: seq + 1 for name, seq in page.cursor.items()}, page.epoch),
        ({"ref": 2**64 - 1}, page.epoch),
        (page.cursor, b"another copy"),
    ):
        asked = PullRequest(**NUMBERS, device=DESK, request=1, epoch=epoch, cursor=cursor)
        answer = signed_in.send("/sync/pull", asked)
        assert (answer.status, kind_of(answer)) == (409, "server_restored")


def test_mutations_that_cannot_be_read_are_rejected_for_good_and_the_next_one_goes_on(
    signed_in: Scene,
) -> None:
    unreadable = [
        ("nothing@1", b"\x80", "unknown_command"),
        ("add_note@99", b"\x80", "unknown_command"),
        ("x" * 100_000, b"\x80", "unknown_command"),
        ("add_note@1", b"", "malformed"),
        ("add_note@1", b"\x80", "malformed"),
        ("add_note@1", b"\xc1", "malformed"),
        ("add_note@1", b"\x91" * 50_000, "malformed"),
        ("record_answers@1", b"\x81\xa7answers" + b"\x81\xa1a" * 50_000, "malformed"),
        ("start_attempt@1", encode(Problem(kind="x")), "malformed"),
    ]
    bad = [
        Mutation(mid=mid, command=command, args=args, at=NOW)
        for mid, (command, args, _) in enumerate(unreadable, start=1)
    ]
    request = PushRequest(**NUMBERS, device=DESK, request=1, mutations=bad)
    results = results_of(signed_in.send("/sync/push", request))
    assert results == [("rejected", kind) for _, _, kind in unreadable]
    assert results_of(signed_in.push([note(signed_in)], first_mid=100)) == [("accepted", None)]


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull"])
def test_a_stranger_hears_why_he_is_refused_even_with_a_large_outbox(scene: Scene, path: str) -> None:
    stranger = Caller(scene.server.address)
    for size in (0, 1, 1_000_000, 8_000_000, 25_000_000):
        answer = stranger.post(path, bytes(size))
        assert (answer.status, kind_of(answer)) == (401, "token_invalid"), size


def test_a_device_speaks_only_in_its_own_name(signed_in: Scene) -> None:
    for device in (bytes(16), b"short", b"", bytes(1000)):
        pull = PullRequest(**NUMBERS, device=device, request=1, epoch=None, cursor={})
        for answer in (signed_in.push([note(signed_in)], device=device), signed_in.send("/sync/pull", pull)):
            assert (answer.status, kind_of(answer)) == (403, "not_permitted"), device
    assert refusals(signed_in) == [("sync_pull", "not_permitted"), ("sync_push", "not_permitted")]


def test_a_cursor_of_another_desk_is_refused_and_put_down(signed_in: Scene) -> None:
    page = signed_in.pull()
    pull = PullRequest(
        **NUMBERS,
        device=DESK,
        request=1,
        epoch=page.epoch,
        cursor={**page.cursor, f"desk:{bytes(16).hex()}": 1},
    )
    for _ in range(3):
        answer = signed_in.send("/sync/pull", pull)
        assert (answer.status, kind_of(answer)) == (403, "not_permitted")
    assert refusals(signed_in) == [("sync_pull", "not_permitted")]


@pytest.mark.parametrize(
    "numbers", [{"protocol": 99, "schema": 1}, {"protocol": 1, "schema": 99}, {"protocol": 0, "schema": 0}]
)
def test_upgrade_needed_blocks_pull_and_never_the_push_of_an_outbox(
    signed_in: Scene, numbers: dict[str, Any]
) -> None:
    pull = PullRequest(**numbers, device=DESK, request=1, epoch=None, cursor={})
    answer = signed_in.send("/sync/pull", pull)
    assert (answer.status, kind_of(answer)) == (426, "upgrade_needed")
    command = note(signed_in)
    mutations = [Mutation(mid=1, command=command.name, args=encode_arguments(command), at=NOW)]
    push = PushRequest(**numbers, device=DESK, request=1, mutations=mutations)
    assert results_of(signed_in.send("/sync/push", push)) == [("accepted", None)]


def test_the_same_mid_with_other_arguments_means_a_cloned_device(signed_in: Scene) -> None:
    signed_in.push([note(signed_in)])
    answer = signed_in.push([note(signed_in)])
    assert (answer.status, kind_of(answer)) == (409, "device_cloned")
    assert refusals(signed_in) == [("sync_push", "device_cloned")]


def test_a_clock_that_is_off_is_clamped_or_refused_never_a_failure(signed_in: Scene) -> None:
    times = [-(2**62), -1, 0, NOW + 10**12, 2**52, 2**62]
    ids = signed_in.organisation.ids
    commands = [AddNote(ids.new(), signed_in.customer_id, "x", at) for at in times]
    refused = ("rejected", "malformed")
    accepted = ("accepted", None)
    assert results_of(signed_in.push(commands)) == [refused, *[accepted] * 4, refused]
    with signed_in.database.read() as connection:
        latest = connection.scalar(select(func.max(activity.c.happened_at)))
    assert latest == NOW


def test_a_pull_goes_on_while_the_writer_is_held_up(signed_in: Scene) -> None:
    with signed_in.database.write(NOW):
        assert signed_in.pull().server_now == NOW


def test_while_the_database_is_held_up_a_desk_is_asked_to_come_back(signed_in: Scene) -> None:
    if not signed_in.database.is_sqlite:
        pytest.skip("who holds up PostgreSQL holds up this test")
    with signed_in.database.write(NOW) as tx:
        tx.connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    command = note(signed_in)
    with closing(sqlite3.connect(str(signed_in.database.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = signed_in.push([command])
        assert (answer.status, kind_of(answer)) == (503, "server_busy")
        assert answer.headers["retry-after"] == "5"
    assert results_of(signed_in.push([command])) == [("accepted", None)]
