"""Computes one filling-in: values, relevance, required, read-only, constraints; again only what a change reaches."""

from collections.abc import Iterable, Iterator

from server_sync.domain.forms.definition import Element, FormDefinition, Question, Repeat
from server_sync.domain.forms.graph import Aspect, Cell, relevance_of
from server_sync.domain.forms.instance import MAX_INSTANCES, Instance
from server_sync.domain.forms.model import SetValue
from server_sync.domain.forms.scope import FormScope
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.moments import from_days, iso_date
from server_sync.domain.forms.xpath.values import Value, to_boolean, to_number, to_text

_ROUNDS = 10
"""How often counts of repeats may depend on what other counts brought, before we stop."""


class Engine:
    """Keeps the nodes of `answers` in step with each other.

    `supplied` are definition paths whose values come from outside: their calculations are left alone. `flipped` gathers
    the nodes that became relevant or ceased to be; whoever looks at it empties it first.
    """

    def __init__(self, definition: FormDefinition, answers: Instance, scope: FormScope) -> None:
        self._definition = definition
        self._answers = answers
        self._scope = scope
        self._counted = [repeat for repeat in _repeats(definition.body) if repeat.count is not None]
        self.supplied: set[str] = set()
        self.flipped: list[Node] = []

    def compute_all(self) -> None:
        """Compute everything from the values as they stand: at the start, and when instances came or went."""
        for _ in range(_ROUNDS):
            for node in self._answers.document.walk():
                above = node.parent
                node.relevant = node.own_relevant and (above is None or above.relevant)
            for cell in self._definition.graph.cells:
                self._compute(cell, set())
            if not self._count():
                return

    def change(self, node: Node, value: str) -> frozenset[str]:
        """Give a node a value and settle; the changes that happened (paths, and `relevance_of` paths)."""
        if node.value == value:
            return frozenset()
        node.value = value
        changed = {node.path}
        for cell in self._definition.graph.reached(node.path):
            if not cell.awaits.isdisjoint(changed):
                self._compute(cell, changed)
        for action in self._definition.actions:
            if action.trigger == node.path and "xforms-value-changed" in action.events:
                changed |= self.act(action, node)
        if self._counted and self._count():
            self.compute_all()
            changed |= {relevance_of(repeat.path) for repeat in self._counted}
        return frozenset(changed)

    def act(self, action: SetValue, near: Node) -> set[str]:
        """Carry out an action on its target (within a repeat: in the instance that `near` belongs to) and settle."""
        changed: set[str] = set()
        for target in self._targets(action.path, near):
            value = action.value
            if not isinstance(value, str):
                value = self._stored(value.evaluate(Context(self._scope, target)), action.path)
            changed |= self.change(target, value)
        return changed

    def add_instance(self, parent: Node, path: str) -> Node | None:
        """Append an instance of a repeat and compute; None when there are too many."""
        node = self._answers.add_instance(parent, path)
        if node is not None:
            self._answers.index()
            self.compute_all()
            for action in self._definition.actions:
                if "odk-new-repeat" in action.events and action.path.startswith(f"{path}/"):
                    self.act(action, node)
        return node

    def remove_instance(self, node: Node) -> None:
        """Drop an instance of a repeat and compute."""
        self._answers.remove_instance(node)
        self._answers.index()
        self.compute_all()

    def _targets(self, path: str, near: Node) -> list[Node]:
        repeat = self._definition.shape.shared_repeat(path, near.path)
        anchor = None if repeat is None else near.ancestor(repeat)
        nodes = self._answers.by_path.get(path, [])
        return nodes if anchor is None else [node for node in nodes if node.ancestor(anchor.path) is anchor]

    def may_add(self, repeat: Repeat, parent: Node) -> bool:
        """Whether a repeat without any instance would be relevant below `parent`."""
        bind = self._definition.binds.get(repeat.path)
        if bind is None or bind.relevant is None:
            return parent.relevant
        place = Node(self._definition.nodes[repeat.path].name, repeat.path, parent=parent)
        return parent.relevant and to_boolean(bind.relevant.evaluate(Context(self._scope, place)))

    def _compute(self, cell: Cell, changed: set[str]) -> None:
        """Compute one cell for all its nodes, and enter what it changes."""
        for node in self._answers.by_path.get(cell.path, ()):
            if cell.aspect is Aspect.CONSTRAINT:
                node.valid = not node.value or self._true(cell, node)
            elif cell.aspect is Aspect.RELEVANT:
                if node.own_relevant is not (relevant := self._true(cell, node)):
                    node.own_relevant = relevant
                    self._spread(node)
                    changed.add(cell.change)
            elif cell.aspect is Aspect.REQUIRED:
                node.required = self._true(cell, node)
            elif cell.aspect is Aspect.READONLY:
                node.readonly = self._true(cell, node)
            elif cell.path not in self.supplied:
                value = self._stored(cell.expression.evaluate(Context(self._scope, node)), cell.path)
                if value != node.value:
                    node.value = value
                    changed.add(cell.change)

    def _spread(self, node: Node) -> None:
        """Carry a node's relevance down to everything below it."""
        relevant = node.own_relevant and (node.parent is None or node.parent.relevant)
        if node.relevant is not relevant:
            node.relevant = relevant
            self.flipped.append(node)
            for siblings in node.children.values():
                for child in siblings:
                    self._spread(child)

    def _true(self, cell: Cell, node: Node) -> bool:
        return to_boolean(cell.expression.evaluate(Context(self._scope, node)))

    def _stored(self, value: Value, path: str) -> str:
        """A result as the text that is stored: no NaN, whole numbers and dates where the bind asks for them."""
        bind = self._definition.binds.get(path)
        data_type = "string" if bind is None else bind.data_type
        if isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                return ""
            if data_type == "date":
                moment = from_days(value, self._scope.zone)
                return "" if moment is None else iso_date(moment)
            if data_type == "int":
                value = float(int(value))
        text = to_text(value)
        return text[:10] if data_type == "date" and text[10:11] == "T" else text

    def _count(self) -> bool:
        """Give every counted repeat as many instances as its count says; whether any came or went."""
        moved = False
        for repeat in self._counted:
            name = self._definition.nodes[repeat.path].name
            for parent in self._answers.by_path.get(repeat.path.rpartition("/")[0], ()):
                wanted = self._wanted(repeat, parent)
                present = parent.children.setdefault(name, [])
                while len(present) > wanted:
                    self._answers.remove_instance(present[-1])
                    moved = True
                while len(present) < wanted and self._answers.add_instance(parent, repeat.path):
                    moved = True
        if moved:
            self._answers.index()
        return moved

    def _wanted(self, repeat: Repeat, parent: Node) -> int:
        if repeat.count is None:
            return 0
        place = Node(self._definition.nodes[repeat.path].name, repeat.path, parent=parent)
        number = to_number(repeat.count.evaluate(Context(self._scope, place)), self._scope.zone)
        return int(min(max(number, 0), MAX_INSTANCES)) if number == number else 0


def _repeats(elements: Iterable[Element]) -> Iterator[Repeat]:
    for element in elements:
        if isinstance(element, Repeat):
            yield element
        if not isinstance(element, Question):
            yield from _repeats(element.elements)
