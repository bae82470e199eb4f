"""What a planted bug is: names in modules or classes, and what stands there instead while it is in force."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Plant:
    """A bug. `changes`: (module or class, name, what stands there instead)."""

    name: str
    says: str
    changes: Sequence[tuple[Any, str, Any]]

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The code has the bug while the block runs."""
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in self.changes]
        for owner, name, instead in self.changes:
            setattr(owner, name, instead)
        try:
            yield
        finally:
            for owner, name, was in before:
                setattr(owner, name, was)
