"""The goals that the team works towards: what was measured, the target, and whether time runs ahead of them (M1.1)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_app.features.team.state import TeamState
from agent_app.store.queries.goals import Goal
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues, SectionHeader, column
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import Tone

MOST_SHOWN = 5
_IN_POINTS = ("nps", "csat_mean")


class GoalLines(QWidget):
    """Main thread. Not there while there are no goals, or while one person's figures are shown. Signal:
    ``goals_asked()`` for the room in which they are written."""

    goals_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = KeyValues()
        card = QWidget()
        edit = Button(translate("Goals", "All goals"), Kind.QUIET, small=True)
        edit.clicked.connect(self.goals_asked)
        inside = column(SectionHeader(translate("Goals", "Goals"), edit), self._lines)
        inside.setContentsMargins(0, 0, 0, 0)
        card.setLayout(inside)
        layout = column(Card(card))
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setVisible(False)

    def draw(self, state: TeamState) -> None:
        """Show the goals, the nearest deadlines first."""
        found = () if state.person_id is not None else state.goals
        self._lines.clear()
        for goal in found[:MOST_SHOWN]:
            self._lines.add(goal.name, _figure(goal), _way(goal), _tone(goal))
        self.setVisible(bool(found))


def _figure(goal: Goal) -> str:
    unit = "" if goal.metric in _IN_POINTS else "%"
    value = formats.NONE if goal.value is None else f"{goal.value}{unit}"
    return translate("Goals", "{value} of {target}").format(value=value, target=f"{goal.target}{unit}")


def _way(goal: Goal) -> str:
    on_the_way = goal.progress
    left = translate("Goals", "%n day(s) left", max(on_the_way.days_left, 0))
    if on_the_way.percent is None:
        return f"{left} · " + translate("Goals", "nothing counted yet")
    words = translate("Goals", "{percent}% of the way, {expected}% of the time, n={sample}")
    way = words.format(
        percent=on_the_way.percent, expected=on_the_way.expected_percent, sample=formats.number(goal.sample)
    )
    return f"{left} · {way}"


def _tone(goal: Goal) -> Tone | None:
    if goal.progress.percent == 100:
        return Tone.SUCCESS
    return Tone.WARNING if goal.progress.behind else None
