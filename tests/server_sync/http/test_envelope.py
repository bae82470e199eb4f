"""What every request gets: an id, a log line without personal data, a calm answer to a bug, a limit to their number."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from server_sync.domain.ids import SystemIds
from server_sync.http import logs
from server_sync.http.envelope import Envelope
from tests.clocks import HandClock
from tests.server_sync.http.conftest import DESK, Scene

clock = HandClock()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the process logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.JsonLines(clock))
    handler.addFilter(logs.Quiet())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_log_line_tells_about_a_request_and_nothing_about_a_person(scene: Scene, log: io.StringIO) -> None:
    scene.caller.sign_in(login="agent01", password="secret-enough")
    answer = scene.caller.sign_in(device=DESK)
    token = scene.caller.token
    scene.caller.get("/api/v1/me?name=agent01")
    scene.server.stop()  # a line is written after its answer
    text = log.getvalue()
    assert [line["route"] for line in lines(log)] == ["/api/v1/sign-in", "/api/v1/sign-in", "/api/v1/me"]
    assert [line["status"] for line in lines(log)] == [401, 200, 200]
    assert lines(log)[1]["request"] == answer.headers["x-request-id"]
    for private in ("agent01", "secret-enough", token or "no token", "127.0.0.1", "桌面"):
        assert private not in text


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def asked(envelope: Envelope, path: str = "/x") -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(envelope({"type": "http", "method": "GET", "path": path, "headers": []}, nothing, send))
    return sent


def test_a_bug_is_answered_calmly_and_logged_without_its_words(log: io.StringIO) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("客户 A 13812341234")

    start, body = asked(Envelope(broken, clock=clock, ids=SystemIds(clock)))
    assert start["status"] == 500
    told = json.loads(body["body"])
    bug, request = lines(log)
    assert told == {"kind": "server_failed", "values": {"request": bug["request"]}}
    assert (bug["level"], bug["error"], request["status"]) == ("error", "ValueError", 500)
    assert bug["frames"][-1].endswith(" broken")
    assert "13812341234" not in log.getvalue()


def test_too_many_requests_at_once_are_asked_to_come_back_and_streams_do_not_count() -> None:
    async def play() -> list[int]:
        go_on = asyncio.Event()
        statuses: list[int] = []

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await go_on.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        envelope = Envelope(slow, clock=clock, ids=SystemIds(clock), at_once=2)
        paths = ["/sync/live", "/sync/live", "/a", "/b", "/c", "/sync/push"]
        scopes = [{"type": "http", "method": "GET", "path": path, "headers": []} for path in paths]
        tasks = [asyncio.create_task(envelope(scope, nothing, send)) for scope in scopes]
        while len(statuses) < 2:
            await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(*tasks)
        await envelope(scopes[2], nothing, send)
        return statuses

    assert asyncio.run(play()) == [503, 503, 200, 200, 200, 200, 200]


def test_who_is_refused_while_he_sends_holds_no_place() -> None:
    async def play() -> list[int]:
        statuses: list[int] = []
        more = asyncio.Event()

        async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 401, "headers": []})

        async def dribbling() -> Message:
            await more.wait()
            return {"type": "http.request", "body": b"x", "more_body": not more.is_set()}

        async def send(message: Message) -> None:
            statuses.append(message["status"])

        envelope = Envelope(refusing, clock=clock, ids=SystemIds(clock), at_once=1)
        scope = {"type": "http", "method": "POST", "path": "/sync/push", "headers": []}
        slow = asyncio.create_task(envelope(scope, dribbling, send))
        await asyncio.sleep(0)
        assert statuses == []
        await envelope(scope, nothing, send)
        more.set()
        await slow
        return statuses

    assert asyncio.run(play()) == [401, 401]


def test_who_is_slow_to_hear_his_answer_holds_no_place() -> None:
    async def play() -> int:
        heard = asyncio.Event()
        bodies = 0

        async def answering(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x"})

        async def send(message: Message) -> None:
            nonlocal bodies
            if message["type"] == "http.response.body":
                bodies += 1
                await heard.wait()

        envelope = Envelope(answering, clock=clock, ids=SystemIds(clock), at_once=1)
        scope = {"type": "http", "method": "GET", "path": "/a", "headers": []}
        readers = [asyncio.create_task(envelope(scope, nothing, send)) for _ in range(3)]
        await asyncio.sleep(0)
        heard.set()
        await asyncio.gather(*readers)
        return bodies

    assert asyncio.run(play()) == 3


def test_a_busy_door_holds_up_nobody_who_is_in() -> None:
    async def play() -> list[int]:
        go_on = asyncio.Event()
        statuses: list[int] = []

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"] == "/api/v1/sign-in":
                await go_on.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        envelope = Envelope(slow, clock=clock, ids=SystemIds(clock))
        at_door = {"type": "http", "method": "POST", "path": "/api/v1/sign-in", "headers": []}
        waiting = [asyncio.create_task(envelope(at_door, nothing, send)) for _ in range(500)]
        while len(statuses) < 400:
            await asyncio.sleep(0)
        await envelope(at_door | {"path": "/sync/pull"}, nothing, send)
        go_on.set()
        await asyncio.gather(*waiting)
        return statuses

    assert asyncio.run(play()) == [503] * 400 + [200] * 101


def test_what_libraries_say_is_kept_out_but_where_they_said_it(log: io.StringIO) -> None:
    library = logging.getLogger("uvicorn.error")
    library.info("nothing wrong")
    library.warning("row of %s", "客户 A")
    [line] = lines(log)
    assert (line["event"], line["logger"], line["level"]) == ("library", "uvicorn.error", "warning")
    assert "客户" not in log.getvalue()
