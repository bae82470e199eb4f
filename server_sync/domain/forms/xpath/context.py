"""What an expression is evaluated against, and what a function is to the compiler; no function is known here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.budget import Budget
from server_sync.domain.forms.xpath.values import Value


class Scope(Protocol):
    """The form being filled in, as its expressions see it."""

    zone: tzinfo
    form_version: str
    budget: Budget
    by_path: Mapping[str, list[Node]]
    """The nodes of the answers by the path of their definition."""
    geopoint: str
    """The place where the device is, as a value of that type; empty where nobody knows."""

    @property
    def locale(self) -> str:
        """The language for names of months and days, as a tag or as a form names it; may be empty."""

    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""

    def instance(self, name: str) -> Node | None:
        """The document above a secondary instance's root element."""

    def index(self, parent: Node, name: str, key: str) -> Mapping[str, list[Node]]:
        """The children `name` of a node of a secondary instance by the text of their child `key`."""

    def translation(self, text_id: str) -> str:
        """An itext value in the active language, its outputs filled in."""

    def choice_label(self, path: str, node: Node, value: str) -> str:
        """The label of a choice of the question at `path` (an empty text where there is none)."""

    def random(self) -> float:
        """The next number of the form's own sequence, 0 ≤ n < 1."""


class Context:
    """One evaluation: the context node with its place, and the node whose bind is being evaluated (`current`).

    `operands` are the paths that an expression names, where it shares its closure with others (see `templates`).
    """

    __slots__ = ("current", "node", "operands", "position", "scope", "size")

    def __init__(
        self,
        scope: Scope,
        node: Node,
        current: Node | None = None,
        position: int = 1,
        size: int = 1,
        operands: tuple[str, ...] = (),
    ) -> None:
        self.scope = scope
        self.node = node
        self.current = current or node
        self.position = position
        self.size = size
        self.operands = operands


Compiled = Callable[[Context], Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its number of arguments (`most` None: any number); arguments come unevaluated.

    `pairs` says that arguments beyond the least come in twos; `spends` that it takes steps from the budget.
    """

    name: str
    least: int
    most: int | None
    call: Callable[[Context, Sequence[Compiled]], Value]
    pairs: bool = False
    spends: bool = False

    def takes(self, count: int) -> bool:
        """Whether it may be called with so many arguments."""
        within = count >= self.least and (self.most is None or count <= self.most)
        return within and not (self.pairs and (count - self.least) % 2)
