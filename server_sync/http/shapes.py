"""How routes describe in OpenAPI what they take and give, from the very messages they decode; no route stands here."""

import functools
from typing import Any

import msgspec

from server_sync.domain.wire.messages import Problem
from server_sync.http.messages import DOCUMENTED

REFERENCE = "#/components/schemas/{name}"
JSON = "application/json"


@functools.cache
def _described() -> tuple[dict[type, str], dict[str, Any]]:
    """type → its name, name → its schema."""
    _, components = msgspec.json.schema_components((Problem, *DOCUMENTED), ref_template=REFERENCE)
    return {shape: shape.__name__ for shape in (Problem, *DOCUMENTED)}, dict(components)


def components() -> dict[str, Any]:
    """The schemas of every documented message, by name."""
    return _described()[1]


def speaks(takes: type | None = None, gives: type | None = None, media: str = JSON) -> dict[str, Any]:
    """The `openapi_extra` of a route: the message it takes, the one it gives, and how."""
    described: dict[str, Any] = {
        "responses": {"4XX": {"description": "Problem", "content": _content(Problem, media)}}
    }
    if takes is not None:
        described["requestBody"] = {"required": True, "content": _content(takes, media)}
    if gives is not None:
        described["responses"]["200"] = {"description": "OK", "content": _content(gives, media)}
    return described


def _content(shape: type, media: str) -> dict[str, Any]:
    return {media: {"schema": {"$ref": REFERENCE.format(name=shape.__name__)}}}
