"""Turns a syntax tree into one closure per expression, bound to the place in the form where it stands."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence

from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.nearest import nearest
from server_sync.domain.forms.xpath.paths import PathCompiler
from server_sync.domain.forms.xpath.references import Shape
from server_sync.domain.forms.xpath.syntax import Binary, Call, Expr, Filter, Literal, Negate, Number, Path
from server_sync.domain.forms.xpath.tokens import XPathError
from server_sync.domain.forms.xpath.values import Value, equal, ordered, to_boolean, to_number, unequal

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
    expression: Expr, context: str, shape: Shape, functions: Mapping[str, Function]
) -> Compiled:
    """The closure of `expression` standing in the bind (or control) of the node at path `context`.

    Raises XPathError ("unknown_function", "argument_count").
    """
    return _Compiler(context, shape, functions).compile(expression)


class _Compiler:
    """Compiles within one context path."""

    def __init__(self, context: str, shape: Shape, functions: Mapping[str, Function]) -> None:
        self._functions = functions
        self._paths = PathCompiler(context, shape, self.compile)

    def compile(self, expression: Expr) -> Compiled:
        match expression:
            case Number(value):
                return lambda context: value
            case Literal(text):
                return lambda context: text
            case Negate(operand):
                return self._negate(self.compile(operand))
            case Binary():
                return self._binary(expression)
            case Call():
                return self._call(expression)
            case Path():
                return self._paths.path(expression)
            case Filter():
                return self._paths.filter(expression)

    @staticmethod
    def _negate(operand: Compiled) -> Compiled:
        return lambda context: -to_number(operand(context), context.scope.zone)

    def _binary(self, expression: Binary) -> Compiled:
        name = expression.operator
        left, right = self.compile(expression.left), self.compile(expression.right)
        if name == "and":
            return lambda context: to_boolean(left(context)) and to_boolean(right(context))
        if name == "or":
            return lambda context: to_boolean(left(context)) or to_boolean(right(context))
        if name == "=" and isinstance(expression.right, Literal):
            return _equals_literal(left, expression.right.value)
        if name == "=":
            return lambda context: equal(left(context), right(context), context.scope.zone)
        if name == "!=":
            return lambda context: unequal(left(context), right(context), context.scope.zone)
        if name == "|":
            return lambda context: _union(left(context), right(context))
        if name in _ORDER:
            test = _ORDER[name]
            return lambda context: ordered(left(context), right(context), context.scope.zone, test)
        return _arithmetic(_ARITHMETIC[name], left, right)

    def _call(self, expression: Call) -> Compiled:
        function = self._functions.get(expression.name)
        if function is None:
            near = nearest(expression.name, self._functions)
            raise XPathError("unknown_function", expression.name, expression.at, near)
        count = len(expression.arguments)
        if count < function.least or (function.most is not None and count > function.most):
            raise XPathError(
                "argument_count",
                expression.name,
                expression.at,
                least=function.least,
                most=function.most,
                count=count,
            )
        arguments: Sequence[Compiled] = tuple(self.compile(argument) for argument in expression.arguments)
        call = function.call
        return lambda context: call(context, arguments)


def _equals_literal(left: Compiled, text: str) -> Compiled:
    """`${question} = 'choice'`, by far the most common condition, without detours."""

    def evaluate(context: Context) -> Value:
        value = left(context)
        if isinstance(value, list) and len(value) == 1:
            return value[0].text() == text
        return equal(value, text, context.scope.zone)

    return evaluate


def _arithmetic(compute: Callable[[float, float], float], left: Compiled, right: Compiled) -> Compiled:
    def evaluate(context: Context) -> Value:
        zone = context.scope.zone
        return compute(to_number(left(context), zone), to_number(right(context), zone))

    return evaluate


def _union(left: Value, right: Value) -> Value:
    if not isinstance(left, list) or not isinstance(right, list):
        return []
    return list(dict.fromkeys([*left, *right]))
