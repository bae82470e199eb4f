"""Each message of a round has its own address, and its reply its own shape; what is no message goes nowhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from agent_app.sync.client import MESSAGE, HttpNet, Server
from agent_app.sync.engine import Reply, Request
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import encode
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    ReadyReply,
    ReadyRequest,
    RenewReply,
    RenewRequest,
)
from tests.agent_app.strangers import Stranger, stranger

DEVICE = bytes(range(16))
NUMBERS: dict[str, Any] = {
    "protocol": versions.PROTOCOL,
    "schema": versions.SCHEMA,
    "device": DEVICE,
    "request": 3,
}
MESSAGES: list[tuple[str, Any, Any]] = [
    (
        "/sync/compare",
        CompareRequest(**NUMBERS, partition="ref", seq=4, sums=[(1, 2)]),
        CompareReply(request=3, partition="ref", moved=True, server_now=5),
    ),
    (
        "/sync/device",
        RenewRequest(**NUMBERS, new=DEVICE[::-1]),
        RenewReply(request=3, token="fresh", server_now=5),
    ),
    (
        "/sync/ready",
        ReadyRequest(**NUMBERS, partition="team:" + "ab" * 16),
        ReadyReply(
            request=3,
            partition="team:" + "ab" * 16,
            name="file",
            key=bytes(32),
            size=1,
            sha256="ab" * 32,
            rows=1,
            seq=1,
            seen=[],
            server_now=5,
        ),
    ),
]


@pytest.fixture
def other() -> Iterator[Stranger]:
    with stranger() as one:
        yield one


@pytest.fixture
def way(other: Stranger) -> Iterator[Server]:
    """The way to the stranger."""
    net = HttpNet(other.address)
    yield Server(net)
    net.close()


@pytest.mark.parametrize(("path", "request_", "reply"), MESSAGES, ids=[path for path, _, _ in MESSAGES])
def test_a_message_goes_to_its_own_address_and_is_counted(
    other: Stranger, way: Server, path: str, request_: Request, reply: Reply
) -> None:
    other.says(200, MESSAGE, encode(reply))
    way.use_token("secret")
    assert way.exchange(request_) == reply
    ((method, asked, headers, _),) = other.heard
    assert (method, asked, headers["authorization"]) == ("POST", path, "Bearer secret")
    assert way.received == len(encode(reply))


def test_p2_a_device_with_another_token_speaks_in_its_name_from_then_on(other: Stranger, way: Server) -> None:
    path, request, reply = MESSAGES[0]
    other.says(200, MESSAGE, encode(reply))
    for token in ("old", "new"):
        way.use_token(token)
        way.exchange(request)
    assert [headers["authorization"] for _, _, headers, _ in other.heard] == ["Bearer old", "Bearer new"]
    assert path == "/sync/compare"


def test_the_reply_to_another_message_is_not_taken(other: Stranger, way: Server) -> None:
    other.says(200, MESSAGE, encode(MESSAGES[1][2]))
    with pytest.raises(KnownError) as refused:
        way.exchange(MESSAGES[0][1])
    assert refused.value.kind is ErrorKind.MALFORMED


def test_e4_that_a_desk_is_wiped_is_said_once_and_nobody_has_to_hear_it(other: Stranger, way: Server) -> None:
    way.use_token("secret")
    way.say_wiped()
    ((method, path, headers, _),) = other.heard
    assert (method, path, headers["authorization"]) == ("POST", "/api/v1/wiped", "Bearer secret")
    other.says(500, "text/plain", b"")
    way.say_wiped()
    Server(HttpNet("http://127.0.0.1:1")).say_wiped()
