"""Draws the rooms of ladders and goals into PNG files that a person looks at.

``python -m tests.agent_app.features.ladders.gallery OUTDIR``: light and dark, Chinese and English, 100 and 150 %; a
ladder with a task tried out, one with faults, a goal under way, a new one.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent_app.features.goals.view import GoalsFeature
from agent_app.features.ladders.view import LaddersFeature
from agent_app.host.resources import resource
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n
from server_sync.domain.commands import Insert
from server_sync.domain.rules.escalation_definition import checked_policy
from server_sync.domain.rules.goals import checked_goal, goal_id
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
from tests.server_sync.organisation import NOW

SIZES = ((1440, 900), (1280, 800))
TALL = (1440, 2000)


def furnish(company: Company) -> None:
    """The ladders and goals that come as samples."""
    for item in _samples("samples/escalation"):
        company.put(Insert("escalation_policy", {"id": company.ids.new(), **checked_policy(item)}))
    for number, item in enumerate(_samples("samples/goals")):
        values = checked_goal(item) | {"deadline_on": "2026-12-31", "starts_on": "2026-09-01"}
        measured = {"value": f"{60 + 4 * number}.50", "sample": 120, "measured_at": NOW}
        lead = company.organisation.north_lead.person_id
        company.put(Insert("goal", {"id": goal_id(values["code"]), **values, **measured, "owner_id": lead}))


def _samples(folder: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for file in sorted(resource(folder).glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        found += content if isinstance(content, list) else [content]
    return found


def draw(company: Company, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = company.session(company.organisation.administrator, ImmediateWork())
    ladders = LaddersFeature(session, lambda question, then: then(""))
    goals = GoalsFeature(session, lambda question, then: then(""))
    window = MainWindow("回访", StatusBar())
    window.add_place(Place("goals", "target", i18n.translate("Window", "Goals"), goals, goals.listing))
    window.add_place(Place("ladders", "alarm", i18n.translate("Window", "Ladders"), ladders, ladders.listing))
    window.resize(*size)
    window.show()
    name = f"{size[0]}x{size[1]}_{ending}"
    window.show_place("ladders")
    settle(window)
    presenter = ladders.presenter
    presenter.on_chosen(presenter.state.listed[1])
    shoot(window, folder / f"ladders_open_{name}")
    ladders.look()
    shoot(window, folder / f"ladders_tried_{name}")
    ladders._room.write_new()
    presenter.on_step(0, "means", [])
    presenter.on_save()
    shoot(window, folder / f"ladders_missing_{name}")
    presenter.on_let_be()
    window.show_place("goals")
    settle(window)
    goals.presenter.on_chosen(goals.presenter.state.listed[2])
    shoot(window, folder / f"goals_open_{name}")
    goals._room.write_new()
    goals.presenter.on_save()
    shoot(window, folder / f"goals_missing_{name}")
    goals.presenter.on_let_be()
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        furnish(company)
        for ending in looks():
            for size in (*SIZES, TALL):
                draw(company, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.ladders.gallery", draw_all)
