"""Every node of a filling-in as it stands, for those who read a form as data; what is asked of a person is `pages`'."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from server_sync.domain.forms.definition import FormDefinition, Question
from server_sync.domain.forms.model import Bind
from server_sync.domain.forms.tree import Node

GROUP, REPEAT = "group", "repeat"
"""The types of nodes that hold others: groups (the root and `meta` are some), and instances of repeats."""


@dataclass(frozen=True, slots=True)
class NodeState:
    """One node.

    `path` carries the index of every instance of a repeat; `type` is the data type of its bind ("string", "int",
    "rank" …), GROUP or REPEAT. `relevant` and `readonly` include the ancestors. `value` is what expressions see: empty
    for a group and for what is not relevant. `valid` is false for a value that breaks its constraint or is no answer to
    its question (any more), and for none where one is required (XForms 1.0, 4.3.5); what is not relevant is valid.
    """

    path: str
    type: str
    relevant: bool
    required: bool
    readonly: bool
    value: str
    valid: bool


def list_nodes(
    form: FormDefinition, document: Node, fits: Callable[[Question, Node], bool]
) -> Iterator[NodeState]:
    """The nodes below the document, in document order; attributes are none of them. `fits`: a value is an answer."""
    for siblings in document.children.values():
        for node in siblings:
            yield from _below(form, node, "", fits, readonly=False)


def _below(
    form: FormDefinition, node: Node, above: str, fits: Callable[[Question, Node], bool], readonly: bool
) -> Iterator[NodeState]:
    spec = form.nodes[node.path]
    path = f"{above}/{node.name}[{node.position()}]" if spec.repeats else f"{above}/{node.name}"
    readonly = readonly or node.readonly
    value = node.value if node.relevant and not node.children else ""
    missing = node.required and not value and not node.children
    question = form.questions.get(node.path)
    wrong = bool(value) and (not node.valid or (question is not None and not fits(question, node)))
    valid = not node.relevant or not (missing or wrong)
    kind = (
        REPEAT if spec.repeats else GROUP if node.children else form.binds.get(node.path, _NO_BIND).data_type
    )
    yield NodeState(path, kind, node.relevant, node.required, readonly, value, valid)
    for name, siblings in node.children.items():
        for child in siblings if not name.startswith("@") else ():
            yield from _below(form, child, path, fits, readonly)


_NO_BIND = Bind("")
