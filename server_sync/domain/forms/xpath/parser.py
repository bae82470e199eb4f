"""Parses XPath 1.0 with the axes that ODK XForms allow (child, parent, self and `//`) into a syntax tree."""

from server_sync.domain.forms.xpath.syntax import (
    Binary,
    Call,
    Expr,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    Step,
)
from server_sync.domain.forms.xpath.tokens import Kind, Token, XPathError, tokenize

MAX_DEPTH = 60
"""Nested operands and brackets of one expression; deeper ones are refused."""

_BINDS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
"""How tightly the operators bind."""

_OPERATORS = (Kind.SYMBOL, Kind.OPERATOR)
_AXES = frozenset({"child", "parent", "self", "descendant-or-self"})
_ANY = Step("descendant-or-self", "*")


def parse(source: str) -> Expr:
    """The syntax tree of `source`. Raises XPathError."""
    return parse_tokens(tokenize(source))


def parse_tokens(tokens: list[Token]) -> Expr:
    """The syntax tree of an expression that is split already. Raises XPathError."""
    return _Parser(tokens).whole()


class _Parser:
    """Recursive descent over one list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Expr:
        expression = self._binary(0)
        if self._token.kind is not Kind.END:
            raise self._unexpected()
        return expression

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _unexpected(self) -> XPathError:
        return XPathError(
            "unexpected" if self._token.text else "incomplete", self._token.text, self._token.at
        )

    def _take(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _is(self, *texts: str) -> bool:
        token = self._tokens[self._at]
        return token.text in texts and token.kind in _OPERATORS

    def _skip(self, text: str) -> bool:
        token = self._tokens[self._at]
        found = token.text == text and token.kind in _OPERATORS
        if found:
            self._at += 1
        return found

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            raise self._unexpected()

    def _binary(self, level: int) -> Expr:
        """Operands joined by operators that bind more tightly than `level`, each level from left to right."""
        left = self._unary()
        while True:
            token = self._tokens[self._at]
            binds = _BINDS.get(token.text, 0) if token.kind in _OPERATORS else 0
            if binds <= level:
                return left
            self._at += 1
            left = Binary(token.text, left, self._binary(binds))

    def _unary(self) -> Expr:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise XPathError("too_deep", at=self._token.at)
        operand = Negate(self._unary()) if self._skip("-") else self._union()
        self._depth -= 1
        return operand

    def _union(self) -> Expr:
        left = self._path()
        while self._skip("|"):
            left = Binary("|", left, self._path())
        return left

    def _path(self) -> Expr:
        if self._tokens[self._at].kind is Kind.PATH:
            return self._written()
        if self._starts_primary():
            operand = self._primary()
            predicates = self._predicates()
            start: Expr = Filter(operand, predicates) if predicates else operand
            if not self._is("/", "//"):
                return start
            return Path(False, self._more_steps(), start)
        if self._is("/") and not self._step_follows(self._tokens[self._at + 1]):
            self._take()
            return Path(True, ())
        if self._is("/", "//"):
            return Path(True, self._more_steps())
        return Path(False, (self._step(), *self._more_steps()))

    def _written(self) -> Path:
        """An absolute path that begins with names, as one token."""
        token = self._take()
        at, steps, plain = token.at, [], ""
        for name in token.text.split("/")[1:]:
            local = name.rpartition(":")[2]
            steps.append(Step("child", local, (), at + 1))
            at += 1 + len(name)
            plain = f"{plain}/{local}"
        predicates = self._predicates()
        if predicates:
            steps[-1] = Step("child", steps[-1].name, predicates, steps[-1].at)
        more = self._more_steps()
        return Path(True, (*steps, *more), plain="" if predicates or more else plain)

    def _starts_primary(self) -> bool:
        token, after = self._token, self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if token.kind in (Kind.NUMBER, Kind.LITERAL):
            return True
        if token.kind is Kind.NAME:
            return after.kind is Kind.SYMBOL and after.text == "("
        return self._is("(")

    @staticmethod
    def _step_follows(token: Token) -> bool:
        return token.kind in (Kind.NAME, Kind.AXIS) or token.text in {".", "..", "*", "@"}

    def _primary(self) -> Expr:
        token = self._take()
        if token.kind is Kind.NUMBER:
            return Number(float(token.text))
        if token.kind is Kind.LITERAL:
            return Literal(token.text[1:-1])
        if token.kind is Kind.SYMBOL:
            inner = self._binary(0)
            self._expect(")")
            return inner
        self._expect("(")
        arguments: list[Expr] = []
        if not self._is(")"):
            arguments.append(self._binary(0))
            while self._skip(","):
                arguments.append(self._binary(0))
        self._expect(")")
        return Call(token.text, tuple(arguments), token.at)

    def _predicates(self) -> tuple[Expr, ...]:
        predicates: list[Expr] = []
        while self._skip("["):
            predicates.append(self._binary(0))
            self._expect("]")
        return tuple(predicates)

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self._is("/", "//"):
            if self._take().text == "//":
                steps.append(_ANY)
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        at = self._token.at
        if self._skip("."):
            return Step("self", "*", self._predicates(), at)
        if self._skip(".."):
            return Step("parent", "*", self._predicates(), at)
        axis = "child"
        if self._token.kind is Kind.AXIS:
            axis = self._take().text
            self._expect("::")
            if axis not in _AXES:
                raise XPathError("axis", axis, at)
        if self._token.kind is not Kind.NAME and not self._is("*"):
            raise self._unexpected()
        token = self._take()
        if self._is("("):
            raise XPathError("node_test", token.text, token.at)
        return Step(axis, token.text.rpartition(":")[2], self._predicates(), token.at)
