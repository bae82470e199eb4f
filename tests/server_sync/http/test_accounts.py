"""Signing in and out over HTTP, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from server_sync.accounts import passwords, people
from server_sync.domain.wire.versions import PROTOCOL, SCHEMA
from tests.server_sync.http.conftest import DESK, Scene
from tests.servers import PASSWORD, Caller


def test_signing_in_gives_a_token_that_tells_who_one_is(scene: Scene) -> None:
    answer = scene.caller.sign_in(device=DESK)
    assert answer.status == 200
    person = answer.json["person"]
    assert person == {
        "id": scene.agent.person_id and scene.agent.person_id.hex(),
        "login": "agent01",
        "name": "agent01",
        "role": "agent",
        "team_id": scene.organisation.north.hex(),
    }
    assert (answer.json["device"], answer.json["server_now"]) == (DESK.hex(), scene.clock.now())
    me = scene.caller.get("/api/v1/me")
    assert me.status == 200
    assert me.json == {
        "device": DESK.hex(),
        "person": person,
        "protocol": PROTOCOL,
        "schema": SCHEMA,
        "server_now": scene.clock.now(),
    }


def test_no_answer_may_be_kept_by_a_cache(scene: Scene) -> None:
    assert scene.caller.sign_in(device=DESK).headers["cache-control"] == "no-store"


def test_a_malformed_sign_in_is_refused_with_its_kind(scene: Scene) -> None:
    for body in (
        b"",
        b"not json",
        b"[]",
        b"{}",
        b"null",
        b'{"login": "agent01"}',
        b'{"login": 1, "password": "x", "device": "00"}',
        b'{"login": "agent01", "password": "x", "device": "zz"}',
        b'{"login": "agent01", "password": "x", "device": "00ff"}',
        b'{"login": "a\\u0000", "password": "x", "device": "000102030405060708090a0b0c0d0e0f"}',
        b'{"login": "a\\ud800", "password": "x", "device": "000102030405060708090a0b0c0d0e0f"}',
        b'{"login": "agent01", "password": "\\udfff", "device": "000102030405060708090a0b0c0d0e0f"}',
        b"\xff\xfe",
        b"[" * 10_000,
    ):
        answer = scene.caller.post("/api/v1/sign-in", body)
        assert (answer.status, answer.json["kind"]) == (400, "malformed"), body


def test_an_endless_sign_in_is_refused(scene: Scene) -> None:
    answer = scene.caller.post("/api/v1/sign-in", b" " * 20_000)
    assert (answer.status, answer.json["kind"]) == (413, "too_large")


def test_a_wrong_password_is_refused_and_guessing_is_slowed_down(scene: Scene) -> None:
    for _ in range(5):
        answer = scene.caller.sign_in(device=DESK, password="not the password")
        assert (answer.status, answer.json["kind"]) == (401, "bad_credentials")
    answer = scene.caller.sign_in(device=DESK, password=PASSWORD)
    assert (answer.status, answer.json) == (429, {"kind": "too_many_tries", "values": {"seconds": 30}})
    assert answer.headers["retry-after"] == "30"
    scene.clock.move(30_000)
    assert scene.caller.sign_in(device=DESK, password=PASSWORD).status == 200


def test_many_who_sign_in_at_once_hold_up_nobody_who_is_in(
    signed_in: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(passwords, "matches", lambda *_: go_on.wait(60))
    signed_in.clock.move(3_000)  # who asks has to be looked up anew
    with ThreadPoolExecutor(60) as strangers:
        callers = [Caller(signed_in.server.address) for _ in range(60)]
        asked = [strangers.submit(caller.sign_in, f"nobody{place}") for place, caller in enumerate(callers)]
        assert signed_in.caller.get("/api/v1/me").status == 200
        go_on.set()
        assert {one.result().status for one in asked} == {401}


def test_a_disabled_person_is_told_so(signed_in: Scene) -> None:
    with signed_in.database.write(signed_in.clock.now()) as tx:
        people.set_active(tx, "agent01", False)
    signed_in.clock.move(2_000)
    answer = signed_in.caller.get("/api/v1/me")
    assert (answer.status, answer.json["kind"]) == (403, "account_disabled")
    answer = signed_in.caller.sign_in(device=DESK)
    assert (answer.status, answer.json["kind"]) == (403, "account_disabled")


def test_after_signing_out_the_token_is_worth_nothing(signed_in: Scene) -> None:
    assert signed_in.caller.post("/api/v1/sign-out").status == 204
    answer = signed_in.caller.get("/api/v1/me")
    assert (answer.status, answer.json["kind"]) == (401, "token_invalid")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert signed_in.caller.post("/api/v1/sign-out").status == 204


@pytest.mark.parametrize("path", ["/api/v1/me", "/sync/live"])
def test_every_route_asks_for_a_good_token(scene: Scene, path: str) -> None:
    for header in ("", "Bearer", "Bearer ", "Basic YTpi", "Bearer wrong", "Bearer " + "x" * 5000):
        answer = scene.caller.get(path, Authorization=header)
        assert answer.status == 401, header
        assert b"token_invalid" in answer.body


def test_health_needs_no_sign_in(scene: Scene) -> None:
    answer = scene.caller.get("/healthz")
    assert (answer.status, answer.json) == (200, {"status": "ok", "protocol": PROTOCOL})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("DELETE", "/healthz", 405),
        ("POST", "/sync/push/", 404),
        ("GET", "//healthz", 404),
        ("GET", "/sync/../healthz", 404),
        ("GET", "/%00", 404),
        ("GET", "/sync/%2e%2e/healthz", 404),
        ("TRACE", "/healthz", 405),
        ("PURGE", "/healthz", 405),
    ],
)
def test_what_does_not_exist_has_a_kind_too(scene: Scene, method: str, path: str, status: int) -> None:
    answer = scene.caller.send(method, path, b"")
    assert answer.status == status
    assert b"not_found" in answer.body or b"malformed" in answer.body
