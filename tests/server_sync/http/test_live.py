"""The live stream: says that something moved, never what; ends when it should."""

import json
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from server_sync.accounts import devices, people
from server_sync.domain.commands import AddNote, Update
from server_sync.http import limits
from server_sync.store.changes import write
from tests.server_sync.http.conftest import DESK, Scene
from tests.server_sync.organisation import NOW


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights to listen are looked up every moment; to be asked for before the server."""
    monkeypatch.setattr(limits, "RIGHTS_SECONDS", 0.05)


@pytest.fixture
def stream(signed_in: Scene) -> Iterator[HTTPResponse]:
    with signed_in.caller.open("GET", "/sync/live") as reply:
        assert reply.status == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        yield reply


def hint(stream: HTTPResponse) -> list[str] | None:
    """The next hint; None at the end of the stream. Signs of life are passed over."""
    while line := stream.readline():
        if line.startswith(b"data:"):
            names: list[str] = json.loads(line[5:])
            return names
    return None


def desk_of(scene: Scene) -> str:
    assert scene.agent.person_id is not None
    return f"desk:{scene.agent.person_id.hex()}"


def rest(stream: HTTPResponse) -> list[list[str]]:
    """The hints until the stream ends."""
    return list(iter(lambda: hint(stream), None))


def test_l3_the_first_hint_comes_at_once_and_names_everything(signed_in: Scene, stream: HTTPResponse) -> None:
    assert hint(stream) == [desk_of(signed_in), f"device:{DESK.hex()}", "ref"]


def test_l3_a_push_is_heard_of_by_whom_it_concerns_and_its_own_device_hears_of_no_more(
    signed_in: Scene, stream: HTTPResponse
) -> None:
    hint(stream)
    stranger = signed_in.organisation.customer(signed_in.organisation.south)
    with signed_in.database.write(NOW) as tx:
        write(tx, [stranger])
    note = AddNote(signed_in.organisation.ids.new(), signed_in.customer_id, "客户 A 的手机 13812341234", NOW)
    signed_in.push([note])
    assert hint(stream) == [desk_of(signed_in)]


def test_a_second_stream_of_a_device_ends_the_first(signed_in: Scene, stream: HTTPResponse) -> None:
    hint(stream)
    with signed_in.caller.open("GET", "/sync/live") as second:
        assert hint(second) is not None
        assert rest(stream) == []


def test_the_stream_ends_with_the_token(signed_in: Scene, stream: HTTPResponse) -> None:
    hint(stream)
    with signed_in.database.write(NOW) as tx:
        people.set_active(tx, "agent01", False)
    assert all("ref" in moved for moved in rest(stream))


def test_the_stream_ends_with_the_token_also_when_nothing_moves(
    quick_looks: None, signed_in: Scene, stream: HTTPResponse
) -> None:
    hint(stream)
    with signed_in.database.write(NOW) as tx:
        devices.revoke(tx, DESK)
    assert rest(stream) == []


def test_the_stream_ends_when_the_person_may_pull_something_else(
    signed_in: Scene, stream: HTTPResponse
) -> None:
    hint(stream)
    signed_in.clock.move(3_000)
    assert signed_in.agent.person_id is not None
    with signed_in.database.write(NOW) as tx:
        write(tx, [Update("person", signed_in.agent.person_id, {"role": "supervisor"})])
    assert all("ref" in moved for moved in rest(stream))
    with signed_in.caller.open("GET", "/sync/live") as again:
        assert f"team:{signed_in.organisation.north.hex()}" in (hint(again) or [])


def test_the_end_of_the_server_ends_the_stream(signed_in: Scene, stream: HTTPResponse) -> None:
    hint(stream)
    signed_in.server.stop()
    assert hint(stream) is None


def test_a_device_that_went_away_leaves_its_place(signed_in: Scene) -> None:
    for _ in range(3):
        with signed_in.caller.open("GET", "/sync/live") as stream:
            assert hint(stream) is not None
