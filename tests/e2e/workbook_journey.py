"""B1 主管·派单: a workbook of a thousand rows becomes work for eight agents, evenly, and can be taken back."""

import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from agent_app.ports import Route
from tests.e2e.journeys import seated
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World, at

ROWS = 1_000
BAD_PHONES = 7
DUPLICATES = 12
GOOD = ROWS - BAD_PHONES - DUPLICATES
PASSWORD = "a password for journeys"
PLAN = {
    "code": "thousand",
    "name": "名单回访",
    "label": "回访",
    "purpose": "service",
    "trigger": "batch",
    "params": {"batch": "名单回访"},
    "due_within": {"amount": 3, "unit": "working_days"},
}


def b1_a_workbook_becomes_work(story: Story, world: World) -> None:
    """Preview, result file, import, balanced assignment, the supervisor's view of it, undo."""
    _hire(world)
    workbook = world.folder / "名单.xlsx"
    _write_workbook(workbook)
    refused = world.folder / "refused.xlsx"
    look = ["import", str(workbook), "--guess", "--as", "customers", "--json"]
    preview = _last_line(world.command(*look, "--preview", "--result", str(refused)))
    assert (preview["customers"], preview["created"], len(preview["errors"])) == (GOOD, GOOD, ROWS - GOOD)
    assert server_rows(world, "SELECT count(*) FROM customer") == [(0,)]
    sheet = load_workbook(refused).active
    assert sheet is not None
    assert sheet.max_row == 1 + ROWS - GOOD
    story.step("workbook looked at before")

    batch = _last_line(world.command(*look))["batch"]
    plan = world.folder / "plan.json"
    plan.write_text(json.dumps(PLAN, ensure_ascii=False))
    world.command("plan", "add", str(plan))
    world.command("plan", "run", "--as-of", "2026-11-23T10:00", "--yes", "--json")
    loads = [
        count
        for _, count in server_rows(world, "SELECT assignee_id, count(*) FROM task GROUP BY assignee_id")
    ]
    assert (len(loads), sum(loads)) == (8, GOOD)
    assert max(loads) - min(loads) <= 1

    world.start_server()
    with seated(world, "lead", "supervisor") as lead:
        lead.desk.go(Route("team"))
        lead.charts_drawn()
        lead.until(lambda: lead.shows(str(GOOD)))
        assert desk_rows(lead, "SELECT count(*) FROM task WHERE state = 'open'") == [(GOOD,)]
        story.step("a thousand rows handed out", lead)
        world.command("import", "--undo", batch)
        assert server_rows(world, "SELECT count(*) FROM customer") == [(0,)]
        assert server_rows(world, "SELECT count(*) FROM task") == [(0,)]
        lead.desk.sync.hinted()
        lead.until(lambda: lead.question() is not None)  # most of this desk would go: it asks first (SYNC L5)
        story.step("asked before most of the desk goes", lead)
        lead.confirm()
        lead.until(lambda: desk_rows(lead, "SELECT count(*) FROM customer") == [(0,)])
        lead.until(lambda: in_step(lead))
        story.step("import undone", lead)


def _hire(world: World) -> None:
    world.clock.set(at(world.begins))
    world.command("init")
    for number in range(1, 9):
        _add(world, f"zuoxi{number:02}", f"坐席 {number:02}", "agent", "--skill", "region=华东")
    _add(world, "zhuguan01", "主管 01", "supervisor")
    world.people["supervisor"] = {"login": "zhuguan01", "password": PASSWORD}


def _add(world: World, login: str, name: str, role: str, *more: str) -> None:
    words = (
        "user",
        "add",
        login,
        "--name",
        name,
        "--role",
        role,
        "--team",
        "华东",
        "--password-stdin",
        *more,
    )
    world.command(*words, stdin=PASSWORD)


def _write_workbook(file: Path) -> None:
    """Names and numbers by their place; the bad and the double ones spread among the good."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客户编号", "客户名称", "手机号", "地区", "客户等级"])
    for number in range(GOOD):
        sheet.append(
            [
                f"K{number:05}",
                f"客户 {number:04}",
                f"139{number:08}",
                "华东",
                "VIP" if number % 10 == 0 else "普通",
            ]
        )
    for number in range(BAD_PHONES):
        sheet.append(
            [f"B{number:05}", f"坏号 {number:02}", ("12345", "139abc00001")[number % 2], "华东", "普通"]
        )
    for number in range(DUPLICATES):
        sheet.append([f"D{number:05}", f"重复 {number:02}", f"0086-139{number * 7:08}", "华东", "普通"])
    book.save(file)


def _last_line(printed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found
