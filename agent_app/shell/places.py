"""The shape of a feature as the shell sees it, and a place of the rail made of up to three of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges


class Feature(Protocol):
    """One feature: a widget and what the shell tells it, always on the main thread."""

    @property
    def widget(self) -> QWidget:
        """What is laid into a column."""

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this item; None: nothing, or the whole."""

    def on_changed(self, changes: StoreChanges) -> None:
        """Something changed in the store."""

    def on_tick(self, now: int) -> None:
        """About once a second: countdowns."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        """What it offers by key."""


@dataclass(frozen=True)
class Place:
    """One place of the rail: a name for routes, an icon, its words, and what stands in its columns."""

    name: str
    icon: str
    title: str
    work: Feature
    listing: Feature | None = None
    context: Feature | None = None
    at_bottom: bool = False

    def features(self) -> list[Feature]:
        """All of them."""
        return [feature for feature in (self.listing, self.work, self.context) if feature is not None]
