"""HTTP to the server: whole messages or a KnownError, whatever answers; real servers and real strangers."""

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from agent_app.sync.client import LARGEST_REPLY, MESSAGE, HttpNet, Server
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.dictionary import CODING, WORDS, of_reply
from server_sync.domain.wire.messages import (
    Problem,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
)
from server_sync.store.database import Database
from tests.agent_app.strangers import Stranger, stranger
from tests.servers import PASSWORD, ServerProcess, add_person

DEVICE = bytes(range(16))
NUMBERS: dict[str, Any] = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}
PULL = PullRequest(**NUMBERS, device=DEVICE, request=7, epoch=None, cursor={})
REPLY = PushReply(request=1, results=[], server_now=5)


@pytest.fixture
def other() -> Iterator[Stranger]:
    with stranger() as one:
        yield one


@pytest.fixture
def net(other: Stranger) -> Iterator[HttpNet]:
    """The way to the stranger."""
    made = HttpNet(other.address)
    yield made
    made.close()


def with_words(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def refusal(net: HttpNet, request: PushRequest | PullRequest = PULL) -> KnownError:
    with pytest.raises(KnownError) as caught:
        Server(net).exchange(request)
    return caught.value


def test_a_desk_signs_in_and_pulls_and_pushes(live_sqlite_server: ServerProcess) -> None:
    database = Database(live_sqlite_server.database_url)
    person_id = add_person(database)
    database.close()
    net = HttpNet(live_sqlite_server.address + "/")
    server = Server(net)
    assert refusal(net).kind is ErrorKind.TOKEN_INVALID
    granted = server.sign_in("agent01", PASSWORD, DEVICE, "桌面")
    assert (granted.person.id, granted.person.role) == (person_id.hex(), Role.AGENT)
    assert net.token == granted.token
    pulled = server.exchange(PULL)
    assert isinstance(pulled, PullReply)
    assert (pulled.request, "person" in pulled.tables) == (7, True)
    pushed = server.exchange(PushRequest(**NUMBERS, device=DEVICE, request=8, mutations=[]))
    assert isinstance(pushed, PushReply)
    assert (pushed.request, pushed.results) == (8, [])
    net.close()


def test_the_live_stream_says_that_something_moved(live_sqlite_server: ServerProcess) -> None:
    database = Database(live_sqlite_server.database_url)
    add_person(database)
    database.close()
    net = HttpNet(live_sqlite_server.address)
    with pytest.raises(KnownError) as caught:
        next(iter(net.hints("/sync/live")))
    assert (caught.value.kind, caught.value.values) == (ErrorKind.OFFLINE, {"status": 401})
    Server(net).sign_in("agent01", PASSWORD, DEVICE, "桌面")
    lines = net.hints("/sync/live")
    first = next(line for line in lines if line)
    assert "ref" in json.loads(first.removeprefix(b"data:"))
    live_sqlite_server.kill()
    with pytest.raises(KnownError) as caught:
        list(lines)
    assert caught.value.kind is ErrorKind.OFFLINE
    net.close()


@pytest.mark.parametrize(
    ("says", "seconds"), [("7", 7), ("", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("9" * 99, 0)]
)
def test_l3_a_stream_for_which_there_is_no_room_says_for_how_long_to_wait(
    net: HttpNet, other: Stranger, says: str, seconds: int
) -> None:
    other.says(503, "text/plain", b"", Retry_After=says)
    with pytest.raises(KnownError) as caught:
        list(net.hints("/sync/live"))
    assert (caught.value.kind, caught.value.values) == (ErrorKind.SERVER_BUSY, {"seconds": seconds})


def test_a_page_in_place_of_the_stream_is_being_offline(net: HttpNet) -> None:
    with pytest.raises(KnownError) as caught:
        list(net.hints("/sync/live"))
    assert caught.value.kind is ErrorKind.OFFLINE


def test_nobody_at_the_address_is_being_offline() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        net = HttpNet(f"http://127.0.0.1:{taken.getsockname()[1]}")
        assert refusal(net).kind is ErrorKind.OFFLINE
    assert refusal(HttpNet("http://no-such-host.invalid")).kind is ErrorKind.OFFLINE


def test_a_reply_that_breaks_off_is_being_offline(other: Stranger, net: HttpNet) -> None:
    other.says(200, MESSAGE, encode(REPLY))
    other.length = len(other.body) + 1
    assert refusal(net).kind is ErrorKind.OFFLINE


def test_a_message_goes_out_packed_and_with_the_token(other: Stranger, net: HttpNet) -> None:
    net.token = "secret"
    push = PushRequest(**NUMBERS, device=DEVICE, request=1, mutations=[])
    packer = zstandard.ZstdCompressor(dict_data=with_words(of_reply(encode(push))))
    other.says(200, MESSAGE, packer.compress(encode(REPLY)), Content_Encoding=CODING)
    assert Server(net).exchange(push) == REPLY
    ((method, path, headers, body),) = other.heard
    assert (method, path) == ("POST", "/sync/push")
    assert headers["authorization"] == "Bearer secret"
    assert (headers["content-type"], headers["content-encoding"]) == (MESSAGE, CODING)
    assert decode(zstandard.ZstdDecompressor(with_words(WORDS)).decompress(body), PushRequest) == push


def test_l1_nothing_is_said_that_nobody_needs(other: Stranger, net: HttpNet) -> None:
    net.token = "secret"
    other.says(200, MESSAGE, encode(REPLY))
    Server(net).exchange(PushRequest(**NUMBERS, device=DEVICE, request=1, mutations=[]))
    ((_, _, headers, _),) = other.heard
    assert set(headers) == {"host", "content-type", "content-encoding", "content-length", "authorization"}


def test_a_plain_reply_is_read_as_well(other: Stranger, net: HttpNet) -> None:
    other.says(200, MESSAGE, encode(REPLY))
    assert Server(net).exchange(PushRequest(**NUMBERS, device=DEVICE, request=1, mutations=[])) == REPLY


@pytest.mark.parametrize(
    ("status", "kind", "body", "expected"),
    [
        (200, "text/html", b"<h1>Welcome</h1>", ErrorKind.NOT_A_SERVER),
        (404, "text/html", b"<h1>Not here</h1>", ErrorKind.NOT_A_SERVER),
        (502, "text/html", b"<h1>Bad gateway</h1>", ErrorKind.SERVER_FAILED),
        (503, MESSAGE, encode(Problem(kind="server_busy", values={"seconds": 5})), ErrorKind.SERVER_BUSY),
        (401, MESSAGE, encode(Problem(kind="token_invalid")), ErrorKind.TOKEN_INVALID),
        (426, MESSAGE, encode(Problem(kind="upgrade_needed")), ErrorKind.UPGRADE_NEEDED),
        (400, MESSAGE, encode(Problem(kind="of_a_newer_server")), ErrorKind.NOT_A_SERVER),
        (500, MESSAGE, b"\xc1", ErrorKind.SERVER_FAILED),
        (200, MESSAGE, b"\xc1", ErrorKind.MALFORMED),
    ],
)
def test_whatever_answers_has_one_name(
    other: Stranger, net: HttpNet, status: int, kind: str, body: bytes, expected: ErrorKind
) -> None:
    other.says(status, kind, body)
    assert refusal(net).kind is expected


def test_the_values_of_a_problem_arrive(other: Stranger, net: HttpNet) -> None:
    other.says(503, MESSAGE, encode(Problem(kind="server_busy", values={"seconds": 5})))
    assert refusal(net).values == {"seconds": 5}


def test_a_redirection_is_never_followed_with_the_token(other: Stranger, net: HttpNet) -> None:
    net.token = "secret"
    with stranger() as elsewhere:
        other.says(307, "text/html", b"", Location=f"{elsewhere.address}/sync/pull")
        assert refusal(net).kind is ErrorKind.NOT_A_SERVER
        assert elsewhere.heard == []


def test_a_torn_packing_is_as_good_as_no_reply(other: Stranger, net: HttpNet) -> None:
    whole = zstandard.compress(encode(REPLY))
    other.says(200, MESSAGE, whole[:-3], Content_Encoding=CODING)
    assert refusal(net).kind is ErrorKind.OFFLINE
    other.says(200, MESSAGE, b"not packed", Content_Encoding=CODING)
    assert refusal(net).kind is ErrorKind.OFFLINE


@pytest.mark.parametrize("says_its_size", [True, False])
def test_a_small_reply_cannot_unpack_into_all_memory(
    other: Stranger, net: HttpNet, says_its_size: bool
) -> None:
    packer = zstandard.ZstdCompressor(write_content_size=says_its_size)
    bomb = packer.compress(bytes(LARGEST_REPLY + 1))
    assert len(bomb) < 10_000
    other.says(200, MESSAGE, bomb, Content_Encoding=CODING)
    assert refusal(net).kind in (ErrorKind.MALFORMED, ErrorKind.OFFLINE)


def certificate_of_this_machine(folder: Path) -> tuple[Path, Path]:
    """A certificate that no authority has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(made.public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate_file, key_file


def test_an_unknown_certificate_is_being_offline_and_hears_nothing(tmp_path: Path) -> None:
    certificate, key = certificate_of_this_machine(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with stranger() as one:
        one.socket = context.wrap_socket(one.socket, server_side=True)
        one.says(200, MESSAGE, encode(REPLY))
        address = one.address.replace("http:", "https:")
        unknown, known = HttpNet(address), HttpNet(address, certificate=str(certificate))
        assert refusal(unknown).kind is ErrorKind.OFFLINE
        assert one.heard == []
        push = PushRequest(**NUMBERS, device=DEVICE, request=1, mutations=[])
        assert Server(known).exchange(push) == REPLY
        unknown.close()
        known.close()
