"""The syntax tree of an XPath expression: plain frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A string in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign before an operand."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands joined by `or and = != < <= > >= + - * div mod |`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `at` is the character where its name begins."""

    name: str
    arguments: tuple[Expr, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: axis `child`, `parent`, `self` or `descendant-or-self`; name without prefix or `*`.

    `at` is the character where it begins.
    """

    axis: str
    name: str
    predicates: tuple[Expr, ...] = ()
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from the context node, or from the nodes of `start`.

    `plain` is the text of an absolute path that consists of names alone, without prefixes.
    """

    absolute: bool
    steps: tuple[Step, ...]
    start: Expr | None = None
    plain: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression in parentheses, or a call, narrowed by predicates."""

    operand: Expr
    predicates: tuple[Expr, ...]


def operands(expression: Binary) -> tuple[Expr, list[tuple[str, Expr]]]:
    """The first operand of operators in a row, and each further one with the operator before it.

    All operators work from left to right, so a thousand of them need no recursion.
    """
    rest: list[tuple[str, Expr]] = []
    left: Expr = expression
    while isinstance(left, Binary):
        rest.append((left.operator, left.right))
        left = left.left
    return left, rest[::-1]


Expr = Number | Literal | Negate | Binary | Call | Path | Filter
