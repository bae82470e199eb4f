"""Walks a form's body over the answers: which pages there are at this moment, and every question with its node."""

from collections.abc import Iterator
from dataclasses import dataclass

from server_sync.domain.forms.definition import Element, FormDefinition, Group, Question, Repeat
from server_sync.domain.forms.engine import Engine
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import Words
from server_sync.domain.forms.tree import Node

Asked = tuple[Question, Node]


@dataclass(frozen=True, slots=True)
class Place:
    """One page before its texts are made: its key, the headings, and what it asks."""

    key: str
    headings: tuple[tuple[Words, Node], ...]
    asked: tuple[Asked, ...]
    repeat: tuple[Repeat, Node] | None = None


class BodyWalk:
    """The body of one form over the answers of one filling-in."""

    def __init__(self, definition: FormDefinition, answers: Instance, engine: Engine) -> None:
        self._definition = definition
        self._answers = answers
        self._engine = engine

    def places(self) -> list[Place]:
        """The pages that are relevant now, in order."""
        return list(self._places(self._definition.body, self._answers.document, ()))

    def asked(self) -> Iterator[Asked]:
        """Every question with its node, relevant or not, in order."""
        return self._asked(self._definition.body, self._answers.document)

    def _places(
        self, elements: tuple[Element, ...], anchor: Node, headings: tuple[tuple[Words, Node], ...]
    ) -> Iterator[Place]:
        for element in elements:
            match element:
                case Question():
                    node = self._below(anchor, element.path)
                    if node is not None and node.relevant:
                        yield Place(self._answers.path_of(node), headings, ((element, node),))
                case Group():
                    yield from self._group(element, anchor, headings)
                case Repeat():
                    yield from self._repeat(element, anchor, headings)

    def _group(self, group: Group, anchor: Node, headings: tuple[tuple[Words, Node], ...]) -> Iterator[Place]:
        node = self._below(anchor, group.path) if group.path else None
        repeats = self._definition.nodes[group.path].repeats if group.path else False
        if node is not None and not node.relevant and not repeats:
            return
        if group.label is not None:
            headings = (*headings, (group.label, node or anchor))
        if "field-list" not in group.appearance:
            yield from self._places(group.elements, anchor, headings)
            return
        asked = tuple(one for one in self._asked(group.elements, anchor, single=True) if one[1].relevant)
        if asked:
            key = self._answers.path_of(node) if node is not None else self._answers.path_of(asked[0][1])
            yield Place(key, headings, asked)
        yield from self._places(tuple(e for e in group.elements if isinstance(e, Repeat)), anchor, headings)

    def _repeat(
        self, repeat: Repeat, anchor: Node, headings: tuple[tuple[Words, Node], ...]
    ) -> Iterator[Place]:
        above, _, name = repeat.path.rpartition("/")
        parent = self._below(anchor, above)
        if parent is None:
            return
        for node in parent.children.get(name, ()):
            if node.relevant:
                yield from self._places(repeat.elements, node, headings)
        if not repeat.fixed and self._engine.may_add(repeat, parent):
            yield Place(f"{self._answers.path_of(parent)}/{name}[+]", headings, (), (repeat, parent))

    def _asked(self, elements: tuple[Element, ...], anchor: Node, single: bool = False) -> Iterator[Asked]:
        """Questions with their nodes; `single` leaves out what repeats."""
        for element in elements:
            match element:
                case Question():
                    node = self._below(anchor, element.path)
                    if node is not None:
                        yield element, node
                case Group():
                    yield from self._asked(element.elements, anchor, single)
                case Repeat() if not single:
                    above, _, name = element.path.rpartition("/")
                    parent = self._below(anchor, above)
                    for node in () if parent is None else parent.children.get(name, ()):
                        yield from self._asked(element.elements, node)

    def _below(self, anchor: Node, path: str) -> Node | None:
        """The node of a definition path below an instance of a repeat (or the document)."""
        nodes = self._answers.by_path.get(path, ())
        if len(nodes) == 1 and not anchor.path:
            return nodes[0]
        node: Node | None = anchor
        for name in path[len(anchor.path) + 1 :].split("/") if path != anchor.path else ():
            found = () if node is None else node.children.get(name, ())
            node = found[0] if found else None
        return node
