"""Compiles location paths: within the answers by the form's shape, within lists of choices by steps and indexes."""

from collections.abc import Callable, Iterable
from functools import partial

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.budget import GROUP
from server_sync.domain.forms.xpath.context import Compiled, Context
from server_sync.domain.forms.xpath.references import Shape
from server_sync.domain.forms.xpath.syntax import Binary, Call, Expr, Filter, Literal, Path, Step
from server_sync.domain.forms.xpath.values import Value, texts, to_boolean

_INDEX_FROM = 16
"""Choices from which a look-up by key goes through an index."""

_PLAIN = frozenset({"child", "parent", "self"})

Compile = Callable[[Expr], Compiled]
Find = Callable[[Context], list[Node]]
Advance = Callable[[Context, list[Node]], list[Node]]
Absolute = Callable[[str, bool], Find]
"""What finds the nodes of a path of names; whether that is the whole path, or goes on."""


class PathCompiler:
    """Compiles the paths of one expression standing at the definition path `context`.

    `absolute` is what finds the nodes of an absolute path, such as `nodes_at`.
    """

    def __init__(
        self,
        context: str,
        shape: Shape,
        absolute: Absolute,
        compile_expression: Compile,
        compile_start: Compile,
    ) -> None:
        self._context = context
        self._shape = shape
        self._absolute = absolute
        self._compile = compile_expression
        self._compile_start = compile_start
        self.spends = False
        self._within_predicate = 0

    def path(self, path: Path) -> Compiled:
        """A closure that returns the relevant nodes, in document order within each step."""
        steps = path.steps
        cheap = self._leads_to_one_leaf(path)
        self.spends |= not cheap
        if path.plain:
            start, steps = self._absolute(path.plain, True), ()
        elif path.absolute:
            plain = 0
            while plain < len(steps) and steps[plain].axis == "child" and not steps[plain].predicates:
                if steps[plain].name == "*":
                    break
                plain += 1
            names = "".join(f"/{step.name}" for step in steps[:plain])
            start = self._absolute(names, plain == len(steps))
            steps = steps[plain:]
        elif path.start is not None:
            start = _nodes_of(self._compile_start(path.start))
        else:
            start = _context_node
        advances = [self._step(step) for step in steps]
        if cheap:
            return _plain(start, advances)

        def evaluate(context: Context) -> Value:
            nodes = start(context)
            context.scope.budget.spend(len(nodes))
            for advance in advances:
                nodes = advance(context, nodes)
                context.scope.budget.spend(len(nodes))
            if nodes and nodes[0].children:
                context.scope.budget.spend(GROUP)
            return nodes

        return evaluate

    def _leads_to_one_leaf(self, path: Path) -> bool:
        """Whether a path leads to a single question, as most do: it costs next to nothing and is not counted."""
        if path.plain:
            return not (
                self._shape.children.get(path.plain) or self._shape.is_many(path.plain, self._context)
            )
        if path.start is not None or any(step.predicates or step.axis not in _PLAIN for step in path.steps):
            return False
        if any(step.name == "*" and step.axis == "child" for step in path.steps):
            return False
        if self._within_predicate and not path.absolute:
            # From nodes that only filling in brings: what is below each costs no more than all together.
            return all(step.axis != "parent" for step in path.steps)
        paths = frozenset({"" if path.absolute else self._context})
        for step in path.steps:
            paths = self._shape.step(paths, step)
        return not any(
            self._shape.children.get(one) or self._shape.is_many(one, self._context) for one in paths
        )

    def filter(self, expression: Filter) -> Compiled:
        """A closure that narrows the nodes of an expression by its predicates."""
        start = _nodes_of(self._compile_start(expression.operand))
        narrow = [self._predicate(predicate) for predicate in expression.predicates]
        self.spends = True

        def evaluate(context: Context) -> Value:
            nodes = start(context)
            for one in narrow:
                nodes = one(context, nodes)
            return nodes

        return evaluate

    def _step(self, step: Step) -> Advance:
        axis = _axis(step)
        if not step.predicates:
            return lambda context, nodes: axis(nodes)
        lookup = self._lookup(step)
        if lookup is not None:
            return lookup
        narrow = [self._predicate(predicate) for predicate in step.predicates]

        def advance(context: Context, nodes: list[Node]) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                chosen = axis([node])
                for one in narrow:
                    chosen = one(context, chosen)
                found += chosen
            return found

        return advance

    def _predicate(self, predicate: Expr) -> Advance:
        self._within_predicate += 1
        test = self._compile(predicate)
        self._within_predicate -= 1

        def narrow(context: Context, nodes: list[Node]) -> list[Node]:
            size = len(nodes)
            context.scope.budget.spend(size)
            kept: list[Node] = []
            for position, node in enumerate(nodes, 1):
                value = test(Context(context.scope, node, context.current, position, size, context.operands))
                if value == position if isinstance(value, float) else to_boolean(value):
                    kept.append(node)
            return kept

        return narrow

    def _lookup(self, step: Step) -> Advance | None:
        """`item[key = …]` in a long list through an index, when the other side does not depend on the item."""
        match step:
            case Step("child", name, (Binary("=", Path(False, (Step("child", key, ()),), None), other),)) if (
                name != "*" and _independent(other)
            ):
                pass
            case _:
                return None
        wanted = self._compile(other)
        scan = self._predicate(step.predicates[0])

        def advance(context: Context, nodes: list[Node]) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                children = node.children.get(name, [])
                if node.path or len(children) < _INDEX_FROM:
                    found += scan(context, _relevant(children))
                    continue
                index = context.scope.index(node, name, key)
                for text in dict.fromkeys(texts(wanted(context)) or [""]):
                    found += index.get(text, [])
            return found

        return advance


def nodes_at(context_path: str, shape: Shape, path: str, final: bool) -> Find:
    """Nodes by their path; from within a repeat those of the same instance (ODK XForms, Repeats, last section)."""
    if not path:
        return _document
    repeat = shape.shared_repeat(path if final else f"{path}/", context_path)
    if repeat is None:
        return lambda context: _relevant(context.scope.by_path.get(path, []))
    tail = path[len(repeat) + 1 :].split("/") if path != repeat else []

    def within(context: Context) -> list[Node]:
        anchor = context.current.ancestor(repeat)
        nodes = [] if anchor is None else [anchor]
        for name in tail:
            nodes = [child for node in nodes for child in node.children.get(name, ())]
        return _relevant(nodes)

    return within


def _independent(expression: Expr) -> bool:
    """Whether an expression is a text or path that does not start at the context node."""
    match expression:
        case Literal():
            return True
        case Path(absolute, _, start):
            return absolute or (isinstance(start, Call) and start.name == "current")
    return False


def _relevant(nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        return nodes if nodes[0].relevant else []
    return [node for node in nodes if node.relevant]


def _context_node(context: Context) -> list[Node]:
    return [context.node]


def _document(context: Context) -> list[Node]:
    return context.scope.by_path[""]


def _nodes_of(compiled: Compiled) -> Find:
    def find(context: Context) -> list[Node]:
        value = compiled(context)
        return value if isinstance(value, list) else []

    return find


def _plain(start: Find, advances: list[Advance]) -> Compiled:
    """A path that costs too little to be counted."""
    if not advances:
        return start
    if len(advances) == 1:
        only = advances[0]
        return lambda context: only(context, start(context))

    def evaluate(context: Context) -> Value:
        nodes = start(context)
        for advance in advances:
            nodes = advance(context, nodes)
        return nodes

    return evaluate


def _axis(step: Step) -> Callable[[list[Node]], list[Node]]:
    if step.axis == "child":
        return _children if step.name == "*" else partial(_child, step.name)
    if step.axis == "self":
        return partial(_itself, step.name)
    if step.axis == "parent":
        return partial(_parent, step.name)
    return _below


def _child(name: str, nodes: list[Node]) -> list[Node]:
    return [child for node in nodes for child in node.children.get(name, ()) if child.relevant]


def _children(nodes: list[Node]) -> list[Node]:
    return [c for node in nodes for siblings in node.children.values() for c in siblings if c.relevant]


def _parent(name: str, nodes: list[Node]) -> list[Node]:
    return _itself(name, _unique(node.parent for node in nodes))


def _itself(name: str, nodes: list[Node]) -> list[Node]:
    return nodes if name == "*" else [node for node in nodes if node.name == name]


def _below(nodes: list[Node]) -> list[Node]:
    return _unique(found for node in nodes for found in node.walk() if found.relevant)


def _unique(nodes: Iterable[Node | None]) -> list[Node]:
    return list(dict.fromkeys(node for node in nodes if node is not None))
