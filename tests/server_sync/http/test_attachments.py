"""The bytes of attachments over HTTP, a real server and a folder: resumed, verified, refused; who gets them."""

import hashlib
import socket
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from server_sync.domain.commands import AddAttachment, ReassignTask, RemoveAttachment
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Role
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Problem
from server_sync.http import limits
from server_sync.store.tables import audit, job
from tests.deciding import run_command
from tests.server_sync.http.conftest import Scene, results_of
from tests.server_sync.organisation import NOW, CountedIds
from tests.servers import Answer, Caller, add_person

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20
SEND = {"Tus_Resumable": "1.0.0", "Content_Type": "application/offset+octet-stream"}
IDS = CountedIds(9)


def announce(scene: Scene, content: bytes = JPEG, mid: int = 1, **other: Any) -> str:
    """Push the row of a photo; returns its path."""
    sha256 = hashlib.sha256(content).hexdigest()
    row = AddAttachment(
        IDS.new(), scene.customer_id, "photo", "现场.jpg", "image/jpeg", len(content), sha256, NOW
    )
    assert results_of(scene.push([replace(row, **other)], mid)) == [("accepted", None)]
    return f"/sync/attachments/{row.attachment_id.hex()}"


def send(caller: Caller, path: str, offset: int, piece: bytes, **headers: str) -> Answer:
    return caller.send("PATCH", path, piece, Upload_Offset=str(offset), **{**SEND, **headers})


def ask(caller: Caller, path: str) -> tuple[int, str | None, str | None]:
    answer = caller.send("HEAD", path, b"", Tus_Resumable="1.0.0")
    return answer.status, answer.headers.get("upload-offset"), answer.headers.get("upload-complete")


def problem(answer: Answer) -> tuple[int, str, dict[str, Any]]:
    told = decode(answer.body, Problem)
    return answer.status, told.kind, told.values


def another(scene: Scene, login: str, role: Role, team: str) -> Caller:
    """Somebody else, signed in at his own desk."""
    add_person(scene.database, login, role=role, team=team, clock=scene.clock)
    caller = Caller(scene.server.address)
    assert caller.sign_in(login, device=IDS.new()).status == 200
    return caller


def state(scene: Scene) -> list[str]:
    table = scene.pull().tables["attachment"]
    return [row[table.columns.index("state")] for row in table.rows]


def test_f1_a_file_goes_up_piece_by_piece_and_comes_back_whole(signed_in: Scene) -> None:
    path = announce(signed_in)
    assert ask(signed_in.caller, path) == (200, "0", "?0")
    middle = 1_000
    first = send(signed_in.caller, path, 0, JPEG[:middle])
    assert (first.status, first.headers["upload-offset"], first.headers["tus-resumable"]) == (
        204,
        "1000",
        "1.0.0",
    )
    assert state(signed_in) == ["announced"]
    last = send(signed_in.caller, path, middle, JPEG[middle:])
    assert (last.status, last.headers["upload-complete"]) == (204, "?1")
    assert state(signed_in) == ["complete"]
    assert ask(signed_in.caller, path) == (200, str(len(JPEG)), "?1")
    whole = signed_in.caller.get(path)
    assert (whole.status, whole.body) == (200, JPEG)
    assert whole.headers["content-disposition"] == "attachment"
    assert whole.headers["content-type"] == "application/octet-stream"
    assert whole.headers["x-content-type-options"] == "nosniff"


def test_f1_the_end_may_be_sent_again(signed_in: Scene) -> None:
    path = announce(signed_in)
    for _ in range(2):
        send(signed_in.caller, path, 0, JPEG)
    assert send(signed_in.caller, path, len(JPEG), b"").status == 204
    again = send(signed_in.caller, path, 0, JPEG)
    assert problem(again) == (409, ErrorKind.OFFSET_WRONG, {"offset": len(JPEG)})
    assert state(signed_in) == ["complete"]


def test_f1_a_wrong_offset_is_told_the_right_one(signed_in: Scene) -> None:
    path = announce(signed_in)
    send(signed_in.caller, path, 0, JPEG[:100])
    for wrong in (0, 99, 101):
        told = problem(send(signed_in.caller, path, wrong, JPEG[wrong : wrong + 10]))
        assert told == (409, ErrorKind.OFFSET_WRONG, {"offset": 100})


def test_f1_bytes_of_another_sum_never_become_complete(signed_in: Scene) -> None:
    path = announce(signed_in)
    answer = send(signed_in.caller, path, 0, JPEG[:-1] + b"\0")
    assert problem(answer)[:2] == (460, ErrorKind.FILE_DAMAGED)
    assert ask(signed_in.caller, path) == (200, "0", "?0")
    assert state(signed_in) == ["announced"]
    assert signed_in.caller.get(path).status == 404
    assert send(signed_in.caller, path, 0, JPEG).headers["upload-complete"] == "?1"
    with signed_in.database.read() as connection:
        told = connection.execute(
            select(audit.c.status, audit.c.kind).where(audit.c.command == "complete_attachment@1")
        ).all()
    assert [tuple(row) for row in told] == [("rejected", "file_damaged"), ("accepted", None)]


@pytest.mark.parametrize("content", [b"MZ" + bytes(3_000), b"<html><script>" + b"x" * 3_000, b"\xff"])
def test_f1_what_is_not_of_its_type_is_refused_as_soon_as_it_is_seen(
    signed_in: Scene, content: bytes
) -> None:
    path = announce(signed_in, content)
    answer = send(signed_in.caller, path, 0, content[:600])
    assert problem(answer)[:2] == (415, ErrorKind.FILE_TYPE_REFUSED)
    assert ask(signed_in.caller, path) == (200, "0", "?0")


def test_f1_more_than_was_announced_or_than_a_piece_may_have_is_refused(signed_in: Scene) -> None:
    path = announce(signed_in)
    assert problem(send(signed_in.caller, path, 0, JPEG + b"x"))[:2] == (413, ErrorKind.TOO_LARGE)
    assert problem(send(signed_in.caller, path, 1 << 40, b"x"))[:2] == (413, ErrorKind.TOO_LARGE)
    large = JPEG + bytes(2 * limits.PIECE_BYTES)
    path = announce(signed_in, large, mid=2)
    told = problem(send(signed_in.caller, path, 0, large[: limits.PIECE_BYTES + 1]))
    assert told == (413, ErrorKind.TOO_LARGE, {"most": limits.PIECE_BYTES})
    assert ask(signed_in.caller, path) == (200, "0", "?0")


def test_f1_a_file_above_the_limit_is_refused_with_its_row(signed_in: Scene) -> None:
    row = AddAttachment(
        IDS.new(), signed_in.customer_id, "photo", "a.jpg", "image/jpeg", 21 << 20, "0" * 64, NOW
    )
    assert results_of(signed_in.push([row])) == [("rejected", ErrorKind.ATTACHMENT_TOO_LARGE)]
    assert ask(signed_in.caller, f"/sync/attachments/{row.attachment_id.hex()}")[0] == 404


@pytest.mark.parametrize("share", [0, 1, 499, 500, 3_000, len(JPEG) - 1])
def test_f1_what_arrived_of_a_torn_piece_stays(signed_in: Scene, share: int) -> None:
    path = announce(signed_in)
    place = urlsplit(signed_in.server.address)
    head = (
        f"PATCH {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {signed_in.caller.token}\r\n"
        "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
        f"Content-Length: {len(JPEG)}\r\n\r\n"
    )
    with socket.create_connection((place.hostname or "", place.port or 0)) as line:
        line.sendall(head.encode() + JPEG[:share])
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
    status, offset, complete = ask(signed_in.caller, path)
    assert (status, complete) == (200, "?0")
    assert int(offset or -1) <= share
    reached = int(offset or 0)
    rest = send(signed_in.caller, path, reached, JPEG[reached:])
    if rest.status == 409:  # the server was still at the torn piece
        reached = problem(rest)[2]["offset"]
        assert reached <= share
        rest = send(signed_in.caller, path, reached, JPEG[reached:])
    assert (rest.status, rest.headers["upload-complete"]) == (204, "?1")
    assert signed_in.caller.get(path).body == JPEG


def test_s3_only_who_may_see_the_customer_gets_the_file_and_only_its_author_sends_it(
    signed_in: Scene,
) -> None:
    path = announce(signed_in)
    lead = another(signed_in, "lead01", Role.SUPERVISOR, "北区")
    colleague = another(signed_in, "agent02", Role.AGENT, "北区")
    stranger = another(signed_in, "lead02", Role.SUPERVISOR, "南区")
    assert ask(lead, path)[0] == 200
    assert problem(send(lead, path, 0, JPEG))[:2] == (403, ErrorKind.NOT_PERMITTED)
    for other in (colleague, stranger):
        assert ask(other, path)[0] == 404
        assert problem(send(other, path, 0, JPEG))[:2] == (404, ErrorKind.NOT_FOUND)
    send(signed_in.caller, path, 0, JPEG)
    assert lead.get(path).body == JPEG
    for other in (colleague, stranger):
        assert problem(other.get(path))[:2] == (404, ErrorKind.NOT_FOUND)
    assert Caller(signed_in.server.address).get(path).status == 401


def test_l2_a_file_that_was_recorded_goes_up_after_its_dossier_has_left_and_is_not_given_back(
    signed_in: Scene,
) -> None:
    path = announce(signed_in)
    send(signed_in.caller, path, 0, JPEG[:100])
    organisation = signed_in.organisation
    colleague = organisation.north_agents[0]
    moved = ReassignTask(IDS.new(), signed_in.task_id, signed_in.customer_id, colleague.person_id, NOW)
    run_command(signed_in.database, organisation.north_lead, moved, NOW)
    assert ask(signed_in.caller, path) == (200, "100", "?0")
    assert send(signed_in.caller, path, 100, JPEG[100:]).headers["upload-complete"] == "?1"
    assert signed_in.caller.get(path).status == 404


def test_a_file_that_was_taken_back_is_not_found_and_its_bytes_go(signed_in: Scene) -> None:
    path = announce(signed_in)
    send(signed_in.caller, path, 0, JPEG)
    attachment_id = bytes.fromhex(path.rpartition("/")[2])
    signed_in.push([RemoveAttachment(attachment_id, signed_in.customer_id, NOW)], 2)
    assert signed_in.caller.get(path).status == 404
    assert ask(signed_in.caller, path)[0] == 404
    assert send(signed_in.caller, path, 0, JPEG).status == 404
    with signed_in.database.read() as connection:
        waiting = connection.execute(
            select(job.c.payload).where(job.c.kind == "remove_attachment_bytes")
        ).scalars()
        assert list(waiting) == [{"attachment": attachment_id.hex()}]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=5-", 5, None), ("bytes=-7", -7, None), ("bytes=10-99999999", 10, None)],
)
def test_f1_a_range_is_given_alone(signed_in: Scene, asked: str, first: int, last: int | None) -> None:
    path = announce(signed_in)
    send(signed_in.caller, path, 0, JPEG)
    answer = signed_in.caller.get(path, Range=asked)
    wanted = JPEG[first:] if last is None else JPEG[first : last + 1]
    start = first % len(JPEG)
    assert (answer.status, answer.body) == (206, wanted)
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(JPEG)}"


@pytest.mark.parametrize(
    "asked", ["bytes=99999999-", "bytes=9-5", "bytes=-0", "bytes=0-1,3-4", "items=0-1", "bytes=-", "x"]
)
def test_a_range_that_cannot_be_given_is_416(signed_in: Scene, asked: str) -> None:
    path = announce(signed_in)
    send(signed_in.caller, path, 0, JPEG)
    answer = signed_in.caller.get(path, Range=asked)
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(JPEG)}")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Content_Type": "application/json"}, 415),
        ({"Content_Encoding": "gzip"}, 415),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "1e3"}, 400),
        ({"Upload_Offset": "٣"}, 400),
        ({"Upload_Offset": "9" * 40}, 400),
    ],
)
def test_headers_that_are_none_of_tus_are_refused(
    signed_in: Scene, headers: dict[str, str], status: int
) -> None:
    path = announce(signed_in)
    sent = {"Upload_Offset": "0", **SEND, **headers}
    sent = {name: value.encode().decode("latin-1") for name, value in sent.items()}
    assert signed_in.caller.send("PATCH", path, JPEG, **sent).status == status


@pytest.mark.parametrize(
    "name", ["x", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "..%2f..%2fetc%2fpasswd", "0" * 32]
)
def test_a_path_that_names_no_file_is_not_found(signed_in: Scene, name: str) -> None:
    for method in ("GET", "HEAD", "PATCH"):
        answer = signed_in.caller.send(method, f"/sync/attachments/{name}", b"", Upload_Offset="0", **SEND)
        assert answer.status == 404, method


def test_what_is_spoken_is_told_without_a_sign_in(scene: Scene) -> None:
    answer = scene.caller.send("OPTIONS", f"/sync/attachments/{'0' * 32}", b"")
    assert (answer.status, answer.headers["tus-version"]) == (204, "1.0.0")
    for method in ("GET", "HEAD", "PATCH"):
        assert scene.caller.send(method, f"/sync/attachments/{'0' * 32}", b"").status == 401


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(offset=st.text(alphabet="0123456789-+ .ex", max_size=20), piece=st.binary(max_size=2_000))
def test_any_bytes_at_any_offset_are_answered_and_never_complete_a_file(
    signed_in: Scene, offset: str, piece: bytes
) -> None:
    known = signed_in.__dict__.setdefault("path", None) or announce(signed_in)
    signed_in.__dict__["path"] = known
    sent = {**SEND, "Upload_Offset": offset}
    assert signed_in.caller.send("PATCH", known, piece, **sent).status < 500
    assert ask(signed_in.caller, known)[2] == "?0"
