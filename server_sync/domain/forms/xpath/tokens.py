"""Splits an XPath expression into tokens; what they mean together is the parser's."""

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_LENGTH = 32_000
"""Characters of one expression; longer ones are refused (spreadsheet cells end at 32,767)."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<axis>[\w-]+(?=\s*::))
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*|:\*)?)
    | (?P<symbol>//|::|\.\.|!=|<=|>=|[/|+\-=<>*()\[\].,@$])
    )""",
    re.VERBOSE,
)
_OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset(
    {"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
)


class XPathError(ValueError):
    """An expression that cannot be understood: `reason` is a word, `value` what it is about, `at` the character."""

    def __init__(self, reason: str, value: str = "", at: int = 0) -> None:
        super().__init__(reason, value, at)
        self.reason = reason
        self.value = value
        self.at = at


class Kind(StrEnum):
    """The sorts of tokens; an operator is a symbol or a name in operator position (XPath 1.0, 3.7)."""

    NUMBER = "number"
    LITERAL = "literal"
    AXIS = "axis"
    NAME = "name"
    SYMBOL = "symbol"
    OPERATOR = "operator"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with the character where it ends."""

    kind: Kind
    text: str
    at: int


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`, ended by END. Raises XPathError."""
    if len(source) > MAX_LENGTH:
        raise XPathError("too_long")
    tokens: list[Token] = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None:
            raise XPathError("unexpected", source[at:].strip()[:20], at)
        kind, text = Kind(match.lastgroup or ""), match.group(match.lastgroup or "")
        at = match.end()
        if _operand_before(tokens) and (text == "*" or (kind is Kind.NAME and text in _OPERATOR_NAMES)):
            kind = Kind.OPERATOR
        tokens.append(Token(kind, text, at))
    tokens.append(Token(Kind.END, "", end))
    return tokens


def _operand_before(tokens: list[Token]) -> bool:
    """Whether what stands before ends an operand, so that `*` multiplies and `div` divides."""
    if not tokens or tokens[-1].kind is Kind.OPERATOR:
        return False
    return not (tokens[-1].kind is Kind.SYMBOL and tokens[-1].text in _BEFORE_OPERAND)
