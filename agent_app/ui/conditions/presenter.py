"""What may be done with the lines of a condition tree, and taken back; how they look is the view's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from agent_app.ui.conditions import asked, lines
from agent_app.ui.conditions.checking import faults_of
from agent_app.ui.conditions.lines import GroupLine, Line, Mode, RuleLine
from agent_app.ui.conditions.state import ConditionState
from server_sync.domain.rules.conditions import EVERYONE, FIELDS, Operator

_FIRST_FIELD = "tier"
_Kept = tuple[GroupLine, int]


class ConditionPresenter:
    """Holds one tree. `render` takes the state after every intent; main thread, no Qt.

    A state has either a `tree` that the domain takes or faults that say by line what keeps it from being taken.
    A group never gets empty: it goes with its last line. What an intent cannot do it leaves as it is.
    """

    def __init__(self, render: Callable[[ConditionState], object]) -> None:
        self._render = render
        self._numbers = count(1).__next__
        self._undo: list[_Kept] = []
        self._redo: list[_Kept] = []
        self._typing: tuple[int, str] | None = None
        self._root = lines.read(EVERYONE, self._numbers)
        self._current = self._root.id
        self._state = self._shown()

    @property
    def state(self) -> ConditionState:
        """What is shown now."""
        return self._state

    def open(self, tree: Mapping[str, Any]) -> None:
        """Show another tree; nothing of the one before can be taken back."""
        self._root = lines.read(tree, self._numbers)
        self._current = self._root.lines[0].id if self._root.lines else self._root.id
        self._undo, self._redo, self._typing = [], [], None
        self._show()

    def on_chosen(self, line_id: int) -> None:
        """This line is being looked at."""
        if line_id != self._current and lines.find(self._root, line_id) is not None:
            self._current = line_id
            self._typing = None
            self._show()

    def on_rule_added(self, field: str = _FIRST_FIELD) -> None:
        """One more rule: within the current group, after the current rule."""
        self._add(asked.usual(self._numbers(), FIELDS[field]))

    def on_group_added(self) -> None:
        """One more group, with a first rule, for whoever meets any of its lines."""
        rule = asked.usual(self._numbers(), FIELDS[_FIRST_FIELD])
        self._add(GroupLine(self._numbers(), Mode.ANY, (rule,)))

    def on_removed(self, line_id: int) -> None:
        """Take a line away with all beneath it; the root is emptied."""
        if line_id == self._root.id:
            self._commit(replace(self._root, lines=()), self._root.id)
            return
        shown = [line.id for line in lines.every(self._root)]
        root = lines.removed(self._root, line_id)
        left = {line.id for line in lines.every(root)}
        if line_id in shown:
            place = shown.index(line_id)
            nearest = (*shown[place + 1 :], *reversed(shown[:place]))
            self._commit(root, next(one for one in nearest if one in left))

    def on_duplicated(self, line_id: int) -> None:
        """The same once more, beneath it."""
        found, line = lines.parent_of(self._root, line_id), lines.find(self._root, line_id)
        if found is not None and line is not None:
            copy = lines.copied(line, self._numbers)
            self._commit(lines.inserted(self._root, found[0], found[1] + 1, copy), copy.id)

    def on_shifted(self, line_id: int, steps: int) -> None:
        """So many places down its group; up, if negative."""
        found = lines.parent_of(self._root, line_id)
        if found is not None:
            group, place = found
            to = min(max(place + steps, 0), len(group.lines) - 1)
            self.on_moved(line_id, group.id, to + 1 if to > place else to)

    def on_moved_out(self, line_id: int) -> None:
        """Out of its group, beneath it."""
        found = lines.parent_of(self._root, line_id)
        outer = lines.parent_of(self._root, found[0].id) if found is not None else None
        if outer is not None:
            self.on_moved(line_id, outer[0].id, outer[1] + 1)

    def on_moved_in(self, line_id: int) -> None:
        """Into the group right above it, as the last; else into the one right below, as the first."""
        found = lines.parent_of(self._root, line_id)
        if found is None:
            return
        members, place = found[0].lines, found[1]
        above = members[place - 1] if place else None
        below = members[place + 1] if place + 1 < len(members) else None
        if isinstance(above, GroupLine):
            self.on_moved(line_id, above.id, len(above.lines))
        elif isinstance(below, GroupLine):
            self.on_moved(line_id, below.id, 0)

    def on_moved(self, line_id: int, group_id: int, place: int) -> None:
        """Into a group, before the line that is at that place now; never into itself."""
        line = lines.find(self._root, line_id)
        if line is not None:
            self._commit(lines.moved(self._root, line, group_id, place), line_id)

    def on_wrapped(self, line_id: int) -> None:
        """Into a group of its own, to which others can come."""
        self._wrap(line_id, Mode.ANY)

    def on_negated(self, line_id: int) -> None:
        """The exact opposite: of a group, of a rule by its operator, or by a group around it."""
        line, found = lines.find(self._root, line_id), lines.parent_of(self._root, line_id)
        if isinstance(line, GroupLine):
            self.on_mode(line_id, line.mode.opposite)
        elif line is None or found is None:
            return
        elif (opposite := asked.opposite_of(line)) is not None:
            self._commit(lines.exchanged(self._root, line_id, opposite), line_id)
        elif found[0].mode is Mode.NONE and len(found[0].lines) == 1 and found[0].id != self._root.id:
            self._commit(lines.exchanged(self._root, found[0].id, line), line_id)
        else:
            self._wrap(line_id, Mode.NONE)

    def on_mode(self, line_id: int, mode: Mode) -> None:
        """How a group combines its lines."""
        line = lines.find(self._root, line_id)
        if isinstance(line, GroupLine):
            self._commit(lines.exchanged(self._root, line_id, replace(line, mode=mode)), line_id)

    def on_field(self, line_id: int, field: str) -> None:
        """A rule asks for another field."""
        line = lines.find(self._root, line_id)
        if isinstance(line, RuleLine) and field != line.field:
            self._commit(lines.exchanged(self._root, line_id, asked.with_field(line, field)), line_id)

    def on_operator(self, line_id: int, operator: str) -> None:
        """A rule asks by another operator of its field."""
        line = lines.find(self._root, line_id)
        if isinstance(line, RuleLine) and line.field in FIELDS and operator != line.operator:
            changed = asked.with_operator(line, Operator(operator))
            self._commit(lines.exchanged(self._root, line_id, changed), line_id)

    def on_value(self, line_id: int, value: Any) -> None:
        """What a rule compares with, as in the JSON; what is typed into one value is taken back at once."""
        self._type(line_id, "value", value)

    def on_days(self, line_id: int, days: Any) -> None:
        """How many days a rule looks back."""
        self._type(line_id, "days", days)

    def on_question(self, line_id: int, question: str) -> None:
        """Whose answer a rule asks for: the question's path in its form."""
        self._type(line_id, "question", question)

    def on_undo(self) -> None:
        """As it was before the last change."""
        self._swap(self._undo, self._redo)

    def on_redo(self) -> None:
        """Once more what was taken back."""
        self._swap(self._redo, self._undo)

    def _swap(self, taken: list[_Kept], given: list[_Kept]) -> None:
        if taken:
            given.append((self._root, self._current))
            self._root, self._current = taken.pop()
            self._typing = None
            self._show()

    def _add(self, line: Line) -> None:
        current = lines.find(self._root, self._current) or self._root
        found = lines.parent_of(self._root, current.id)
        if isinstance(current, GroupLine) or found is None:
            group = current if isinstance(current, GroupLine) else self._root
            root = lines.inserted(self._root, group, len(group.lines), line)
        else:
            root = lines.inserted(self._root, found[0], found[1] + 1, line)
        self._commit(root, line.lines[0].id if isinstance(line, GroupLine) else line.id)

    def _wrap(self, line_id: int, mode: Mode) -> None:
        line = lines.find(self._root, line_id)
        if line is not None and line is not self._root:
            around = GroupLine(self._numbers(), mode, (line,))
            self._commit(lines.exchanged(self._root, line_id, around), line_id)

    def _type(self, line_id: int, part: str, value: Any) -> None:
        """One part of a rule; as long as the same part is typed, it is one change."""
        line = lines.find(self._root, line_id)
        if not isinstance(line, RuleLine):
            return
        changed = {
            "value": replace(line, value=value),
            "days": replace(line, days=value),
            "question": replace(line, question=value),
        }[part]
        root = lines.exchanged(self._root, line_id, changed)
        if root == self._root:
            return
        if self._typing == (line_id, part):
            self._root = root
            self._show()
        else:
            self._commit(root, line_id)
        self._typing = (line_id, part)

    def _commit(self, root: GroupLine, current: int) -> None:
        if root == self._root:
            return
        self._undo.append((self._root, self._current))
        self._redo, self._typing = [], None
        self._root, self._current = root, current
        self._show()

    def _show(self) -> None:
        self._state = self._shown()
        self._render(self._state)

    def _shown(self) -> ConditionState:
        faults = faults_of(self._root)
        return ConditionState(
            self._root,
            self._current,
            faults,
            None if faults else lines.written(self._root),
            bool(self._undo),
            bool(self._redo),
        )
