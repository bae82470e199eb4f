"""Compiles the expressions of one form and says what is wrong with one as a known error; evaluation is the engine's."""

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.functions import FUNCTIONS
from server_sync.domain.forms.functions.patterns import PatternError, program
from server_sync.domain.forms.model import Expression
from server_sync.domain.forms.texts import MakeExpression
from server_sync.domain.forms.xpath.compiler import compile_expression
from server_sync.domain.forms.xpath.parser import parse_tokens
from server_sync.domain.forms.xpath.references import NOTHING, Shape, references
from server_sync.domain.forms.xpath.syntax import (
    Binary,
    Call,
    Expr,
    Filter,
    Literal,
    Negate,
    Path,
    operands,
)
from server_sync.domain.forms.xpath.templates import Templates
from server_sync.domain.forms.xpath.tokens import XPathError, tokenize

MAX_TOKENS = 500_000
"""Names, numbers and signs of all expressions of a form together."""

MAX_REFERENCES = 300_000
"""Nodes that all expressions of a form read, counted for each expression."""


class ExpressionReader:
    """Makes the expressions of a form with this shape, each source once per place, or once if it names no node."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._made: dict[tuple[str, str], Expression] = {}
        self._placeless: dict[tuple[str, bool], Expression] = {}
        self._templates = Templates(shape, FUNCTIONS, _check_patterns)
        self._tokens = 0
        self._references = 0

    def make(self, source: str, context: str, attribute: str) -> Expression:
        """The expression `source` standing at the node `context` in the given attribute.

        Raises KnownError with the values

        - path, attribute, expression: the node, the attribute of its bind or control, and the source as it is;
        - value: the token, function, pattern or path that is wrong; at: its first character in the source, from 0;
        - suggestion: the name that was probably meant ("" where none is near);

        and besides, FORM_REFERENCE (a path to a node that is not there): name (the step of `value` that is not there;
        `suggestion` is a name to write in its place, or a path beginning with "/" where the node stands elsewhere);
        FORM_EXPRESSION: reason, one of "unexpected", "incomplete", "too_long", "too_deep", "axis", "node_test",
        "unknown_function", "argument_count" (with least, most and count; most is None for any number), "pattern".

        FORM_TOO_LARGE (with `tokens` or `references`, and `most`): the expressions of the form are too many or read too
        much, all together.
        """
        group = bool(self._shape.children.get(context))
        made = self._placeless.get((source, group)) or self._made.get((source, context))
        if made is None:
            made = self._fill(source, group) or self._compile(source, context, attribute)
            if made.references:
                self._made[source, context] = made
            else:
                self._placeless[source, group] = made
        return made

    def at(self, context: str, attribute: str) -> MakeExpression:
        """`make` with the place filled in."""
        return lambda source: self.make(source, context, attribute)

    def _fill(self, source: str, group: bool) -> Expression | None:
        """The expression made from a template, if it has one."""
        found = self._templates.find(source, group)
        if found is None:
            return None
        template, paths = found
        references = frozenset(paths) if paths else NOTHING
        wide = frozenset([paths[at] for at in template.wide]) if template.wide else NOTHING
        self._count(template.tokens, len(references))
        return Expression(source, references, wide, template.itself, template.compiled, paths)

    def _count(self, tokens: int, references: int) -> None:
        self._tokens = _within(self._tokens + tokens, MAX_TOKENS, "tokens")
        self._references = _within(self._references + references, MAX_REFERENCES, "references")

    def _compile(self, source: str, context: str, attribute: str) -> Expression:
        try:
            tokens = tokenize(source)
            self._count(len(tokens), 0)
            tree = parse_tokens(tokens)
            if "regex" in source:
                _check_patterns(tree)
            found = references(tree, context, self._shape)
            self._count(0, len(found.paths))
            compiled = compile_expression(tree, context, self._shape, FUNCTIONS)
            return Expression(source, found.paths, found.wide, found.itself, compiled)
        except XPathError as wrong:
            kind = ErrorKind.FORM_EXPRESSION
            values: dict[str, str | int | None] = {"value": wrong.value, "at": wrong.at}
            if wrong.reason == "unknown_path":
                kind = ErrorKind.FORM_REFERENCE
            else:
                values["reason"] = wrong.reason
            values |= {"suggestion": wrong.suggestion, **wrong.more}
            raise KnownError(kind, path=context, attribute=attribute, expression=source, **values) from wrong


def _within(count: int, most: int, what: str) -> int:
    if count > most:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, **{what: count}, most=most)
    return count


def _check_patterns(tree: Expr) -> None:
    """Refuse a regular expression that could never match because it is broken."""
    match tree:
        case Call("regex", (_, Literal(source)), at):
            try:
                program(source)
            except PatternError as broken:
                raise XPathError("pattern", source, at) from broken
        case Call(_, arguments):
            for argument in arguments:
                _check_patterns(argument)
        case Binary():
            first, rest = operands(tree)
            for operand in (first, *(right for _, right in rest)):
                _check_patterns(operand)
        case Negate(operand):
            _check_patterns(operand)
        case Filter(operand, predicates):
            for inner in (operand, *predicates):
                _check_patterns(inner)
        case Path(_, steps, _):
            for step in steps:
                for predicate in step.predicates:
                    _check_patterns(predicate)
