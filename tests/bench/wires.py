"""A thousand desks' connections in one event loop: plain HTTP/1.1 as the desk speaks it, and live streams."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import zstandard

from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import PullReply, PullRequest, PushReply, PushRequest, Seen
from tests.bench.fleet import Member

NUMBERS: dict[str, Any] = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}
Message = TypeVar("Message", bound=msgspec.Struct)


class RefusedError(Exception):
    """The server's answer was no 200."""

    def __init__(self, status: int, retry_after: int) -> None:
        super().__init__(status)
        self.status = status
        self.retry_after = retry_after


class Wire:
    """One desk's kept-alive connection and how far it has pulled; one request in flight (SYNC P5)."""

    def __init__(self, address: str, member: Member) -> None:
        self.member = member
        self._place = urlsplit(address)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._epoch: bytes | None = None
        self._cursor: dict[str, int] = {}
        self._seen: Seen = {}
        self._turn = asyncio.Lock()

    async def pull(self) -> list[PullReply]:
        """Pages to the head."""
        async with self._turn:
            return await self._pull()

    async def _pull(self) -> list[PullReply]:
        replies: list[PullReply] = []
        while not replies or replies[-1].more:
            request = PullRequest(
                **NUMBERS,
                device=self.member.device,
                request=1,
                epoch=self._epoch,
                cursor=self._cursor,
                seen=self._seen,
            )
            reply = await self.ask("/sync/pull", request, PullReply)
            self._epoch, self._cursor, self._seen = reply.epoch, reply.cursor, reply.seen
            replies.append(reply)
        return replies

    def follow(self, other: "Wire", own: dict[str, int]) -> None:
        """Stand where another desk does, in the company's rows; in one's own partitions where `own` says."""
        self._epoch = other._epoch
        self._cursor = {"ref": other._cursor["ref"], **own}

    async def push(self, request: PushRequest) -> PushReply:
        """Send mutations."""
        return await self.ask("/sync/push", request, PushReply)

    async def ask(self, path: str, message: msgspec.Struct, shape: type[Message]) -> Message:
        """One exchange. Raises RefusedError, or OSError when the server is away."""
        body = zstandard.ZstdCompressor(level=1).compress(encode(message))
        if self._streams is not None and self._streams[0].at_eof():  # the server has hung up meanwhile
            self.close()
        try:
            reader, writer = self._streams or await self._connect()
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: {self._place.netloc}\r\nContent-Encoding: zstd\r\n"
                f"Accept-Encoding: zstd\r\nAuthorization: Bearer {self.member.token}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            status, headers = await _head(reader)
            content = await reader.readexactly(int(headers["content-length"]))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise ConnectionError from error
        if status != 200:
            raise RefusedError(status, int(headers.get("retry-after", 0)))
        if headers.get("content-encoding") == "zstd":
            content = zstandard.ZstdDecompressor().decompress(content, max_output_size=1 << 26)
        return decode(content, shape)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._streams = await asyncio.open_connection(self._place.hostname, self._place.port)
        return self._streams

    def close(self) -> None:
        """Close the connection; the next exchange makes another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def hints(address: str, member: Member, opened: Callable[[], object]) -> AsyncIterator[bytes]:
    """The hints of a live stream until it ends. Raises RefusedError, or OSError when the server is away."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(
            f"GET /sync/live HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {member.token}\r\n\r\n".encode()
        )
        status, headers = await _head(reader)
        if status != 200:
            raise RefusedError(status, int(headers.get("retry-after", 0)))
        opened()
        while line := await reader.readline():
            if line.startswith(b"data:"):
                yield line
    except asyncio.IncompleteReadError as error:
        raise ConnectionError from error
    finally:
        writer.close()


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}
