"""The answers of one filling-in as a tree of nodes, to and from the flat form that is stored; computes nothing."""

import re
from collections.abc import Iterator, Mapping

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.skeleton import empty_node
from server_sync.domain.forms.tree import Node

MAX_INSTANCES = 500
"""Instances of one repeat within one parent."""

MAX_NODES = 50_000
"""Nodes of one filling-in, all instances together."""

_STEP = re.compile(r"([^\[\]/]+)(?:\[([1-9][0-9]{0,4})\])?")


class Instance:
    """The nodes of one filling-in. Paths of repeats carry their index: "/data/household[1]/name"."""

    def __init__(self, definition: FormDefinition) -> None:
        self._nodes = definition.nodes
        self._root = definition.root
        self._templates = definition.templates
        self.document = definition.initial.copy()
        self.by_path: dict[str, list[Node]] = {}
        self._size = 0
        self._plain = definition.nodes.keys() - definition.shape.repeated
        self.index()

    def index(self) -> None:
        """Make `by_path` say again which nodes there are, after instances came or went."""
        self.by_path.clear()
        for path in ("", *self._nodes):
            self.by_path[path] = []
        self._size = 0
        for node in self.document.walk():
            self.by_path[node.path].append(node)
            self._size += 1

    def blank(self) -> None:
        """Empty everything and drop all instances of repeats, before answers are put back."""
        self.document.children.clear()
        self.document.add(empty_node(self._nodes[self._root], self._nodes))
        self.index()

    def add_instance(self, parent: Node, path: str) -> Node | None:
        """Append an instance of a repeat with its defaults; None when there are too many. Call `index` afterwards."""
        if len(parent.children.get(self._nodes[path].name, ())) >= MAX_INSTANCES or self._size >= MAX_NODES:
            return None
        return self._append(parent, self._templates[path].copy())

    def _append(self, parent: Node, node: Node) -> Node:
        parent.add(node)
        self._size += sum(1 for _ in node.walk())
        return node

    def remove_instance(self, node: Node) -> None:
        """Drop an instance of a repeat. Call `index` afterwards."""
        if node.parent is not None:
            node.parent.children[node.name].remove(node)
            self._size -= sum(1 for _ in node.walk())

    def path_of(self, node: Node) -> str:
        """The path of a node with the index of every repeat on the way."""
        if node.path in self._plain:
            return node.path
        steps: list[str] = []
        at: Node | None = node
        while at is not None and at.path:
            steps.append(f"{at.name}[{at.position()}]" if self._nodes[at.path].repeats else at.name)
            at = at.parent
        return "/" + "/".join(reversed(steps))

    def find(self, path: str) -> Node | None:
        """The node at an indexed path; a repeat without an index means its first instance."""
        plain = self.by_path.get(path)
        if plain is not None and len(plain) == 1:
            return plain[0]
        node: Node | None = self.document
        for name, position in _steps(path):
            siblings = () if node is None else node.children.get(name, ())
            node = siblings[position - 1] if position <= len(siblings) else None
        return node

    def place(self, path: str, value: str) -> bool:
        """Put a stored value at its path, making instances of repeats as needed; whether the form has such a place."""
        node = self.document
        for name, position in _steps(path):
            definition_path = f"{node.path}/{name}"
            if definition_path not in self._nodes:
                return False
            if self._nodes[definition_path].repeats:
                while (
                    len(node.children.get(name, ())) < min(position, MAX_INSTANCES) and self._size < MAX_NODES
                ):
                    self._append(node, empty_node(self._nodes[definition_path], self._nodes))
            siblings = node.children.get(name, [])
            if position > len(siblings):
                return False
            node = siblings[position - 1]
        if not node.path or (node.children and value):
            return False
        node.value = value
        return True

    def flat(self, relevant_only: bool = False) -> dict[str, str]:
        """The values that are not empty, by indexed path, in document order.

        An instance of a repeat that holds nothing stands there with an empty value, so that it is not forgotten.
        """
        return dict(self._flat(self.document, "", relevant_only))

    def _flat(self, node: Node, path: str, relevant_only: bool) -> Iterator[tuple[str, str]]:
        for name, siblings in node.children.items():
            for position, child in enumerate(siblings, 1):
                if relevant_only and not child.relevant:
                    continue
                repeats = self._nodes[child.path].repeats
                inner = f"{path}/{name}[{position}]" if repeats else f"{path}/{name}"
                below = list(self._flat(child, inner, relevant_only))
                yield from below
                if child.value and not child.children:
                    yield inner, child.value
                elif repeats and not below:
                    yield inner, ""


def _steps(path: str) -> list[tuple[str, int]]:
    """Names and positions of an indexed path; a step that is none leads nowhere."""
    steps: list[tuple[str, int]] = []
    for step in path.split("/")[1:]:
        match = _STEP.fullmatch(step)
        steps.append((match[1], int(match[2] or 1)) if match else ("", 1))
    return steps


def definition_path(path: str) -> str:
    """An indexed path without its indexes."""
    return re.sub(r"\[\d+\]", "", path)


def load(instance: Instance, answers: Mapping[str, str]) -> dict[str, str]:
    """Put stored answers back into a blank instance; what the form has no place for is returned, never lost."""
    instance.blank()
    unplaced = {path: value for path, value in answers.items() if not instance.place(path, value)}
    instance.index()
    return unplaced
