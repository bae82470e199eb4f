"""Which nodes of a form's answers an expression refers to: the ground of the dependency graph; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server_sync.domain.forms.xpath.nearest import nearest
from server_sync.domain.forms.xpath.syntax import Binary, Call, Expr, Filter, Negate, Path, Step, operands
from server_sync.domain.forms.xpath.tokens import XPathError

Paths = frozenset[str]
NOTHING: Paths = frozenset()
"""One for all that is empty: there are thousands in a form."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The skeleton of the primary instance: child names by path ("" is the document), and which paths repeat.

    `repeated` are these with everything below them.
    """

    children: Mapping[str, frozenset[str]]
    repeats: frozenset[str]
    repeated: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "repeated", self._below(self.repeats))

    def parent(self, path: str) -> str:
        """The path above."""
        return path.rpartition("/")[0]

    def step(self, paths: Paths, step: Step) -> Paths:
        """The paths one step further."""
        match step.axis:
            case "self":
                return self._named(step.name, paths)
            case "parent":
                return self._named(step.name, frozenset(self.parent(path) for path in paths if path))
            case "descendant-or-self":
                return self._below(paths)
        if step.name != "*":
            return frozenset(f"{p}/{step.name}" for p in paths if step.name in self.children.get(p, ()))
        return frozenset(f"{path}/{name}" for path in paths for name in self.children.get(path, ()))

    @staticmethod
    def _named(name: str, paths: Paths) -> Paths:
        return paths if name == "*" else frozenset(path for path in paths if path.endswith(f"/{name}"))

    def _below(self, paths: Paths) -> Paths:
        found: set[str] = set()
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += (f"{path}/{name}" for name in self.children.get(path, ()))
        return frozenset(found)

    def suggestion(self, name: str, above: Paths) -> str:
        """What was probably meant by a `name` that is no child of `above`: a name there, else a path elsewhere."""
        near = nearest(name, (child for path in above for child in self.children.get(path, ())))
        if near:
            return near
        places = {child: f"{path}/{child}" for path, names in self.children.items() for child in names}
        return places.get(nearest(name, places), "")

    def shared_repeat(self, path: str, context: str) -> str | None:
        """The innermost repeat above both paths: references are made from within one instance of it."""
        above = self.parent(path)
        while above in self.repeated:
            if above in self.repeats and (context == above or context.startswith(f"{above}/")):
                return above
            above = self.parent(above)
        return None

    def is_many(self, path: str, context: str) -> bool:
        """Whether there may be several nodes of a path: it repeats, and the context is not within."""
        above = path
        while above in self.repeated:
            if above in self.repeats and not f"{context}/".startswith(f"{above}/"):
                return True
            above = self.parent(above)
        return False


def spell(path: Path) -> str:
    """A path much as it was written, for messages."""
    words = {"self": ".", "parent": ".."}
    steps = "/".join(words.get(s.axis, s.name if s.axis == "child" else "") for s in path.steps)
    return f"/{steps}" if path.absolute else steps


@dataclass(frozen=True, slots=True)
class References:
    """The definition paths that an expression may read, and whether it reads its own node by `.` or `current()`.

    `wide` are the paths that it may read in other instances of a repeat than the one in which it stands.
    """

    paths: Paths
    wide: Paths
    itself: bool


_ITSELF = (Step("self", "*"),)
_OF_ITSELF = frozenset({"string", "number", "normalize-space"})
"""Functions that without an argument are about the context node."""

_NOWHERE = frozenset({("child", False), ("parent", True)})
"""Steps by axis and star that must lead to a node: a child by its name, and the parent, which only the root lacks."""


def references(expression: Expr, context: str, shape: Shape) -> References:
    """What `expression`, evaluated at `context`, may read.

    Raises XPathError ("unknown_path", with `name`: the step that is not there) where a path leads to no node.
    """
    visitor = _Visitor(context, shape)
    visitor.visit(expression, frozenset({context}))
    return References(frozenset(visitor.found), frozenset(visitor.wide), visitor.itself)


class _Visitor:
    """Follows an expression; paths are None inside a secondary instance."""

    def __init__(self, current: str, shape: Shape) -> None:
        self._current = frozenset({current})
        self._shape = shape
        self._current_path = current
        self._deep = 0
        self.found: set[str] = set()
        self.wide: set[str] = set()
        self.itself = False

    def visit(self, expression: Expr, at: Paths | None) -> Paths | None:
        """Collect what `expression` refers to; the paths of the nodes it returns, None if they are not the form's."""
        match expression:
            case Path():
                return self._path(expression, at)
            case Filter(operand, predicates):
                paths = self.visit(operand, at)
                for predicate in predicates:
                    self._within(predicate, paths)
                return paths
            case Call("indexed-repeat", arguments):
                results = [self._within(argument, at) for argument in arguments]
                return results[0] if results else None
            case Call(name, arguments):
                results = [self.visit(argument, at) for argument in arguments]
                if name in _OF_ITSELF and not arguments and at == self._current:
                    self.itself = True
                if name == "current":
                    self.itself = True
                    return self._current
                return results[0] if results and name == "randomize" else None
            case Binary():
                first, rest = operands(expression)
                each = [self.visit(operand, at) for operand in (first, *(right for _, right in rest))]
                known = [paths for paths in each if paths is not None]
                return frozenset().union(*known) if len(known) == len(each) else None
            case Negate(operand):
                self.visit(operand, at)
        return None

    def _path(self, path: Path, at: Paths | None) -> Paths | None:
        if not path.absolute and path.start is None and path.steps == _ITSELF and at == self._current:
            self.itself = True
            return at
        if path.plain and path.plain in self._shape.children:
            self.found.add(path.plain)
            if self._deep:
                self.wide.add(path.plain)
            return frozenset({path.plain})
        paths = at
        if path.absolute:
            paths = frozenset({""})
        elif path.start is not None:
            itself = self.itself
            paths = self.visit(path.start, at)
            self.itself = itself
        turns = []
        for step in path.steps:
            if paths is not None:
                paths = self._advance(path, step, paths)
                turns.append(paths)
            for predicate in step.predicates:
                self._within(predicate, paths)
        self.found |= paths or frozenset()
        if not self._stays(path, turns):
            self.wide |= paths or frozenset()
        return paths

    def _within(self, expression: Expr, at: Paths | None) -> Paths | None:
        """Visit what is evaluated at other nodes than the one where the expression stands, or may be."""
        self._deep += 1
        paths = self.visit(expression, at)
        self._deep -= 1
        return paths

    def _stays(self, path: Path, turns: list[Paths]) -> bool:
        """Whether a path leads only to nodes in the same instance of every repeat around both its ends."""
        if path.absolute:
            # From within a repeat an absolute path means the same instance (ODK XForms, Repeats, last section).
            return not self._deep and not any(step.predicates or step.name == "*" for step in path.steps)
        if path.start is None and self._deep:
            return False
        if path.start is not None and path.start != Call("current", ()):
            return False
        ends = turns[-1] if turns else self._current
        repeats = [self._shape.shared_repeat(end, self._current_path) for end in ends]
        return all(
            repeat is None or at == repeat or at.startswith(f"{repeat}/")
            for repeat in repeats
            for turn in turns
            for at in turn
        )

    def _advance(self, path: Path, step: Step, paths: Paths) -> Paths:
        further = self._shape.step(paths, step)
        if paths and not further and (step.axis, step.name == "*") in _NOWHERE:
            suggestion = self._shape.suggestion(step.name, paths)
            raise XPathError("unknown_path", spell(path), step.at, suggestion, name=step.name)
        return further
