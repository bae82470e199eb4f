"""Regular expressions of forms, matched in time linear in the answer, so that none can explode; no look-around."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MAX_STATES = 2_000
"""Steps of one compiled expression, counted repetitions written out; larger ones are refused."""

MAX_SUBJECT = 10_000
"""Characters of an answer that an expression looks at; a longer answer does not match."""

_COUNT = re.compile(r"\{(\d{1,4})(,(\d{1,4})?)?\}", re.ASCII)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


class PatternError(ValueError):
    """A regular expression that is broken, too large or of a kind that is not supported."""


@dataclass(frozen=True, slots=True)
class _Take:
    """Consume one character that passes the test."""

    test: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Go:
    """Go on at any of these places without consuming."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Go on only at the beginning (or the end) of the text."""

    end: bool


_Instruction = _Take | _Go | _Anchor
_Emit = Callable[[list[_Instruction]], None]


@lru_cache(maxsize=512)
def program(source: str) -> tuple[_Instruction, ...]:
    """The instructions of an expression. Raises PatternError."""
    parser = _Parser(source)
    emit = parser.alternatives()
    if not parser.finished:
        raise PatternError(source)
    code: list[_Instruction] = []
    emit(code)
    return tuple(code)


def matches(text: str, source: str) -> bool:
    """ODK `regex()`: whether the expression is found in the text; a broken one is found nowhere."""
    try:
        code = program(source)
    except PatternError:
        return False
    if len(text) > MAX_SUBJECT:
        return False
    end = len(code)
    states: set[int] = set()
    for at in range(len(text) + 1):
        states = _reach(code, states | {0}, at == 0, at == len(text))
        if end in states:
            return True
        if at < len(text):
            states = {s + 1 for s in states if isinstance(take := code[s], _Take) and take.test(text[at])}
    return False


def _reach(code: tuple[_Instruction, ...], states: set[int], first: bool, last: bool) -> set[int]:
    """The states reachable without consuming a character."""
    seen: set[int] = set()
    stack = list(states)
    while stack:
        state = stack.pop()
        if state in seen:
            continue
        seen.add(state)
        if state == len(code):
            continue
        match code[state]:
            case _Go(places):
                stack += places
            case _Anchor(end) if last if end else first:
                stack.append(state + 1)
    return seen


class _Parser:
    """Recursive descent; each piece is a function that writes its instructions, so a repetition writes it again."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    @property
    def finished(self) -> bool:
        return self._at == len(self._source)

    def _next(self) -> str:
        return self._source[self._at : self._at + 1]

    def _skip(self, text: str) -> bool:
        if self._source.startswith(text, self._at):
            self._at += len(text)
            return True
        return False

    def alternatives(self) -> _Emit:
        self._depth += 1
        if self._depth > 40:
            raise PatternError(self._source)
        branches = [self._sequence()]
        while self._skip("|"):
            branches.append(self._sequence())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else lambda code: _either(code, branches)

    def _sequence(self) -> _Emit:
        parts: list[_Emit] = []
        while not self.finished and self._next() not in "|)":
            parts.append(self._repeated())
        return lambda code: _all(code, parts)

    def _repeated(self) -> _Emit:
        atom = self._atom()
        while True:
            if self._skip("*"):
                least, most = 0, None
            elif self._skip("+"):
                least, most = 1, None
            elif self._skip("?"):
                least, most = 0, 1
            elif counted := _COUNT.match(self._source, self._at):
                self._at = counted.end()
                least = int(counted[1])
                most = least if counted[2] is None else int(counted[3]) if counted[3] else None
            else:
                return atom
            atom = _times(atom, least, most)

    def _atom(self) -> _Emit:
        if self._skip("("):
            self._skip("?:")
            if self._next() == "?":
                raise PatternError(self._source)
            inner = self.alternatives()
            if not self._skip(")"):
                raise PatternError(self._source)
            return inner
        if self._skip("^"):
            return lambda code: _write(code, _Anchor(end=False))
        if self._skip("$"):
            return lambda code: _write(code, _Anchor(end=True))
        return self._character()

    def _character(self) -> _Emit:
        char = self._next()
        piece = char
        if char == "[":
            found = _CLASS.match(self._source, self._at)
            piece = found[0] if found else ""
        elif char == "\\":
            piece = self._source[self._at : self._at + 2]
            if not re.fullmatch(r"\\[dDwWsSntrfv]|\\[^\w]", piece):
                raise PatternError(self._source)
        elif char and char != ".":
            piece = re.escape(char) if char not in "*+?" else ""
        if not piece:
            raise PatternError(self._source)
        self._at += 1 if char not in "[\\" else len(piece)
        try:
            test = re.compile(piece, re.DOTALL).fullmatch
        except re.error as broken:
            raise PatternError(self._source) from broken
        return lambda code: _write(code, _Take(test))


def _write(code: list[_Instruction], instruction: _Instruction) -> None:
    if len(code) >= MAX_STATES:
        raise PatternError("too large")
    code.append(instruction)


def _all(code: list[_Instruction], parts: list[_Emit]) -> None:
    for part in parts:
        part(code)


def _either(code: list[_Instruction], branches: list[_Emit]) -> None:
    choice = len(code)
    _write(code, _Go(()))
    starts: list[int] = []
    exits: list[int] = []
    for branch in branches:
        starts.append(len(code))
        branch(code)
        exits.append(len(code))
        _write(code, _Go(()))
    code[choice] = _Go(tuple(starts))
    for place in exits:
        code[place] = _Go((len(code),))


def _times(part: _Emit, least: int, most: int | None) -> _Emit:
    def emit(code: list[_Instruction]) -> None:
        before = len(code)
        for _ in range(least):
            part(code)
            if len(code) == before:
                return
        if most is None:
            loop = len(code)
            _write(code, _Go(()))
            part(code)
            _write(code, _Go((loop,)))
            code[loop] = _Go((loop + 1, len(code)))
            return
        skips: list[int] = []
        for _ in range(most - least):
            skips.append(len(code))
            _write(code, _Go(()))
            part(code)
        for place in skips:
            code[place] = _Go((place + 1, len(code)))

    return emit
