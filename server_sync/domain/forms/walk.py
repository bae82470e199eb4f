"""Walks a form's body over the answers: which pages there may be, and every question with its node."""

from collections.abc import Iterator
from typing import NamedTuple

from server_sync.domain.forms.definition import Element, FormDefinition, Group, Question, Repeat
from server_sync.domain.forms.engine import Engine
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import Words
from server_sync.domain.forms.tree import Node

Asked = tuple[Question, Node]
Headings = tuple[tuple[Words, Node], ...]


class Place(NamedTuple):
    """One page before its texts are made: its key, the headings, and what it asks where that is relevant.

    `around` are the groups whose nodes do not hold what they ask: they have to be relevant as well.
    """

    key: str
    headings: Headings
    questions: tuple[Asked, ...]
    around: tuple[Node, ...] = ()
    repeat: tuple[Repeat, Node] | None = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Its questions that are relevant now."""
        return tuple(one for one in self.questions if one[1].relevant)


class BodyWalk:
    """The body of one form over the answers of one filling-in."""

    def __init__(self, definition: FormDefinition, answers: Instance, engine: Engine) -> None:
        self._definition = definition
        self._answers = answers
        self._engine = engine

    def places(self) -> Iterator[Place]:
        """The pages there may be with these instances, relevant or not, in order."""
        return self._places(self._definition.body, self._answers.document, (), ())

    def is_shown(self, place: Place) -> bool:
        """Whether a page is relevant now."""
        if not all(node.relevant for node in place.around):
            return False
        if place.repeat is not None:
            return self._engine.may_add(*place.repeat)
        return any(node.relevant for _, node in place.questions)

    def offer_reads(self, repeat: Repeat, parent: Node) -> frozenset[str]:
        """The paths that decide whether another instance of a repeat is offered."""
        bind = self._definition.binds.get(repeat.path)
        reads = (
            bind.relevant.references if bind is not None and bind.relevant is not None else frozenset[str]()
        )
        return reads | {parent.path}

    def asked(self) -> Iterator[Asked]:
        """Every question with its node, relevant or not, in order."""
        return self._asked(self._definition.body, self._answers.document)

    def _places(
        self, elements: tuple[Element, ...], anchor: Node, headings: Headings, groups: tuple[Node, ...]
    ) -> Iterator[Place]:
        for element in elements:
            match element:
                case Question():
                    node = self._below(anchor, element.path)
                    if node is not None:
                        key = self._answers.path_of(node)
                        yield Place(key, headings, ((element, node),), _not_above(groups, node))
                case Group():
                    yield from self._group(element, anchor, headings, groups)
                case Repeat():
                    yield from self._repeat(element, anchor, headings, groups)

    def _group(
        self, group: Group, anchor: Node, headings: Headings, groups: tuple[Node, ...]
    ) -> Iterator[Place]:
        node = self._below(anchor, group.path) if group.path else None
        if node is not None and not self._definition.nodes[group.path].repeats:
            groups = (*groups, node)
        if group.label is not None:
            headings = (*headings, (group.label, node or anchor))
        if "field-list" not in group.appearance:
            yield from self._places(group.elements, anchor, headings, groups)
            return
        asked = tuple(self._asked(group.elements, anchor, single=True))
        if asked:
            key = self._answers.path_of(node if node is not None else asked[0][1])
            yield Place(key, headings, asked, _not_above(groups, asked[0][1]))
        repeats = tuple(element for element in group.elements if isinstance(element, Repeat))
        yield from self._places(repeats, anchor, headings, groups)

    def _repeat(
        self, repeat: Repeat, anchor: Node, headings: Headings, groups: tuple[Node, ...]
    ) -> Iterator[Place]:
        above, _, name = repeat.path.rpartition("/")
        parent = self._below(anchor, above)
        if parent is None:
            return
        for node in parent.children.get(name, ()):
            yield from self._places(repeat.elements, node, headings, (*groups, node))
        if not repeat.fixed:
            key = f"{self._answers.path_of(parent)}/{name}[+]"
            yield Place(key, headings, (), _not_above(groups, parent), (repeat, parent))

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


def _not_above(groups: tuple[Node, ...], node: Node) -> tuple[Node, ...]:
    """The groups that are none of a node's ancestors, whose relevance it does not have already."""
    return tuple([group for group in groups if not node.path.startswith(f"{group.path}/")])
