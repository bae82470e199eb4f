"""Every rule of how a desk and the server stay in step is named by code that keeps it and by a test that guards it."""

import ast
import re
from collections.abc import Callable

import pytest

from tests.architecture.sources import files, tree

RULES = (
    *("S1", "S2", "S3", "S4", "S5"),
    *("P1", "P2", "P3", "P4", "P5", "P6"),
    *("L1", "L2", "L3", "L4", "L5"),
    *("E1", "E2", "E3", "E4"),
    "§5",
    *("V1", "V2"),
    "F1",
)
_NUMBER = r"(?:[A-Z]\d|§\d)"
_NAMED = re.compile(rf"\bSYNC\s+{_NUMBER}(?:(?:, | and |–)\s*{_NUMBER})*")
_RANGE = re.compile(r"([A-Z])(\d)–\1(\d)")
# "test_p2_e1_…" guards two; section 5 says who wins.
_GUARDED = re.compile(r"test_((?:(?:[a-z]\d|section_5)_)+)")


def kept() -> set[str]:
    """The rules that a docstring of the product names, as "SYNC S4", "SYNC P3, §5" or "SYNC S2–S5"."""
    return {
        number
        for file in files("agent_app", "server_sync")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for named in _NAMED.findall(str(node.value.value))
        for number in re.findall(_NUMBER, _RANGE.sub(_every, named))
    }


def guarded() -> set[str]:
    """The rules that the name of a test names."""
    names = [
        node.name
        for file in files("tests")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    found = [match[1] for name in names if (match := _GUARDED.match(name))]
    return {number.upper() for one in found for number in one.replace("section_5", "§5").split("_")}


def _every(found: re.Match[str]) -> str:
    return ", ".join(f"{found[1]}{number}" for number in range(int(found[2]), int(found[3]) + 1))


@pytest.mark.parametrize("named", [kept, guarded], ids=lambda one: one.__name__)
def test_every_rule_is_named(named: Callable[[], set[str]]) -> None:
    assert set(RULES) - named() == set()


def test_a_rule_that_is_named_is_one() -> None:
    strange = kept() - set(RULES)
    assert {number for number in strange if number[0] != "§"} == set()
