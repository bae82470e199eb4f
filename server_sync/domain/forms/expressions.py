"""Compiles the expressions of one form and says what is wrong with one as a known error; evaluation is the engine's."""

from collections.abc import Mapping

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.functions import FUNCTIONS
from server_sync.domain.forms.functions.patterns import PatternError, program
from server_sync.domain.forms.model import Expression
from server_sync.domain.forms.texts import MakeExpression
from server_sync.domain.forms.xpath.compiler import compile_expression
from server_sync.domain.forms.xpath.parser import parse
from server_sync.domain.forms.xpath.references import Shape, references
from server_sync.domain.forms.xpath.syntax import Binary, Call, Expr, Filter, Literal, Negate, Path
from server_sync.domain.forms.xpath.tokens import XPathError


class ExpressionReader:
    """Makes the expressions of a form with this shape, each source once per place."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._made: dict[tuple[str, str], Expression] = {}

    def make(self, source: str, context: str, attribute: str) -> Expression:
        """The expression `source` standing at the node `context` in the given attribute.

        Raises KnownError FORM_EXPRESSION or FORM_REFERENCE with the values path, attribute, expression, reason
        ("unexpected", "incomplete", "unknown_function", "argument_count", "pattern", "axis", …), value and at.
        """
        made = self._made.get((source, context))
        if made is None:
            made = self._made[source, context] = self._compile(source, context, attribute)
        return made

    def at(self, context: str, attribute: str) -> MakeExpression:
        """`make` with the place filled in."""
        return lambda source: self.make(source, context, attribute)

    def _compile(self, source: str, context: str, attribute: str) -> Expression:
        try:
            tree = parse(source)
            if "regex" in source:
                _check_patterns(tree)
            found = references(tree, context, self._shape)
            compiled = compile_expression(tree, context, self._shape, FUNCTIONS)
            return Expression(source, found.paths, found.itself, compiled)
        except XPathError as wrong:
            kind = ErrorKind.FORM_EXPRESSION
            values: Mapping[str, str | int] = {"reason": wrong.reason, "value": wrong.value, "at": wrong.at}
            if wrong.reason == "unknown_path":
                kind, values = ErrorKind.FORM_REFERENCE, {"value": wrong.value}
            raise KnownError(kind, path=context, attribute=attribute, expression=source, **values) from wrong


def _check_patterns(tree: Expr) -> None:
    """Refuse a regular expression that could never match because it is broken."""
    match tree:
        case Call("regex", (_, Literal(source))):
            try:
                program(source)
            except PatternError as broken:
                raise XPathError("pattern", source) from broken
        case Call(_, arguments):
            for argument in arguments:
                _check_patterns(argument)
        case Binary(_, left, right):
            _check_patterns(left)
            _check_patterns(right)
        case Negate(operand):
            _check_patterns(operand)
        case Filter(operand, predicates):
            for inner in (operand, *predicates):
                _check_patterns(inner)
        case Path(_, steps, _):
            for step in steps:
                for predicate in step.predicates:
                    _check_patterns(predicate)
