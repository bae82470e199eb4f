"""Expressions that differ only in the questions they name: parsed and compiled once for all of them; what is wrong
with an expression is not told here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.compiler import compile_expression
from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.parser import parse_tokens
from server_sync.domain.forms.xpath.paths import Find
from server_sync.domain.forms.xpath.references import NOTHING, Shape, references
from server_sync.domain.forms.xpath.syntax import Expr
from server_sync.domain.forms.xpath.tokens import MAX_LENGTH, PATHS, Kind, XPathError, tokenize

_BLANKS = tuple(f"/_{number}" for number in range(12))
"""What stands in a template for the paths of an expression, in their order; expressions with more have none."""

_HERE = "/_"
"""Where an expression stands in a form that has nothing but this node and the blanks."""
_NODES = {"": frozenset(path[1:] for path in (_HERE, *_BLANKS)), **dict.fromkeys((_HERE, *_BLANKS), NOTHING)}
_LEAF = Shape(_NODES, NOTHING)
_GROUP = Shape({**_NODES, _HERE: frozenset({" "})}, NOTHING)
"""The same with a child of that node, which no expression can name."""


@dataclass(frozen=True, slots=True)
class Template:
    """What is the same in all expressions of a sort: `itself` and the closure, see `References` and `Expression`.

    `wide` are the places of the paths that it may read in any instance of a repeat.
    """

    tokens: int
    wide: tuple[int, ...]
    itself: bool
    compiled: Compiled


class Templates:
    """The templates of one form.

    An expression has one if all it says of the form's answers is single questions outside of all repeats, by their
    absolute paths, and the node where it stands, by `.`: what it means then depends on no other place. `check` refuses
    a syntax tree by an XPathError.
    """

    def __init__(
        self, shape: Shape, functions: Mapping[str, Function], check: Callable[[Expr], None]
    ) -> None:
        self._shape = shape
        self._functions = functions
        self._check = check
        self._known: dict[tuple[str, bool], Template | None] = {}

    def find(self, source: str, group: bool) -> tuple[Template, tuple[str, ...]] | None:
        """The template of the expression `source` at a node (that is a group or not), and the paths to put into it.

        None where it has no template, or something is wrong with it.
        """
        if len(source) > MAX_LENGTH or ".." in source:
            return None
        parts = PATHS.split(source)
        paths = tuple(parts[1::2])
        if len(paths) > len(_BLANKS):
            return None
        children, repeated = self._shape.children, self._shape.repeated
        for path in paths:
            if children.get(path, True) or path in repeated:
                return None
        parts[1::2] = _BLANKS[: len(paths)]
        key = "".join(parts), group
        if key not in self._known:
            self._known[key] = self._make(*key, len(paths))
        template = self._known[key]
        return None if template is None else (template, paths)

    def _make(self, text: str, group: bool, blanks: int) -> Template | None:
        """Parse and compile a template as if a form had nothing but its blanks."""
        shape = _GROUP if group else _LEAF
        try:
            tokens = tokenize(text)
            if tuple(token.text for token in tokens if token.kind is Kind.PATH) != _BLANKS[:blanks]:
                return None
            tree = parse_tokens(tokens)
            self._check(tree)
            found = references(tree, _HERE, shape)
            if not found.paths <= set(_BLANKS):
                return None
            compiled = compile_expression(tree, _HERE, shape, self._functions, _blank)
        except XPathError:
            return None
        wide = tuple(at for at, blank in enumerate(_BLANKS) if blank in found.wide)
        return Template(len(tokens), wide, found.itself, compiled)


def _blank(path: str, final: bool) -> Find:
    """What finds the one node of the path that stands for a blank."""
    if not final or path not in _BLANKS:
        raise XPathError("unknown_path", path)
    at = _BLANKS.index(path)

    def find(context: Context) -> list[Node]:
        nodes = context.scope.by_path[context.operands[at]]
        return nodes if nodes[0].relevant else []

    return find
