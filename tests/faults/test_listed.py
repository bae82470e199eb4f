"""The table of faults in the documentation names tests that exist, and its command names the rooms that there are."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT
from tests.faults.__main__ import FOLDER, ROOMS

TABLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Fault")
]


def test_the_table_has_faults() -> None:
    assert len(TABLE) > 20


@pytest.mark.parametrize(("fault", "tests"), TABLE)
def test_every_fault_has_tests_that_exist(fault: str, tests: str) -> None:
    named = re.findall(r"`(\S+\.py)::(test_\w+)`", tests)
    assert named, f"{fault}: no test is named"
    for file, name in named:
        module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {one.name for one in module.body if isinstance(one, ast.FunctionDef)}, (
            f"{file}::{name}"
        )


def test_every_test_of_these_faults_stands_in_the_table_or_beside_one_that_does() -> None:
    listed = {file for _, tests in TABLE for file in re.findall(r"`(\S+\.py)::", tests)}
    own = {f"tests/faults/{file.name}" for file in FOLDER.glob("test_*.py")} - {"tests/faults/test_listed.py"}
    assert own <= listed


def test_the_command_knows_every_room() -> None:
    assert {f"test_{room}.py" for room in [*ROOMS, "listed"]} == {
        file.name for file in FOLDER.glob("test_*.py")
    }
