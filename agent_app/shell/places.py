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
    """One place of the rail: a name for routes, an icon, its words, and what stands in its columns.

    `listing` is a plain widget where the work fills it. `work_title` names the keys of work and context where they are
    another matter than the list ("" if not). A place with the work of an earlier one shares its columns: only the list
    is another.
    """

    name: str
    icon: str
    title: str
    work: Feature
    listing: Feature | QWidget | None = None
    context: Feature | None = None
    at_bottom: bool = False
    work_title: str = ""

    def features(self) -> list[Feature]:
        """All of them."""
        parts = (self.listing, self.work, self.context)
        return [part for part in parts if part is not None and not isinstance(part, QWidget)]

    def group_of(self, feature: Feature) -> str:
        """The heading under which a feature's keys are listed."""
        return self.title if feature is self.listing else self.work_title or self.title
