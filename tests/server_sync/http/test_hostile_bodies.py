"""Bodies with any of their bytes wrong: each is answered by its kind, none fails the server."""

import gzip

import pytest
import zstandard

from server_sync.demo.chance import draw, pick
from server_sync.doctor.examination import examine
from server_sync.domain.commands import AddNote, Command, SetPresence, StartAttempt
from server_sync.domain.errors import ErrorKind
from server_sync.domain.wire.codec import decode, encode, encode_arguments
from server_sync.domain.wire.dictionary import WORDS
from server_sync.domain.wire.messages import Mutation, PullRequest, PushReply, PushRequest
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene
from tests.server_sync.organisation import NOW

ROUNDS = 150
# The first bytes of msgpack's types, small and huge, and of nothing at all.
HEADS = [
    b"\x00",
    b"\xc0",
    b"\xc1",
    b"\xc2",
    b"\xc6\xff\xff\xff\xff",
    b"\xc7\x08\xff",
    b"\xca\x7f\xc0\x00\x00",
]
HEADS += [b"\xcb\x7f\xf8" + bytes(6), b"\xcf" + b"\xff" * 8, b"\xd3\x80" + bytes(7), b"\xd6\xff" + bytes(4)]
HEADS += [b"\xdb\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\x91" * 2000]
HEADS += [b"\xa3\xed\xa0\x80", b"\xa1\xff", b"\xa1\x00"]


def spoilt(body: bytes, path: str, turn: int) -> bytes:
    """The body with one thing wrong."""
    at = draw(len(body), path, "at", turn)
    match draw(5, path, "how", turn):
        case 0:
            return body[:at]
        case 1:
            return body[:at] + bytes([draw(256, path, "byte", turn)]) + body[at + 1 :]
        case 2:
            return body[:at] + pick(HEADS, path, "head", turn) + body[at + 1 :]
        case 3:
            return body[:at] + body[draw(len(body), path, "from", turn) :]
        case _:
            return body[: at + 1] + body[at // 2 :]


def whole(scene: Scene, path: str, turn: int) -> bytes:
    """A body as a desk sends it; what is sent under a number is never the same."""
    new_id = scene.organisation.ids.new
    assert scene.agent.person_id is not None
    if path == "/sync/pull":
        return encode(PullRequest(**NUMBERS, device=DESK, request=turn, epoch=new_id(), cursor={}))
    commands: list[Command] = [
        AddNote(new_id(), scene.customer_id, "记一笔", NOW, scene.task_id),
        StartAttempt(new_id(), scene.task_id, scene.customer_id, None, "phone", NOW),
        SetPresence(scene.agent.person_id, "break", "meal", NOW),
    ]
    mutations = [
        Mutation(mid=turn * 10 + place, command=command.name, args=encode_arguments(command), at=NOW)
        for place, command in enumerate(commands)
    ]
    return encode(PushRequest(**NUMBERS, device=DESK, request=turn, mutations=mutations))


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull"])
def test_a_spoilt_body_is_answered_by_its_kind_and_harms_nothing(signed_in: Scene, path: str) -> None:
    statuses = set()
    for turn in range(1, ROUNDS):
        answer = signed_in.caller.post(path, spoilt(whole(signed_in, path, turn), path, turn))
        statuses.add(answer.status)
        if path == "/sync/push" and answer.status == 200:
            kinds = {result.kind for result in decode(answer.body, PushReply).results}
            assert ErrorKind.SERVER_FAILED not in kinds
    assert statuses <= {200, 400, 403, 409, 413, 426}
    assert {200, 400} <= statuses
    assert signed_in.caller.get("/healthz").status == 200
    assert examine(signed_in.database, NOW).findings == []


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "zstd+"])
def test_a_spoilt_compressed_body_is_malformed(signed_in: Scene, encoding: str) -> None:
    words = zstandard.ZstdCompressionDict(WORDS, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    pack = {
        "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
        "zstd+": zstandard.ZstdCompressor(write_checksum=True, dict_data=words).compress,
        "gzip": gzip.compress,
    }[encoding]
    for turn in range(1, ROUNDS):
        body = pack(whole(signed_in, "/sync/pull", turn))
        wrong = spoilt(body, encoding, turn)
        answer = signed_in.caller.post("/sync/pull", wrong, Content_Encoding=encoding)
        assert answer.status in (200, 400, 413), wrong
        assert wrong != body or answer.status == 200
