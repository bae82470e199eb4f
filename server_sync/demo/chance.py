"""What looks random in the demo and is the same every time: numbers out of hashes, ids that count up."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def draw(below: int, *about: object) -> int:
    """A number from 0 to below `below` that goes by what it is about."""
    text = "\0".join(str(part) for part in about)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) % below


def pick(items: Sequence[Item], *about: object) -> Item:
    """One of the items, by what it is about."""
    return items[draw(len(items), *about)]


class CountingIds:
    """Ids in the shape of UUIDv7 of one moment (ms) that count up (SYNC S1); commands derive more in the last byte."""

    def __init__(self, at: int) -> None:
        self._head = (at << 80) | (0x7 << 76) | (0x2 << 62)
        self._last = 0

    def new(self) -> bytes:
        self._last += 1
        return (self._head | self._last << 8).to_bytes(16)
