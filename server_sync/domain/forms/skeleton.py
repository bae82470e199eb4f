"""Reads the instances of a model: the skeleton of the answers, what they begin with, and the secondary instances."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.model import NodeSpec
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xml import JAVAROSA, XFORMS, Element, attribute, children, line_of, name_of
from server_sync.domain.forms.xpath.references import NOTHING, Shape

MAX_NODES = 20_000
"""Elements of a primary instance."""

MAX_ITEMS = 50_000
"""Items of all secondary instances together."""

_ENTITY = "/meta/entity"
"""The element whose attributes binds may speak of (ODK XForms, Entities): they are nodes, named "@id"."""

_OF_JAVAROSA = f"{{{JAVAROSA}}}"
_TEMPLATE = f"{_OF_JAVAROSA}template"

_ENTERED = NodeSpec("", "")
"""Keeps the place of a node before those below it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The nodes of the answers by path, in document order, and their shape.

    `initial` is the document that a new filling-in begins with, `templates` what a new instance of each repeat is; both
    are to be copied.
    """

    nodes: Mapping[str, NodeSpec]
    shape: Shape
    initial: Node
    templates: Mapping[str, Node]


def read_skeleton(root: Element, repeats: frozenset[str]) -> Skeleton:
    """The primary instance below `root`; `repeats` are the paths that repeat.

    Raises KnownError FORM_TOO_LARGE, FORM_UNREADABLE (`reason` "duplicate_name", with `name` and `line`).
    """
    nodes: dict[str, NodeSpec] = {}
    patterns: dict[str, Element] = {}
    initial = _collect(name_of(root), [root], "", repeats, nodes, patterns)
    names = {
        path: frozenset([child.rpartition("/")[2] for child in spec.children]) if spec.children else NOTHING
        for path, spec in nodes.items()
    }
    shape = Shape({"": frozenset({name_of(root)}), **names}, repeats & nodes.keys())
    document = Node("")
    document.add(initial)
    templates = {path: _initial(pattern, path, nodes) for path, pattern in patterns.items()}
    return Skeleton(nodes, shape, document, templates)


def _collect(
    name: str,
    same: list[Element],
    above: str,
    repeats: frozenset[str],
    nodes: dict[str, NodeSpec],
    patterns: dict[str, Element],
) -> Node:
    """Enter the node that the elements of one name stand for, and everything below it; how it begins.

    A new instance of a repeat is made after its template, or after its first instance where there is none.
    """
    if len(same) > 1:
        same = sorted(same, key=lambda element: element.get(_TEMPLATE) is None)
    pattern, path = same[0], f"{above}/{name}"
    nodes[path] = _ENTERED
    if len(nodes) > MAX_NODES:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, nodes=len(nodes), most=MAX_NODES)
    attributes, below = _attributes(pattern), list[str]()
    node = Node(name, path)
    if path.endswith(_ENTITY):
        for attribute_name, value in attributes.items():
            entered = _attribute(attribute_name, value, path, nodes)
            node.add(Node(entered.name, entered.path, value))
            below.append(entered.path)
    for inner_name, group in _by_name(same).items():
        inner_path = f"{path}/{inner_name}"
        if inner_path not in repeats and len(group) > len(same):
            raise _twice(group[-1], inner_path)
        inner = _collect(inner_name, group, path, repeats, nodes, patterns)
        below.append(inner_path)
        if inner_path in repeats:
            node.children[inner_name] = []
            for one in group:
                if one.get(_TEMPLATE) is None:
                    node.add(_initial(one, inner_path, nodes))
        elif group[0].get(_TEMPLATE) is None:
            node.add(inner)
        else:
            node.add(empty_node(nodes[inner_path], nodes))
    if path in repeats:
        patterns[path] = pattern
    if not below:
        node.value = (pattern.text or "").strip()
    nodes[path] = NodeSpec(
        path,
        name,
        node.value,
        tuple(below),
        path in repeats,
        _namespace(str(pattern.tag)),
        {} if below and path.endswith(_ENTITY) else attributes,
    )
    return node


def _twice(element: Element, path: str) -> KnownError:
    """Two nodes of one name where nothing repeats: expressions could not tell them apart."""
    line = line_of(element)
    return KnownError(ErrorKind.FORM_UNREADABLE, reason="duplicate_name", line=line, name=path)


def _attributes(element: Element) -> dict[str, str]:
    """The attributes that are handed in with the answers, in Clark notation."""
    given: Any = element.items()
    return {name: value for name, value in given if not name.startswith(_OF_JAVAROSA)} if given else {}


def _attribute(name: str, value: str, above: str, nodes: dict[str, NodeSpec]) -> NodeSpec:
    local = f"@{etree.QName(name).localname}"
    path = f"{above}/{local}"
    nodes[path] = NodeSpec(path, local, value, namespace=_namespace(name))
    return nodes[path]


def _namespace(name: str) -> str:
    """The namespace of a name in Clark notation, empty for XForms' own."""
    namespace = name[1:].partition("}")[0] if name[0] == "{" else ""
    return "" if namespace == XFORMS else namespace


def _by_name(parents: Iterable[Element]) -> dict[str, list[Element]]:
    """The child elements of several parents, those of one name together."""
    groups: dict[str, list[Element]] = {}
    for parent in parents:
        for element in parent:
            groups.setdefault(name_of(element), []).append(element)
    return groups


def _initial(element: Element, path: str, nodes: Mapping[str, NodeSpec]) -> Node:
    """An instance of a repeat, or an element within, as it stands in the primary instance, without templates."""
    spec = nodes[path]
    node = Node(spec.name, path, "" if spec.children else (element.text or "").strip())
    present = _by_name([element])
    for below in spec.children:
        inner_spec = nodes[below]
        if inner_spec.name.startswith("@"):
            node.add(Node(inner_spec.name, below, inner_spec.default))
            continue
        found = [one for one in present.get(inner_spec.name, ()) if one.get(_TEMPLATE) is None]
        if inner_spec.repeats:
            node.children[inner_spec.name] = []
        for one in found if inner_spec.repeats else found[:1]:
            node.add(_initial(one, below, nodes))
        if not found and not inner_spec.repeats:
            node.add(empty_node(inner_spec, nodes))
    return node


def empty_node(spec: NodeSpec, nodes: Mapping[str, NodeSpec]) -> Node:
    """A node with everything below it, without defaults and without instances of repeats; attributes stay."""
    constant = spec.name.startswith("@")
    node = Node(spec.name, spec.path, spec.default if constant else "")
    for below in spec.children:
        inner = nodes[below]
        if inner.repeats:
            node.children[inner.name] = []
        else:
            node.add(empty_node(inner, nodes))
    return node


def read_instances(instances: Iterable[Element]) -> dict[str, Node]:
    """The secondary instances by id, each as the document above its root; one whose file is not there is empty.

    Raises KnownError FORM_TOO_LARGE for more items than a form may have.
    """
    found: dict[str, Node] = {}
    items = 0
    for instance in instances:
        document = Node("")
        for element in children(instance):
            items += len(element)
            if items > MAX_ITEMS:
                raise KnownError(ErrorKind.FORM_TOO_LARGE, items=items, most=MAX_ITEMS)
            document.add(_tree(element))
        found[attribute(instance, "id")] = document
    return found


def _tree(element: Element) -> Node:
    node = Node(name_of(element), value=(element.text or "").strip())
    for inner in element:
        node.add(_tree(inner))
    return node
