"""The page that describes the protocol names all messages with their fields, all paths, errors, tables and numbers."""

import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from fastapi.routing import APIRoute, APIRouter

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import KINDS, TABLES
from server_sync.domain.model.columns import Scope
from server_sync.domain.wire import checksums, dictionary, forms, messages, versions
from server_sync.http.errors import STATUS
from server_sync.http.messages import Me, Person, SignedIn, SignIn
from server_sync.http.routes import accounts, attachments, form_media, live, ready, sync
from server_sync.http.routes import forms as form_routes

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
REQUESTS_AND_REPLIES = [
    *(SignIn, SignedIn, Person, Me),
    *(messages.Mutation, messages.Result),
    *messages.SYNC,
    *forms.ALL,
]
ROUTERS = (
    accounts.router,
    attachments.router,
    form_media.router,
    form_routes.router,
    live.router,
    ready.router,
    sync.router,
)
PLACES = {Scope.REF: "`ref`", Scope.DOSSIER: "dossier", Scope.TEAM: "team"}


@pytest.mark.parametrize("message", REQUESTS_AND_REPLIES, ids=lambda message: message.__name__)
def test_every_field_of_a_message_is_described_and_no_other(message: type[msgspec.Struct]) -> None:
    section = re.search(rf"^`{message.__name__}`\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert section is not None
    cells = [line.split("|")[1] for line in section[1].splitlines()[2:]]
    optional = {name: mark == " °" for cell in cells for name, mark in re.findall(r"`(\w+)`( °)?", cell)}
    fields = {field.name: not field.required for field in msgspec.structs.fields(message)}
    assert optional == fields


def named(text: str) -> str:
    """With every variable of a path called the same."""
    return re.sub(r"[{<]\w+[}>]", "<…>", text)


@pytest.mark.parametrize("router", ROUTERS, ids=lambda router: router.prefix)
def test_every_path_is_described(router: APIRouter) -> None:
    for route in router.routes:
        assert isinstance(route, APIRoute)
        assert named(route.path) in named(PAGE)


def test_every_error_is_described_with_its_status() -> None:
    told: dict[str, str] = {}
    for kinds, statuses in re.findall(r"^\| (`\w+`.*?) \| ([\d, ]+) \|", PAGE, re.MULTILINE):
        names, numbers = re.findall(r"`(\w+)`", kinds), statuses.split(", ")
        told |= dict(zip(names, numbers * len(names) if len(numbers) == 1 else numbers, strict=False))
    assert told.pop("malformed") == "400"
    assert told == {kind.value: str(status) for kind, status in STATUS.items()}
    assert ErrorKind.MALFORMED not in STATUS


def test_every_table_is_named_with_its_number_and_place() -> None:
    told = re.findall(r"^\| (\d+) \| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE)
    assert told == [(str(KINDS[name]), name, PLACES[table.info["scope"]]) for name, table in TABLES.items()]


def test_the_dictionary_and_the_hash_are_those_of_the_page() -> None:
    assert f"{len(dictionary.WORDS)} bytes" in PAGE
    assert hashlib.sha256(dictionary.WORDS).hexdigest() in PAGE
    assert f"{checksums.row_hash(KINDS['customer'], bytes(range(16)), 3):x}" in PAGE


def test_the_page_is_of_this_version() -> None:
    assert f"Version {versions.PROTOCOL} (the server also speaks {versions.OLDEST_PROTOCOL})" in PAGE
    assert f"By now they are {versions.PROTOCOL} and {versions.SCHEMA}." in PAGE
