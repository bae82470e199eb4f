"""What every desk holds alike is read-only there but for what leads keep: no verb writes people, forms or settings."""

import ast
from pathlib import Path

import pytest

from server_sync.domain import commands
from server_sync.domain.model import TABLES, Scope

KEPT_BY_LEADS = {"plan", "article", "goal", "working_hours", "calendar_day"}
"""Each has a verb that refuses agents, under test with that verb."""

VERBS = sorted(Path(commands.__file__).parent.glob("*.py"))


def written(source: str) -> set[str]:
    """The tables that a module's changes name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [
        call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("Insert", "Update")
    ]
    tables = {call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)}
    assert len(made) == sum(isinstance(call.args[0], ast.Constant) for call in made), (
        "tables are named plainly"
    )
    return {str(table) for table in tables}


def test_section_5_no_verb_writes_what_every_desk_holds_alike_but_what_leads_keep() -> None:
    everybodys = {name for name, table in TABLES.items() if table.info["scope"] is Scope.REF}
    named = {table for file in VERBS for table in written(file.read_text(encoding="utf-8"))}
    assert named & everybodys == KEPT_BY_LEADS
    assert {"task", "customer", "attempt", "team_conflict"} <= named


@pytest.mark.parametrize("change", ['Insert("form", row)', 'x = [Update("setting", row_id, values)]'])
def test_the_rule_sees_a_verb_that_would(change: str) -> None:
    assert written(change) & {"form", "setting"}
