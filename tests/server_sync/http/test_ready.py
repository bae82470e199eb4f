"""Ready files over HTTP (SYNC L4): fetched whole, by ranges and again from where a line was torn; never a 5xx."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server_sync.domain.model import Role
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Problem, ReadyReply, ReadyRequest
from server_sync.store import partitions
from server_sync.store.changes import write
from server_sync.sync import ready
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene
from tests.server_sync.organisation import NOW
from tests.servers import Answer, Caller, add_person

OTHER = bytes(range(1, 17))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small desk is large enough here."""
    monkeypatch.setattr(ready, "LEAST_ROWS", 1)


def ask(scene: Scene) -> ReadyReply:
    """The file of the agent's own desk."""
    name = partitions.desk(scene.agent.person_id or b"")
    answer = scene.send("/sync/ready", ReadyRequest(**NUMBERS, device=DESK, request=3, partition=name))
    assert answer.status == 200, answer.body
    return decode(answer.body, ReadyReply)


def fetch(scene: Scene, name: str, span: str = "") -> Answer:
    return scene.caller.get(f"/sync/ready/{name}", **({"Range": span} if span else {}))


def test_l4_a_file_comes_whole_or_from_anywhere_and_is_what_was_promised(signed_in: Scene) -> None:
    reply = ask(signed_in)
    whole = fetch(signed_in, reply.name)
    assert (whole.status, len(whole.body)) == (200, reply.size)
    assert hashlib.sha256(whole.body).hexdigest() == reply.sha256
    assert reply.request == 3
    for first in (0, 1, 4095, 4096, reply.size // 2, reply.size - 1):
        part = fetch(signed_in, reply.name, f"bytes={first}-")
        assert part.status == 206
        assert part.headers["content-range"] == f"bytes {first}-{reply.size - 1}/{reply.size}"
        assert part.body == whole.body[first:]


@pytest.mark.parametrize(
    "span", ["bytes=5-4", "bytes=-0", "bytes=99999999999-", "rows=1-2", "bytes=1-2,4-5", "x"]
)
def test_l4_a_range_that_cannot_be_is_refused(signed_in: Scene, span: str) -> None:
    answer = fetch(signed_in, ask(signed_in).name, span)
    assert answer.status == 416
    assert decode(answer.body, Problem).kind == "malformed"


def test_l4_a_stranger_gets_no_byte_of_it(signed_in: Scene) -> None:
    name = ask(signed_in).name
    add_person(signed_in.database, "other", role=Role.AGENT, team="南区", clock=signed_in.clock)
    stranger = Caller(signed_in.server.address)
    assert stranger.get(f"/sync/ready/{name}").status == 401
    assert stranger.sign_in("other", device=OTHER).status == 200
    assert stranger.get(f"/sync/ready/{name}").status == 404


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200), name=st.text(max_size=40), span=st.text(max_size=40))
def test_l4_any_bytes_get_a_refusal_and_never_a_failure(
    signed_in: Scene, body: bytes, name: str, span: str
) -> None:
    asked = signed_in.caller.post("/sync/ready", body, Content_Type="application/msgpack")
    assert 400 <= asked.status < 500
    harmless = "".join(f"%{byte:02x}" for byte in name.encode()) or "x"
    plain = "".join(letter for letter in span if " " < letter < "\x7f")
    got = signed_in.caller.get(f"/sync/ready/{harmless}", Range=plain)
    assert 400 <= got.status < 500


def test_l4_a_file_goes_on_being_given_while_rows_change(signed_in: Scene) -> None:
    first = ask(signed_in)
    with signed_in.database.write(NOW) as tx:
        write(tx, [signed_in.organisation.customer(signed_in.organisation.north, owner=signed_in.agent)])
    assert ask(signed_in).name == first.name
