"""Regular expressions of forms, matched by RE2 in time linear in the answer, so that none can explode."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import re2

MAX_SUBJECT = 10_000
"""Characters of an answer that an expression looks at; a longer answer does not match."""

MAX_STEPS = 20_000_000
"""Instructions of an expression times characters of the answer; more than a second's work does not match."""

MAX_MEMORY = 512 * 1024
"""Bytes that one compiled expression may take; counted repetitions that need more are refused."""

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(Z)|(p(?!\{)|P(?!\{))|([^\x00-\x7f])|(.))", re.DOTALL)
_LOOK = re.compile(r"\(\?([=!])")


MAX_CONDITIONS = 10
"""Look-aheads at the beginning of an expression."""


class PatternError(ValueError):
    """A regular expression that is broken, too large or of a kind that is not supported."""


class _Compiled(Protocol):
    """What we need of RE2's compiled expressions."""

    programsize: int

    def search(self, subject: bytes) -> object | None: ...


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled expression, and what the look-aheads at its beginning ask for: each with whether it must match."""

    expression: _Compiled
    conditions: tuple[tuple[_Compiled, bool], ...] = ()

    @property
    def size(self) -> int:
        """Instructions, all parts together."""
        return self.expression.programsize + sum(part.programsize for part, _ in self.conditions)


@lru_cache(maxsize=128)
def program(source: str) -> Program:
    """The expression ready to match (spelled as Java and JavaScript do). Raises PatternError.

    Not supported, as linear time does not allow it: references back, and looking around elsewhere than ahead from the
    very beginning (`^(?=…)(?!…)…`).
    """
    conditions: list[tuple[_Compiled, bool]] = []
    rest = source
    while rest.startswith("^") and (look := _LOOK.match(rest, 1)):
        end = _closing(rest, 1)
        conditions.append((_compile(f"^(?:{rest[look.end() : end]})"), look[1] == "="))
        rest = f"^{rest[end + 1 :]}"
        if len(conditions) > MAX_CONDITIONS:
            raise PatternError(source)
    if conditions and _has_alternatives(rest):
        raise PatternError(source)
    return Program(_compile(rest), tuple(conditions))


def matches(text: str, source: str) -> bool:
    """ODK `regex()`: whether the expression is found in the text; a broken one is found nowhere."""
    try:
        found = program(source)
    except PatternError:
        return False
    if len(text) > MAX_SUBJECT or found.size * len(text) > MAX_STEPS:
        return False
    subject = text.encode("utf-8", "replace")
    parts = ((found.expression, True), *found.conditions)
    return all((part.search(subject) is not None) is wanted for part, wanted in parts)


def cost(text: str, source: str) -> int:
    """Instructions that a match may take; of one that is refused, none."""
    try:
        size = program(source).size
    except PatternError:
        return 0
    return min(size * len(text), MAX_STEPS)


def _compile(source: str) -> _Compiled:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MAX_MEMORY
    try:
        compiled: _Compiled = re2.compile(_ESCAPE.sub(_as_re2, source).encode("utf-8", "replace"), options)
    except re2.error as broken:
        raise PatternError(source) from broken
    return compiled


def _as_re2(escape: re.Match[str]) -> str:
    """What Java and JavaScript write otherwise than RE2."""
    code, end, bare_class, foreign, _ = escape.groups()
    if bare_class:
        raise PatternError(escape.string)
    if code:
        return f"\\x{{{code}}}"
    return "\\z" if end else foreign or escape.group()


def _closing(source: str, start: int) -> int:
    """The place of the bracket that closes the group at `start`. Raises PatternError."""
    depth = 0
    for at, char in _plain(source, start):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at
    raise PatternError(source)


def _has_alternatives(source: str) -> bool:
    depth = 0
    for _, char in _plain(source, 0):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _plain(source: str, start: int) -> list[tuple[int, str]]:
    """The characters outside of escapes and classes, with their places."""
    found: list[tuple[int, str]] = []
    at, in_class = start, False
    while at < len(source):
        char = source[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            at += source.startswith("^", at + 1)
        else:
            found.append((at, char))
        at += 1
    return found
