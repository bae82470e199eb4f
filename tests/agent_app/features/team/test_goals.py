"""The goals among the team's figures: value and target, the way against the time; none for one person."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.team.view import TeamFeature
from agent_app.features.team.view.goals import GoalLines
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.agent_app.windows import window_around

pytestmark = pytest.mark.usefixtures("look")


def goal(company: Company, code: str, value: str | None, **values: object) -> Insert:
    row = {"id": company.ids.new(), "code": code, "name": f"目标 {code}", "metric": "nps", "target": "40"}
    days = {"starts_on": "2026-09-01", "deadline_on": "2026-10-31", "state": "active"}
    return Insert("goal", {**row, **days, "value": value, "sample": 12, **values})


def test_goals_stand_among_the_figures_of_the_team(
    company: Company, session: DeskSession, qtbot: QtBot
) -> None:
    feature = TeamFeature(session, lambda route: None)
    window = window_around(qtbot, feature.figures.widget, 1_000)
    (lines,) = window.findChildren(GoalLines)
    feature.figures.open(None)
    assert lines.isHidden()
    company.put(
        goal(company, "A", "20.00"),
        goal(company, "B", None, metric="renewal_rate", deadline_on="2026-11-30"),
        goal(company, "C", "50", state="missed"),
    )
    feature.figures.on_changed(StoreChanges(frozenset({"goal"})))
    words = [label.text() for label in lines.findChildren(QLabel)]
    assert not lines.isHidden()
    assert words == [
        "目标",
        "目标 A",
        "20.00 / 目标 40",
        "剩 30 天 · 完成 50%，时间已过 50%，样本 12",
        "目标 B",
        "— / 目标 40%",
        "剩 60 天 · 暂无数据",
    ]
    feature.figures.open(company.organisation.north_agents[0].person_id)
    assert lines.isHidden()
