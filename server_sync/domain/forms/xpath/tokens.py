"""Splits an XPath expression into tokens; what they mean together is the parser's."""

import re
from enum import StrEnum
from typing import NamedTuple

MAX_LENGTH = 32_000
"""Characters of one expression; longer ones are refused (spreadsheet cells end at 32,767)."""

_NAME = r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?"
_END = r"(?![\w.\-])(?!\s*[(:])"
_REST = r"""
      (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<axis>[^\W\d][\w-]*+(?=\s*::))
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*|:\*)?)
    | (?P<symbol>//|::|\.\.|!=|<=|>=|[/|+\-=<>*()\[\].,@$])
"""
_OPERAND = re.compile(rf"\s*(?:(?P<path>(?:/{_NAME})+{_END}) |{_REST})", re.VERBOSE)
_NEXT = re.compile(rf"\s*(?:{_REST})", re.VERBOSE)
"""What follows an operand: a slash there goes on from it, and begins no path."""
PATHS = re.compile(rf"(/(?<![\w.\-/)\]*'\"]/){_NAME}(?:/{_NAME})*{_END})")
"""What may be tokens of the kind PATH, found without looking at what stands before them."""
_OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset(
    {"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
)


class XPathError(ValueError):
    """An expression that cannot be understood: `reason` is a word, `value` what it is about.

    `at` is the character where it stands, from 0; `suggestion` what was probably meant ("" where nothing is near);
    `more` holds what the words of some reasons need besides (see `ExpressionReader.make`).
    """

    def __init__(
        self, reason: str, value: str = "", at: int = 0, suggestion: str = "", **more: str | int | None
    ) -> None:
        super().__init__(reason, value, at, suggestion, more)
        self.reason = reason
        self.value = value
        self.at = at
        self.suggestion = suggestion
        self.more = more


class Kind(StrEnum):
    """The sorts of tokens; an operator is a symbol or a name in operator position (XPath 1.0, 3.7)."""

    PATH = "path"
    """Names after slashes where an operand may begin, as most references are written: "/data/group/name"."""
    NUMBER = "number"
    LITERAL = "literal"
    AXIS = "axis"
    NAME = "name"
    SYMBOL = "symbol"
    OPERATOR = "operator"
    END = "end"


class Token(NamedTuple):
    """One token, with the character where it begins."""

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
    after_operand = False
    while at < end:
        match = (_NEXT if after_operand else _OPERAND).match(source, at)
        if match is None:
            rest = source[at:end].lstrip()
            raise XPathError("unexpected", rest[:20], end - len(rest))
        group = match.lastgroup or ""
        kind, text = _KINDS[group], match[group]
        at = match.end()
        # What follows an operand joins it to another: `*` multiplies and `div` divides (XPath 1.0, 3.7).
        if after_operand and (text == "*" or (kind is Kind.NAME and text in _OPERATOR_NAMES)):
            kind = Kind.OPERATOR
        tokens.append(Token(kind, text, match.start(group)))
        after_operand = kind is not Kind.OPERATOR and not (kind is Kind.SYMBOL and text in _BEFORE_OPERAND)
    tokens.append(Token(Kind.END, "", end))
    return tokens


_KINDS = {kind.value: kind for kind in Kind}
