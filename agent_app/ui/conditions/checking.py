"""What the domain says against the lines of a tree, line by line; the rules themselves are the domain's."""

from collections.abc import Mapping

from agent_app.ui.conditions.lines import GroupLine, RuleLine, at, every, written
from agent_app.ui.conditions.state import Fault
from server_sync.domain.errors import KnownError
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions import AsOf

_ANY_DAY = AsOf("2026-01-01", "UTC")
"""Whether a tree is right does not depend on the day it is asked for."""


def faults_of(root: GroupLine) -> Mapping[int, Fault]:
    """By line id; none says that the domain takes the tree. Of several faults in one line its first."""
    found: dict[int, Fault] = {}
    for line in every(root):
        empty = isinstance(line, GroupLine) and not line.lines and line is not root
        if isinstance(line, RuleLine) or empty:
            fault = _fault({"combinator": "and", "rules": [written(line)]})
            if fault is not None:
                found[line.id] = fault[0]
    if not found:
        whole = _fault(written(root))
        if whole is not None:
            found[at(root, whole[1]).id] = whole[0]
    return found


def _fault(tree: Mapping[str, object]) -> tuple[Fault, list[int]] | None:
    """What is first wrong with a tree, and the path to it."""
    try:
        conditions.parse(tree, _ANY_DAY)
    except KnownError as error:
        values = {name: value for name, value in error.values.items() if name not in ("problem", "path")}
        return Fault(error.values["problem"], values), error.values["path"]
    return None
