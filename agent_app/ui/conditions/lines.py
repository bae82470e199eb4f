"""A condition tree as lines that can be edited: read from its JSON and written back; what an edit means is the
presenter's.

Lines are immutable; a line keeps its id through every change, so that what is chosen and what is wrong stay with it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any


class Mode(Enum):
    """How the lines of a group are combined; the value is (combinator, not)."""

    ALL = ("and", False)
    ANY = ("or", False)
    NONE = ("or", True)
    NOT_ALL = ("and", True)

    @property
    def opposite(self) -> "Mode":
        """Holds for exactly those for whom this does not."""
        combinator, negated = self.value
        return Mode((combinator, not negated))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule. `value` is as in the JSON; None where the operator takes none. `days` and `question` are None where the
    field takes none."""

    id: int
    field: str
    operator: str
    value: Any = None
    days: Any = None
    question: Any = None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of lines."""

    id: int
    mode: Mode = Mode.ALL
    lines: tuple["Line", ...] = ()


Line = RuleLine | GroupLine
Numbers = Callable[[], int]
"""Gives the id of the next new line."""


def read(tree: Mapping[str, Any], numbers: Numbers) -> GroupLine:
    """The lines of a tree; the ids that it gives its members are left out. What is no rule becomes one of no field, so
    that it is shown and found wrong."""
    line_id = numbers()
    rules = tree.get("rules")
    mode = Mode(("or" if tree.get("combinator") == "or" else "and", bool(tree.get("not", False))))
    members = rules if isinstance(rules, list) else []
    return GroupLine(line_id, mode, tuple(_member(member, numbers) for member in members))


def _member(member: Any, numbers: Numbers) -> Line:
    if not isinstance(member, Mapping):
        return RuleLine(numbers(), "", "", member)
    if "rules" in member or "combinator" in member:
        return read(member, numbers)
    return RuleLine(
        numbers(),
        str(member.get("field", "")),
        str(member.get("operator", "")),
        member.get("value"),
        member.get("days"),
        member.get("question"),
    )


def written(line: Line) -> dict[str, Any]:
    """The JSON of a line."""
    if isinstance(line, GroupLine):
        combinator, negated = line.mode.value
        tree: dict[str, Any] = {"combinator": combinator, "rules": [written(member) for member in line.lines]}
        return {**tree, "not": True} if negated else tree
    more = {"value": line.value, "days": line.days, "question": line.question}
    given = {name: value for name, value in more.items() if value is not None}
    return {"field": line.field, "operator": line.operator, **given}


def every(line: Line) -> Iterator[Line]:
    """The line and all beneath it, as they stand on the screen."""
    yield line
    if isinstance(line, GroupLine):
        for member in line.lines:
            yield from every(member)


def find(root: GroupLine, line_id: int) -> Line | None:
    """The line with this id."""
    return next((line for line in every(root) if line.id == line_id), None)


def at(root: GroupLine, path: list[int]) -> Line:
    """The line to which the places of a path lead, or the last one on the way that is there."""
    line: Line = root
    for place in path:
        if not isinstance(line, GroupLine) or place >= len(line.lines):
            break
        line = line.lines[place]
    return line


def parent_of(root: GroupLine, line_id: int) -> tuple[GroupLine, int] | None:
    """The group in which a line stands, and its place there; None for the root and for what is not there."""
    for group in every(root):
        if isinstance(group, GroupLine):
            for place, member in enumerate(group.lines):
                if member.id == line_id:
                    return group, place
    return None


def exchanged(root: GroupLine, line_id: int, new: Line) -> GroupLine:
    """The tree with another line in the place of this one; the root only by a group."""
    made = _mapped(root, line_id, new)
    assert isinstance(made, GroupLine)
    return made


def _mapped(line: Line, line_id: int, new: Line) -> Line:
    if line.id == line_id:
        return new
    if isinstance(line, RuleLine):
        return line
    return replace(line, lines=tuple(_mapped(member, line_id, new) for member in line.lines))


def inserted(root: GroupLine, group: GroupLine, place: int, line: Line) -> GroupLine:
    """The tree with a line more in a group, before the one at that place."""
    return exchanged(root, group.id, replace(group, lines=(*group.lines[:place], line, *group.lines[place:])))


def removed(root: GroupLine, line_id: int) -> GroupLine:
    """The tree without a line; a group that it was the last of goes with it."""
    found = parent_of(root, line_id)
    return root if found is None else _pruned(_without(root, found[0], line_id), found[0].id)


def moved(root: GroupLine, line: Line, group_id: int, place: int) -> GroupLine:
    """The tree with a line in another place: before the one that is now at that place of a group. A group that it was
    the last of goes. None of it into itself."""
    found, target = parent_of(root, line.id), find(root, group_id)
    if found is None or not isinstance(target, GroupLine) or _holds(line, group_id):
        return root
    former, at_ = found
    left = _without(root, former, line.id)
    target = find(left, group_id)
    assert isinstance(target, GroupLine)
    before = place - 1 if former.id == group_id and at_ < place else place
    return _pruned(inserted(left, target, before, line), former.id)


def _holds(line: Line, line_id: int) -> bool:
    """Whether a line is this one or beneath it."""
    return any(one.id == line_id for one in every(line))


def _without(root: GroupLine, group: GroupLine, line_id: int) -> GroupLine:
    left = tuple(member for member in group.lines if member.id != line_id)
    return exchanged(root, group.id, replace(group, lines=left))


def _pruned(root: GroupLine, group_id: int) -> GroupLine:
    """Without the group, if it is empty and not the root."""
    group = find(root, group_id)
    empty = isinstance(group, GroupLine) and not group.lines
    return removed(root, group_id) if empty else root


def copied(line: Line, numbers: Numbers) -> Line:
    """The same with ids of its own."""
    if isinstance(line, RuleLine):
        return replace(line, id=numbers())
    return GroupLine(numbers(), line.mode, tuple(copied(member, numbers) for member in line.lines))
