"""The presenter of a place that asks the store only while somebody looks at it; plain Python, no widget."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import ClassVar

from agent_app.store.changes import StoreChanges


class WhileSeen(ABC):
    """What has changed in ``tables`` meanwhile is read when the place comes to the front again."""

    tables: ClassVar[Collection[str]]

    def __init__(self) -> None:
        self._seen, self._stale = False, True

    def on_seen(self, seen: bool) -> None:
        """The place came to the front, or went."""
        self._seen = seen
        if seen and self._stale:
            self._stale = False
            self._reload()

    def on_changed(self, changes: StoreChanges) -> None:
        """Look again, now or when somebody looks."""
        if changes.concerns(*self.tables):
            self._stale = True
            self.on_seen(self._seen)

    @abstractmethod
    def _reload(self) -> None:
        """Ask the store for what is shown."""
