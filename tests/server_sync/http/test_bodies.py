"""Bodies: unfolded within limits whatever they claim, refused whole when they are cut, compressed as asked."""

import asyncio
import gzip
import hashlib
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
import zstandard

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.dictionary import CODING, WORDS, of_reply
from server_sync.http import limits
from server_sync.http.bodies import pack, pack_reply, read_body, unpack

PLAIN = b"follow-up " * 500
MOST = 100_000


def zstd(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(plain)


def packed(plain: bytes, encoding: str) -> bytes:
    match encoding:
        case "zstd":
            return zstd(plain)
        case "gzip":
            return gzip.compress(plain)
        case _:
            return plain


def kind_of(body: bytes, encoding: str, most: int = MOST) -> ErrorKind:
    with pytest.raises(KnownError) as caught:
        unpack(body, encoding, most)
    return caught.value.kind


@pytest.mark.parametrize("encoding", ["", "identity", "zstd", "gzip", " ZSTD "])
def test_a_body_is_the_same_in_every_encoding(encoding: str) -> None:
    assert unpack(packed(PLAIN, encoding.strip().lower()), encoding, MOST) == PLAIN


def test_a_frame_without_its_size_is_read_too() -> None:
    packing = zstandard.ZstdCompressor().compressobj()
    assert unpack(packing.compress(PLAIN) + packing.flush(), "zstd", MOST) == PLAIN


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_a_bomb_is_refused_by_what_it_unfolds_to(encoding: str) -> None:
    bomb = packed(bytes(200_000_000), encoding)
    assert len(bomb) < 300_000
    assert kind_of(bomb, encoding) is ErrorKind.TOO_LARGE


def test_a_window_that_takes_too_much_memory_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packing = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert kind_of(packing.compress(PLAIN) + packing.flush(), "zstd") is ErrorKind.MALFORMED


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
@pytest.mark.parametrize(
    "damage", [lambda b: b[:-3], lambda b: b[:4], lambda b: b"", lambda b: b + b"more", lambda b: b"x" + b]
)
def test_a_cut_or_lengthened_body_is_malformed_never_half_a_body(encoding: str, damage: object) -> None:
    assert callable(damage)
    whole = packed(PLAIN, encoding)
    assert kind_of(damage(whole), encoding) is ErrorKind.MALFORMED


def test_an_unknown_encoding_is_malformed() -> None:
    assert kind_of(PLAIN, "br") is ErrorKind.MALFORMED


def test_a_plain_body_has_the_limit_of_an_unfolded_one() -> None:
    assert kind_of(PLAIN, "identity", most=len(PLAIN) - 1) is ErrorKind.TOO_LARGE


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("zstd", "zstd"),
        ("gzip, zstd", "zstd"),
        ("gzip", "gzip"),
        ("zstd;q=0, gzip;q=0.5", "gzip"),
        ("zstd;q=0.0", ""),
        ("", ""),
        ("br", ""),
    ],
)
def test_a_reply_is_compressed_as_its_reader_wishes(accepted: str, expected: str) -> None:
    body, encoding = pack(PLAIN, accepted)
    assert encoding == expected
    match encoding:
        case "zstd":
            assert zstandard.ZstdDecompressor().decompress(body) == PLAIN
        case "gzip":
            assert zlib.decompress(body, wbits=31) == PLAIN
        case _:
            assert body == PLAIN


def with_words(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def test_l1_a_reply_to_a_request_of_our_own_coding_knows_the_request() -> None:
    asked, said = PLAIN[:300], PLAIN[50:250]
    body, encoding = pack_reply(said, asked)
    assert encoding == CODING
    assert len(body) < 30
    assert zstandard.ZstdDecompressor(with_words(of_reply(asked))).decompress(body) == said


def test_l1_a_request_of_our_own_coding_is_unpacked_with_the_words_that_both_know() -> None:
    body = zstandard.ZstdCompressor(dict_data=with_words(WORDS)).compress(PLAIN)
    assert unpack(body, CODING, MOST) == PLAIN
    assert unpack(zstandard.compress(PLAIN), CODING, MOST) == PLAIN
    with pytest.raises(KnownError):
        unpack(body, CODING, len(PLAIN) - 1)


def test_l1_the_words_never_change() -> None:
    """A desk of last year and a server of today must mean the same by them."""
    assert (
        hashlib.sha256(WORDS).hexdigest()
        == "e08465a3700ed5dfa5c9246921e5fa67d650f09081a82ff4e53f254fe5e1d2bd"
    )


def test_a_short_reply_is_left_as_it_is() -> None:
    assert pack(b"short", "zstd") == (b"short", "")


class Pieces:
    """A request whose body comes in pieces, and after them, if `stalls`, nothing."""

    def __init__(self, pieces: list[bytes], *, stalls: bool = False) -> None:
        self.left = pieces
        self.stalls = stalls

    async def stream(self) -> AsyncIterator[bytes]:
        while self.left:
            yield self.left.pop(0)
        if self.stalls:
            await asyncio.Event().wait()


def test_reading_stops_at_the_limit_without_waiting_for_the_rest() -> None:
    request = Pieces([b"12345", b"67890", b"never read"])
    with pytest.raises(KnownError) as caught:
        asyncio.run(read_body(request, 9))
    assert caught.value.kind is ErrorKind.TOO_LARGE
    assert request.left == [b"never read"]


def test_a_body_that_does_not_come_is_given_up() -> None:
    with pytest.raises(KnownError) as caught:
        asyncio.run(read_body(Pieces([b"1"], stalls=True), 9, seconds=0.01))
    assert caught.value.kind is ErrorKind.MALFORMED


def test_a_body_in_tiny_pieces_takes_little_more_memory_than_its_size() -> None:
    pieces = [place.to_bytes(3) for place in range(60_000)]
    tracemalloc.start()
    try:
        body = asyncio.run(read_body(Pieces(pieces.copy()), 1_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert body == b"".join(pieces)
    assert peak < 2_000_000


def test_limits_leave_room_for_a_thousand_mutations() -> None:
    assert limits.SYNC_BODY_BYTES < limits.SYNC_UNPACKED_BYTES
    assert asyncio.run(read_body(Pieces([b"1"] * 3), 3)) == b"111"
