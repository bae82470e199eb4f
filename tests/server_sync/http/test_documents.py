"""/docs and /openapi.json: every route and message, readable without any network but this server."""

import re
from collections.abc import Callable

import pytest

from server_sync.http.docs_page import page
from tests.servers import Caller, ServerThread

LOADED = re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""")


@pytest.fixture
def caller(serve_in_thread: Callable[..., ServerThread]) -> Caller:
    return Caller(serve_in_thread().address)


def test_every_route_and_every_message_is_described(caller: Caller) -> None:
    document = caller.get("/openapi.json").json
    assert {"/healthz", "/api/v1/sign-in", "/api/v1/sign-out", "/api/v1/me"} <= document["paths"].keys()
    assert {"/sync/push", "/sync/pull", "/sync/live"} <= document["paths"].keys()
    for path, methods in document["paths"].items():
        for about in methods.values():
            assert about.get("description"), path
    schemas = document["components"]["schemas"]
    used = set(re.findall(r"#/components/schemas/(\w+)", caller.get("/openapi.json").body.decode()))
    assert used <= schemas.keys()
    assert all(schema.get("description") for schema in schemas.values())


@pytest.mark.parametrize(("language", "word"), [("zh-CN,zh;q=0.9", "接口"), ("en", "Routes"), ("", "Routes")])
def test_the_page_is_in_the_language_of_its_reader_and_loads_nothing(
    caller: Caller, language: str, word: str
) -> None:
    answer = caller.get("/docs", Accept_Language=language)
    assert answer.status == 200
    html = answer.body.decode()
    assert word in html
    assert {address for address in LOADED.findall(html) if not address.startswith("#")} == {"openapi.json"}
    assert "<script" not in html
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_page_shows_text_as_text() -> None:
    document = {
        "info": {"title": "<b>", "version": "1"},
        "paths": {"/<i>": {"get": {"description": "<script>"}}},
        "components": {"schemas": {"M": {"description": "<img>", "properties": {"<a>": {"enum": ["<u>"]}}}}},
    }
    html = page(document, "en")
    assert not re.search(r"<(b|i|script|img|a|u)>", html)
