"""The page that describes the protocol names every message with all of its fields, and every path."""

import re
from pathlib import Path

import msgspec
import pytest
from fastapi.routing import APIRoute

from server_sync.domain.wire import messages, versions
from server_sync.http.routes import sync

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
REQUESTS_AND_REPLIES = [
    messages.PushRequest,
    messages.Mutation,
    messages.PushReply,
    messages.Result,
    messages.PullRequest,
    messages.PullReply,
    messages.RenewRequest,
    messages.RenewReply,
    messages.CompareRequest,
    messages.CompareReply,
]


@pytest.mark.parametrize("message", REQUESTS_AND_REPLIES, ids=lambda message: message.__name__)
def test_every_field_of_a_message_is_described_and_no_other(message: type[msgspec.Struct]) -> None:
    section = re.search(rf"^`{message.__name__}`\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert section is not None
    cells = [line.split("|")[1] for line in section[1].splitlines()[2:]]
    optional = {name: "°" in cell for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    fields = {field.name: not field.required for field in msgspec.structs.fields(message)}
    assert optional == fields


def test_every_path_is_described() -> None:
    for route in sync.router.routes:
        assert isinstance(route, APIRoute)
        assert route.path in PAGE


def test_the_page_is_of_this_version() -> None:
    assert f"Version {versions.PROTOCOL} (the server also speaks {versions.OLDEST_PROTOCOL})" in PAGE
