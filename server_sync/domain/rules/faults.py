"""What becomes of the faults of something given as data: raised at the first, or gathered, so that all are told."""

from collections.abc import Callable
from typing import TypeVar

from server_sync.domain.errors import KnownError

Read = TypeVar("Read")
Placed = tuple[str, KnownError]
"""Where something is wrong within what was given, such as "steps.2.form", and what."""


class Faults:
    """Raises the first. Places are the `field` of an error, in a calendar its `at`."""

    def add(self, error: KnownError) -> None:
        """Something is wrong."""
        raise error

    def has(self, place: str) -> bool:
        """Whether something is wrong there, so that what hangs on it cannot be told."""
        return False

    def attempt(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What is read; `otherwise` stands for it where it is faulty and reading goes on."""
        try:
            return read()
        except KnownError as error:
            self.add(error)
            return otherwise


class Gathered(Faults):
    """Keeps the first of each place, of a condition tree the first of each condition."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[int, ...]], KnownError] = {}
        self._places: set[str] = set()

    @property
    def found(self) -> list[KnownError]:
        """All of them, as they were met."""
        return list(self._found.values())

    def add(self, error: KnownError) -> None:
        place = place_of(error)
        self._places.add(place)
        self._found.setdefault((place, tuple(error.values.get("path", ()))), error)

    def has(self, place: str) -> bool:
        return place in self._places


def place_of(error: KnownError) -> str:
    """Where the error says that something is wrong."""
    return str(error.values["field"] if "field" in error.values else error.values["at"])
