"""What may be done with the current line of a condition builder: by a button, and by a key in the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from agent_app.ui.conditions.presenter import ConditionPresenter
from agent_app.ui.i18n import mark

Pressed = tuple[Qt.Key, Qt.KeyboardModifier]

_K = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class Act:
    """One of them: its words, its icon, its key as it is shown, the keys that do it, and what it does with a line."""

    words: str
    icon: str
    key: str
    pressed: tuple[Pressed, ...]
    do: Callable[[ConditionPresenter, int], None]
    worded: bool = False
    """Its button shows its words."""


ACTS = (
    Act(
        mark("Conditions", "Condition"),
        "plus",
        "Ins",
        ((_K.Key_Insert, _NONE),),
        lambda to, _: to.on_rule_added(),
        worded=True,
    ),
    Act(
        mark("Conditions", "Group"),
        "tree-structure",
        "Ctrl Ins",
        ((_K.Key_Insert, _CTRL),),
        lambda to, _: to.on_group_added(),
        worded=True,
    ),
    Act(
        mark("Conditions", "Opposite"),
        "prohibit",
        "!",
        ((_K.Key_Exclam, _SHIFT), (_K.Key_Exclam, _NONE)),
        lambda to, line: to.on_negated(line),
    ),
    Act(
        mark("Conditions", "Into a group of its own"),
        "brackets-curly",
        "Ctrl G",
        ((_K.Key_G, _CTRL),),
        lambda to, line: to.on_wrapped(line),
    ),
    Act(
        mark("Conditions", "Up"),
        "arrow-up",
        "Ctrl ↑",
        ((_K.Key_Up, _CTRL),),
        lambda to, line: to.on_shifted(line, -1),
    ),
    Act(
        mark("Conditions", "Down"),
        "arrow-down",
        "Ctrl ↓",
        ((_K.Key_Down, _CTRL),),
        lambda to, line: to.on_shifted(line, 1),
    ),
    Act(
        mark("Conditions", "Out of the group"),
        "arrow-left",
        "Ctrl ←",
        ((_K.Key_Left, _CTRL),),
        lambda to, line: to.on_moved_out(line),
    ),
    Act(
        mark("Conditions", "Into the group beside it"),
        "arrow-right",
        "Ctrl →",
        ((_K.Key_Right, _CTRL),),
        lambda to, line: to.on_moved_in(line),
    ),
    Act(
        mark("Conditions", "Duplicate"),
        "copy",
        "Ctrl D",
        ((_K.Key_D, _CTRL),),
        lambda to, line: to.on_duplicated(line),
    ),
    Act(
        mark("Conditions", "Remove"),
        "trash",
        "Del",
        ((_K.Key_Delete, _NONE),),
        lambda to, line: to.on_removed(line),
    ),
    Act(
        mark("Conditions", "Undo"),
        "arrow-counter-clockwise",
        "Ctrl Z",
        ((_K.Key_Z, _CTRL),),
        lambda to, _: to.on_undo(),
    ),
    Act(
        mark("Conditions", "Redo"),
        "arrow-clockwise",
        "Ctrl Y",
        ((_K.Key_Y, _CTRL), (_K.Key_Z, _CTRL | _SHIFT)),
        lambda to, _: to.on_redo(),
    ),
)
EDIT_KEYS: tuple[Pressed, ...] = ((_K.Key_Return, _NONE), (_K.Key_Enter, _NONE), (_K.Key_F2, _NONE))
"""They lead from the list into the editor of the current line."""
HELP_KEYS: tuple[Pressed, ...] = ((_K.Key_Question, _SHIFT), (_K.Key_Question, _NONE))
"""They say what may be done."""
BY_KEY = {pressed: act for act in ACTS for pressed in act.pressed}
