"""Every route of the OpenAPI document, asked by requests that schemathesis draws from it, right ones and wrong ones,
with and without a token: a calm answer each time, and nothing of anybody else's changes."""

from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok

from server_sync.doctor.examination import examine
from server_sync.http.errors import MSGPACK
from server_sync.http.routes.attachments import PIECE
from tests.server_sync.http.conftest import DESK, Scene
from tests.server_sync.organisation import NOW
from tests.server_sync.sync.hostile import contents
from tests.servers import Caller

EXAMPLES = 12
BYTES = ("device", "new", "args", "epoch", "token")
"""Fields that are bytes in msgpack, which JSON's words for schemas do not have."""
OPEN_TO_ALL = ("/healthz", "/api/v1/sign-out", "/sync/attachments/{name}")
"""Whether the server is well, and what tus is spoken here, is told to anybody; any token is as good as ended."""
HEADERS = {
    "Range": ["bytes=0-", "bytes=5-1", "bytes=-0", "bytes=999999999999999-", "bytes=0-1,3-4", "x"],
    "Content-Type": [MSGPACK, "application/json", PIECE, "text/plain", ""],
    "Content-Encoding": ["gzip", "zstd", "zstd+", "br", "identity", "gzip, zstd"],
    "Accept-Encoding": ["zstd+", "zstd;q=0", "*", ";;,=", "gzip"],
    "Tus-Resumable": ["1.0.0", "0.2"],
    "Upload-Offset": ["0", "-1", "999999999999999", "1e3", "\u00b2"],
    "Authorization": ["Bearer", "Bearer \u00ff", "Basic eDp5", "bearer " + "x" * 500],
    "Accept-Language": ["zh-CN", "..", "en;q=x"],
    "Host": ["", "elsewhere"],
}
NO_TOKEN = {401, 400, 404, 405, 412, 413, 415, 416, 426, 429}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the database does not matter to."""
    return sqlite_url


def packed(value: Any) -> bytes:
    """A drawn message as a desk would send it, as far as it can be packed at all."""
    try:
        return msgspec.msgpack.encode(_with_bytes(value))
    except (OverflowError, ValueError):
        return repr(value).encode("utf-8", "replace")


@schemathesis.serializer(PIECE, MSGPACK)
def _serialised(_: Any, value: Any) -> bytes:
    """Without it, schemathesis draws nothing of a media type that is not JSON."""
    return packed(value)


def _with_bytes(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_bytes(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: one.encode("utf-8", "replace") if name in BYTES and isinstance(one, str) else _with_bytes(one)
        for name, one in value.items()
    }


def cases(operation: Any) -> "st.SearchStrategy[Case[Any]]":
    """Requests as the document has them; where there is a body, also such as it forbids."""
    right: st.SearchStrategy[Case[Any]] = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not operation.body:
        return right
    return st.one_of(right, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def body_of(case: "Case[Any]", as_ourselves: bool) -> bytes:
    """What travels."""
    if case.media_type is None or case.body is NOT_SET:
        return b""
    body: Any = case.body
    if isinstance(body, str):
        return body.encode("utf-8", "replace")
    if as_ourselves and isinstance(body, dict) and "device" in body:
        body = {**body, "device": DESK if case.media_type == MSGPACK else DESK.hex()}
    return packed(body) if case.media_type == MSGPACK else msgspec.json.encode(body)


def ask(caller: Caller, case: "Case[Any]", as_ourselves: bool, headers: dict[str, str]) -> int:
    """The status of the reply; a refusal has the shape of a Problem. Live streams are left at once."""
    names = {name.replace("-", "_"): value for name, value in headers.items()}
    if case.media_type is not None:
        names.setdefault("Content_Type", case.media_type)
    with caller.open(case.method, case.formatted_path, body_of(case, as_ourselves), **names) as reply:
        if reply.status >= 400 and case.method not in ("HEAD", "OPTIONS"):
            body = reply.read()
            msgpack = reply.getheader("content-type") == MSGPACK
            problem = msgspec.msgpack.decode(body) if msgpack else msgspec.json.decode(body)
            assert set(problem) == {"kind", "values"}, problem
        return reply.status


def _rows_of_others(scene: Scene) -> dict[str, tuple[int, int]]:
    """What of a device stands in its own row a device may say: how much it holds, how wrong its clock is."""
    found = contents(scene.database)
    return {**found, "desk_device": (found["desk_device"][0], 0)}


@pytest.mark.parametrize("who", ["signed in", "nobody"])
def test_every_route_of_the_document_answers_whatever_it_is_asked(scene: Scene, who: str) -> None:
    if who == "signed in":
        assert scene.caller.sign_in(device=DESK).status == 200
    document = scene.caller.get("/openapi.json").json
    drawn_from = schemathesis.openapi.from_dict(document)
    routes = [found.ok() for found in drawn_from.get_all_operations() if isinstance(found, Ok)]
    assert len(routes) == sum(len(methods) for methods in document["paths"].values())
    before = _rows_of_others(scene)
    for route in sorted(routes, key=lambda one: "/sign-" in one.path):

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to shrink what was found takes minutes
            suppress_health_check=list(HealthCheck),
        )
        @given(
            case=cases(route),
            as_ourselves=st.booleans(),
            headers=st.fixed_dictionaries(
                {}, optional={name: st.sampled_from(values) for name, values in HEADERS.items()}
            ),
        )
        def asked(case: "Case[Any]", as_ourselves: bool, headers: dict[str, str]) -> None:
            status = ask(scene.caller, case, as_ourselves, headers)
            assert status < 500, (case.method, case.formatted_path, headers, case.body)
            if who == "nobody" and case.path not in OPEN_TO_ALL:
                assert status in NO_TOKEN, (case.method, case.formatted_path, status)

        asked()
    assert _rows_of_others(scene) == before
    assert scene.caller.get("/healthz").status == 200
    assert examine(scene.database, NOW).findings == []
