"""The order in which a form is computed, and what a changed answer reaches; computing itself is the engine's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.model import Bind, Expression


class Aspect(IntEnum):
    """What a bind computes of its node; only VALUE and RELEVANT are seen by other expressions."""

    RELEVANT = 0
    VALUE = 1
    READONLY = 2
    REQUIRED = 3
    CONSTRAINT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One expression to compute: an aspect of the nodes at `path`, and the changes that concern it.

    A change is the path of a node whose value changed, or `relevance_of(path)` of one whose relevance did.
    """

    path: str
    aspect: Aspect
    expression: Expression
    awaits: frozenset[str]

    @property
    def change(self) -> str:
        """The change that a new result of this cell is."""
        return relevance_of(self.path) if self.aspect is Aspect.RELEVANT else self.path


def relevance_of(path: str) -> str:
    """The change of relevance of a node and everything below it."""
    return f"{path}/*"


@dataclass(frozen=True, slots=True)
class Graph:
    """All cells in an order in which each comes after those it reads, and those that a change can reach."""

    cells: tuple[Cell, ...]
    _readers: Mapping[str, tuple[int, ...]]
    _reached: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    def reached(self, change: str) -> tuple[Cell, ...]:
        """The cells that a change may reach, in order."""
        found = self._reached.get(change)
        if found is None:
            places: set[int] = set()
            stack = list(self._readers.get(change, ()))
            while stack:
                place = stack.pop()
                if place not in places:
                    places.add(place)
                    if self.cells[place].aspect <= Aspect.VALUE:
                        stack += self._readers.get(self.cells[place].change, ())
            found = self._reached[change] = tuple(self.cells[place] for place in sorted(places))
        return found


def build_graph(binds: Iterable[Bind]) -> Graph:
    """Raises KnownError FORM_CYCLE with the paths that depend on each other in a circle."""
    cells = [cell for bind in binds for cell in _cells(bind)]
    makers = {cell.change: place for place, cell in enumerate(cells) if cell.aspect <= Aspect.VALUE}
    needs = [sorted({makers[change] for change in cell.awaits if change in makers}) for cell in cells]
    ordered = tuple(cells[place] for place in _sorted(cells, needs))
    readers: dict[str, list[int]] = {}
    for place, cell in enumerate(ordered):
        for change in cell.awaits:
            readers.setdefault(change, []).append(place)
    return Graph(ordered, {change: tuple(places) for change, places in readers.items()})


def _cells(bind: Bind) -> Iterator[Cell]:
    parts = (bind.relevant, bind.calculate, bind.readonly, bind.required, bind.constraint)
    for aspect, expression in zip(Aspect, parts, strict=True):
        if expression is None:
            continue
        reads = set(expression.references)
        if aspect is Aspect.CONSTRAINT or (expression.reads_itself and aspect is not Aspect.VALUE):
            reads.add(bind.path)
        yield Cell(bind.path, aspect, expression, frozenset(_changes(reads)))


def _changes(reads: Iterable[str]) -> Iterator[str]:
    """What touches a reader: the values it reads, and the relevance of each of them and of all their ancestors."""
    for path in reads:
        yield path
        above = path
        while above:
            yield relevance_of(above)
            above = above.rpartition("/")[0]


def _sorted(cells: list[Cell], needs: list[list[int]]) -> list[int]:
    """Places in an order that respects `needs`, otherwise as in the form."""
    order: list[int] = []
    state = [0] * len(cells)
    for start in range(len(cells)):
        stack = [(start, iter(needs[start]))]
        if state[start]:
            continue
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
