"""Messages and arguments as bytes: whole on both ends, never trusted, and the same bytes whenever they are sent."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.commands import COMMANDS, AddNote, Command, RecordAnswers
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.audit import AuditRow
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import (
    arguments_hash,
    decode,
    decode_command,
    encode,
    encode_arguments,
)
from server_sync.domain.wire.messages import Mutation, PullReply, PullRequest, PushRequest, Result

ID = bytes(range(16))
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
INT = st.integers(-(1 << 53) + 1, (1 << 53) - 1)
JSON = st.recursive(
    st.none() | st.booleans() | INT | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    bytes: st.binary(min_size=16, max_size=16),
    str: TEXT,
    int: INT,
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    type(None): st.none(),
    dict[str, str]: st.dictionaries(TEXT, TEXT),
    dict[str, Any]: st.dictionaries(TEXT, JSON),
    Mapping[str, Any]: st.dictionaries(TEXT, JSON),
    list[str]: st.lists(TEXT),
    list[AuditRow]: st.lists(st.tuples(TEXT, TEXT, INT, INT | st.none(), TEXT | st.none(), TEXT | st.none())),
}


def refusal(name: str, args: bytes) -> KnownError:
    with pytest.raises(KnownError) as caught:
        decode_command(name, args)
    return caught.value


def packed(**arguments: Any) -> bytes:
    whole = {
        "activity_id": ID,
        "customer_id": ID,
        "text": "好",
        "written_at": 1,
        "task_id": None,
    } | arguments
    return msgspec.msgpack.encode({name: value for name, value in whole.items() if value is not ...})


@st.composite
def commands(draw: st.DrawFn) -> Command:
    shape: Any = COMMANDS[draw(st.sampled_from(sorted(COMMANDS)))]
    given_: dict[str, Any] = {}
    for field in dataclasses.fields(shape):
        kinds = getattr(field.type, "__args__", None)
        one_of = [field.type] if kinds is None or field.type in VALUES else kinds
        given_[field.name] = draw(st.one_of([VALUES[kind] for kind in one_of]))
    made: Command = shape(**given_)
    return made


@given(commands())
def test_every_command_comes_back_as_it_was_recorded(command: Command) -> None:
    assert decode_command(command.name, encode_arguments(command)) == command


def test_every_verb_has_a_version_in_its_name() -> None:  # SYNC V1
    for name, command in COMMANDS.items():
        verb, at, version = name.partition("@")
        assert verb.isidentifier()
        assert at == "@"
        assert version.isdigit()
        assert command.name == name


def test_an_unknown_verb_is_named_but_never_at_any_length() -> None:
    error = refusal("x" * 10_000, b"\x80")
    assert (error.kind, error.values) == (ErrorKind.UNKNOWN_COMMAND, {"command": "x" * 80})


def test_arguments_of_a_newer_desk_are_passed_over() -> None:
    assert isinstance(decode_command("add_note@1", packed(colour="red")), AddNote)


@pytest.mark.parametrize(
    "args",
    [
        packed(text=...),
        packed(text=None),
        packed(text=7),
        packed(customer_id="0" * 16),
        packed(written_at=1.5),
        b"",
        b"\xc1",
        packed()[:-1],
        b"\x91" * 100_000,
        b"\x81\xa1x" * 80_000 + b"\xc0",
    ],
    ids=[
        "missing",
        "nil",
        "type",
        "text for id",
        "fraction",
        "empty",
        "no msgpack",
        "cut",
        "deep",
        "deep unknown",
    ],
)
def test_arguments_of_another_shape_are_malformed(args: bytes) -> None:
    assert refusal("add_note@1", args).kind is ErrorKind.MALFORMED


@pytest.mark.parametrize(
    ("arguments", "what", "field"),
    [
        ({"customer_id": ID[:-1]}, "id", "customer_id"),
        ({"customer_id": b""}, "id", "customer_id"),
        ({"task_id": ID + ID}, "id", "task_id"),
        ({"written_at": 1 << 53}, "number", "written_at"),
        ({"written_at": -(1 << 53)}, "number", "written_at"),
        ({"text": "a\0b"}, "text", "text"),
    ],
)
def test_values_that_a_store_cannot_hold_are_malformed(
    arguments: dict[str, Any], what: str, field: str
) -> None:
    error = refusal("add_note@1", packed(**arguments))
    assert (error.kind, error.values) == (ErrorKind.MALFORMED, {"what": what, "field": field})


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"audit": [("question", "/data/a\0", 0, 1, None, None)]}, "text"),
        ({"audit": [("question", "/data/a", 0, 1, None, "x\0")]}, "text"),
        ({"audit": [("question", "/data/a", 1 << 53, 1, None, None)]}, "number"),
        ({"flags": ["\0"]}, "text"),
    ],
)
def test_what_a_list_holds_is_looked_at_too(values: dict[str, Any], what: str) -> None:
    command = RecordAnswers(ID, ID, ID, ID, ID, {}, True, None, None, 1, **values)
    assert refusal(command.name, encode_arguments(command)).values["what"] == what


@pytest.mark.parametrize("answers", [{"/data/a": "x\0"}, {"/data/\0": "x"}])
def test_answers_are_looked_into_as_well(answers: dict[str, str]) -> None:
    command = RecordAnswers(ID, ID, ID, ID, ID, answers, True, None, None, 1)
    assert refusal(command.name, encode_arguments(command)).values["what"] == "text"


def test_a_repeated_mutation_is_told_from_another_under_the_same_number() -> None:  # SYNC P2
    args = packed()
    assert arguments_hash("add_note@1", args) == arguments_hash("add_note@1", args)
    assert len({arguments_hash(n, a) for n in ("a@1", "a@2") for a in (args, packed(text="坏"))}) == 4


def test_arguments_without_end_are_not_even_looked_at() -> None:
    error = refusal("add_note@1", packed(text="x" * (256 << 10)))
    assert (error.kind, error.values) == (ErrorKind.TOO_LARGE, {"most": 256 << 10})


# ---- messages

NUMBERS: dict[str, Any] = {"protocol": 1, "schema": 1, "device": ID, "request": 3}
PULL = PullRequest(**NUMBERS, epoch=None, cursor={"ref": 5})


def test_messages_come_back_as_they_were_sent() -> None:
    push = PushRequest(**NUMBERS, mutations=[Mutation(mid=1, command="add_note@1", args=packed(), at=9)])
    for message in (push, PULL, Result(mid=1, status="rejected", kind="not_found", values={"table": "task"})):
        assert decode(encode(message), type(message)) == message


def test_a_message_of_a_newer_version_is_read_as_far_as_it_is_known() -> None:  # SYNC V2
    more = msgspec.msgpack.decode(encode(PULL)) | {"lease": 7}
    assert decode(msgspec.msgpack.encode(more), PullRequest) == PULL


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x90", encode(PULL)[:-1], b"\x91" * 100_000, b"\x80"])
def test_bytes_that_are_no_message_are_malformed(body: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        decode(body, PullReply)
    assert caught.value.kind is ErrorKind.MALFORMED


def test_text_that_is_no_utf_8_is_malformed() -> None:
    body = encode(Result(mid=1, status="rejected", kind="abc")).replace(b"abc", b"a\xffc")
    with pytest.raises(KnownError) as caught:
        decode(body, Result)
    assert caught.value.kind is ErrorKind.MALFORMED


# ---- versions


def test_the_server_speaks_its_own_version_and_the_one_before_at_most() -> None:  # SYNC V1
    assert versions.speaks(versions.PROTOCOL, versions.SCHEMA)
    assert versions.PROTOCOL - versions.OLDEST_PROTOCOL <= 1
    assert versions.SCHEMA - versions.OLDEST_SCHEMA <= 1
    for protocol, schema in (
        (versions.PROTOCOL + 1, versions.SCHEMA),
        (versions.OLDEST_PROTOCOL - 1, versions.SCHEMA),
        (versions.PROTOCOL, versions.SCHEMA + 1),
        (versions.PROTOCOL, versions.OLDEST_SCHEMA - 1),
    ):
        assert not versions.speaks(protocol, schema)
