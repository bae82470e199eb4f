"""The order in which a form is computed, and what a changed answer reaches; computing itself is the engine's."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.model import Bind, Expression
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.references import Shape


class Aspect(IntEnum):
    """What a bind computes of its node; only VALUE and RELEVANT are seen by other expressions."""

    RELEVANT = 0
    VALUE = 1
    READONLY = 2
    REQUIRED = 3
    CONSTRAINT = 4


_ASPECTS = tuple(Aspect)


class Cell(NamedTuple):
    """One expression to compute: an aspect of the nodes at `path`; `reads` are the paths it looks at."""

    path: str
    aspect: Aspect
    expression: Expression
    reads: frozenset[str]


class Reader(NamedTuple):
    """The cell at a place of the order, as it reads one path.

    With `repeat`, a node's change concerns the cell's nodes in the same instance of that repeat alone, at `below` it;
    without, all of the cell's nodes.
    """

    place: int
    repeat: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """All cells in an order in which each comes after those it reads; by path their places, and who reads it."""

    cells: tuple[Cell, ...]
    places: Mapping[str, tuple[int, ...]]
    readers: Mapping[str, tuple[Reader, ...]]
    _reached: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    def reached(self, path: str) -> tuple[Cell, ...]:
        """The cells that a changed value at `path` may reach, in order."""
        known = self._reached.get(path)
        if known is None:
            places: set[int] = set()
            seen = {path}
            stack = [path]
            while stack:
                for reader in self.readers.get(stack.pop(), ()):
                    places.add(reader.place)
                    fresh = self._seen_by_others(self.cells[reader.place]) - seen
                    seen |= fresh
                    stack += fresh
            known = self._reached[path] = tuple(self.cells[place] for place in sorted(places))
        return known

    def _seen_by_others(self, cell: Cell) -> set[str]:
        """The paths that are read differently when a cell has a new result."""
        if cell.aspect is Aspect.RELEVANT:
            return {path for path in self.readers if f"{path}/".startswith(f"{cell.path}/")}
        return {cell.path} if cell.aspect is Aspect.VALUE else set()


class Waiting:
    """Cells to compute again, each for some or all of its nodes, handed out in the order of the graph."""

    def __init__(self, graph: Graph, by_path: Mapping[str, list[Node]]) -> None:
        self._graph = graph
        self._by_path = by_path
        self._places: list[int] = []
        self._nodes: dict[int, dict[Node, None]] = {}

    def add(self, place: int, nodes: Iterable[Node]) -> None:
        """Let the cell at a place wait to be computed for these nodes."""
        known = self._nodes.get(place)
        if known is None:
            known = self._nodes[place] = {}
            heapq.heappush(self._places, place)
        for node in nodes:
            known[node] = None

    def add_own(self, node: Node) -> None:
        """Let everything wait that is computed of this node."""
        for place in self._graph.places.get(node.path, ()):
            self.add(place, (node,))

    def add_readers(self, node: Node, beyond: str = "") -> None:
        """Let everything wait that reads this node; but what reads it within an instance of the repeat `beyond`."""
        for reader in self._graph.readers.get(node.path, ()):
            if beyond and f"{reader.repeat}/".startswith(f"{beyond}/"):
                continue
            anchor = node.ancestor(reader.repeat) if reader.repeat else None
            if anchor is None:
                self.add(reader.place, self._by_path[self._graph.cells[reader.place].path])
            else:
                self.add(reader.place, _below(anchor, reader.below))

    def take(self) -> Iterator[tuple[Cell, Node]]:
        """Each in turn, those that come to wait meanwhile as well, until none is left."""
        while self._places:
            place = heapq.heappop(self._places)
            cell = self._graph.cells[place]
            for node in self._nodes.pop(place):
                yield cell, node


def _below(anchor: Node, names: tuple[str, ...]) -> list[Node]:
    nodes = [anchor]
    for name in names:
        nodes = [child for node in nodes for child in node.children.get(name, ())]
    return nodes


def build_graph(binds: Iterable[Bind], shape: Shape) -> Graph:
    """Raises KnownError FORM_CYCLE with the paths that depend on each other in a circle."""
    cells = [cell for bind in binds for cell in _cells(bind)]
    relevance = {cell.path: place for place, cell in enumerate(cells) if cell.aspect is Aspect.RELEVANT}
    values = {cell.path: place for place, cell in enumerate(cells) if cell.aspect is Aspect.VALUE}
    above: dict[str, tuple[int, ...]] = {"": ()}
    needs: list[list[int]] = []
    for cell in cells:
        needed: set[int] = set()
        for path in cell.reads:
            needed.update(_above(path, relevance, above))
            if path in values:
                needed.add(values[path])
        needs.append(sorted(needed))
    ordered = tuple(cells[place] for place in _sorted(cells, needs))
    places: dict[str, tuple[int, ...]] = {}
    readers: dict[str, list[Reader]] = {}
    for place, cell in enumerate(ordered):
        places[cell.path] = (*places.get(cell.path, ()), place)
        anywhere = Reader(place)
        for path in cell.reads:
            reader = _reader(anywhere, cell, path, shape) if path in shape.repeated else anywhere
            readers.setdefault(path, []).append(reader)
    return Graph(ordered, places, {path: tuple(found) for path, found in readers.items()})


def _cells(bind: Bind) -> Iterator[Cell]:
    parts = (bind.relevant, bind.calculate, bind.readonly, bind.required, bind.constraint)
    for aspect, expression in zip(_ASPECTS, parts, strict=True):
        if expression is None:
            continue
        reads = expression.references
        if aspect is Aspect.CONSTRAINT or (expression.reads_itself and aspect is not Aspect.VALUE):
            reads |= {bind.path}
        yield Cell(bind.path, aspect, expression, reads)


def _above(path: str, relevance: Mapping[str, int], known: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The cells that decide whether a node is seen: its relevance and that of all its ancestors."""
    found = known.get(path)
    if found is None:
        found = _above(path.rpartition("/")[0], relevance, known)
        if path in relevance:
            found = (*found, relevance[path])
        known[path] = found
    return found


def _reader(anywhere: Reader, cell: Cell, path: str, shape: Shape) -> Reader:
    """A cell as it reads a path that repeats."""
    repeat = None if path in cell.expression.wide else shape.shared_repeat(path, cell.path)
    if repeat is None:
        return anywhere
    names = cell.path[len(repeat) + 1 :]
    return Reader(anywhere.place, repeat, tuple(names.split("/")) if names else ())


def _sorted(cells: list[Cell], needs: list[list[int]]) -> list[int]:
    """Places in an order that respects `needs`, otherwise as in the form."""
    order: list[int] = []
    state = [0] * len(cells)
    for start in range(len(cells)):
        if state[start]:
            continue
        if not needs[start]:
            state[start] = 2
            order.append(start)
            continue
        stack = [(start, iter(needs[start]))]
        state[start] = 1
        while stack:
            place, waiting = stack[-1]
            nearest = next((need for need in waiting if state[need] != 2), None)
            if nearest is None:
                state[place] = 2
                order.append(place)
                stack.pop()
            elif state[nearest] == 1:
                circle = [entry for entry, _ in stack]
                paths = [cells[entry].path for entry in circle[circle.index(nearest) :]]
                raise KnownError(ErrorKind.FORM_CYCLE, paths=list(dict.fromkeys(paths)))
            else:
                state[nearest] = 1
                stack.append((nearest, iter(needs[nearest])))
    return order
