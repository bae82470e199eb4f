"""Computes one filling-in: values, relevance, required, read-only, constraints; again only what a change reaches."""

import math
from collections.abc import Iterable

from server_sync.domain.forms.definition import FormDefinition, Repeat, repeats_in
from server_sync.domain.forms.graph import Aspect, Cell, Waiting
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import SetValue
from server_sync.domain.forms.scope import FormScope
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.moments import from_days, iso_date, iso_moment
from server_sync.domain.forms.xpath.values import Value, to_boolean, to_number, to_text

_CHANGED = "xforms-value-changed"
_LOAD = frozenset({"odk-instance-load"})
_FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready"})

_ROUNDS = 10
"""How often counts of repeats may depend on what other counts brought, before we stop."""

_MAX_ACTS = 1_000
"""Actions that one change may set off, one after another, before we stop: triggers may run in circles."""


class Engine:
    """Keeps the nodes of `answers` in step with each other.

    `supplied` are definition paths whose values come from outside: their calculations are left alone. `flipped` gathers
    the nodes that became relevant or ceased to be, `moved` tells whether instances of repeats came or went, `gone` are
    the paths of the answered questions that a count took away, `overfull` the counted repeats that were to have more
    instances than there may be, with the number that was asked for; whoever looks at them calls `forget` first.
    `changed` are the paths of all that expressions have seen change since then.
    """

    def __init__(self, definition: FormDefinition, answers: Instance, scope: FormScope) -> None:
        self._definition = definition
        self._graph = definition.graph
        self._answers = answers
        self._scope = scope
        self._counted = [repeat for repeat in repeats_in(definition.body) if repeat.count is not None]
        self._counts = {path for repeat in self._counted if repeat.count for path in repeat.count.references}
        self._fresh = False
        self._triggers = {action.trigger for action in definition.actions if _CHANGED in action.events}
        self._stirred: list[Node] = []
        self._added: list[Node] = []
        self._acts = 0
        self._new: set[Node] = set()
        self.supplied: set[str] = set()
        self.flipped: dict[Node, None] = {}
        self.changed: set[str] = set()
        self.moved = False
        self.gone: list[str] = []
        self.overfull: dict[str, int] = {}

    def forget(self) -> None:
        """Begin anew to gather what happens."""
        self.flipped.clear()
        self.changed.clear()
        self.moved = False
        self._new.clear()
        self.gone.clear()
        self.overfull.clear()

    def load(self, resumed: bool) -> None:
        """What a form does when it is opened: actions on the instances that there are, then `compute_all`."""
        self._fresh = not resumed
        events = _LOAD if resumed else _LOAD | _FIRST_LOAD
        first = [action for action in self._definition.actions if action.events & events]
        if first:
            self._compute_cells()
        document = self._answers.document
        for action, target in [(one, node) for one in first for node in self._targets(one.path, document)]:
            self._set(action, target)
        self._stirred.clear()
        self._run_actions()
        self.compute_all()
        self._fresh = False

    def compute_all(self) -> None:
        """Compute everything from the values as they stand."""
        self._scope.budget.refill()
        self._compute_cells()
        self._settle(Waiting(self._graph, self._answers.by_path), recount=True)
        self._run_actions()

    def _compute_cells(self) -> None:
        _inherit(self._answers.document)
        for cell in self._graph.cells:
            for node in self._answers.by_path.get(cell.path, ()):
                self._compute(cell, node)
        self._stirred.clear()

    def change(self, node: Node, value: str) -> None:
        """Give a node a value and settle, with the actions that this sets off."""
        self._acts = 0
        self._change(node, value)
        self._run_actions()

    def _change(self, node: Node, value: str) -> None:
        if node.value == value:
            return
        node.value = value
        self._scope.budget.refill()
        if node.path in self._triggers:
            self._stirred.append(node)
        self.changed.add(node.path)
        waiting = Waiting(self._graph, self._answers.by_path)
        waiting.add_readers(node)
        self._settle(waiting, recount=node.path in self._counts)

    def _run_actions(self) -> None:
        """Carry out what new instances and changed values set off, and what that sets off in turn.

        What an instance begins with is no change of a value, nor is what the form begins with.
        """
        while self._stirred or self._added:
            stirred, self._stirred = self._stirred, []
            added, self._added = self._added, []
            for action in self._definition.actions:
                for node in added if "odk-new-repeat" in action.events else ():
                    if self._definition.shape.shared_repeat(action.path, action.path) == node.path:
                        self._act(action, node)
            if added:
                self._stirred.clear()
            for action in self._definition.actions:
                for trigger in stirred if _CHANGED in action.events else ():
                    if action.trigger == trigger.path:
                        self._act(action, trigger)

    def _act(self, action: SetValue, near: Node) -> None:
        """Carry out an action on its target (within a repeat: in the instance that `near` belongs to) and settle."""
        for target in self._targets(action.path, near):
            self._set(action, target)

    def _set(self, action: SetValue, target: Node) -> None:
        if self._acts >= _MAX_ACTS:
            return
        self._acts += 1
        value = action.value
        if not isinstance(value, str):
            value = self._stored(value.evaluate(Context(self._scope, target)), action.path)
        self._change(target, value)

    def add_instance(self, parent: Node, path: str) -> Node | None:
        """Append an instance of a repeat and settle; None when there are too many."""
        node = self._answers.add_instance(parent, path)
        if node is not None:
            self._resettle([node], [])
        return node

    def remove_instance(self, node: Node) -> None:
        """Drop an instance of a repeat and settle."""
        self._answers.remove_instance(node)
        self._resettle([], [node])

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

    def _settle(self, waiting: Waiting, recount: bool) -> None:
        """Compute what waits and all that this reaches, and the counts of repeats if these read any of it."""
        for _ in range(_ROUNDS):
            for cell, node in waiting.take():
                for reached in self._compute(cell, node):
                    waiting.add_readers(reached)
                    self.changed.add(reached.path)
                    recount = recount or reached.path in self._counts
            if not recount or not self._count(waiting):
                return

    def _compute(self, cell: Cell, node: Node) -> Iterable[Node]:
        """Compute one cell for one of its nodes; the nodes that other expressions see differently now."""
        if cell.aspect is Aspect.CONSTRAINT:
            node.valid = not node.value or self._true(cell, node)
        elif cell.aspect is Aspect.RELEVANT:
            if node.own_relevant is not (relevant := self._true(cell, node)):
                node.own_relevant = relevant
                return self._spread(node)
        elif cell.aspect is Aspect.REQUIRED:
            node.required = self._true(cell, node)
        elif cell.aspect is Aspect.READONLY:
            node.readonly = self._true(cell, node)
        elif cell.path not in self.supplied:
            value = self._stored(cell.expression.evaluate(Context(self._scope, node)), cell.path)
            if value != node.value:
                node.value = value
                if cell.path in self._triggers:
                    self._stirred.append(node)
                return (node,)
        return ()

    def _spread(self, node: Node) -> list[Node]:
        """Carry a node's relevance down to everything below it; the nodes whose relevance is another now."""
        relevant = node.own_relevant and (node.parent is None or node.parent.relevant)
        if node.relevant is relevant:
            return []
        node.relevant = relevant
        if node in self.flipped:
            del self.flipped[node]
        elif node not in self._new:
            self.flipped[node] = None
        found = [node]
        for siblings in node.children.values():
            for child in siblings:
                found += self._spread(child)
        return found

    def _true(self, cell: Cell, node: Node) -> bool:
        return to_boolean(cell.expression.evaluate(Context(self._scope, node)))

    def _stored(self, value: Value, path: str) -> str:
        """A result as the text that is stored: no NaN, whole numbers and dates where the bind asks for them."""
        bind = self._definition.binds.get(path)
        data_type = "string" if bind is None else bind.data_type
        if isinstance(value, float):
            if not math.isfinite(value):
                return ""
            if data_type == "date":
                moment = from_days(value, self._scope.zone)
                return "" if moment is None else iso_date(moment)
            if data_type == "dateTime":
                moment = from_days(value, self._scope.zone)
                return "" if moment is None else iso_moment(moment)
        text = to_text(value)
        if data_type == "int" and "." in text:
            number = to_number(text, self._scope.zone)
            return to_text(float(int(number))) if math.isfinite(number) else text
        return text[:10] if data_type == "date" and text[10:11] == "T" else text

    def _count(self, waiting: Waiting) -> bool:
        """Give every counted repeat as many instances as its count says; whether any came or went.

        Where a count is blank, say because it is hidden, a repeat keeps those that it has; a new form begins with none.
        """
        came: list[Node] = []
        went: dict[Node, None] = {}
        self.overfull.clear()
        for repeat in self._counted:
            name = self._definition.nodes[repeat.path].name
            for parent in self._answers.by_path.get(repeat.path.rpartition("/")[0], ()):
                if went and any(one in went for one in parent.lineage()):
                    continue
                wanted = self._wanted(repeat, parent)
                if wanted is None:
                    continue
                present = parent.children.setdefault(name, [])
                while len(present) > wanted:
                    went[present[-1]] = None
                    self.gone[:0] = self._answered_in(present[-1])
                    self._answers.remove_instance(present[-1])
                while len(present) < wanted and (node := self._answers.add_instance(parent, repeat.path)):
                    came.append(node)
                if len(present) < wanted:
                    self.overfull[repeat.path] = wanted
        if came or went:
            self._stir(came, list(went), waiting)
        return bool(came or went)

    def _answered_in(self, instance: Node) -> list[str]:
        """The paths of the questions in an instance that had an answer and were asked before all this began."""
        return [
            self._answers.path_of(node)
            for node in instance.walk()
            if node.value
            and node.path in self._definition.questions
            and node.relevant is not (node in self.flipped)
        ]

    def _resettle(self, came: list[Node], went: list[Node]) -> None:
        """Settle after instances of a repeat came or went."""
        self._acts = 0
        self._scope.budget.refill()
        waiting = Waiting(self._graph, self._answers.by_path)
        self._stir(came, went, waiting)
        self._settle(waiting, recount=True)
        self._stirred.clear()
        self._run_actions()

    def _stir(self, came: list[Node], went: list[Node], waiting: Waiting) -> None:
        """Index the nodes again, and let wait what is computed in new instances and what reads from any of these."""
        self.moved = True
        self._answers.index()
        self._added += came
        for instance in came:
            _inherit(instance)
            for node in instance.walk():
                self._new.add(node)
                waiting.add_own(node)
        for instance in (*came, *went):
            for node in instance.walk():
                waiting.add_readers(node, beyond=instance.path)

    def _wanted(self, repeat: Repeat, parent: Node) -> int | None:
        if repeat.count is None:
            return None
        place = Node(self._definition.nodes[repeat.path].name, repeat.path, parent=parent)
        number = to_number(repeat.count.evaluate(Context(self._scope, place)), self._scope.zone)
        if number != number:
            return 0 if self._fresh else None
        return int(min(max(number, 0), 10**9))


def _inherit(node: Node) -> None:
    """Make a node and everything below it as relevant as their own conditions and those above say."""
    node.relevant = node.own_relevant and (node.parent is None or node.parent.relevant)
    for siblings in node.children.values():
        for child in siblings:
            _inherit(child)
