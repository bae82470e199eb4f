"""Draws the team's place from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.team.gallery OUTDIR``: light and dark, zh_CN and en, 1440 × 900 and 1280 × 800,
100 and 150 %; figures, a list with a choice of person, one agent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agent_app.features.team.state import Breakdown, Brush
from agent_app.features.team.view import TeamFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.task_parts import Part
from agent_app.ui import i18n
from agent_app.ui.feedback import UndoBar
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.model import Role
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
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
    rows += _goals(company)
    company.put(*rows)


def _goals(company: Company) -> Iterator[Insert]:
    for place, (name, metric, value, target) in enumerate(
        (
            ("回访完成率不低于90%", "completion_rate", "81.25", "90"),
            ("净推荐值不低于40", "nps", "46.00", "40"),
            ("半年内复购率提升10%", "repurchase_rate", None, "30"),
        )
    ):
        row = {"id": company.organisation.ids.new(), "code": f"goal{place}", "name": name, "metric": metric}
        days = {"starts_on": "2026-07-01", "deadline_on": f"2026-{10 + place}-30"}
        measured = {"value": value, "sample": 640, "measured_at": MIDNIGHT, "state": "active"}
        yield Insert("goal", {**row, **days, **measured, "target": target})


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
    shoot(window, folder / f"figures_{ending}")
    figures.presenter.on_breakdown_chosen(Breakdown.RESULT)
    figures.open(company.organisation.north_agents[1].person_id)
    shoot(window, folder / f"agent_{ending}")
    figures.open(None)
    figures.presenter.on_part_opened(Part.OVERDUE)
    settle(window)
    table = figures._panel.table
    table.selectRow(1)
    table.selectionModel().select(
        table.model().index(3, 0),
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
    )
    shoot(window, folder / f"drill_{ending}")
    figures._panel.ask_to_give()
    shoot(window, folder / f"giving_{ending}")
    figures.drill.on_given(company.organisation.north_agents[2].person_id)
    shoot(window, folder / f"given_{ending}")
    window.findChildren(UndoBar)[0].undo()
    figures.drill.on_closed()
    figures.presenter.on_part_opened(Part.WAITING)
    figures.drill.on_balance_asked()
    shoot(window, folder / f"balance_{ending}")
    figures.drill.on_closed()
    figures.drill.on_closed()
    figures._roster.open()
    figures._roster.presenter.on_brush(Brush.LEAVE)
    for place, day in ((0, 3), (1, 0), (1, 1), (2, 4)):
        figures._roster.presenter.on_day(company.organisation.north_agents[place].person_id or b"", day)
    figures._roster.presenter.on_brush(Brush.WORK)
    for day in range(4):
        figures._roster.presenter.on_day(company.organisation.north_agents[2].person_id or b"", day)
    figures.on_changed(StoreChanges(frozenset({"shift"}), None, "roster"))
    shoot(window, folder / f"roster_{ending}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        a_busy_team(company)
        for ending in looks():
            for size in SIZES:
                draw(company, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.team.gallery", draw_all)
