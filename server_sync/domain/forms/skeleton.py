"""Reads the instances of a model: the skeleton of the answers, and the secondary instances as trees of nodes."""

from collections.abc import Iterable, Mapping

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.model import NodeSpec
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xml import JAVAROSA, Element, attribute, children, name_of
from server_sync.domain.forms.xpath.references import Shape

MAX_NODES = 20_000
"""Elements of a primary instance."""


def read_skeleton(root: Element, repeats: frozenset[str]) -> tuple[Mapping[str, NodeSpec], Shape]:
    """The nodes of the answers by path, in document order, and their shape.

    Raises KnownError FORM_TOO_LARGE, or FORM_UNSUPPORTED for entities and where the instances of a repeat differ.
    """
    nodes: dict[str, NodeSpec] = {}
    _collect([root], "", repeats, nodes)
    names = {
        path: frozenset(child.rpartition("/")[2] for child in spec.children) for path, spec in nodes.items()
    }
    return nodes, Shape({"": frozenset({name_of(root)}), **names}, repeats & nodes.keys())


def _collect(same: list[Element], above: str, repeats: frozenset[str], nodes: dict[str, NodeSpec]) -> str:
    """Enter the node that the elements of one name stand for, and everything below it; its path."""
    path = f"{above}/{name_of(same[0])}"
    templates = [element for element in same if element.get(f"{{{JAVAROSA}}}template") is not None]
    pattern = (templates or same)[0]
    instances = len(same) - len(templates)
    if path in repeats and len({_content(element) for element in same}) > 1:
        raise _unsupported(path, "instances_differ")
    if path.endswith("/meta/entity"):
        raise _unsupported(path, "entity")
    if len(nodes) >= MAX_NODES:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, nodes=len(nodes), most=MAX_NODES)
    nodes[path] = NodeSpec(path, name_of(pattern))
    below = tuple(_collect(group, path, repeats, nodes) for group in _by_name(children(pattern)))
    nodes[path] = NodeSpec(
        path,
        name_of(pattern),
        "" if below else (pattern.text or "").strip(),
        below,
        path in repeats,
        instances,
    )
    return path


def _unsupported(path: str, feature: str) -> KnownError:
    return KnownError(ErrorKind.FORM_UNSUPPORTED, features=[{"path": path, "feature": feature}])


def _content(element: Element) -> bytes:
    """What an instance holds, without marks and spaces between elements."""
    return b"|".join(
        name_of(inner).encode() + b"=" + (inner.text or "").strip().encode()
        for inner in element.iter(etree.Element)
    )


def _by_name(elements: Iterable[Element]) -> list[list[Element]]:
    groups: dict[str, list[Element]] = {}
    for element in elements:
        groups.setdefault(name_of(element), []).append(element)
    return list(groups.values())


def read_instance(instance: Element) -> Node:
    """A secondary instance as the document above its root element."""
    document = Node("")
    for element in children(instance):
        document.add(_tree(element))
    return document


def _tree(element: Element) -> Node:
    node = Node(name_of(element), value=(element.text or "").strip())
    for inner in children(element):
        node.add(_tree(inner))
    return node


def is_external(instance: Element) -> bool:
    """Whether a secondary instance names a file beside the form."""
    return bool(attribute(instance, "src"))
