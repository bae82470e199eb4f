"""Bodies of requests and replies: read within limits, unfolded within limits, compressed as the other side wishes."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator
from typing import Protocol

import zstandard

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import dictionary
from server_sync.http import limits

GZIP = 16 + zlib.MAX_WBITS  # "with a gzip header"
ZSTD_SLICE = 256
FORBIDDEN = re.compile(r"q\s*=\s*0(\.0*)?")


class Incoming(Protocol):
    """What is needed of a request."""

    def stream(self) -> AsyncIterator[bytes]: ...


async def read_body(request: Incoming, most: int, seconds: float = limits.BODY_SECONDS) -> bytes:
    """The body as sent. Raises KnownError TOO_LARGE {most} once it is exceeded, MALFORMED if it takes too long."""
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece  # a list of pieces of a byte each would take fifty times their size
                if len(body) > most:
                    raise KnownError(ErrorKind.TOO_LARGE, most=most)
    except TimeoutError as error:
        raise KnownError(ErrorKind.MALFORMED, what="body too slow") from error
    return bytes(body)


def unpack(body: bytes, encoding: str, most: int) -> bytes:
    """The plain body. `encoding` is the Content-Encoding: zstd, zstd+ (`wire.dictionary`), gzip, identity or empty.

    Never unfolds more than `most` bytes. Raises KnownError TOO_LARGE {most} or MALFORMED.
    """
    match encoding.strip().lower():
        case "" | "identity":
            plain = body
        case "zstd":
            plain = _unpack_zstd(body, most)
        case dictionary.CODING:
            plain = _unpack_zstd(body, most, _WORDS)
        case "gzip":
            plain = _unpack_gzip(body, most)
        case _:
            raise KnownError(ErrorKind.MALFORMED, what="content-encoding")
    if len(plain) > most:
        raise KnownError(ErrorKind.TOO_LARGE, most=most)
    return plain


def _unpack_zstd(body: bytes, most: int, words: zstandard.ZstdCompressionDict | None = None) -> bytes:
    unfolding = zstandard.ZstdDecompressor(words, max_window_size=limits.ZSTD_WINDOW_BYTES)
    frame = unfolding.decompressobj()
    pieces: list[bytes] = []
    size = 0
    try:
        # four bytes can unfold to a block of 128 KB: small slices keep what is made before the next look small, too
        for start in range(0, len(body), ZSTD_SLICE):
            piece = frame.decompress(body[start : start + ZSTD_SLICE])
            size += len(piece)
            if size > most:
                raise KnownError(ErrorKind.TOO_LARGE, most=most)
            pieces.append(piece)
            if frame.eof:
                break
    except zstandard.ZstdError as error:
        raise KnownError(ErrorKind.MALFORMED, what="zstd") from error
    if not frame.eof or frame.unused_data or start + ZSTD_SLICE < len(body):
        raise KnownError(ErrorKind.MALFORMED, what="zstd")
    return b"".join(pieces)


def _unpack_gzip(body: bytes, most: int) -> bytes:
    unfolding = zlib.decompressobj(GZIP)
    try:
        plain = unfolding.decompress(body, most + 1)
    except zlib.error as error:
        raise KnownError(ErrorKind.MALFORMED, what="gzip") from error
    if len(plain) <= most and (not unfolding.eof or unfolding.unused_data):
        raise KnownError(ErrorKind.MALFORMED, what="gzip")
    return plain


def pack(plain: bytes, accepted: str) -> tuple[bytes, str]:
    """The body to send and its Content-Encoding ("" for none), by the request's Accept-Encoding: zstd before gzip."""
    if len(plain) < limits.COMPRESS_FROM_BYTES:
        return plain, ""
    wishes = _wishes(accepted)
    if "zstd" in wishes:
        return zstandard.ZstdCompressor(level=1).compress(plain), "zstd"
    if "gzip" in wishes:
        packing = zlib.compressobj(1, zlib.DEFLATED, GZIP)
        return packing.compress(plain) + packing.flush(), "gzip"
    return plain, ""


def pack_reply(plain: bytes, request: bytes) -> tuple[bytes, str]:
    """The body to send in reply to a request that came as `zstd+`, whose plain body it was; its Content-Encoding."""
    words = dictionary.of_reply(request)
    # Told the sizes it asks for little memory: to get a megabyte takes longer than to pack a short reply.
    sized = zstandard.ZstdCompressionParameters.from_level(1, source_size=len(plain), dict_size=len(words))
    packing = zstandard.ZstdCompressor(dict_data=_words(words), compression_params=sized)
    return packing.compress(plain), dictionary.CODING


def _words(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


_WORDS = _words(dictionary.WORDS)


def _wishes(accepted: str) -> set[str]:
    """The encodings that an Accept-Encoding allows; "q=0" forbids one (RFC 9110, 12.5.3)."""
    wishes = set()
    for wish in accepted.split(","):
        name, _, weight = wish.partition(";")
        if not FORBIDDEN.fullmatch(weight.strip()):
            wishes.add(name.strip().lower())
    return wishes
