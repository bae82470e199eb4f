"""Messages and command arguments to bytes and back, in msgpack; unknown fields are passed over, wrong
shapes are refused."""

import hashlib
from typing import Any, TypeVar

import msgspec

from server_sync.domain.commands import COMMANDS, Command
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES

LARGEST_ARGUMENTS = 256 << 10
"""Bytes of one command's arguments: the answers of a form of 500 questions have a tenth of it."""

Message = TypeVar("Message", bound=msgspec.Struct)
_encoder = msgspec.msgpack.Encoder()
# The last is nesting without end, which a hostile desk may send.
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def encode(message: msgspec.Struct) -> bytes:
    """A message as bytes."""
    return _encoder.encode(message)


def decode(body: bytes, shape: type[Message]) -> Message:
    """Bytes as a message. Raises KnownError(MALFORMED) with what is wrong and where."""
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except _UNREADABLE as error:
        raise KnownError(ErrorKind.MALFORMED, what=str(error)) from error


def encode_arguments(command: Command) -> bytes:
    """A command's arguments as bytes, made once when it is recorded."""
    return _encoder.encode(vars(command))


def decode_command(name: str, args: bytes) -> Command:
    """The command that a mutation names. Raises KnownError(UNKNOWN_COMMAND, TOO_LARGE or MALFORMED)."""
    shape = COMMANDS.get(name)
    if shape is None:
        raise KnownError(ErrorKind.UNKNOWN_COMMAND, command=name[:80])
    if len(args) > LARGEST_ARGUMENTS:
        raise KnownError(ErrorKind.TOO_LARGE, most=LARGEST_ARGUMENTS)
    try:
        command: Command = msgspec.msgpack.decode(args, type=shape)
    except _UNREADABLE as error:
        raise KnownError(ErrorKind.MALFORMED, what=str(error)) from error
    for argument, value in vars(command).items():
        _check(argument, value)
    return command


def _check(name: str, value: Any) -> None:
    """Ids have 16 bytes, whole numbers fit the store's 64 bits, and text has no NUL (PostgreSQL takes none)."""
    if isinstance(value, bytes):
        if len(value) != ID_BYTES:
            raise KnownError(ErrorKind.MALFORMED, what="id", field=name)
    elif isinstance(value, str):
        if "\0" in value:
            raise KnownError(ErrorKind.MALFORMED, what="text", field=name)
    elif isinstance(value, int):
        if not -(1 << 53) < value < (1 << 53):
            raise KnownError(ErrorKind.MALFORMED, what="number", field=name)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(name, key)
            _check(name, item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(name, item)


def arguments_hash(command: str, args: bytes) -> bytes:
    """By what the server tells a repeated mutation from another one under the same `mid` (SYNC P2)."""
    return hashlib.blake2b(command.encode() + b"\0" + args, digest_size=16).digest()
