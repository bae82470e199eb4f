"""The lots that a form draws by `random()` and `uuid()`: a sequence fixed by its seed; nothing here is random."""

import hashlib


class Draws:
    """Numbers 0 ≤ n < 1 in a sequence that depends on `seed` alone (the caller gives each filling-in its own)."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._count = 0

    def next(self) -> float:
        """The next number, from 53 bits of SHA-256 over seed and count."""
        self._count += 1
        digest = hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
        return (int.from_bytes(digest[:8], "big") >> 11) / (1 << 53)
