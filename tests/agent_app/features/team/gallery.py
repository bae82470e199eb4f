"""Draws the team's place from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.team.gallery OUTDIR``: light and dark, zh_CN and en, 1440 × 900 and 1280 × 800,
100 and 150 %; figures, a list with a choice of person, one agent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.features.team.state import Breakdown
from agent_app.features.team.view import TeamFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.queries.task_parts import Part
from agent_app.ui import i18n, theme
from agent_app.ui.charts import BarTrend
from agent_app.ui.feedback import UndoBar
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.model import Role
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.team_desk import MIDNIGHT, answers, call, hold_team, presence
from tests.server_sync.organisation import person_row

SIZES = ((1440, 900), (1280, 800))
PLANS = ("新客户首访", "续费 90/60/30", "投诉核实", "VIP 关怀", "安装后回访", "沉睡激活")
STATES = (
    ("on_call", None),
    ("wrap_up", None),
    ("ready", None),
    ("break", "meal"),
    ("on_call", None),
    ("offline", None),
    ("busy", None),
    ("ready", None),
)
RESULTS = ("1.1",) * 11 + ("3.13", "1.1", "3.12", "2.112a", "1.1", "3.13", "2.12a", "1.1")


def a_busy_team(company: Company) -> None:
    """Eight agents with six plans and two weeks of calls; the figures are made up by counting."""
    org = company.organisation
    hold_team(company, org.north)
    rows: list[Insert] = [Insert("plan", _plan(company, place, name)) for place, name in enumerate(PLANS)]
    agents = list(org.north_agents)
    for number in range(5):
        agent = Actor(org.ids.new(), Role.AGENT, org.north)
        agents.append(agent)
        rows.append(Insert("person", person_row(agent, 20 + number)))
    plans = [row.row_id for row in rows if row.table == "plan"]
    rows += [presence(agent, *state) for agent, state in zip(agents, STATES, strict=True)]
    for place, agent in enumerate(agents):
        rows += _days_of(company, agent, place, plans)
    company.put(*rows)


def _plan(company: Company, place: int, name: str) -> dict[str, Any]:
    return {
        "id": company.organisation.ids.new(),
        "code": f"plan{place}",
        "name": name,
        "label": name[:2],
        "state": "active",
        "purpose": "service",
        "channel": "phone",
        "trigger": "after_order",
        "params": {"days": 3},
        "audience": {"combinator": "and", "rules": []},
        "due_within": {"amount": 1, "unit": "working_days"},
    }


def _days_of(company: Company, agent: Actor, place: int, plans: list[bytes]) -> Iterator[Insert]:
    org = company.organisation
    surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
    for day in range(14):
        for number in range(20 - day % 5):
            at = MIDNIGHT - day * DAY + 8 * HOUR + number * 5 * MINUTE
            code = RESULTS[(number * 7 + day + place * 3) % len(RESULTS)]
            open_still = (number + place + day) % 13 < 2 and (day == 0 or (number + place) % 11 == 0)
            name = f"{surnames[(number + day + place) % 16]}客"
            customer = org.customer(org.north, name=name, tier="vip" if number % 6 == 0 else "normal")
            fate: dict[str, Any] = {"state": "open"}
            if not open_still:
                fate = {"state": "done", "done_at": at, "disposition": code, "attempt_count": 1 + number % 3}
            task = org.task(
                customer,
                agent,
                plan_id=plans[(number * number + place) % len(plans)],
                due_at=at + 3 * HOUR if day == 0 else at,
                **fate,
            )
            attempt = call(company, task, agent, at, code, answered=code[0] in "12")
            yield from (customer, task, attempt)
            if code == "1.1":
                yield answers(
                    company,
                    attempt,
                    csat=5 - (number + place) % 13 // 4,
                    nps=10 - (number * 3 + place) % 11 // 2,
                )


def settle(window: QWidget) -> None:
    """Until nothing is on its way."""
    for _ in range(4):
        QCoreApplication.processEvents()
    while not all(chart.drawn() for chart in window.findChildren(BarTrend) if chart.isVisible()):
        QCoreApplication.processEvents()
    for _ in range(4):
        QCoreApplication.processEvents()


def draw(company: Company, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = company.session(company.organisation.north_lead, ImmediateWork())
    feature = TeamFeature(session, lambda route: None)
    window = MainWindow("回访", StatusBar())
    window.add_place(
        Place("team", "users", i18n.translate("Window", "Team"), feature.figures, feature.members)
    )
    window.show_place("team")
    window.resize(*size)
    window.show()
    ending = f"{size[0]}_{ending}"
    figures = feature.figures
    settle(window)
    window.grab().save(str(folder / f"figures_{ending}"))
    figures.presenter.on_breakdown_chosen(Breakdown.RESULT)
    figures.open(company.organisation.north_agents[1].person_id)
    settle(window)
    window.grab().save(str(folder / f"agent_{ending}"))
    figures.open(None)
    figures.presenter.on_part_opened(Part.OVERDUE)
    settle(window)
    table = figures._panel.table
    table.selectRow(1)
    table.selectionModel().select(
        table.model().index(3, 0),
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
    )
    settle(window)
    window.grab().save(str(folder / f"drill_{ending}"))
    figures._panel.ask_to_give()
    settle(window)
    window.grab().save(str(folder / f"giving_{ending}"))
    figures.drill.on_given(company.organisation.north_agents[2].person_id)
    settle(window)
    window.grab().save(str(folder / f"given_{ending}"))
    window.findChildren(UndoBar)[0].undo()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def draw_all(folder: Path) -> None:
    """Everything at the scale this process was started with."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    scale = f"{float(os.environ.get('QT_SCALE_FACTOR', '1')) * 100:.0f}"
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        a_busy_team(company)
        for language in ("zh_CN", "en"):
            i18n.install(language)
            for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
                theme.install(app, scheme, language)
                for size in SIZES:
                    draw(company, folder, f"{scheme.value}_{language}_{scale}.png", size)
        company.store.close()


def main(folder: Path) -> None:
    """One process per scale: Qt reads the factor at its start."""
    for scale in ("1", "1.5"):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        program = [sys.executable, "-m", "tests.agent_app.features.team.gallery", "--here", str(folder)]
        subprocess.run(program, env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--here":
        draw_all(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
