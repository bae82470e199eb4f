"""Draws the condition builder into PNG files that a person looks at: ``python -m … OUTDIR [NAME …]``."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout

from agent_app.ui.conditions.builder import ConditionBuilder
from agent_app.ui.conditions.field_picker import FieldPicker
from agent_app.ui.conditions.listing import LinesView
from agent_app.ui.conditions.state import Counted, CountStage
from agent_app.ui.panels import Ground
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.agent_app.ui.conditions.trees import AUDIENCE, COUNTED, KNOWN, NOW, SILENT, VIP, group

NAMED = {"field": "name", "operator": "contains", "value": ""}
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _builder(tree: dict[str, object]) -> ConditionBuilder:
    made = ConditionBuilder(lambda: date(2026, 11, 22), lambda: SHANGHAI)
    made.set_known(KNOWN)
    made.open(tree)
    return made


def _audience() -> ConditionBuilder:
    made = _builder(AUDIENCE)
    made.show_count(COUNTED, NOW)
    return made


def _at(line: int, tree: dict[str, object]) -> ConditionBuilder:
    """With the keyboard in the line."""
    made = _builder(tree)
    made.start()
    (lines,) = made.findChildren(LinesView)
    for _ in range(line):
        QTest.keyClick(lines, Qt.Key.Key_Down)
    return made


def _faulty() -> ConditionBuilder:
    made = _at(2, group(VIP, SILENT, NAMED))
    made.show_count(Counted(CountStage.OFFLINE, 1_284, about=True), NOW)
    return made


def _unfolded() -> ConditionBuilder:
    made = _builder(group(VIP, SILENT))
    made.show_count(Counted(CountStage.RUNNING, 1_284), NOW)
    return made


SCENES: dict[str, Callable[[], ConditionBuilder]] = {
    "audience": _audience,
    "window": lambda: _at(3, AUDIENCE),
    "range": lambda: _at(4, AUDIENCE),
    "ticked": lambda: _at(5, AUDIENCE),
    "group": lambda: _at(2, AUDIENCE),
    "faulty": _faulty,
    "unfolded": _unfolded,
    "empty": lambda: _builder(group()),
}


def draw_all(folder: Path, names: Sequence[str]) -> None:
    """Each scene in each look."""
    for ending in looks():
        for name, made in SCENES.items():
            if names and name not in names:
                continue
            ground = Ground("canvas")
            layout = QVBoxLayout(ground)
            layout.setContentsMargins(24, 24, 24, 24)
            builder = made()
            layout.addWidget(builder)
            ground.resize(860, 640)
            ground.show()
            if name == "unfolded":
                QTest.mouseClick(builder.findChildren(FieldPicker)[0], Qt.MouseButton.LeftButton)
            shoot(ground, folder / f"{name}_{ending}")
            put_away(ground)


if __name__ == "__main__":
    gallery("tests.agent_app.ui.conditions.gallery", draw_all)
