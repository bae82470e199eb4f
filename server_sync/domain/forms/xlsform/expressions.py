"""Checks the expression in one cell before anything is made of it; where the cell stands is the caller's."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from server_sync.domain.forms.functions import FUNCTIONS
from server_sync.domain.forms.functions.patterns import PatternError, program
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xpath.nearest import nearest
from server_sync.domain.forms.xpath.parser import parse
from server_sync.domain.forms.xpath.references import Shape, references
from server_sync.domain.forms.xpath.syntax import Binary, Call, Expr, Filter, Literal, Negate, Path, Step
from server_sync.domain.forms.xpath.tokens import XPathError

REFERENCE = re.compile(r"\$\{([^}$]*)(\}?)")
"""A reference or what was meant as one: the name, and its end if it has one."""

_MOST_REFERENCES, _MOST_CALLS = 1_000, 10
"""References of one cell that are looked at, and wrong calls that are told."""

_LAST_SAVED = "last-saved#"
_NAME = re.compile(r"(?:last-saved#)?(?P<name>[^\W\d][\w.\-]*)")
_WIDE = str.maketrans("，（）＝＞＜！；：＋－＊／［］．｜　", ",()=><!;:+-*/[].| ")
_SIGNS: Mapping[str, str] = {
    "&&": "and",
    "&": "and",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "%": "mod",
}
_PAIRS: Mapping[str, str] = {"==": "=", "||": "or", "<>": "!=", "=>": ">=", "=<": "<="}
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_OPERATOR_BEFORE = re.compile(r"(?:^|[\s)\]])(?:and|or|div|mod)$")
_PLAIN_KINDS: Mapping[str, FindingKind] = {
    "unexpected": FindingKind.EXPRESSION_BROKEN,
    "incomplete": FindingKind.EXPRESSION_INCOMPLETE,
    "too_long": FindingKind.EXPRESSION_TOO_COMPLEX,
    "too_deep": FindingKind.EXPRESSION_TOO_COMPLEX,
    "axis": FindingKind.AXIS_UNKNOWN,
    "node_test": FindingKind.FUNCTION_UNKNOWN,
    "unknown_path": FindingKind.PATH_UNKNOWN,
    "unknown_function": FindingKind.FUNCTION_UNKNOWN,
    "argument_count": FindingKind.ARGUMENT_COUNT,
    "pattern": FindingKind.PATTERN_BROKEN,
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong in a cell: the kind, what to write instead, and the values of the kind."""

    kind: FindingKind
    suggestion: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What `${…}` may mean: paths and rows by name, and what guesses which name was meant."""

    paths: Mapping[str, str]
    rows: Mapping[str, tuple[int, ...]]
    guess: Callable[[str, Iterable[str]], str]


def wrong_of(error: XPathError, source: str) -> Wrong:
    """A fault of the parser or the compiler as a finding; positions count from 1."""
    values: dict[str, Any] = {"value": error.value, "at": error.at + 1, **error.more}
    suggestion = error.suggestion
    if error.reason in ("unexpected", "incomplete"):
        values["value"] = source[error.at : error.at + len(error.value)]
        values["expected"] = _expected(source, error.at)
        suggestion = _meant(source, error.at)
        pair = source[max(error.at - 1, 0) : error.at + 1]
        if pair in _PAIRS:
            values |= {"value": pair, "at": error.at}
    return Wrong(_PLAIN_KINDS[error.reason], suggestion, values)


def _expected(source: str, at: int) -> str:
    """What could have stood at a place: "operand", "operator", or a character."""
    if source[at : at + 1] in ("'", '"'):
        return source[at]
    before = _QUOTED.sub("_", source[:at]).rstrip()
    if not before or before[-1] in "(,=<>+-*/|[!" or _OPERATOR_BEFORE.search(before):
        return "operand"
    for opening, closing in (("(", ")"), ("[", "]")):
        if before.count(opening) > before.count(closing):
            return closing
    return "operator"


def _meant(source: str, at: int) -> str:
    """What was probably meant by what cannot stand at a place: signs of other languages, and of Chinese keyboards."""
    rest, before = source[at:], source[:at].rstrip()
    for sign, meant in _SIGNS.items():
        if rest.startswith(sign):
            return meant
    if before.endswith("/") and not before.endswith("//"):
        return "div"
    pair = before[-1:] + rest[:1]
    if pair in _PAIRS:
        return _PAIRS[pair]
    return rest[0].translate(_WIDE) if rest and rest[0].translate(_WIDE) != rest[0] else ""


def check_references(source: str, names: Names) -> Iterator[Wrong]:
    """Every `${…}` in a text or an expression that leads nowhere, or not to one question alone."""
    for found in islice(REFERENCE.finditer(source), _MOST_REFERENCES):
        inner = _NAME.fullmatch(found[1]) if found[2] else None
        if inner is None:
            meant = re.sub(r"\s+", "", found[1])
            near = meant if meant in names.paths else names.guess(meant, names.paths)
            yield Wrong(
                FindingKind.REFERENCE_BROKEN, f"${{{near}}}" if near else "", {"value": found[0][:60]}
            )
        elif inner["name"] not in names.paths:
            near = names.guess(inner["name"], names.paths)
            yield Wrong(FindingKind.REFERENCE_UNKNOWN, near, {"value": found[0], "name": inner["name"]})
        elif len(rows := names.rows[inner["name"]]) > 1:
            yield Wrong(FindingKind.REFERENCE_AMBIGUOUS, "", {"value": found[0], "rows": list(rows)})


def check_expression(
    source: str, context: str, shape: Shape | None, names: Names, columns: frozenset[str] | None = None
) -> Iterator[Wrong]:
    """All that is wrong with an expression of the node at `context`; paths are followed where there is a shape.

    `columns` are given for the filter of a list: names that stand alone in it are columns of the list.
    """
    broken = list(check_references(source, names))
    yield from broken
    try:
        tree = parse(REFERENCE.sub(lambda found: "_" * len(found[0]), source))
    except XPathError as error:
        yield wrong_of(error, source)
        return
    calls = [wrong_of(error, source) for error in islice(_wrong_calls(tree, names), _MOST_CALLS)]
    yield from calls
    if columns is not None:
        places = frozenset(found.start() for found in REFERENCE.finditer(source))
        yield from _wrong_columns(tree, places, columns)
    elif shape is not None and not broken and not calls:
        yield from _wrong_paths(source, context, shape, names)


def _wrong_paths(source: str, context: str, shape: Shape, names: Names) -> Iterator[Wrong]:
    """The first path of an expression without other faults that leads to no node."""
    plain, end = "", 0
    moves: list[tuple[int, int]] = []
    for found in REFERENCE.finditer(source):
        saved = found[1].startswith(_LAST_SAVED)
        path = names.paths[found[1].removeprefix(_LAST_SAVED)]
        plain += f"{source[end : found.start()]} {'instance(1)' if saved else ''}{path} "
        end = found.end()
        moves.append((len(plain), len(plain) - end))
    try:
        references(parse(plain + source[end:]), context, shape)
    except XPathError as error:
        error.at -= next((by for after, by in reversed(moves) if error.at >= after), 0)
        wrong = wrong_of(error, source)
        name = wrong.suggestion.rpartition("/")[2]
        # A name that stands alone is a reference whose sign was forgotten.
        alone = "/" not in error.value and name in names.paths
        yield replace(wrong, suggestion=f"${{{name}}}") if alone else wrong


def is_bare_word(source: str) -> bool:
    """Whether a text that should be an expression is but a word, like "y" or "mandatory"."""
    return _NAME.fullmatch(source) is not None


def _wrong_calls(tree: Expr, names: Names) -> Iterator[XPathError]:
    for call in _walk(tree):
        if not isinstance(call, Call):
            continue
        function = FUNCTIONS.get(call.name)
        count = len(call.arguments)
        if function is None:
            yield XPathError("unknown_function", call.name, call.at, names.guess(call.name, FUNCTIONS))
        elif count < function.least or (function.most is not None and count > function.most):
            yield XPathError(
                "argument_count", call.name, call.at, least=function.least, most=function.most, count=count
            )
        match call:
            case Call("regex", (_, Literal(pattern))):
                try:
                    program(pattern)
                except PatternError:
                    yield XPathError("pattern", pattern, call.at)


def _wrong_columns(tree: Expr, references: frozenset[int], columns: frozenset[str]) -> Iterator[Wrong]:
    for path in _walk(tree, inside=False):
        match path:
            case Path(False, (Step("child", name, _, at), *_), None) if (
                at not in references and name not in columns
            ):
                near = nearest(name, columns)
                yield Wrong(FindingKind.FILTER_COLUMN_UNKNOWN, near, {"value": name, "at": at + 1})


def _walk(tree: Expr, inside: bool = True) -> Iterator[Expr]:
    """An expression and all its parts as they stand; those in the brackets of a path only with `inside`."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(_parts(part, inside))


def _parts(tree: Expr, inside: bool) -> list[Expr]:
    match tree:
        case Negate(operand):
            return [operand]
        case Binary(_, left, right):
            return [left, right]
        case Call(_, arguments):
            return list(arguments)
        case Filter(operand, predicates):
            return [operand, *(predicates if inside else ())]
        case Path(_, steps, start):
            brackets = [one for step in steps for one in step.predicates] if inside else []
            return [*([start] if start is not None else []), *brackets]
    return []
