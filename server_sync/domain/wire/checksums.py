"""Counts and sums by which two ends see whether they hold the same rows (SYNC E2); which rows is their business."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

BUCKETS = 256
_MASK = (1 << 64) - 1


def row_hash(kind: int, row_id: bytes, rev: int) -> int:
    """64 bits for one version of one row."""
    data = row_id + (rev << 8 | kind).to_bytes(9)
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def bucket_of(row_id: bytes) -> int:
    """In which of the sub-sums a row counts: by the last byte of its id, as the first ones of a UUIDv7 are its time."""
    return row_id[-1]


@dataclass
class Checksum:
    """How many rows, and the sum of their hashes modulo 2^64."""

    rows: int = 0
    sum: int = 0

    def add(self, kind: int, row_id: bytes, rev: int) -> None:
        """Count a row."""
        self.rows += 1
        self.sum = (self.sum + row_hash(kind, row_id, rev)) & _MASK

    def remove(self, kind: int, row_id: bytes, rev: int) -> None:
        """Count a row no more."""
        self.rows -= 1
        self.sum = (self.sum - row_hash(kind, row_id, rev)) & _MASK


def buckets(rows: Iterable[tuple[int, bytes, int]]) -> list[Checksum]:
    """The 256 sub-sums of rows given as (kind, id, rev)."""
    sums = [Checksum() for _ in range(BUCKETS)]
    for kind, row_id, rev in rows:
        sums[bucket_of(row_id)].add(kind, row_id, rev)
    return sums


def signed(value: int) -> int:
    """A sum as databases keep 64 bits."""
    return value - (1 << 64) if value >> 63 else value


def unsigned(value: int) -> int:
    """A sum as it was before `signed`."""
    return value & _MASK
