"""What a plan is in a few lines, and what it has done as far as this desk knows."""

from datetime import tzinfo
from typing import Any

from PySide6.QtWidgets import QWidget

from agent_app.actions.plans import Written
from agent_app.features.plans.state import PlansState
from agent_app.features.plans.view.words import choice_words, skip_words, trigger_words
from agent_app.store.queries.plans import Figures
from agent_app.ui import formats
from agent_app.ui.cards import Card, KeyValues, column
from agent_app.ui.conditions.sentences import tree_words
from agent_app.ui.i18n import mark, translate
from agent_app.ui.span_words import span_words
from agent_app.ui.words import channel_label, purpose_label, word_of

_COLUMNS = {
    "name": mark("Plans", "Name"),
    "label": mark("Plans", "Short word"),
    "purpose": mark("Plans", "Purpose"),
    "channel": mark("Plans", "Channel"),
    "form_id": mark("Plans", "Guide"),
    "goal_id": mark("Plans", "Goal"),
    "source": mark("Plans", "Source"),
    "description": mark("Plans", "Description"),
    "audience": mark("Plans", "Audience"),
    "trigger": mark("Plans", "Trigger"),
    "params": mark("Plans", "Trigger"),
    "available_after": mark("Plans", "Callable after"),
    "due_within": mark("Plans", "Due within, from then on"),
    "starts_on": mark("Plans", "Works from (day)"),
    "ends_on": mark("Plans", "Works until (day)"),
    "steps": mark("Plans", "Further contacts"),
    "priority": mark("Plans", "Priority"),
    "urgency": mark("Plans", "Class in the queue"),
    "assignment": mark("Plans", "Who gets the tasks"),
    "tags": mark("Plans", "Tags that whom it picks gets"),
    "dialling": mark("Plans", "Dialling"),
    "control_percent": mark("Plans", "Control group (%)"),
}


class Standing(QWidget):
    """The summary at the top of a plan."""

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._lines = KeyValues()
        self.setLayout(column(Card(self._lines)))

    def draw(self, state: PlansState) -> None:
        """Show it of the plan that is open."""
        written, kept, lines = state.written, state.stands, self._lines
        lines.clear()
        if written is None:
            return
        lines.add(translate("Plans", "When"), trigger_words(written))
        lines.add(translate("Plans", "Whom"), tree_words(written["audience"]))
        goal = state.goals.get(written["goal_id"])
        progress = state.progress.get(goal[0]) if goal is not None else None
        if progress is not None:
            way = translate("Plans", "{value} of {target} until {day}").format(
                value=progress.value or formats.NONE, target=progress.target, day=progress.deadline_on
            )
            lines.add(translate("Plans", "Goal"), progress.name, way)
        if kept is None:
            return
        if kept.last_at is None:
            lines.add(
                translate("Plans", "Last run"), translate("Plans", "nothing of it has come to this desk yet")
            )
        else:
            at = formats.moment(kept.last_at, state.now, self._tz)
            lines.add(translate("Plans", "Last run"), f"{at} · {_figures(kept.last)}")
            lines.add(translate("Plans", "All in all"), f"{_figures(kept.ever)} · {_open(kept.ever)}")
        if kept.changed_at is not None:
            who = kept.changed_by or translate("Plans", "came with the program or from a file")
            lines.add(
                translate("Plans", "Changed"),
                f"{formats.moment(kept.changed_at, state.now, self._tz)} · {who}",
            )


def _figures(figures: Figures) -> str:
    """ "picked 30 · tasks 20 · joined 3 · control group 2 · do not call 5"."""
    parts = [(translate("Plans", "picked"), figures.picked), (translate("Plans", "tasks"), figures.made)]
    more = [
        (translate("Plans", "joined to others"), figures.merged),
        (skip_words("control"), figures.control),
    ]
    more += [(skip_words(code), count) for code, count in figures.skipped.items()]
    return " · ".join(
        f"{words} {formats.number(count)}" for words, count in parts + [one for one in more if one[1]]
    )


def _open(figures: Figures) -> str:
    return translate("Plans", "still open {count}").format(count=formats.number(figures.open))


def column_words(name: str) -> str:
    """What a column of a plan is called."""
    return word_of("Plans", _COLUMNS, name)


def value_words(state: PlansState, name: str, values: Written) -> str:
    """What stands in a column, in one line."""
    value = values[name]
    match name:
        case "form_id":
            return state.forms.get(value, ("", translate("Plans", "no guide")))[1]
        case "goal_id":
            return state.goals.get(value, ("", translate("Plans", "no goal")))[1]
        case "purpose":
            return purpose_label(value)
        case "channel":
            return channel_label(value)
        case "trigger" | "params":
            return trigger_words(values)
        case "audience":
            return tree_words(value)
        case "due_within" | "available_after":
            return span_words(value) or formats.NONE
        case "urgency":
            return choice_words(value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = [choice_words(str(one)) for one in value.values()]
    elif isinstance(value, list):
        value = [
            f"{span_words(one['after'])} {one['label']}" if isinstance(one, dict) else str(one)
            for one in value
        ]
    words = (
        translate("Plans", ", ").join(str(one) for one in value)
        if isinstance(value, list)
        else str(value or "")
    )
    return formats.NONE if not words else words if len(words) <= 80 else f"{words[:80]}…"
