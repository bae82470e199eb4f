"""What the carrier makes of whatever a server, or what stands in its place, answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import SEALED_BLOCK, Reply
from agent_app.store.attachments import FileState, LocalFile
from agent_app.sync.attachments import Ask, Check, Checked, Fetch, Fetched, Request, Send, Standing
from agent_app.sync.carrier import Carrier
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import encode
from server_sync.domain.wire.messages import Problem
from tests.agent_app.sync.attachments.road import photo

CONTENT = photo(2 * SEALED_BLOCK + 100)
NAME = bytes(range(16))


@dataclass
class Answers:
    """A Net that gives these answers one after the other and notes what was asked."""

    answers: list[Reply]
    asked: list[tuple[str, str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        self.asked.append((method, path, body, headers or {}))
        return self.answers.pop(0)


@pytest.fixture
def files(tmp_path: Path) -> SealedFolder:
    return SealedFolder(tmp_path)


def local(files: SealedFolder, size: int = len(CONTENT)) -> LocalFile:
    return LocalFile(NAME, NAME, "file", bytes(32), FileState.SENDING, size, "0" * 64)


def told(offset: object, size: object = len(CONTENT), **more: str) -> Reply:
    headers = {"upload-offset": str(offset), "upload-length": str(size)} | more
    return Reply(200, b"", {name.replace("_", "-"): value for name, value in headers.items()})


def refused(files: SealedFolder, request: Request, reply: Reply) -> ErrorKind:
    with pytest.raises(KnownError) as caught:
        Carrier(Answers([reply]), files).carry_out(request)
    return caught.value.kind


def test_f1_a_server_is_asked_in_the_shape_of_tus(files: SealedFolder) -> None:
    file = local(files)
    files.write(file.name, file.key, 0, CONTENT)
    net = Answers([told(7), told(SEALED_BLOCK + 5), told(len(CONTENT), upload_complete="?1")])
    carrier = Carrier(net, files)
    assert carrier.carry_out(Ask(1, file)) == Standing(1, 7, complete=False)
    assert carrier.carry_out(Send(2, file, 7, SEALED_BLOCK - 2)) == Standing(
        2, SEALED_BLOCK + 5, complete=False
    )
    assert carrier.carry_out(Send(3, file, len(CONTENT), 0)) == Standing(3, len(CONTENT), complete=True)
    path = f"/sync/attachments/{NAME.hex()}"
    tus = {"Tus-Resumable": "1.0.0"}
    piece = {**tus, "Content-Type": "application/offset+octet-stream"}
    assert net.asked == [
        ("HEAD", path, b"", tus),
        ("PATCH", path, CONTENT[7 : SEALED_BLOCK + 5], {**piece, "Upload-Offset": "7"}),
        ("PATCH", path, b"", {**piece, "Upload-Offset": str(len(CONTENT))}),
    ]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(200, b"<html>", {"content-type": "text/html"}), ErrorKind.NOT_A_SERVER),
        (told("x"), ErrorKind.NOT_A_SERVER),
        (told(1, "y"), ErrorKind.NOT_A_SERVER),
        (told(1, 5), ErrorKind.FILE_DAMAGED),
        (told(-1), ErrorKind.FILE_DAMAGED),
        (told(len(CONTENT) + 1), ErrorKind.FILE_DAMAGED),
        (Reply(401, b""), ErrorKind.TOKEN_INVALID),
        (Reply(403, b""), ErrorKind.ACCOUNT_DISABLED),
        (Reply(404, b""), ErrorKind.NOT_FOUND),
        (Reply(409, b""), ErrorKind.OFFSET_WRONG),
        (Reply(418, b""), ErrorKind.NOT_A_SERVER),
        (Reply(502, b"<html>", {"content-type": "text/html"}), ErrorKind.SERVER_FAILED),
        (Reply(503, b""), ErrorKind.SERVER_BUSY),
        (Reply(500, b"\xc1", {"content-type": "application/msgpack"}), ErrorKind.SERVER_FAILED),
        (
            Reply(400, encode(Problem(kind="of_a_later_version")), {"content-type": "application/msgpack"}),
            ErrorKind.NOT_A_SERVER,
        ),
        (
            Reply(
                415,
                encode(Problem(kind="file_type_refused", values={"found": "x"})),
                {"content-type": "application/msgpack"},
            ),
            ErrorKind.FILE_TYPE_REFUSED,
        ),
    ],
)
def test_whatever_answers_is_an_error_that_says_what_to_do(
    files: SealedFolder, reply: Reply, kind: ErrorKind
) -> None:
    assert refused(files, Ask(1, local(files)), reply) is kind


def test_f1_a_piece_that_is_not_there_is_never_sent(files: SealedFolder) -> None:
    file = local(files)
    files.write(file.name, file.key, 0, CONTENT[:100])
    net = Answers([])
    for request in (Send(1, file, 0, 200), Send(2, file, SEALED_BLOCK, 10)):
        with pytest.raises(KnownError) as caught:
            Carrier(net, files).carry_out(request)
        assert caught.value.kind is ErrorKind.FILE_DAMAGED
    assert net.asked == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(200, CONTENT), ErrorKind.FILE_DAMAGED),
        (Reply(206, b"x" * 50, {"content-range": f"bytes 0-49/{len(CONTENT) + 1}"}), ErrorKind.FILE_DAMAGED),
        (Reply(206, b"x" * 50, {"content-range": f"bytes 1-50/{len(CONTENT)}"}), ErrorKind.FILE_DAMAGED),
        (Reply(206, b"x" * 49, {"content-range": f"bytes 0-49/{len(CONTENT)}"}), ErrorKind.OFFLINE),
        (Reply(404, b""), ErrorKind.NOT_FOUND),
    ],
)
def test_f1_what_was_not_asked_for_is_never_kept(files: SealedFolder, reply: Reply, kind: ErrorKind) -> None:
    assert refused(files, Fetch(1, local(files), 0, 50), reply) is kind
    assert files.names() == set()


def test_f1_a_range_is_sealed_where_it_belongs(files: SealedFolder) -> None:
    file = local(files)
    files.write(file.name, file.key, 0, CONTENT[:SEALED_BLOCK])
    last = len(CONTENT) - 1
    piece = CONTENT[SEALED_BLOCK:]
    reply = Reply(206, piece, {"content-range": f"bytes {SEALED_BLOCK}-{last}/{len(CONTENT)}"})
    net = Answers([reply])
    assert Carrier(net, files).carry_out(Fetch(4, file, SEALED_BLOCK, len(piece))) == Fetched(4, len(CONTENT))
    assert net.asked[0][3] == {"Range": f"bytes={SEALED_BLOCK}-{last}"}
    assert files.read(file.name, file.key, 0, len(CONTENT)) == CONTENT


def test_f1_a_file_that_cannot_be_read_is_not_intact_and_trouble_of_the_disk_is_said(
    files: SealedFolder, tmp_path: Path
) -> None:
    file = local(files)
    assert Carrier(Answers([]), files).carry_out(Check(1, file)) == Checked(1, intact=False)
    files.write(file.name, file.key, 0, CONTENT[: SEALED_BLOCK + 3])
    assert Carrier(Answers([]), files).carry_out(Check(2, file)) == Checked(2, intact=False)
    (tmp_path / "file").unlink()
    (tmp_path / "file").mkdir()
    with pytest.raises(KnownError) as caught:
        Carrier(Answers([]), files).carry_out(Check(3, file))
    assert caught.value.kind is ErrorKind.STORE_UNREADABLE
