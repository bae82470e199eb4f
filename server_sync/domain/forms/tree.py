"""A node of a form's data, in the answers or in a list of choices; how it is found or computed lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

MAX_LEAVES = 1_000
"""Nodes of a group that its string value is made of."""

MAX_TEXT = 100_000
"""Characters of a text that an expression makes."""


class Node:
    """One element of an instance.

    `path` is the path of its definition without indexes ("/data/household/name"), empty in a secondary instance.
    `relevant` includes the ancestors; `own_relevant` is the node's own condition. `value` is kept while the node is not
    relevant, it only does not show to expressions (ODK XForms, bind attributes).
    """

    __slots__ = (
        "children",
        "name",
        "own_relevant",
        "parent",
        "path",
        "readonly",
        "relevant",
        "required",
        "valid",
        "value",
    )

    def __init__(self, name: str, path: str = "", value: str = "", parent: Node | None = None) -> None:
        self.name = name
        self.path = path
        self.value = value
        self.parent = parent
        self.children: dict[str, list[Node]] = {}
        self.own_relevant = True
        self.relevant = True
        self.readonly = False
        self.required = False
        self.valid = True

    def add(self, child: Node) -> None:
        """Append a child after its siblings of the same name."""
        child.parent = self
        self.children.setdefault(child.name, []).append(child)

    def copy(self) -> Node:
        """The node with everything below it, as it was made; without a parent."""
        node = Node(self.name, self.path, self.value)
        for name, siblings in self.children.items():
            copies = node.children[name] = [child.copy() for child in siblings]
            for child in copies:
                child.parent = node
        return node

    def text(self) -> str:
        """The string value: its own value, or those of its relevant leaves one after another, as far as they go."""
        if not self.children:
            return self.value
        leaves = (
            leaf.value for leaf in islice(self.walk(), MAX_LEAVES) if not leaf.children and leaf.relevant
        )
        parts: list[str] = []
        length = 0
        for part in leaves:
            length += len(part)
            if length > MAX_TEXT:
                break
            parts.append(part)
        return "".join(parts)

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                for siblings in reversed(node.children.values()):
                    waiting += reversed(siblings)

    def position(self) -> int:
        """Its place among the siblings of its name, from 1."""
        return 1 if self.parent is None else self.parent.children[self.name].index(self) + 1

    def lineage(self) -> Iterator[Node]:
        """The node and its ancestors, from the inside outwards."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def ancestor(self, path: str) -> Node | None:
        """Itself or the nearest ancestor whose definition has this path."""
        node: Node | None = self
        while node is not None and node.path != path:
            node = node.parent
        return node
