"""Texts for the screen can be found and translated."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import files, tree

CALLS = {"translate", "mark", "tr", "QT_TRANSLATE_NOOP"}


def test_no_text_to_translate_is_put_together_in_the_program() -> None:
    """lupdate takes an f-string as it stands, and it never matches: `translate("Context", "… {name}").format(…)`."""
    assert [place for file in files("agent_app") for place in unfindable(tree(file), file)] == []


@pytest.mark.parametrize(
    ("program", "bad"),
    [
        ('translate("Queue", "{n} tasks").format(n=3)', 0),
        ('translate("Queue", "one " "text")', 0),
        ('translate("Queue", f"{n} tasks")', 1),
        ('QCoreApplication.translate("Queue", "tasks: %d" % n)', 1),
        ('self.tr("tasks: " + n)', 1),
        ('translate("Queue", "{n} tasks".format(n=3))', 1),
        ('translate("Queue", "%n task(s)", int(row["tasks"]))', 0),
        ("painter.translate(width / 2, round(height))", 0),
    ],
)
def test_the_rule_sees_every_way_to_break_it(program: str, bad: int) -> None:
    assert len(unfindable(ast.parse(program), Path("program"))) == bad


def unfindable(program: ast.Module, file: Path) -> list[str]:
    """Places where a literal put together at run time is given to a translating call; variables are passed on."""
    calls = [node for node in ast.walk(program) if isinstance(node, ast.Call) and _name(node.func) in CALLS]
    return [
        f"{file}:{argument.lineno}"
        for call in calls
        for argument in call.args[:2]  # the context and the text; a number to count by may follow
        if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call) and _holds_text(argument)
    ]


def _holds_text(expression: ast.expr) -> bool:
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) for node in ast.walk(expression)
    )


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
