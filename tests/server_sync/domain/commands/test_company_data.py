"""What every desk holds alike: most of it is written at the server alone, the rest by verbs that overwrite nothing."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from server_sync.domain import commands
from server_sync.domain.commands import COMMANDS
from server_sync.domain.model import TABLES, Scope

FILES = sorted(Path(commands.__file__).parent.glob("*.py"))
BY_VERBS = {
    "article": {"SaveArticle"},
    "plan": {"SavePlan", "SetPlanState"},
    "goal": {"SaveGoal"},
    "escalation_policy": {"SaveEscalationPolicy"},
    "setting": {"SaveQuietHours"},
    "working_hours": {"SaveWorkingHours"},
    "calendar_day": {"SetCalendarDay"},
}
"""Company data that is written away from the server, and the verbs that do."""


def written(source: ast.AST) -> set[str]:
    """The tables that changes made in there name."""
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    made = [
        call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("Insert", "Update")
    ]
    tables = {call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)}
    assert len(made) == sum(isinstance(call.args[0], ast.Constant) for call in made), (
        "tables are named plainly"
    )
    return {str(table) for table in tables}


def parts() -> Iterator[tuple[str, set[str]]]:
    """Every class and function of the verbs, with the tables it writes."""
    for file in FILES:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield node.name, written(node)


def test_section_5_company_data_is_written_by_its_own_verbs_or_by_none() -> None:
    everybodys = {name for name, table in TABLES.items() if table.info["scope"] is Scope.REF}
    found: dict[str, set[str]] = {}
    for name, tables in parts():
        for table in tables:
            found.setdefault(table, set()).add(name)
    assert {table: names for table, names in found.items() if table in everybodys} == BY_VERBS
    assert {"task", "customer", "attempt", "team_conflict"} <= set(found)


def test_section_5_a_verb_of_company_data_says_what_it_replaces() -> None:
    verbs = {command.__name__: command for command in COMMANDS.values()}
    for name in set().union(*BY_VERBS.values()):
        assert "seen" in inspect.signature(verbs[name]).parameters, name


@pytest.mark.parametrize("change", ['Insert("form", row)', 'x = [Update("setting", row_id, values)]'])
def test_the_rule_sees_a_verb_that_would(change: str) -> None:
    assert written(ast.parse(change)) & {"form", "setting"}
