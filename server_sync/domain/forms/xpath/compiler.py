"""Turns a syntax tree into one closure per expression, bound to the place in the form where it stands."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.budget import GROUP, OutOfSteps
from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.nearest import nearest
from server_sync.domain.forms.xpath.paths import Absolute, PathCompiler, nodes_at
from server_sync.domain.forms.xpath.references import Shape
from server_sync.domain.forms.xpath.syntax import (
    Binary,
    Call,
    Expr,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    operands,
)
from server_sync.domain.forms.xpath.tokens import XPathError
from server_sync.domain.forms.xpath.values import Value, equal, ordered, to_boolean, to_number, unequal

Join = Callable[[Value, Context], Value]
"""An operator with its right operand, waiting for the left one's value."""

_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _modulo(left: float, right: float) -> float:
    return math.fmod(left, right) if right and not math.isinf(left) else math.nan


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}


def compile_expression(
    expression: Expr,
    context: str,
    shape: Shape,
    functions: Mapping[str, Function],
    absolute: Absolute | None = None,
) -> Compiled:
    """The closure of `expression` standing in the bind (or control) of the node at path `context`.

    `absolute` finds the nodes of absolute paths, if these are not to be found by `nodes_at`. An expression that runs
    out of its budget is empty. Raises XPathError ("unknown_function", "argument_count").
    """
    compiler = _Compiler(context, shape, functions, absolute or partial(nodes_at, context, shape))
    compiled = compiler.compile(expression)
    return _bounded(compiled) if compiler.spends else compiled


def _bounded(compiled: Compiled) -> Compiled:
    def evaluate(context: Context) -> Value:
        budget = context.scope.budget
        try:
            budget.enter()
            return compiled(context)
        except OutOfSteps:
            return ""
        finally:
            budget.leave()

    return evaluate


class _Compiler:
    """Compiles within one context path; `spends` tells whether anything met can take steps from the budget."""

    def __init__(
        self, context: str, shape: Shape, functions: Mapping[str, Function], absolute: Absolute
    ) -> None:
        self._functions = functions
        self._paths = PathCompiler(context, shape, absolute, self.compile, self._start)
        self._spends = False

    @property
    def spends(self) -> bool:
        return self._spends or self._paths.spends

    def compile(self, expression: Expr) -> Compiled:
        match expression:
            case Number(value):
                return lambda context: value
            case Literal(text):
                return lambda context: text
            case Negate(operand):
                return self._negate(self.compile(operand))
            case Binary():
                return self._row(expression)
            case Call("instance" | "current"):
                self._spends = True
                return _as_group(self._call(expression))
            case Call():
                return self._call(expression)
            case Path():
                return self._paths.path(expression)
            case Filter():
                return self._paths.filter(expression)

    def _start(self, expression: Expr) -> Compiled:
        """The nodes that a path or predicate goes on from: what they are worth as a text is not asked."""
        return self._call(expression) if isinstance(expression, Call) else self.compile(expression)

    @staticmethod
    def _negate(operand: Compiled) -> Compiled:
        return lambda context: -to_number(operand(context), context.scope.zone)

    def _row(self, expression: Binary) -> Compiled:
        """Operators in a row, from left to right."""
        left, rest = operands(expression)
        first = self.compile(left)
        joins = [self._join(name, right) for name, right in rest]
        if len(joins) == 1:
            join = joins[0]
            return lambda context: join(first(context), context)

        def evaluate(context: Context) -> Value:
            value = first(context)
            for join in joins:
                value = join(value, context)
            return value

        return evaluate

    def _join(self, name: str, expression: Expr) -> Join:
        if name == "=" and isinstance(expression, Literal):
            return _equals_literal(expression.value)
        if name == "!=" and isinstance(expression, Literal):
            return _differs_from_literal(expression.value)
        right = self.compile(expression)
        if name == "and":
            return lambda left, context: to_boolean(left) and to_boolean(right(context))
        if name == "or":
            return lambda left, context: to_boolean(left) or to_boolean(right(context))
        if name == "=":
            return lambda left, context: equal(left, right(context), context.scope.zone)
        if name == "!=":
            return lambda left, context: unequal(left, right(context), context.scope.zone)
        if name == "|":
            self._spends = True
            return lambda left, context: _union(context, left, right(context))
        if name in _ORDER:
            test = _ORDER[name]
            return lambda left, context: ordered(left, right(context), context.scope.zone, test)
        return _arithmetic(_ARITHMETIC[name], right)

    def _call(self, expression: Call) -> Compiled:
        function = self._functions.get(expression.name)
        if function is None:
            near = nearest(expression.name, self._functions)
            raise XPathError("unknown_function", expression.name, expression.at, near)
        count = len(expression.arguments)
        if not function.takes(count):
            raise XPathError(
                "argument_count",
                expression.name,
                expression.at,
                least=function.least,
                most=function.most,
                count=count,
            )
        self._spends |= function.spends
        arguments: Sequence[Compiled] = tuple(self.compile(argument) for argument in expression.arguments)
        call = function.call
        return lambda context: call(context, arguments)


def _as_group(call: Compiled) -> Compiled:
    """A document or node that is taken for its text."""

    def evaluate(context: Context) -> Value:
        context.scope.budget.spend(GROUP)
        return call(context)

    return evaluate


def _equals_literal(text: str) -> Join:
    """`${question} = 'choice'`, by far the most common condition, without detours."""

    def join(left: Value, context: Context) -> Value:
        if isinstance(left, list) and len(left) == 1:
            return left[0].text() == text
        return equal(left, text, context.scope.zone)

    return join


def _differs_from_literal(text: str) -> Join:
    """The same for `${question} != ''`."""

    def join(left: Value, context: Context) -> Value:
        if isinstance(left, list) and len(left) == 1:
            return left[0].text() != text
        return unequal(left, text, context.scope.zone)

    return join


def _arithmetic(compute: Callable[[float, float], float], right: Compiled) -> Join:
    def join(left: Value, context: Context) -> Value:
        zone = context.scope.zone
        return compute(to_number(left, zone), to_number(right(context), zone))

    return join


def _union(context: Context, left: Value, right: Value) -> Value:
    if not isinstance(left, list) or not isinstance(right, list):
        return []
    context.scope.budget.spend(len(left) + len(right))
    return (
        _in_document_order(context, list(dict.fromkeys([*left, *right]))) if left and right else left or right
    )


def _in_document_order(context: Context, nodes: list[Node]) -> list[Node]:
    """The nodes of one document as they stand in it (XPath 1.0, 3.3: what a union gives)."""
    places: dict[Node, dict[Node, int]] = {}

    def place(node: Node) -> list[int]:
        way: list[int] = []
        while (parent := node.parent) is not None:
            siblings = places.get(parent)
            if siblings is None:
                every = [one for same in parent.children.values() for one in same]
                context.scope.budget.spend(len(every))
                siblings = places[parent] = {one: at for at, one in enumerate(every)}
            way.append(siblings.get(node, len(siblings)))
            node = parent
        return way[::-1]

    return sorted(nodes, key=place) if len(nodes) > 1 else nodes
